"""The words of ``tables/calendar.yml`` and the regular expressions made of them. Pure once imported."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import yaml

_TABLE = yaml.safe_load((Path(__file__).parent / "tables" / "calendar.yml").read_text(encoding="utf-8"))


def any_of(words: Iterable[str]) -> str:
    """Give an expression for any of *words*, the longest first."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def _numbered(rows: list[list[str]], first: int) -> dict[str, int]:
    return {name: index for index, names in enumerate(rows, start=first) for name in names}


_LONG, _SHORT = _numbered(_TABLE["months"], 1), _numbered(_TABLE["short"], 1)
MONTHS = _LONG | _SHORT
"""The number of each month's name, long or short (without its dot)."""

WEEKDAYS = _numbered(_TABLE["weekdays"], 0)
"""0 for Monday, as in ``date.weekday``."""

DAYS = {name: int(distance) for distance, names in _TABLE["days"].items() for name in names}
"""« hier » is -1."""

MONTH_AFTER_DAY = rf"(?P<month>(?:{any_of(_LONG)})\b|(?:{any_of(_SHORT)})\b\.?)"
"""Any name of a month: what stands before it removes the doubt (« 12 sept », « 3 mai »)."""

MONTH_AFTER_WORD = rf"(?P<month>(?:{any_of(_LONG)})\b|(?:{any_of(set(_SHORT) - {'sept'})})\b\.?|sept\.)"
"""The same after a word such as « en », where « sept » would still be a number."""

MONTH_ALONE = rf"(?P<month>(?:{any_of(set(_LONG) - set(_TABLE['words_too']))})\b)"
"""The months that are no other word."""

WEEKDAY = rf"(?:{any_of(WEEKDAYS)})"
DAY_WORD = rf"(?P<word>{any_of(DAYS)})"
