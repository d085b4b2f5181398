"""Does the contract cover care on its day, and up to what? Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from kernel.calendar import add_months
from kernel.figures import figure
from kernel.reimbursement.amounts import WHOLE, ZERO
from kernel.reimbursement.guarantee import NOTHING, Guarantee


class Standing(StrEnum):
    """Whether the contract covers care on its day; if not, our share is 0.00 €."""

    COVERED = "covered"
    BEFORE_START = "before_start"
    WAITING = "waiting"
    AFTER_END = "after_end"


@dataclass(frozen=True)
class Cover:
    """
    What a contract promises under one heading, and when: from *since_on* to *until_on*, both included.

    *waiting_months*: délai de carence, in months from *since_on* (D30: it is the contract's, never supposed).
    """

    guarantee: Guarantee
    since_on: date
    until_on: date | None = None
    waiting_months: int = 0

    @property
    def first_covered_on(self) -> date:
        """Give the first day the promise holds: the waiting period is over."""
        return add_months(self.since_on, self.waiting_months)

    def standing(self, care_on: date) -> Standing:
        """Say whether care on *care_on* is covered: the day of care decides, not the day of payment."""
        if care_on < self.since_on:
            return Standing.BEFORE_START
        if self.until_on is not None and care_on > self.until_on:
            return Standing.AFTER_END
        return Standing.WAITING if care_on < self.first_covered_on else Standing.COVERED

    def on(self, care_on: date) -> Guarantee:
        """Give what is promised for care on *care_on*: nothing before the start, while waiting, after the end."""
        return self.guarantee if self.standing(care_on) is Standing.COVERED else NOTHING


def outside_optam(guarantee: Guarantee, rate_in_pathway: Decimal, care_on: date) -> Guarantee:
    """
    Cap the excess of a doctor outside OPTAM as a responsible contract must (C25, V09).

    At most 100 % of the base, and 20 points under what the contract refunds of the excess of a doctor in OPTAM. A contract that
    writes a cap has a promise of its own for these doctors, already under the other: its cap stays, within the 100 %.
    *rate_in_pathway*: of the public scheme, percent.
    """
    caps = [figure("excess_cap_outside_optam", care_on)]
    if guarantee.excess_cap is not None:
        caps.append(guarantee.excess_cap)
    elif guarantee.amount is not None and not guarantee.is_flat:
        beside = WHOLE if guarantee.includes_public_share else WHOLE - rate_in_pathway
        caps.append(max(guarantee.amount - beside - figure("excess_gap_outside_optam", care_on), ZERO))
    return replace(guarantee, excess_cap=min(caps))
