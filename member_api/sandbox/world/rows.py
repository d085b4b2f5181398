"""The fictional world as rows, its days counted back from the moment of seeding. Pure but for reading its files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from kernel.calendar import PARIS, add_months
from member_api.contract import Frequency, PaymentMethod, Relationship, RequestKind, RequestStatus
from member_api.sandbox.world.acts import Cared, drawn_acts, written_acts
from member_api.sandbox.world.catalogue import benefits_of
from member_api.sandbox.world.dice import Dice
from member_api.sandbox.world.lines import Ledger
from member_api.sandbox.world.money import instalments, monthly_premium
from member_api.sandbox.world.papers import Papers
from member_api.sandbox.world.places import place_rows
from member_api.sandbox.world.promises import complaint_due, written_due
from member_api.sandbox.world.sightings import sights

Row = dict[str, Any]
TableRow = tuple[str, Row]
Person = Mapping[str, Any]


@dataclass(frozen=True)
class Seeding:
    """Turns the *world* into rows as it stands at *now* (aware)."""

    world: Mapping[str, Any]
    now: datetime

    def rows(self) -> Iterator[TableRow]:
        """Give (table, row); the rows of one table have the same columns."""
        yield from place_rows(self.now)
        for person in self.world["members"]:
            yield from self._family(person)

    def _family(self, person: Person) -> Iterator[TableRow]:
        accounts = [person, *_accounts(person)]
        yield from (("sandbox_member", _member(known)) for known in accounts)
        yield from (("sandbox_access_state", self._access_state(known)) for known in accounts)
        contracts = [self._contract(person, contract) for contract in person["contracts"]]
        people = {row["id"]: row for row in _beneficiaries(person, contracts[0])}
        yield from (("sandbox_contract", row) for row in contracts)
        yield from (("sandbox_beneficiary", row) for row in people.values())
        yield from (("sandbox_sight", row) for row in sights(person, _own_id(person), self._today))
        yield from (("sandbox_request", self._request(person, asked)) for asked in person.get("requests", ()))
        yield from self._bank(person, contracts[0])
        yield from self._represented(person)
        yield from self._covered(person, contracts, people)

    def _covered(self, person: Person, contracts: list[Row], people: Mapping[str, Row]) -> Iterator[TableRow]:
        papers = Papers(person["id"], {row["id"]: row["first_name"] for row in people.values()}, self._today)
        for written, row in zip(person["contracts"], contracts, strict=True):
            yield from papers.terms(row)
            yield from (("sandbox_instalment", due) for due in instalments(row, self._today, rejected=written.get("rejected", 0)))
        health, written = contracts[0], person["contracts"][0]
        yield from papers.cards(health, has_this_year=not written.get("no_card", False))
        if written.get("waiting"):
            yield from (("sandbox_waiting_period", row) for row in _waiting(health, list(people)))
        lines = self._lines(person, health, has_waiting=written.get("waiting", False))
        yield from papers.statements(health["id"], lines)
        yield from (("sandbox_reimbursement", line) for line in lines)

    def _lines(self, person: Person, health: Row, *, has_waiting: bool) -> list[Row]:
        """Compute every line, oldest care first; those the world writes keep the first numbers."""
        known = {_own_id(person): person, **{one["id"]: one for one in person.get("beneficiaries", ())}}
        ends_on = health["until_on"] or self._today
        drawn = (one for one in drawn_acts(person, _own_id(person), self._today, health["since_on"]) if one.act.care_on <= ends_on)
        acts = [*written_acts(person, _own_id(person), self._today), *drawn]
        numbered: list[tuple[int, Cared]] = sorted(enumerate(acts, start=1), key=lambda one: (one[1].act.care_on, one[0]))
        ledger = Ledger(health, known, self._today, has_waiting)
        own = {"member_id": person["id"], "statement_id": None}
        rows = ledger.lines(one for _, one in numbered)
        prefix = f"l-{person['id'].removeprefix('demo-')}"
        return [{"id": f"{prefix}{number:02d}", **own, **row} for (number, _), row in zip(numbered, rows, strict=True)]

    @property
    def _today(self) -> date:
        return self.now.astimezone(PARIS).date()

    def _contract(self, person: Person, contract: Row) -> Row:
        since_on = (self._today - timedelta(days=contract["since_days"])).replace(day=1)
        ended: int | None = contract.get("ended_days")
        births = [person["birth_on"], *(known["birth_on"] for known in person.get("beneficiaries", ()))]
        return {"id": contract["id"], "member_id": person["id"], "kind": contract["kind"], "plan": contract["plan"],
                "label": contract.get("label", "Complémentaire santé"), "number": contract["number"], "since_on": since_on,
                "until_on": None if ended is None else self._today - timedelta(days=ended),
                "premium": monthly_premium(contract, births, self._today),
                "frequency": contract.get("pays", str(Frequency.MONTHLY)), "method": contract.get("by", str(PaymentMethod.DIRECT_DEBIT))}

    def _access_state(self, person: Person) -> Row:
        dice, locked, reset = Dice(f"account/{person['id']}"), person.get("locked"), person.get("reset")
        return {"member_id": person["id"], "locked_at": self._ago(locked), "failed_attempts": 0 if locked is None else 3,
                "last_reset_at": self._ago(reset), "last_sign_in_at": self._ago(dice.between(1, 60)),
                "has_confirmed_email": person["email"] is not None}

    def _bank(self, person: Person, contract: Row) -> Iterator[TableRow]:
        if person.get("bank", True):
            ending = f"{Dice('bank/' + person['id']).between(1000, 9999)}"
            yield "sandbox_bank_account", {"member_id": person["id"], "holder": f"{person['first_name']} {person['last_name']}",
                                           "number_ending": ending, "since_on": min(contract["since_on"], self._today)}

    def _represented(self, person: Person) -> Iterator[TableRow]:
        for member_id, how in person.get("represents", {}).items():
            yield "sandbox_representation", {
                "reader_id": person["id"], "member_id": member_id, "kind": how["as"], "may_act": how["as"] == "guardian",
                "until_on": self._today + timedelta(days=how["days"])}

    def _request(self, person: Person, asked: Row) -> Row:
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

    def _ago(self, days: int | None) -> datetime | None:
        return None if days is None else self.now - timedelta(days=days)


def _accounts(person: Person) -> Iterator[Person]:
    """Give those of his contract who sign in by themselves; they live at his address."""
    for known in person.get("beneficiaries", ()):
        if "account" in known:
            yield {"address": person["address"], **{name: known[name] for name in ("first_name", "last_name", "birth_on")}, **known["account"]}


def _member(person: Person) -> Row:
    address = {"line2": None, **person["address"]}
    names = ("id", "civility", "first_name", "last_name", "birth_on", "email", "phone", "story")
    return {**{name: person[name] for name in names}, **address}


def _own_id(person: Person) -> str:
    return f"b-{person['id']}"


def _beneficiaries(person: Person, contract: Row) -> Iterator[Row]:
    own = {**person, "id": _own_id(person), "relationship": Relationship.SELF, "account": {"id": person["id"]}}
    for known in (own, *person.get("beneficiaries", ())):
        yield {**{name: known[name] for name in ("id", "first_name", "last_name", "birth_on", "relationship")},
               "member_id": person["id"], "contract_id": contract["id"], "account_id": known.get("account", {}).get("id"),
               "has_noemie_link": known.get("noemie", True), "since_on": max(contract["since_on"], known["birth_on"]),
               "until_on": contract["until_on"]}


def _waiting(contract: Row, beneficiary_ids: list[str]) -> Iterator[Row]:
    for benefit in benefits_of(contract["plan"]).values():
        for beneficiary_id in beneficiary_ids if benefit.waiting_months else ():
            yield {"id": f"w-{beneficiary_id}-{benefit.covered_as}", "member_id": contract["member_id"], "contract_id": contract["id"],
                   "beneficiary_id": beneficiary_id, "covered_as": benefit.covered_as, "months": benefit.waiting_months,
                   "ends_on": add_months(contract["since_on"], benefit.waiting_months)}


