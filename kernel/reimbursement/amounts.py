"""Cents and percentages: each share is rounded half up to the cent, by itself (docs/domain/reimbursement.md, 3.2). Pure."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
ZERO = Decimal("0.00")
WHOLE = Decimal(100)


def percent(amount: Decimal, rate: Decimal) -> Decimal:
    """Give *rate* percent of *amount*, rounded half up to the cent."""
    return (amount * rate / WHOLE).quantize(CENT, ROUND_HALF_UP)


def is_amount(value: Decimal) -> bool:
    """Say whether *value* is a whole number of cents, not negative."""
    return value.is_finite() and value >= 0 and value == value.quantize(CENT)


def is_rate(value: Decimal) -> bool:
    """Say whether *value* is a rate of the public scheme, from 0 to 100 percent."""
    return value.is_finite() and 0 <= value <= WHOLE
