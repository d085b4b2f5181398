"""
What of a person's year is used up: deductions against their caps, yearly amounts of the contract. Pure, immutable.

A value is threaded through the acts of one person in the order of their dates: each act gives the next value. The civil
year is the one of C11 and C13; yearly amounts of the contract follow it too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from kernel.reimbursement.amounts import ZERO
from kernel.reimbursement.deductions import Cap, Deduction
from kernel.reimbursement.guarantee import Guarantee
from kernel.reimbursement.shares import Care, Shares

Sums = tuple[tuple[str, Decimal], ...]


@dataclass(frozen=True)
class YearTotals:
    """
    One person's civil *year* so far: ``YearTotals(2026)`` when it begins, or what is `known` of it.

    *retained* is kept under the name of the yearly cap, *used* (of yearly amounts) under the heading of the plan,
    *retained_on_latest_day* under `Deduction.place`.
    """

    year: int
    retained: Sums = ()
    used: Sums = ()
    latest_on: date | None = None
    retained_on_latest_day: Sums = ()

    @classmethod
    def known(cls, year: int, retained: Mapping[Cap, Decimal], used: Mapping[str, Decimal]) -> YearTotals:
        """Start from what is already known of *year*: kept back by cap, used of yearly amounts by heading of the plan."""
        return cls(year, tuple(sorted(retained.items())), tuple(sorted(used.items())))

    def at(self, care_on: date) -> YearTotals:
        """Give the totals as *care_on* finds them: a new year starts from nothing. ValueError for a day gone by."""
        if (self.latest_on or date(self.year, 1, 1)) > care_on:
            raise ValueError("acts are counted in the order of their dates")
        if care_on.year > self.year:
            return YearTotals(care_on.year, latest_on=care_on)
        return self if care_on == self.latest_on else replace(self, latest_on=care_on, retained_on_latest_day=())

    def due(self, deduction: Deduction, units: int, care_on: date, practitioner: str = "") -> Decimal:
        """Give what may still be kept back for *units* acts or boxes on *care_on*, under the caps (C11 to C14)."""
        here = self.at(care_on)
        due = min(deduction.amount(care_on) * units, here.left(deduction.cap, care_on))
        daily_cap = deduction.daily_cap(care_on)
        if daily_cap is None:
            return due
        return min(due, max(daily_cap - _sum(here.retained_on_latest_day, deduction.place(practitioner)), ZERO))

    def left(self, cap: Cap, care_on: date) -> Decimal:
        """Give how much the public scheme may still keep back in the year of *care_on*, before the cap is reached."""
        return max(cap.at(care_on) - _sum(self.at(care_on).retained, cap), ZERO)

    def retaining(self, deduction: Deduction, amount: Decimal, care_on: date, practitioner: str = "") -> YearTotals:
        """Count *amount* as kept back on *care_on*."""
        here = self.at(care_on)
        return replace(here, retained=_plus(here.retained, deduction.cap, amount),
                       retained_on_latest_day=_plus(here.retained_on_latest_day, deduction.place(practitioner), amount))

    def remaining(self, guarantee: Guarantee, heading: str, care_on: date) -> Guarantee:
        """Give what *guarantee* still promises under *heading*: a yearly amount goes down as it is used."""
        if not guarantee.is_yearly or guarantee.amount is None:
            return guarantee
        return replace(guarantee, amount=max(guarantee.amount - _sum(self.at(care_on).used, heading), ZERO))

    def using(self, guarantee: Guarantee, heading: str, care: Care, shares: Shares, care_on: date) -> YearTotals:
        """Count what *shares* used of a yearly amount: our share, with the public one when the amount includes it."""
        here = self.at(care_on)
        if not guarantee.is_yearly:
            return here
        public = min(care.in_pathway, guarantee.amount or ZERO) if guarantee.includes_public_share else ZERO
        return replace(here, used=_plus(here.used, heading, shares.paid_by_us + public))


def _sum(sums: Sums, name: str) -> Decimal:
    return dict(sums).get(name, ZERO)


def _plus(sums: Sums, name: str, amount: Decimal) -> Sums:
    return tuple(sorted((dict(sums) | {name: _sum(sums, name) + amount}).items()))
