"""What an act is for the public scheme on its day: base, rates, deduction, by the date of **care**, never of payment. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from kernel.figures import figure
from kernel.reimbursement.amounts import ZERO
from kernel.reimbursement.kinds import BILLED, GIVEN, NOTHING, CareKind
from kernel.reimbursement.shares import Care
from kernel.reimbursement.situation import Situation
from kernel.reimbursement.totals import YearTotals


class Missing(StrEnum):
    """Why an act cannot be computed; what to ask, or to say."""

    BASE = "base"
    RATE = "rate"
    FIGURE_OF_THE_DAY = "figure_of_the_day"
    PRICE_WITHIN_THE_CAP = "price_within_the_cap"


class CannotCompute(ValueError):
    """No figure rather than an invented one: *missing* says which."""

    def __init__(self, missing: Missing) -> None:
        """*missing*: what would be needed."""
        super().__init__(missing.value)
        self.missing = missing


@dataclass(frozen=True)
class Act:
    """
    Something billed: *units* boxes of medicine, sessions, or items of *kind*, for *billed* in all.

    *base* (for the whole act) and *rate* (percent) are those of its papers, and win over the figures of the kind.
    *is_long_term_illness*: care for an illness taken in charge at 100 % (ALD). *practitioner* names the professional, for the
    daily cap.
    """

    kind: CareKind
    billed: Decimal
    care_on: date
    practitioner: str = ""
    units: int = 1
    base: Decimal | None = None
    rate: Decimal | None = None
    is_outside_pathway: bool = False
    is_long_term_illness: bool = False

    def __post_init__(self) -> None:
        """Raise ValueError for less than one unit."""
        if self.units < 1:
            raise ValueError("an act has at least one unit")


def care_of(act: Act, situation: Situation | None = None, totals: YearTotals | None = None) -> Care:
    """
    Make the care of *act* for somebody in *situation* (default: an adult), after the *totals* of his year (default: none yet).

    CannotCompute when a figure is missing. Sources: the kind's own (`CareKind.sources`), C08, C11 to C14, C23, C26, C27.
    """
    person = situation or Situation()
    try:
        rate, in_pathway = _rates(act, person)
        joint_cap = figure(act.kind.joint_cap, act.care_on) * act.units if act.kind.joint_cap else None
        _check_price(act)
        return Care(act.billed, _base(act), rate, in_pathway, _retained(act, person, totals), joint_cap=joint_cap)
    except LookupError as cause:
        raise CannotCompute(Missing.FIGURE_OF_THE_DAY) from cause


def price_of(kind: CareKind, care_on: date) -> Decimal | None:
    """Give the price of *kind* when it is a figure (daily charge C16, emergency room C17); None when it is free."""
    return figure(kind.price, care_on) if kind.price else None


def _base(act: Act) -> Decimal:
    if act.base is not None:
        return act.base
    match act.kind.base:
        case name if name == NOTHING:
            return ZERO
        case name if name == BILLED:
            return act.billed
        case name if name == GIVEN:
            raise CannotCompute(Missing.BASE)
        case name:
            return figure(name, act.care_on) * act.kind.items * act.units


def _rates(act: Act, person: Situation) -> tuple[Decimal, Decimal]:
    """Give the rate applied and the one inside the pathway: outside, it loses the same points whoever one is (C08)."""
    in_pathway = act.rate if act.rate is not None else _rate_in_pathway(act, person)
    if not (act.is_outside_pathway and act.kind.has_pathway):
        return in_pathway, in_pathway
    lost = figure("rate_in_pathway", act.care_on) - figure("rate_outside_pathway", act.care_on)
    return max(in_pathway - lost, ZERO), in_pathway


def _rate_in_pathway(act: Act, person: Situation) -> Decimal:
    """Give the rate of the kind, of the local scheme (C27, V16), or 100 % (ALD: V12; maternity: D08)."""
    kind, day = act.kind, act.care_on
    if kind.rate == NOTHING:
        return ZERO
    if act.is_long_term_illness or person.is_in_maternity(day):
        return _known("rate_full" if kind.is_full_rate_known else None, day)
    if person.is_alsace_moselle:
        return _known(kind.local_rate, day)
    return _known(None if kind.rate == GIVEN else kind.rate, day)


def _known(name: str | None, day: date) -> Decimal:
    if name is None:
        raise CannotCompute(Missing.RATE)
    return figure(name, day)


def _retained(act: Act, person: Situation, totals: YearTotals | None) -> Decimal:
    if act.kind.deduction is None or person.is_exempt(act.care_on):
        return ZERO
    year = totals or YearTotals(act.care_on.year)
    return year.due(act.kind.deduction, act.units, act.care_on, act.practitioner)


def _check_price(act: Act) -> None:
    """Refuse a price above the top price of the kind: then it is of another kind (hearing aid of class I: C23)."""
    if act.kind.price_cap and act.billed > figure(act.kind.price_cap, act.care_on) * act.units:
        raise CannotCompute(Missing.PRICE_WITHIN_THE_CAP)
