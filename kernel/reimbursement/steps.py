"""
A step of a computation, as values: the sentences are elsewhere. Pure.

A step can be computed again from what it holds (`Step.again`), so that what is told is what was done.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from kernel.reimbursement.amounts import ZERO, percent


class Name(StrEnum):
    """What a step computes, or what goes into it. Rates are in percent, everything else in euros."""

    BILLED = "billed"
    BASE = "base"
    COUNTED = "counted"
    RATE = "rate"
    RATE_IN_PATHWAY = "rate_in_pathway"
    FLAT_COPAYMENT = "flat_copayment"
    THEORETICAL_SHARE = "theoretical_share"
    SHARE_IN_PATHWAY = "share_in_pathway"
    DUE = "due"
    RETAINED = "retained"
    PAID_BY_PUBLIC_SCHEME = "paid_by_public_scheme"
    COPAYMENT = "copayment"
    PATHWAY_SURCHARGE = "pathway_surcharge"
    EXTRA_FEE = "extra_fee"
    EXCESS_RATE = "excess_rate"
    EXCESS_CAP = "excess_cap"
    REFUNDABLE_EXCESS = "refundable_excess"
    REFUNDABLE = "refundable"
    GUARANTEE_RATE = "guarantee_rate"
    GUARANTEE = "guarantee"
    JOINT_CAP = "joint_cap"
    JOINT_CEILING = "joint_ceiling"
    CEILING = "ceiling"
    PAID_BY_OTHER = "paid_by_other"
    LEFT_BY_OTHER = "left_by_other"
    PAID_BY_US = "paid_by_us"
    NOT_COVERED = "not_covered"
    OUT_OF_POCKET = "out_of_pocket"


class How(StrEnum):
    """
    How an amount is computed from the *of* of its step.

    PERCENT: the first value times the second, a rate, rounded half up to the cent. MINUS: the first less all the others, never
    under 0.00 €.
    """

    GIVEN = "given"
    PERCENT = "percent"
    LEAST = "least"
    MINUS = "minus"
    PLUS = "plus"


Named = tuple[Name, Decimal]


@dataclass(frozen=True)
class Step:
    """*amount* is *name*, computed *how* from the values *of*, each with the name of the step or figure it comes from."""

    name: Name
    amount: Decimal
    how: How = How.GIVEN
    of: tuple[Named, ...] = ()

    def again(self) -> Decimal:
        """Compute the amount again from the values."""
        values = [value for _, value in self.of]
        match self.how:
            case How.GIVEN:
                return self.amount
            case How.PERCENT:
                return percent(values[0], values[1])
            case How.LEAST:
                return min(values)
            case How.MINUS:
                return max(values[0] - sum(values[1:], ZERO), ZERO)
            case How.PLUS:
                return sum(values, ZERO)
