"""Reading premiums and their schedule. Operations on one connection (see kernel/database.py)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Row, or_, select

from member_api.contract import Frequency, Instalment, InstalmentStatus, PaymentMethod, PaymentSchedule, Premium, Premiums
from member_api.sandbox import schema
from member_api.sandbox.paging import Paging, page
from member_api.sandbox.sight import Reader
from member_api.sandbox.world.money import amount_of

ZERO = Decimal("0.00")
_TIME_TO_ARRIVE = timedelta(days=10)


def premiums(tx: Connection, reader: Reader) -> Premiums:
    """Read the premium of each contract in force or to come."""
    table = schema.contract
    query = (select(table).where(table.c.member_id == reader.file_id,
                                 or_(table.c.until_on.is_(None), table.c.until_on >= reader.today)).order_by(table.c.id))
    due = _instalments(tx, reader, None)
    return Premiums(tuple(_premium(row, [one for one in due if one.contract_id == row.id], reader.today) for row in tx.execute(query)))


def schedule(tx: Connection, reader: Reader, since: date | None, until: date | None, paging: Paging) -> PaymentSchedule:
    """Read a page of the payments due from *since* to *until*, earliest first; by default those of this civil year on."""
    first = since or date(reader.today.year, 1, 1)
    return PaymentSchedule(*page([one for one in _instalments(tx, reader, first) if until is None or one.due_on <= until], paging))


def paid_in(tx: Connection, reader: Reader, year: int) -> Decimal:
    """Add up the premiums received in a civil year."""
    return sum((one.amount for one in _instalments(tx, reader, None) if one.paid_on and one.paid_on.year == year), ZERO)


def _instalments(tx: Connection, reader: Reader, since: date | None) -> list[Instalment]:
    table = schema.instalment
    query = select(table).where(table.c.member_id == reader.file_id).order_by(table.c.due_on, table.c.id)
    if since is not None:
        query = query.where(table.c.due_on >= since)
    return [_instalment(row, reader.today) for row in tx.execute(query)]


def _premium(row: Row[Any], due: list[Instalment], today: date) -> Premium:
    coming = [one.due_on for one in due if one.status is InstalmentStatus.COMING]
    unpaid = sum((one.amount for one in due if _is_unpaid(one, today)), ZERO)
    frequency = Frequency(row.frequency)
    return Premium(row.id, amount_of(frequency, row.premium), row.premium, frequency, PaymentMethod(row.method),
                   min(coming, default=None), unpaid)


def _is_unpaid(one: Instalment, today: date) -> bool:
    is_long_due = one.status is InstalmentStatus.DUE and today - one.due_on > _TIME_TO_ARRIVE
    return one.status is InstalmentStatus.REJECTED or is_long_due


def _instalment(row: Row[Any], today: date) -> Instalment:
    paid_on = row.settles_on if row.settles_on and row.settles_on <= today else None
    return Instalment(row.id, row.contract_id, row.due_on, row.amount, PaymentMethod(row.method), _status(row, paid_on, today), paid_on)


def _status(row: Row[Any], paid_on: date | None, today: date) -> InstalmentStatus:
    if paid_on is not None:
        return InstalmentStatus.PAID
    if row.rejected_on is not None and row.rejected_on <= today:
        return InstalmentStatus.REJECTED
    return InstalmentStatus.COMING if row.due_on > today else InstalmentStatus.DUE
