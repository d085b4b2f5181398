"""What an act of care is for the public scheme on its day: base, rates, contribution. Pure, figures by date of care."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from kernel.calendar import add_months
from kernel.figures import figure
from member_api.sandbox.world.sharing import Care

ADULT_AT_MONTHS = 18 * 12


def care_of(kind: Mapping[str, Any], billed: Decimal, care_on: date, *, units: int, birth_on: date) -> Care:
    """
    Make the Care of an act from its *kind* (world.yml); *units*: boxes of medicine, sessions.

    Nothing is retained before 18 (C26). KeyError for an unknown figure.
    """
    base = billed if kind.get("base") == "billed" else base_of(kind, care_on)
    rate = _value(kind, "rate", care_on)
    full_rate = _value(kind, "full_rate", care_on) if "full_rate_figure" in kind else rate
    retained = _value(kind, "retained", care_on) * units if is_adult(birth_on, care_on) else Decimal(0)
    return Care(billed, base, rate, full_rate, retained)


def base_of(kind: Mapping[str, Any], day: date) -> Decimal:
    """Give the reimbursement base of a *kind* that does not depend on the price."""
    return _value(kind, "base", day)


def is_adult(birth_on: date, day: date) -> bool:
    """Say whether somebody born on *birth_on* is 18 on *day*."""
    return add_months(birth_on, ADULT_AT_MONTHS) <= day


def _value(kind: Mapping[str, Any], name: str, day: date) -> Decimal:
    """Give the figure the kind names, at *day*; else the value it states; else nothing."""
    named = kind.get(f"{name}_figure")
    return figure(named, day) if named else Decimal(str(kind.get(name, 0)))
