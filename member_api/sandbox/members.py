"""Reading a member's file. Operations on one connection (see kernel/database.py)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, select

from kernel.errors import Forbidden
from member_api import shape
from member_api.contract import (
    Address,
    Beneficiary,
    Civility,
    Contacts,
    Contract,
    ContractKind,
    Member,
    Reimbursement,
    ReimbursementStatus,
    Relationship,
    RequestKind,
    RequestStatus,
    Statements,
)
from member_api.sandbox import schema
from member_api.sandbox.masking import masked_email, masked_phone


@dataclass(frozen=True)
class Person:
    """Somebody who can sign in at the demonstration; *story* says in French what he is good for."""

    id: str
    first_name: str
    last_name: str
    town: str
    story: str


def people(tx: Connection) -> list[Person]:
    """List everybody, in order."""
    table = schema.member
    rows = tx.execute(select(table).order_by(table.c.id))
    return [Person(row.id, row.first_name, row.last_name, row.town, row.story) for row in rows]


def member(tx: Connection, member_id: str, today: date) -> Member:
    """Read a file as it is *today*; Forbidden for an unknown member: an answer never tells who is one."""
    row = _row(tx, member_id)
    return Member(
        id=row.id, civility=Civility(row.civility), first_name=row.first_name, last_name=row.last_name,
        contacts=Contacts(row.email and masked_email(row.email), row.phone and masked_phone(row.phone)),
        address=_address_on(tx, row, today),
        contracts=_contracts(tx, member_id), beneficiaries=_beneficiaries(tx, member_id, today),
    )


def statements(tx: Connection, member_id: str, *, beneficiary_id: str | None, since: date | None) -> Statements:
    """Read reimbursements, latest care first; Forbidden for an unknown member, none for an unknown beneficiary."""
    _row(tx, member_id)
    table = schema.reimbursement
    query = select(table).where(table.c.member_id == member_id).order_by(table.c.care_on.desc(), table.c.id)
    if beneficiary_id is not None:
        query = query.where(table.c.beneficiary_id == beneficiary_id)
    if since is not None:
        query = query.where(table.c.care_on >= since)
    return Statements(tuple(_reimbursement(row) for row in tx.execute(query)))


def _row(tx: Connection, member_id: str) -> Row[Any]:
    row = tx.execute(select(schema.member).where(schema.member.c.id == member_id)).one_or_none()
    if row is None:
        raise Forbidden
    return row


def _address_on(tx: Connection, row: Row[Any], today: date) -> Address:
    """Give the address in force: of the latest accepted change whose day has come, else the first one known."""
    table = schema.request
    changed = tx.execute(
        select(table.c.new_address)
        .where(table.c.member_id == row.id, table.c.kind == RequestKind.ADDRESS_CHANGE,
               table.c.status == RequestStatus.DONE, table.c.from_on <= today)
        .order_by(table.c.from_on.desc(), table.c.updated_at.desc()).limit(1)).scalar_one_or_none()
    return shape.read(Address, changed) if changed else Address(row.line1, row.line2, row.postal_code, row.town)


def _contracts(tx: Connection, member_id: str) -> tuple[Contract, ...]:
    table = schema.contract
    rows = tx.execute(select(table).where(table.c.member_id == member_id).order_by(table.c.id))
    return tuple(Contract(row.id, ContractKind(row.kind), row.label, row.plan, row.number[-3:], row.since_on,
                          row.until_on) for row in rows)


def _beneficiaries(tx: Connection, member_id: str, today: date) -> tuple[Beneficiary, ...]:
    table = schema.beneficiary
    is_covered = table.c.until_on.is_(None) | (table.c.until_on > today)
    rows = tx.execute(select(table).where(table.c.member_id == member_id, is_covered).order_by(table.c.birth_on))
    return tuple(Beneficiary(row.id, row.first_name, row.last_name, row.birth_on, Relationship(row.relationship),
                             row.contract_id) for row in rows)


def _reimbursement(row: Row[Any]) -> Reimbursement:
    return Reimbursement(
        id=row.id, beneficiary_id=row.beneficiary_id, care_on=row.care_on, practitioner=row.practitioner, care=row.care,
        billed=row.billed, reimbursement_base=row.reimbursement_base, paid_by_public_scheme=row.paid_by_public_scheme,
        flat_contribution=row.flat_contribution, pathway_surcharge=row.pathway_surcharge, paid_by_us=row.paid_by_us,
        out_of_pocket=row.out_of_pocket, is_direct_billing=row.is_direct_billing, status=_status(row),
        received_on=row.received_on, processed_on=row.processed_on, paid_on=row.paid_on,
    )


def _status(row: Row[Any]) -> ReimbursementStatus:
    if row.paid_on:
        return ReimbursementStatus.PAID
    return ReimbursementStatus.PROCESSED if row.processed_on else ReimbursementStatus.RECEIVED
