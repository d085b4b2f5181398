"""The lines of a family's statements: each act in its order, with caps, yearly limits and waiting periods. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from kernel.calendar import add_months
from kernel.reimbursement.care import Act, care_of
from kernel.reimbursement.guarantee import NOTHING, Guarantee
from kernel.reimbursement.shares import Care, Shares
from kernel.reimbursement.situation import Situation
from kernel.reimbursement.totals import YearTotals
from member_api.contract import Limit, ReimbursementStatus
from member_api.sandbox.world.acts import Cared
from member_api.sandbox.world.catalogue import benefits_of
from member_api.sandbox.world.promises import business_day
from member_api.sandbox.world.sharing import Terms, Told, told

Row = dict[str, Any]
_RECEIVED_AFTER, _PROCESSED_AFTER, _PAID_AFTER = 5, 1, 2


@dataclass
class Ledger:
    """
    Computes the acts of the people of one *contract* (its row), oldest first.

    *people* are the beneficiaries as the world writes them, *has_waiting* says whether waiting periods apply.
    """

    contract: Row
    people: Mapping[str, Mapping[str, Any]]
    today: date
    has_waiting: bool = False
    _kept_back: dict[str, YearTotals] = field(default_factory=dict)
    _paid: defaultdict[tuple[str, str, int], Decimal] = field(default_factory=lambda: defaultdict(Decimal))

    def lines(self, cared: Iterable[Cared]) -> Iterator[Row]:
        """Give a row without its id for each act; they come oldest first."""
        for one in cared:
            share = told(self._care(one), self._terms(one))
            self._note(one, share.shares)
            yield {**_said(one), **_amounts(share), **self._steps(one, share)}

    def _care(self, one: Cared) -> Care:
        person = self.people[one.beneficiary_id]
        act = replace(one.act, is_long_term_illness=one.act.kind.name in person.get("long_term", ()))
        return care_of(act, _situation(act, person), self._totals(one))

    def _totals(self, one: Cared) -> YearTotals:
        """Give what was kept back of this person's year before this act."""
        return self._kept_back.get(one.beneficiary_id) or YearTotals(one.act.care_on.year)

    def _terms(self, one: Cared) -> Terms:
        benefit = benefits_of(self.contract["plan"]).get(one.act.kind.heading)
        other = Decimal(one.said.get("other_insurer", "0.00"))
        refused = self._refused(one)
        if benefit is None:
            return Terms(NOTHING, refused_for=refused or Limit.NOT_COVERED, paid_by_other=other)
        left = None if benefit.yearly is None else benefit.yearly - self._paid[_year_of(one)]
        return Terms(benefit.guarantee, left, refused, other)

    def _refused(self, one: Cared) -> Limit | None:
        if "refused" in one.said:
            return Limit(one.said["refused"])
        benefit = benefits_of(self.contract["plan"]).get(one.act.kind.heading)
        if self.has_waiting and benefit and one.act.care_on < add_months(self.contract["since_on"], benefit.waiting_months):
            return Limit.WAITING_PERIOD
        return None

    def _note(self, one: Cared, shares: Shares) -> None:
        """Remember what counts for the caps of the year."""
        act = one.act
        if act.kind.deduction is not None:
            self._kept_back[one.beneficiary_id] = self._totals(one).retaining(
                act.kind.deduction, shares.retained, act.care_on, act.practitioner)
        self._paid[_year_of(one)] += shares.paid_by_us

    def _steps(self, one: Cared, share: Told) -> Row:
        """Say when the public scheme told us, when we decided, when we paid; what lies ahead has not happened."""
        stays, nothing = one.said.get("stays"), share.limited_by is not None and not share.shares.paid_by_us
        if stays == ReimbursementStatus.EXPECTED:
            return {"received_on": None, "processed_on": None, "paid_on": None, "is_refused": False}
        received_on = self._received_on(one)
        processed_on = business_day(received_on + timedelta(_PROCESSED_AFTER))
        paid_on = business_day(processed_on + timedelta(_PAID_AFTER))
        is_processed = stays != ReimbursementStatus.RECEIVED and processed_on <= self.today
        is_paid = is_processed and stays is None and paid_on <= self.today and not nothing
        return {"received_on": received_on, "processed_on": processed_on if is_processed else None,
                "paid_on": paid_on if is_paid else None, "is_refused": nothing and is_processed}

    def _received_on(self, one: Cared) -> date:
        said: int | None = one.said.get("received")
        told_on = one.act.care_on + timedelta(_RECEIVED_AFTER) if said is None else self.today - timedelta(days=said)
        return min(business_day(told_on), self.today)


def _year_of(one: Cared) -> tuple[str, str, int]:
    """Say whose benefit of which year an act counts for."""
    return one.beneficiary_id, one.act.kind.heading, one.act.care_on.year


def _situation(act: Act, person: Mapping[str, Any]) -> Situation:
    """Say what of *person* counts for *act*; where no source tells the local rate, this insurer knows the general one."""
    return Situation(person["birth_on"], is_alsace_moselle=bool(person.get("local_scheme") and act.kind.local_rate))


def _said(one: Cared) -> Row:
    act = one.act
    return {"beneficiary_id": one.beneficiary_id, "care_on": act.care_on, "practitioner": act.practitioner,
            "care": act.kind.label + (", hors parcours de soins" if act.is_outside_pathway else ""), "care_kind": act.kind.name,
            "covered_as": act.kind.heading, "units": act.units, "is_direct_billing": one.is_direct}


def _amounts(share: Told) -> Row:
    care, shares = share.care, share.shares
    return {
        "billed": care.billed, "reimbursement_base": care.base, "rate": int(care.rate), "rate_in_pathway": int(care.rate_in_pathway),
        "paid_by_public_scheme": shares.paid_by_public_scheme, "flat_contribution": shares.retained,
        "pathway_surcharge": shares.pathway_surcharge, "paid_by_us": shares.paid_by_us, "out_of_pocket": shares.out_of_pocket,
        "paid_by_other_insurer": shares.paid_by_other, "guarantee": written(share.applied),
        "limited_by": share.limited_by and str(share.limited_by),
    }


def written(guarantee: Guarantee) -> Row:
    """Write a guarantee as the contract of the member API does."""
    return {"text": guarantee.text, "amount": _two_decimals(guarantee.amount), "is_flat": guarantee.is_flat,
            "includes_public_share": guarantee.includes_public_share, "excess_cap": _two_decimals(guarantee.excess_cap)}


def _two_decimals(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:.2f}"
