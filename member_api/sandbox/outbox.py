"""
Events to send, written with what caused them: neither is lost, neither lies. Operations on one connection.

Each attempt that fails puts the next one later, seven in all over a day; then an operator decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, insert, select, update

from kernel.ids import new_id
from member_api.events import Event, EventKind, Facts, write_event
from member_api.sandbox import schema

PAUSES = tuple(timedelta(seconds=pause) for pause in (5, 30, 300, 1800, 7200, 72000))
LATEST = 20


@dataclass(frozen=True)
class Outgoing:
    """An event on its way: *body* as it was signed the first time, *attempts* made so far."""

    id: str
    kind: EventKind
    body: bytes
    at: datetime
    attempts: int
    next_at: datetime | None
    delivered_at: datetime | None


def emit(tx: Connection, kind: EventKind, member_id: str | None, facts: Facts, now: datetime) -> None:
    """Write an event to be sent."""
    event = Event(new_id("e"), kind, now, member_id, facts)
    tx.execute(insert(schema.event).values(id=event.id, kind=kind, body=write_event(event), at=now, attempts=0, next_at=now))


def due(tx: Connection, now: datetime, limit: int = LATEST) -> list[Outgoing]:
    """Give the events to send now, oldest first."""
    table = schema.event
    rows = tx.execute(select(table).where(table.c.next_at <= now).order_by(table.c.at, table.c.id).limit(limit))
    return [_outgoing(row) for row in rows]


def latest(tx: Connection) -> list[Outgoing]:
    """Give the latest events, whatever became of them."""
    table = schema.event
    return [_outgoing(row) for row in tx.execute(select(table).order_by(table.c.at.desc(), table.c.id).limit(LATEST))]


def delivered(tx: Connection, event_id: str, now: datetime) -> None:
    """Note that an event has arrived."""
    _change(tx, event_id, delivered_at=now, next_at=None)


def failed(tx: Connection, event: Outgoing, now: datetime) -> None:
    """Note an attempt that failed: the next one comes later, or never by itself."""
    next_at = now + PAUSES[event.attempts] if event.attempts < len(PAUSES) else None
    _change(tx, event.id, attempts=event.attempts + 1, next_at=next_at)


def again(tx: Connection, now: datetime) -> None:
    """Send at once everything that has not arrived, attempts counted anew: an operator asks for it."""
    table = schema.event
    tx.execute(update(table).where(table.c.delivered_at.is_(None)).values(attempts=0, next_at=now))


def _change(tx: Connection, event_id: str, **values: object) -> None:
    tx.execute(update(schema.event).where(schema.event.c.id == event_id).values(values))


def _outgoing(row: object) -> Outgoing:
    names = ("id", "kind", "body", "at", "attempts", "next_at", "delivered_at")
    values = {name: getattr(row, name) for name in names}
    return Outgoing(**{**values, "kind": EventKind(values["kind"]), "body": bytes(values["body"])})
