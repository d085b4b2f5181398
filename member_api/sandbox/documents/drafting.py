"""
What a document says: its facts, gathered in one look at the file. Operations on one connection (see kernel/database.py).

Nothing of the database is changed here: the document is laid out from this, then kept.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, select

from kernel import french
from kernel.calendar import PARIS
from kernel.errors import Conflict, NotFound
from member_api.contract import (
    Beneficiary,
    ContractKind,
    DocumentKind,
    DocumentOrder,
    Member,
    Reimbursement,
    ReimbursementFilter,
    ReimbursementStatus,
)
from member_api.sandbox import members, reimbursements, schema
from member_api.sandbox.sight import Reader, own_reader

TITLES = {
    DocumentKind.CERTIFICATE: "Attestation de couverture complémentaire santé",
    DocumentKind.MEMBER_CARD: "Carte de tiers payant",
    DocumentKind.STATEMENT: "Décompte de remboursements",
    DocumentKind.YEARLY_STATEMENT: "Relevé annuel des remboursements",
}
_NAMES = {
    DocumentKind.CERTIFICATE: "attestation", DocumentKind.MEMBER_CARD: "carte-tiers-payant",
    DocumentKind.STATEMENT: "decompte", DocumentKind.YEARLY_STATEMENT: "releve-annuel",
}
_SUMS = ("billed", "paid_by_public_scheme", "paid_by_us", "out_of_pocket")


class NothingToPrint(Conflict):
    """No contract in force, or no line of care in the period: a document would say nothing."""

    code = "nothing_to_print"


@dataclass(frozen=True)
class Draft:
    """A document about to be laid out: *values* are those of its template, which bears the name of its *kind*."""

    kind: DocumentKind
    title: str
    name: str
    values: dict[str, Any] = field(hash=False)


def draft(tx: Connection, member_id: str, order: DocumentOrder, now: datetime) -> Draft:
    """Gather what *order* needs; NotFound for a beneficiary that is not the member's, NothingToPrint."""
    today = now.astimezone(PARIS).date()
    reader = own_reader(tx, member_id, today)
    member = members.member(tx, reader)
    people = _people(member, order)
    values: dict[str, Any] = {"member": member, "people": people, "today": today, "order": order}
    if order.kind in (DocumentKind.CERTIFICATE, DocumentKind.MEMBER_CARD):
        values |= _contract_values(tx, member, today)
    else:
        values |= _line_values(tx, reader, order, people)
    title = TITLES[order.kind] + (f" {order.year}" if order.year else "")
    return Draft(order.kind, title, f"{_NAMES[order.kind]}-{order.year or today.isoformat()}.pdf", values)


def _people(member: Member, order: DocumentOrder) -> tuple[Beneficiary, ...]:
    known = {one.id: one for one in member.beneficiaries}
    if not set(order.beneficiary_ids) <= set(known):
        raise NotFound("no such beneficiary")
    return tuple(one for one in known.values() if not order.beneficiary_ids or one.id in order.beneficiary_ids)


def _contract_values(tx: Connection, member: Member, today: date) -> dict[str, Any]:
    contract = next((one for one in member.contracts if one.kind is ContractKind.HEALTH), None)
    if contract is None or (contract.until_on is not None and contract.until_on < today):
        raise NothingToPrint
    table = schema.contract
    number = tx.execute(select(table.c.number).where(table.c.id == contract.id)).scalar_one()
    return {"contract": contract, "number": number, "valid_until": min(contract.until_on or date.max, date(today.year, 12, 31))}


def _line_values(tx: Connection, reader: Reader, order: DocumentOrder, people: tuple[Beneficiary, ...]) -> dict[str, Any]:
    """Give the lines the member may see himself: another adult's only with his agreement (sight.py)."""
    since, until = _period(order)
    ids = {one.id for one in people}
    seen = reimbursements.lines(tx, reader, ReimbursementFilter(since=since, until=until))
    lines = [line for line in seen if line.beneficiary_id in ids and line.status is not ReimbursementStatus.REFUSED]
    if not lines:
        raise NothingToPrint
    names = {one.id: f"{one.first_name} {one.last_name}" for one in people}
    return {"lines": lines[::-1], "names": names, "totals": _totals(lines), "by_care": _by_care(lines),
            "period": _period_text(lines, since, until)}


def _period(order: DocumentOrder) -> tuple[date | None, date | None]:
    if order.year:
        return date(order.year, 1, 1), date(order.year, 12, 31)
    return order.since, order.until


def _period_text(lines: list[Reimbursement], since: date | None, until: date | None) -> str:
    first, last = since or min(line.care_on for line in lines), until or max(line.care_on for line in lines)
    return f"du {french.day(first, weekday=False)} au {french.day(last, weekday=False)}"


def _totals(lines: list[Reimbursement]) -> dict[str, Decimal]:
    return {name: sum((getattr(line, name) for line in lines), Decimal(0)) for name in _SUMS}


def _by_care(lines: list[Reimbursement]) -> dict[str, dict[str, Decimal]]:
    kinds: defaultdict[str, list[Reimbursement]] = defaultdict(list)
    for line in lines:
        kinds[line.care].append(line)
    return {care: _totals(kinds[care]) for care in sorted(kinds)}
