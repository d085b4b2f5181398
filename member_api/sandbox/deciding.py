"""
What a person of the insurer decides, and what follows: the file changes, the member is told by an event.

Operations on one connection (see kernel/database.py).
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select, update

from kernel.calendar import PARIS
from kernel.errors import NotFound
from member_api.contract import Request, RequestKind, RequestStatus
from member_api.events import DocumentDecided, EventKind, RefundPaid, RequestCompleted
from member_api.sandbox import accounts, family, outbox, requests, schema

_UNDECIDED = (RequestStatus.PROOF_RECEIVED, RequestStatus.IN_PROGRESS, RequestStatus.ACKNOWLEDGED)
_LIFTS = (RequestKind.PROTECTION, RequestKind.UNLOCK)


def waiting(tx: Connection) -> list[tuple[str, Request]]:
    """List (member id, request) that await a person, oldest first."""
    table = schema.request
    rows = tx.execute(select(table.c.member_id, table.c.id).where(table.c.status.in_(_UNDECIDED)).order_by(table.c.updated_at))
    return [(row.member_id, requests.request_of(tx, row.member_id, row.id)) for row in rows]


def decide(tx: Connection, request_id: str, now: datetime, *, accepted: bool, words: str | None = None) -> None:
    """Accept or refuse a request that awaits a person, with a few *words* for the member; NotFound, NoProofExpected."""
    table = schema.request
    row = tx.execute(select(table).where(table.c.id == request_id).with_for_update()).one_or_none()
    if row is None:
        raise NotFound
    if row.status not in _UNDECIDED:
        raise requests.NoProofExpected
    status = RequestStatus.DONE if accepted else RequestStatus.REFUSED
    tx.execute(update(table).where(table.c.id == request_id).values(
        status=status, updated_at=now, details={**(row.details or {}), "decision": words}))
    if accepted and row.kind == RequestKind.FAMILY_EVENT:
        family.accept(tx, row, now)
    if accepted and row.kind in _LIFTS:
        accounts.lift(tx, row.member_id, now)
    if row.status == RequestStatus.PROOF_RECEIVED:
        outbox.emit(tx, EventKind.DOCUMENT_DECIDED, row.member_id, DocumentDecided(request_id, accepted), now)
    outbox.emit(tx, EventKind.REQUEST_COMPLETED, row.member_id, RequestCompleted(request_id, status), now)


def pay(tx: Connection, reimbursement_id: str, now: datetime) -> None:
    """Transfer a line that waits, and tell; NotFound when it is paid or unknown."""
    table, today = schema.reimbursement, now.astimezone(PARIS).date()
    waits = (table.c.id == reimbursement_id) & table.c.paid_on.is_(None)
    row = tx.execute(select(table).where(waits).with_for_update()).one_or_none()
    if row is None:
        raise NotFound
    tx.execute(update(table).where(waits).values(processed_on=row.processed_on or today, paid_on=today))
    facts = RefundPaid(row.id, row.beneficiary_id, row.paid_by_us, today)
    outbox.emit(tx, EventKind.REFUND_PAID, row.member_id, facts, now)
    followed = schema.request.c
    asked = tx.execute(select(followed.id, followed.details).where(
        followed.member_id == row.member_id, followed.kind == RequestKind.FOLLOW_UP, followed.status.in_(_UNDECIDED)))
    for one in [one.id for one in asked if one.details.get("reimbursement_id") == row.id]:
        decide(tx, one, now, accepted=True)


def unpaid(tx: Connection) -> list[tuple[str, str, str]]:
    """List (line id, member id, care) of the lines that wait for their transfer."""
    table = schema.reimbursement
    rows = tx.execute(select(table).where(table.c.paid_on.is_(None)).order_by(table.c.received_on))
    return [(row.id, row.member_id, row.care) for row in rows]
