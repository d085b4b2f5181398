"""The lines of a family's statements: each act in its order, with caps, yearly limits and waiting periods. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from kernel.calendar import add_months
from kernel.figures import figure
from member_api.contract import Limit, ReimbursementStatus
from member_api.sandbox.world.acts import Act
from member_api.sandbox.world.catalogue import NOT_COVERED, benefits_of, kind_of, load_world
from member_api.sandbox.world.promises import business_day
from member_api.sandbox.world.sharing import ZERO, Care, Guarantee, Terms, Told, told
from member_api.sandbox.world.tariff import care_of

Row = dict[str, Any]
_RECEIVED_AFTER, _PROCESSED_AFTER, _PAID_AFTER = 5, 1, 2
_YEARLY_CAPS = {"flat_contribution": "flat_contribution_yearly_cap", "medical_deductible_box": "medical_deductible_yearly_cap"}
_WHOLE = Decimal(100)


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
    _used: defaultdict[tuple[str, str, int], Decimal] = field(default_factory=lambda: defaultdict(Decimal))

    def lines(self, acts: Iterable[Act]) -> Iterator[Row]:
        """Give a row without its id for each act; *acts* come oldest first."""
        for act in acts:
            person, kind = self.people[act.beneficiary_id], load_world()["care"][act.kind]
            care = self._care(act, kind, person)
            share = told(care, self._terms(act, kind))
            self._note(act, kind, share)
            yield {**_said(act, kind), **_amounts(care, share), **self._steps(act, share)}

    def _care(self, act: Act, kind: Mapping[str, Any], person: Mapping[str, Any]) -> Care:
        care = care_of(kind, act.billed, act.care_on, units=act.units, birth_on=person["birth_on"])
        rate = _rate(act, kind, person)
        cap = _YEARLY_CAPS.get(kind.get("retained_figure", ""))
        left = figure(cap, act.care_on) - self._used[self._key(act, kind["retained_figure"])] if cap else ZERO
        return replace(care, rate=rate or care.rate, rate_in_pathway=rate or care.rate_in_pathway, retained=min(care.retained, left))

    def _terms(self, act: Act, kind: Mapping[str, Any]) -> Terms:
        benefit = benefits_of(self.contract["plan"]).get(kind["covered_as"])
        other = Decimal(act.said.get("other_insurer", "0.00"))
        refused = self._refused(act, kind["covered_as"])
        if benefit is None:
            return Terms(NOT_COVERED, refused_for=refused or Limit.NOT_COVERED)
        left = None
        if benefit.yearly is not None:
            left = benefit.yearly - self._used[self._key(act, kind["covered_as"])]
        return Terms(benefit.guarantee, left, refused, other)

    def _refused(self, act: Act, covered_as: str) -> Limit | None:
        if "refused" in act.said:
            return Limit(act.said["refused"])
        benefit = benefits_of(self.contract["plan"]).get(covered_as)
        if self.has_waiting and benefit and act.care_on < add_months(self.contract["since_on"], benefit.waiting_months):
            return Limit.WAITING_PERIOD
        return None

    def _note(self, act: Act, kind: Mapping[str, Any], share: Told) -> None:
        """Remember what counts for the caps of the year."""
        if "retained_figure" in kind:
            self._used[self._key(act, kind["retained_figure"])] += share.shares.retained
        self._used[self._key(act, kind["covered_as"])] += share.shares.paid_by_us

    def _key(self, act: Act, what: str) -> tuple[str, str, int]:
        return act.beneficiary_id, what, act.care_on.year

    def _steps(self, act: Act, share: Told) -> Row:
        """Say when the public scheme told us, when we decided, when we paid; what lies ahead has not happened."""
        stays, nothing = act.said.get("stays"), share.limited_by is not None and not share.shares.paid_by_us
        if stays == ReimbursementStatus.EXPECTED:
            return {"received_on": None, "processed_on": None, "paid_on": None, "is_refused": False}
        received_on = self._received_on(act)
        processed_on = business_day(received_on + timedelta(_PROCESSED_AFTER))
        paid_on = business_day(processed_on + timedelta(_PAID_AFTER))
        is_processed = stays != ReimbursementStatus.RECEIVED and processed_on <= self.today
        is_paid = is_processed and stays is None and paid_on <= self.today and not nothing
        return {"received_on": received_on, "processed_on": processed_on if is_processed else None,
                "paid_on": paid_on if is_paid else None, "is_refused": nothing and is_processed}

    def _received_on(self, act: Act) -> date:
        said: int | None = act.said.get("received")
        told_on = act.care_on + timedelta(_RECEIVED_AFTER) if said is None else self.today - timedelta(days=said)
        return min(business_day(told_on), self.today)


def _rate(act: Act, kind: Mapping[str, Any], person: Mapping[str, Any]) -> Decimal | None:
    """Give the rate of who is refunded more than others: long-term illness (C10: 100 %), Alsace-Moselle (C27)."""
    if act.kind in person.get("long_term", ()):
        return _WHOLE
    is_visit = kind.get("rate_figure") == "rate_in_pathway" and kind["covered_as"].startswith("consultation")
    return figure("alsace_moselle_rate", act.care_on) if person.get("local_scheme") and is_visit else None


def _said(act: Act, kind: Mapping[str, Any]) -> Row:
    return {"beneficiary_id": act.beneficiary_id, "care_on": act.care_on, "practitioner": act.practitioner,
            "care": kind["label"], "care_kind": kind_of(act.kind), "covered_as": kind["covered_as"],
            "is_direct_billing": act.is_direct}


def _amounts(care: Care, share: Told) -> Row:
    shares = share.shares
    return {
        "billed": care.billed, "reimbursement_base": care.base, "rate": int(care.rate), "rate_in_pathway": int(care.rate_in_pathway),
        "paid_by_public_scheme": shares.paid_by_public_scheme, "flat_contribution": shares.retained,
        "pathway_surcharge": shares.pathway_surcharge, "paid_by_us": shares.paid_by_us, "out_of_pocket": shares.out_of_pocket,
        "paid_by_other_insurer": share.other_insurer, "guarantee": written(share.applied),
        "limited_by": share.limited_by and str(share.limited_by),
    }


def written(guarantee: Guarantee) -> Row:
    """Write a guarantee as the contract of the member API does."""
    cap = guarantee.excess_cap
    return {"amount": f"{guarantee.amount:.2f}", "is_flat": guarantee.is_flat,
            "includes_public_share": guarantee.includes_public_share, "excess_cap": None if cap is None else f"{cap:.2f}"}
