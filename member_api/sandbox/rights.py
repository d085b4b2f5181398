"""Complaints mirrored, personal data asked for. Operations on one connection (see kernel/database.py)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select

from kernel.calendar import PARIS, add_months
from member_api.contract import ComplaintRecord, DataRight, Request, RequestKind, RequestStatus
from member_api.sandbox import requests, schema
from member_api.sandbox.asking import Ask, check_not_asked, record

_DATA = {
    DataRight.COPY: (RequestKind.DATA_COPY, "Copie des données personnelles"),
    DataRight.ERASURE: (RequestKind.DATA_ERASURE, "Effacement des données personnelles"),
}


def mirror_complaint(tx: Connection, member_id: str, complaint: ComplaintRecord, now: datetime) -> Request:
    """Copy a complaint of the register under its number; one that is known is given back."""
    table = schema.request
    for row in tx.execute(select(table.c.id, table.c.details).where(
            table.c.member_id == member_id, table.c.kind == RequestKind.COMPLAINT)):
        if (row.details or {}).get("number") == complaint.number:
            return requests.request_of(tx, member_id, row.id)
    asked = Ask(RequestKind.COMPLAINT, complaint.subject, RequestStatus.IN_PROGRESS, due_on=complaint.answer_by,
                details={"number": complaint.number, "received_on": complaint.received_on.isoformat()})
    return record(tx, member_id, asked, now)


def ask_data(tx: Connection, member_id: str, right: DataRight, now: datetime) -> Request:
    """Record a request on personal data, answered within a month (RGPD art. 12.3); AlreadyAsked."""
    kind, subject = _DATA[right]
    check_not_asked(tx, member_id, kind, "right", right)
    due_on = add_months(now.astimezone(PARIS).date(), 1)
    return record(tx, member_id, Ask(kind, subject, due_on=due_on, details={"right": right}), now)
