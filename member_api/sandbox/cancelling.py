"""Cancelling a request, and letting what was waiting take effect. Operations on one connection (kernel/database.py)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select, update

from kernel.errors import Conflict
from member_api.contract import Request, RequestKind, RequestStatus
from member_api.events import EventKind, RequestCompleted
from member_api.sandbox import outbox, requests, schema
from member_api.sandbox.changes import put_bank_details, undo_contact
from member_api.sandbox.contracts import undo_termination
from member_api.sandbox.undo import UNDONE_WHEN_DONE, is_cancellable

_TAKES_EFFECT = (RequestKind.BANK_CHANGE, RequestKind.TERMINATION)


class TooLate(Conflict):
    """It can no longer be cancelled."""

    code = "too_late"


def cancel(tx: Connection, member_id: str, request_id: str, now: datetime) -> Request:
    """Cancel a request within its time, and put back what it changed; NotFound, TooLate. Cancelled twice is cancelled."""
    asked = requests.request_of(tx, member_id, request_id)
    if asked.status is RequestStatus.CANCELLED:
        return asked
    if not is_cancellable(asked.kind, asked.status, asked.cancellable_until, now):
        raise TooLate
    details = requests.details_of(tx, request_id)
    if asked.kind in UNDONE_WHEN_DONE:
        undo_contact(tx, member_id, asked.kind, details["before"])
    if asked.kind is RequestKind.TERMINATION:
        undo_termination(tx, details["contract_id"])
    table = schema.request
    tx.execute(update(table).where(table.c.id == request_id).values(
        status=RequestStatus.CANCELLED, updated_at=now, cancellable_until=None))
    return requests.request_of(tx, member_id, request_id)


def settle(tx: Connection, now: datetime) -> int:
    """End the requests whose moment has come, and tell; give how many."""
    table = schema.request
    due = tx.execute(select(table.c.id, table.c.member_id, table.c.kind, table.c.details).where(
        table.c.kind.in_(_TAKES_EFFECT), table.c.status == RequestStatus.IN_PROGRESS,
        table.c.effective_at <= now).with_for_update()).all()
    for row in due:
        tx.execute(update(table).where(table.c.id == row.id).values(
            status=RequestStatus.DONE, updated_at=now, cancellable_until=None))
        if row.kind == RequestKind.BANK_CHANGE:
            put_bank_details(tx, row.member_id, row.details["masked"], now)
        outbox.emit(tx, EventKind.REQUEST_COMPLETED, row.member_id, RequestCompleted(row.id, RequestStatus.DONE), now)
    return len(due)
