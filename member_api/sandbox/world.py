"""The fictional world (world.yml) as rows, its days counted back from the moment of seeding. Pure but for the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from kernel.calendar import PARIS, complaint_dates, due_after_business_hours, is_business_day
from kernel.reimbursement.care import Act
from kernel.reimbursement.cover import Cover
from kernel.reimbursement.guarantee import Guarantee
from kernel.reimbursement.kinds import care_kind
from kernel.reimbursement.settlement import Settled, settle_all
from kernel.reimbursement.situation import Situation
from member_api.contract import Relationship, RequestKind, RequestStatus

Row = dict[str, Any]
WRITTEN_ANSWER_HOURS = 48
_RECEIVED_AFTER, _PROCESSED_AFTER, _PAID_AFTER = 5, 1, 2
_STAYS_RECEIVED = "received"


@lru_cache(maxsize=1)
def load_world(path: Path = Path(__file__).parent / "world.yml") -> dict[str, Any]:
    """Read the world as written, once."""
    content: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return content


@dataclass(frozen=True)
class Seeding:
    """Turns the *world* into rows as it stands at *now* (aware)."""

    world: Mapping[str, Any]
    now: datetime

    def rows(self) -> Iterator[tuple[str, Row]]:
        """Give (table, row); the rows of one table have the same columns."""
        for person in self.world["members"]:
            yield "sandbox_member", _member(person)
            contracts = [self._contract(person, contract) for contract in person["contracts"]]
            yield from (("sandbox_contract", row) for row in contracts)
            people = {row["id"]: row for row in _beneficiaries(person, contracts[0]["id"])}
            yield from (("sandbox_beneficiary", row) for row in people.values())
            yield from (("sandbox_reimbursement", row) for row in self._reimbursements(person, contracts[0], people))
            for asked in person.get("requests", ()):
                yield "sandbox_request", self._request(person, asked)

    @property
    def _today(self) -> date:
        return self.now.astimezone(PARIS).date()

    def _contract(self, person: Row, contract: Row) -> Row:
        return {"id": contract["id"], "member_id": person["id"], "kind": contract["kind"], "plan": contract["plan"],
                "label": contract.get("label", "Complémentaire santé"), "number": contract["number"],
                "since_on": (self._today - timedelta(days=contract["since_days"])).replace(day=1), "until_on": None}

    def _reimbursements(self, person: Row, contract: Row, people: Mapping[str, Row]) -> Iterator[Row]:
        """Settle the care of each person by itself, in the order of the days: deductions are capped by person and year."""
        covers = {heading: Cover(Guarantee.parse(promised), contract["since_on"])
                  for heading, promised in self.world["plans"][contract["plan"]].items()}
        for covered in people.values():
            numbered = [(number, told) for number, told in enumerate(person["care"], start=1)
                        if told.get("beneficiary", _own_id(person)) == covered["id"]]
            numbered.sort(key=lambda one: self._act(one[1]).care_on)
            settled = settle_all([self._act(told) for _, told in numbered], covers, Situation(covered["birth_on"]))
            for (number, told), one in zip(numbered, settled, strict=True):
                yield {"id": f"l-{person['id'].removeprefix('demo-')}{number:02d}", "member_id": person["id"],
                       "beneficiary_id": covered["id"], **_amounts(one), **self._steps(one.act.care_on, told),
                       "is_direct_billing": told.get("direct", False)}

    def _act(self, told: Row) -> Act:
        care_on = self._today - timedelta(days=told["days"])
        if told["kind"] not in self.world["any_day"]:
            care_on = _business_day(care_on, back=True)
        base = Decimal(told["base"]) if "base" in told else None
        return Act(care_kind(told["kind"]), Decimal(told["billed"]), care_on, told["practitioner"], told.get("units", 1), base,
                   is_outside_pathway=told.get("outside_pathway", False))

    def _steps(self, care_on: date, act: Row) -> Row:
        """Say when the public scheme told us, when we decided, when we paid; what lies ahead has not happened."""
        told: int | None = act.get("received")
        told_on = care_on + timedelta(_RECEIVED_AFTER) if told is None else self._today - timedelta(days=told)
        received_on = min(_business_day(told_on), self._today)
        if act.get("stays") == _STAYS_RECEIVED:
            return {"received_on": received_on, "processed_on": None, "paid_on": None}
        processed_on = _business_day(received_on + timedelta(_PROCESSED_AFTER))
        paid_on = _business_day(processed_on + timedelta(_PAID_AFTER))
        return {"received_on": received_on, "processed_on": processed_on if processed_on <= self._today else None,
                "paid_on": paid_on if paid_on <= self._today else None}

    def _request(self, person: Row, asked: Row) -> Row:
        asked_at = self.now - timedelta(days=asked["days"])
        is_complaint = asked["kind"] == RequestKind.COMPLAINT
        told: int | None = asked.get("acknowledged")
        told_on = None if told is None else self._today - timedelta(days=told)
        return {
            "id": asked["id"], "member_id": person["id"], "kind": asked["kind"], "subject": asked["subject"],
            "status": RequestStatus.ACKNOWLEDGED if told_on else RequestStatus.IN_PROGRESS, "asked_at": asked_at,
            "updated_at": self.now - timedelta(days=asked["days"] if told is None else told),
            "acknowledged_on": told_on, "due_on": complaint_due(asked_at) if is_complaint else written_due(asked_at),
            "new_address": None, "from_on": None, "notice_on": None,
        }


def _amounts(settled: Settled) -> Row:
    act, care, shares = settled.act, settled.care, settled.shares
    return {
        "care_on": act.care_on, "practitioner": act.practitioner,
        "care": act.kind.label + (", hors parcours de soins" if act.is_outside_pathway else ""),
        "billed": care.billed, "reimbursement_base": care.base, "paid_by_public_scheme": shares.paid_by_public_scheme,
        "flat_contribution": shares.retained, "pathway_surcharge": shares.pathway_surcharge,
        "paid_by_us": shares.paid_by_us, "out_of_pocket": shares.out_of_pocket,
    }


def complaint_due(asked_at: datetime) -> date:
    """Give the day a complaint is answered by."""
    return complaint_dates(asked_at.astimezone(PARIS).date()).answer


def written_due(asked_at: datetime) -> date:
    """Give the day a written request is answered by."""
    return due_after_business_hours(asked_at, WRITTEN_ANSWER_HOURS).by


def _member(person: Row) -> Row:
    address = {"line2": None, **person["address"]}
    names = ("id", "civility", "first_name", "last_name", "birth_on", "email", "phone", "story")
    return {**{name: person[name] for name in names}, **address}


def _own_id(person: Row) -> str:
    return f"b-{person['id']}"


def _beneficiaries(person: Row, contract_id: str) -> Iterator[Row]:
    known = {"member_id": person["id"], "contract_id": contract_id}
    own = {name: person[name] for name in ("first_name", "last_name", "birth_on")}
    yield {"id": _own_id(person), **own, "relationship": Relationship.SELF, **known}
    for other in person.get("beneficiaries", ()):
        yield {**other, **known}


def _business_day(day: date, *, back: bool = False) -> date:
    while not is_business_day(day):
        day += timedelta(days=-1 if back else 1)
    return day
