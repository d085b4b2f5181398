"""What an operator announces: a service down or back, a premium to come. Operations on one connection."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation

from sqlalchemy import Connection, insert, select, update

from kernel.calendar import PARIS
from kernel.errors import Malformed, NotFound
from kernel.ids import new_id
from member_api import shape
from member_api.contract import ServiceName
from member_api.events import EventKind, PaymentDue, ServiceChanged
from member_api.sandbox import outbox, schema

OUTAGE = "Ce service ne fonctionne pas en ce moment."
_FURTHEST_DAYS = 60


def contracts(tx: Connection) -> list[tuple[str, str]]:
    """List (contract id, member id)."""
    table = schema.contract
    return [(row.id, row.member_id) for row in tx.execute(select(table.c.id, table.c.member_id).order_by(table.c.id))]


def service(tx: Connection, name: str, now: datetime, *, is_up: bool) -> None:
    """Tell everybody that a service stopped, or is back; Malformed."""
    if name not in list(ServiceName):
        raise Malformed("service: " + ", ".join(ServiceName))
    table = schema.outage
    if is_up:
        over = (table.c.service == name) & table.c.ended_at.is_(None)
        tx.execute(update(table).where(over).values(ended_at=now))
    else:
        tx.execute(insert(table).values(id=new_id("o"), service=name, what=OUTAGE, started_at=now))
    outbox.emit(tx, EventKind.SERVICE_UP if is_up else EventKind.SERVICE_DOWN, None, ServiceChanged(name, now), now)


def read_payment(form: Mapping[str, str], now: datetime) -> PaymentDue:
    """Read a premium to announce; Malformed."""
    try:
        amount, days = shape.amount(form.get("amount", "").replace(",", ".")), int(form.get("days", ""))
    except (ValueError, InvalidOperation):
        raise Malformed("amount: euros; days: a number") from None
    if amount <= Decimal(0) or not 0 <= days <= _FURTHEST_DAYS:
        raise Malformed(f"amount: above 0; days: 0 to {_FURTHEST_DAYS}")
    return PaymentDue(form.get("contract_id", ""), amount, now.astimezone(PARIS).date() + timedelta(days))


def payment(tx: Connection, due: PaymentDue, now: datetime) -> None:
    """Tell the member of a premium to come; NotFound for the contract."""
    table = schema.contract
    member_id = tx.execute(select(table.c.member_id).where(table.c.id == due.contract_id)).scalar_one_or_none()
    if member_id is None:
        raise NotFound
    outbox.emit(tx, EventKind.PAYMENT_DUE, member_id, due, now)
