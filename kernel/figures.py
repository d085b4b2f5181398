"""Dated figures of the French public scheme (``tables/public_scheme.yml``), chosen by the date they apply to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

import yaml

from kernel.french import NBSP, euros
from kernel.paths import TABLES


@dataclass(frozen=True)
class Figure:
    """One figure: *values* are (first day it holds, value), newest first; None holds since before the period."""

    name: str
    unit: str
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
        row["name"]: Figure(row["name"], row["unit"], tuple((v["from"], Decimal(v["value"])) for v in row["values"]))
        for row in rows
    }


def figure(name: str, day: date) -> Decimal:
    """Give the value of *name* in force on *day*, in euros, percent or years; KeyError for an unknown name."""
    return _figures()[name].at(day)


def spoken_figure(name: str, day: date) -> str:
    """Give the value of *name* on *day* as a member reads it: ``2 €``, ``70 %``, ``2 ans``."""
    found = _figures()[name]
    value = found.at(day)
    if found.unit == "euro":
        return euros(value)
    return f"{value}{NBSP}%" if found.unit == "percent" else f"{value}{NBSP}an{'s' if value > 1 else ''}"


def figure_names() -> frozenset[str]:
    """Give every known name."""
    return frozenset(_figures())
