"""Recording a request of any kind. Operations on one connection (see kernel/database.py)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from kernel.errors import Conflict, NotFound
from kernel.ids import new_id
from member_api import shape
from member_api.contract import NeededDocument, Request, RequestKind, RequestStatus
from member_api.sandbox import coverage, requests, schema
from member_api.sandbox.sight import own_reader
from member_api.sandbox.undo import OPEN, window_end


class AlreadyAsked(Conflict):
    """The same is being dealt with already."""

    code = "already_asked"


@dataclass(frozen=True)
class Ask:
    """
    A request about to be recorded. *details* holds the public names of `Request` beyond its columns (``masked``,
    ``beneficiary_id``…), and what only the insurer needs.
    """

    kind: RequestKind
    subject: str
    status: RequestStatus = RequestStatus.IN_PROGRESS
    details: dict[str, Any] = field(default_factory=dict)
    needed: tuple[NeededDocument, ...] = ()
    effective_at: datetime | None = None
    due_on: date | None = None
    notice_on: date | None = None


def record(tx: Connection, member_id: str, ask: Ask, now: datetime) -> Request:
    """Record *ask* and give it as the member sees it."""
    request_id = new_id("r")
    details = {**ask.details, "needed": shape.write(ask.needed)}
    tx.execute(insert(schema.request).values(
        id=request_id, member_id=member_id, kind=ask.kind, subject=ask.subject, status=ask.status, asked_at=now,
        updated_at=now, due_on=ask.due_on, notice_on=ask.notice_on, details=details, effective_at=ask.effective_at,
        cancellable_until=window_end(ask.kind, now, ask.effective_at)))
    return requests.request_of(tx, member_id, request_id)


def open_requests(tx: Connection, member_id: str, *kinds: RequestKind) -> list[Row[Any]]:
    """Give the requests of *kinds* that are being dealt with."""
    table = schema.request
    rows = tx.execute(select(table).where(table.c.member_id == member_id, table.c.kind.in_(kinds), table.c.status.in_(OPEN)))
    return list(rows)


def check_not_asked(tx: Connection, member_id: str, kind: RequestKind, name: str, value: str) -> None:
    """Raise AlreadyAsked when an open request of *kind* has *value* in its details under *name*."""
    if any((row.details or {}).get(name) == value for row in open_requests(tx, member_id, kind)):
        raise AlreadyAsked


def check_person(tx: Connection, member_id: str, beneficiary_id: str, today: date) -> None:
    """Let the member ask for somebody: whoever his contract covers, or himself under another's. NotFound otherwise."""
    known = coverage.people(tx, own_reader(tx, member_id, today)).beneficiaries
    if beneficiary_id not in {one.id for one in known}:
        raise NotFound("no such beneficiary")


def check_beneficiary(tx: Connection, member_id: str, beneficiary_id: str) -> Row[Any]:
    """Give a beneficiary of the member's own contract; NotFound, also for somebody else's."""
    table = schema.beneficiary
    row = tx.execute(select(table).where(table.c.id == beneficiary_id, table.c.member_id == member_id)).one_or_none()
    if row is None:
        raise NotFound("no such beneficiary")
    return row
