"""Who reads which file, and whose lines in it. Operations on one connection (see kernel/database.py)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, or_, select

from kernel.errors import Forbidden
from member_api.contract import Caller, Representation, RepresentationKind, Representations, Sight
from member_api.sandbox import schema
from member_api.sandbox.matrix import Resource, Standing, may_read

_AS = {RepresentationKind.GUARDIAN: Standing.GUARDIAN, RepresentationKind.PROXY: Standing.PROXY}


@dataclass(frozen=True)
class Reader:
    """
    Somebody who may read the file *file_id* on the day *today*.

    *sights* are the beneficiaries whose lines he sees, and why; *contract_ids* the contracts he sees, the health one first.
    """

    file_id: str
    standing: Standing
    today: date
    sights: dict[str, Sight]
    contract_ids: tuple[str, ...]

    def may_read(self, resource: Resource) -> bool:
        """Say whether he may read *resource*."""
        return may_read(self.standing, resource)


def reader(tx: Connection, caller: Caller, file_id: str, resource: Resource, today: date) -> Reader:
    """Let *caller* read *resource* of *file_id*; Forbidden, the same for an unknown file and one that is not his."""
    standing = _standing(tx, caller, file_id, today)
    if not may_read(standing, resource):
        raise Forbidden
    return Reader(file_id, standing, today, _sights(tx, file_id, today), _contracts(tx, file_id))


def own_reader(tx: Connection, member_id: str, today: date) -> Reader:
    """Give the reader that a signed-in member is of his own file; Forbidden when there is none."""
    return reader(tx, Caller(member_id, 1, None), member_id, Resource.FILE, today)


def representations(tx: Connection, file_id: str, today: date) -> Representations:
    """List whom the member represents today."""
    table, member = schema.representation, schema.member
    query = (select(table, member.c.first_name, member.c.last_name).join(member, member.c.id == table.c.member_id)
             .where(table.c.reader_id == file_id, table.c.until_on >= today).order_by(table.c.member_id))
    return Representations(tuple(
        Representation(row.member_id, row.first_name, row.last_name, RepresentationKind(row.kind), row.until_on, row.may_act)
        for row in tx.execute(query)))


def _standing(tx: Connection, caller: Caller, file_id: str, today: date) -> Standing:
    own = _own_standing(tx, file_id)
    represented = None if caller.member_id == file_id else _represented(tx, caller.member_id, file_id, today)
    if own is None or (caller.member_id != file_id and represented is None):
        raise Forbidden
    return Standing.ADVISOR if caller.advisor_id else represented or own


def _own_standing(tx: Connection, member_id: str) -> Standing | None:
    member, contract = schema.member, schema.contract
    if tx.execute(select(member.c.id).where(member.c.id == member_id)).first() is None:
        return None
    held = tx.execute(select(contract.c.id).where(contract.c.member_id == member_id)).first()
    return Standing.HOLDER if held else Standing.COVERED


def _represented(tx: Connection, reader_id: str, file_id: str, today: date) -> Standing | None:
    table = schema.representation
    kind = tx.execute(select(table.c.kind).where(
        table.c.reader_id == reader_id, table.c.member_id == file_id, table.c.until_on >= today)).scalar_one_or_none()
    return None if kind is None else _AS[RepresentationKind(kind)]


def _sights(tx: Connection, file_id: str, today: date) -> dict[str, Sight]:
    table = schema.sight
    rows = tx.execute(select(table.c.beneficiary_id, table.c.why).where(
        table.c.reader_id == file_id, or_(table.c.until_on.is_(None), table.c.until_on >= today)))
    return {row.beneficiary_id: Sight(row.why) for row in rows}


def _contracts(tx: Connection, file_id: str) -> tuple[str, ...]:
    contract, beneficiary = schema.contract, schema.beneficiary
    covering = select(beneficiary.c.contract_id).where(beneficiary.c.account_id == file_id)
    rows = tx.execute(select(contract.c.id).where(or_(contract.c.member_id == file_id, contract.c.id.in_(covering))).order_by(contract.c.id))
    return tuple(row.id for row in rows)
