"""Dated figures of the French public scheme (``tables/public_scheme.yml``), chosen by the date they apply to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

import yaml

from kernel.french import NBSP, euros
from kernel.paths import TABLES

_UNITS = {"year": ("an", "ans"), "month": ("mois", "mois"), "day": ("jour", "jours")}


@dataclass(frozen=True)
class Figure:
    """
    One figure: *values* are (first day it holds, value), newest first; None holds since before the period.

    *source* is the id it is known by in docs/domain (C11, V17). *is_to_confirm*: a weak source.
    """

    name: str
    unit: str
    source: str
    is_to_confirm: bool
    values: tuple[tuple[date | None, Decimal], ...]

    def at(self, day: date) -> Decimal:
        """Give the value in force on *day*; LookupError when the period is not covered."""
        for since, value in self.values:
            if since is None or since <= day:
                return value
        raise LookupError(f"{self.name} is not known on {day}")


@lru_cache(maxsize=1)
def _figures() -> dict[str, Figure]:
    rows = yaml.safe_load((TABLES / "public_scheme.yml").read_text(encoding="utf-8"))
    return {
        row["name"]: Figure(row["name"], row["unit"], row["id"], bool(row.get("to_confirm")),
                            tuple((v["from"], Decimal(v["value"])) for v in row["values"]))
        for row in rows
    }


def figure(name: str, day: date) -> Decimal:
    """
    Give the value of *name* in force on *day*, in its unit (euros, percent, years, months, days).

    KeyError for an unknown name, LookupError for a day before what is known.
    """
    return _figures()[name].at(day)


def figure_source(name: str) -> str:
    """Give the id under which docs/domain knows the figure *name*; KeyError for an unknown name."""
    return _figures()[name].source


def is_to_confirm(name: str) -> bool:
    """Say whether an operator still has to confirm the figure *name*; KeyError for an unknown name."""
    return _figures()[name].is_to_confirm


def spoken_figure(name: str, day: date) -> str:
    """Give the value of *name* on *day* as a member reads it: ``2 €``, ``70 %``, ``2 ans``."""
    found = _figures()[name]
    value = found.at(day)
    if found.unit == "euro":
        return euros(value)
    if found.unit == "percent":
        return f"{value}{NBSP}%"
    one, several = _UNITS[found.unit]
    return f"{value}{NBSP}{several if value > 1 else one}"


def figure_names() -> frozenset[str]:
    """Give every known name."""
    return frozenset(_figures())
