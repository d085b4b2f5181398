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
    BankAccount,
    Beneficiary,
    Civility,
    Contacts,
    Contract,
    ContractKind,
    Member,
    RequestKind,
    RequestStatus,
)
from member_api.sandbox import coverage, schema
from member_api.sandbox.masking import masked_email, masked_phone
from member_api.sandbox.matrix import Resource
from member_api.sandbox.sight import Reader


@dataclass(frozen=True)
class Person:
    """Somebody who can sign in at the demonstration; *story* says in French what he is good for."""

    id: str
    first_name: str
    last_name: str
    town: str
    story: str

    @property
    def is_demonstrated(self) -> bool:
        """Whether he is one of the six members of the README's first table."""
        return self.id.startswith("demo-")


def people(tx: Connection) -> list[Person]:
    """List everybody, in order."""
    table = schema.member
    rows = tx.execute(select(table).order_by(table.c.id))
    return [Person(row.id, row.first_name, row.last_name, row.town, row.story) for row in rows]


def member(tx: Connection, reader: Reader) -> Member:
    """Read the file that *reader* opened, as it is on his day; Forbidden for an unknown member."""
    row = _row(tx, reader.file_id)
    return Member(
        id=row.id, civility=Civility(row.civility), first_name=row.first_name, last_name=row.last_name,
        contacts=Contacts(row.email and masked_email(row.email), row.phone and masked_phone(row.phone)),
        address=_address_on(tx, row, reader.today), contracts=_contracts(tx, reader),
        beneficiaries=tuple(Beneficiary(known.id, known.first_name, known.last_name, known.birth_on, known.relationship,
                                        known.contract_id) for known in coverage.people(tx, reader).beneficiaries
                            if known.until_on is None or known.until_on > reader.today),
        bank_account=_bank_account(tx, reader) if reader.may_read(Resource.BANK_ACCOUNT) else None,
    )


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


def _contracts(tx: Connection, reader: Reader) -> tuple[Contract, ...]:
    table = schema.contract
    rows = tx.execute(select(table).where(table.c.id.in_(reader.contract_ids)).order_by(table.c.id))
    return tuple(Contract(row.id, ContractKind(row.kind), row.label, row.plan, row.number[-3:], row.since_on,
                          row.until_on) for row in rows)


def _bank_account(tx: Connection, reader: Reader) -> BankAccount | None:
    table = schema.bank_account
    row = tx.execute(select(table).where(table.c.member_id == reader.file_id)).one_or_none()
    return None if row is None else BankAccount(row.holder, row.number_ending, row.since_on)
