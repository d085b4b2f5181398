"""The kinds of care a message names: ``tables/care.yml``. Pure but for reading the table, once."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from bot.nlu.entities.folding import Folded
from bot.nlu.entities.found import Found, Kind
from bot.nlu.entities.phrases import Phrases

_NOTHING = "nothing"


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    table: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "tables" / "care.yml").read_text(encoding="utf-8"))
    return table


@lru_cache(maxsize=1)
def _phrases() -> Phrases:
    table = _table()
    words = {name: kind["words"] for name, kind in table["care"].items()}
    return Phrases(words | {_NOTHING: table[_NOTHING]}, never=table["never"])


def kinds_of_care() -> dict[str, str]:
    """Give each kind of care with the heading of the plan it falls under (``crown`` → ``dental``)."""
    return {name: kind["as"] for name, kind in _table()["care"].items()}


def care(message: Folded) -> Iterator[Found]:
    """Find kinds of care: « dentiste » is ``dental_care``; what only looks like care holds its words with no value."""
    for hit in _phrases().find(message.plain):
        yield Found(Kind.CARE, None if hit.name == _NOTHING else hit.name, hit.start, hit.end)
