"""What members ask for, kept once whatever the line did. Operations on one connection (see kernel/database.py)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from kernel.calendar import PARIS
from kernel.errors import Conflict, Forbidden, NotFound
from kernel.ids import new_id
from member_api import shape
from member_api.contract import Address, AddressChange, NeededDocument, Proof, Request, RequestKind, Requests, RequestStatus
from member_api.sandbox import schema
from member_api.sandbox.undo import OPEN, UNDONE_WHEN_DONE, window_end

PROOFS_LIMIT = 5
_PUBLIC_DETAILS = ("number", "masked", "beneficiary_id", "reimbursement_id", "decision")
_WANTS_PROOF = frozenset({RequestStatus.PROOF_EXPECTED, RequestStatus.PROOF_RECEIVED})
Json = dict[str, Any]


class KeyReused(Conflict):
    """The idempotency key has already been used for another request."""

    code = "key_reused"


class NoProofExpected(Conflict):
    """The request does not wait for a document, or has enough of them."""

    code = "no_proof_expected"


@dataclass(frozen=True)
class Asked:
    """One call that must act once: for whom, under which *key*, to do what (*digest*), when."""

    member_id: str
    key: str
    digest: str
    at: datetime


def digest_of(operation: str, body: object) -> str:
    """Tell two calls apart: the same operation with the same body has the same digest."""
    canonical = json.dumps([operation, body], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def once(tx: Connection, asked: Asked, act: Callable[[], object]) -> tuple[Json, bool]:
    """
    Act, or give the answer given the first time; the second value says whether it acted now.

    Act and answer are written in one transaction: an answer lost on the way is found again, never acted twice.
    KeyReused when the key was used for something else.
    """
    _lock_member(tx, asked.member_id)
    known = given_before(tx, asked)
    if known is not None:
        return known, False
    answer = shape.write(act())
    tx.execute(insert(schema.answered).values(
        member_id=asked.member_id, key=asked.key, digest=asked.digest, answer=answer, at=asked.at))
    return answer, True


def given_before(tx: Connection, asked: Asked) -> Json | None:
    """Give the answer given the first time, if there was one; KeyReused when the key was used for something else."""
    table = schema.answered
    same = (table.c.member_id == asked.member_id) & (table.c.key == asked.key)
    known = tx.execute(select(table).where(same)).one_or_none()
    if known is not None and known.digest != asked.digest:
        raise KeyReused
    return known.answer if known is not None else None


def requests(tx: Connection, member_id: str) -> Requests:
    """Read what a member asked for, latest first; none for an unknown member."""
    table = schema.request
    rows = tx.execute(select(table).where(table.c.member_id == member_id).order_by(table.c.asked_at.desc(), table.c.id))
    return Requests(tuple(_request(row) for row in rows))


def change_address(tx: Connection, member_id: str, change: AddressChange, now: datetime) -> Request:
    """Record an address change, which waits for its proof; a letter tells the previous address today."""
    request_id = new_id("r")
    tx.execute(insert(schema.request).values(
        id=request_id, member_id=member_id, kind=RequestKind.ADDRESS_CHANGE, subject="Changement d'adresse",
        status=RequestStatus.PROOF_EXPECTED, asked_at=now, updated_at=now, new_address=shape.write(change.address),
        from_on=change.from_on, notice_on=now.astimezone(PARIS).date(),
        cancellable_until=window_end(RequestKind.ADDRESS_CHANGE, now, None)))
    return _request(_row(tx, member_id, request_id))


def add_proof(tx: Connection, member_id: str, request_id: str, proof: Proof, now: datetime) -> Request:
    """Keep the document of a request that waits for one; NotFound (also for somebody else's), NoProofExpected."""
    row = _row(tx, member_id, request_id)
    mine = schema.proof.c.request_id == request_id
    count = tx.execute(select(func.count()).select_from(schema.proof).where(mine)).scalar_one()
    if row.status not in _WANTS_PROOF or count >= PROOFS_LIMIT:
        raise NoProofExpected
    tx.execute(insert(schema.proof).values(
        id=new_id("p"), request_id=request_id, name=proof.name, media_type=proof.media_type, content=proof.content,
        sent_at=now))
    _set_status(tx, request_id, RequestStatus.PROOF_RECEIVED, now)
    return _request(_row(tx, member_id, request_id))


def request_of(tx: Connection, member_id: str, request_id: str) -> Request:
    """Read one request of a member; NotFound, also for somebody else's."""
    return _request(_row(tx, member_id, request_id))


def details_of(tx: Connection, request_id: str) -> Json:
    """Read what only the insurer keeps of a request."""
    details: Json | None = tx.execute(select(schema.request.c.details).where(schema.request.c.id == request_id)).scalar_one()
    return details or {}


def _lock_member(tx: Connection, member_id: str) -> None:
    """Two calls with one key wait for each other; Forbidden for an unknown member."""
    table = schema.member
    if tx.execute(select(table.c.id).where(table.c.id == member_id).with_for_update()).one_or_none() is None:
        raise Forbidden


def _row(tx: Connection, member_id: str, request_id: str) -> Row[Any]:
    table = schema.request
    row = tx.execute(select(table).where(table.c.id == request_id, table.c.member_id == member_id)).one_or_none()
    if row is None:
        raise NotFound
    return row


def _set_status(tx: Connection, request_id: str, status: RequestStatus, now: datetime) -> None:
    tx.execute(update(schema.request).where(schema.request.c.id == request_id).values(status=status, updated_at=now))


def _request(row: Row[Any]) -> Request:
    address = shape.read(Address, row.new_address) if row.new_address else None
    details = row.details or {}
    kind, status = RequestKind(row.kind), RequestStatus(row.status)
    can_be_cancelled = status in OPEN or kind in UNDONE_WHEN_DONE
    return Request(
        row.id, kind, row.subject, status, row.asked_at, row.updated_at, row.acknowledged_on, row.due_on, address,
        row.from_on, row.notice_on, effective_at=row.effective_at,
        cancellable_until=row.cancellable_until if can_be_cancelled else None,
        needed=tuple(shape.read(NeededDocument, one) for one in details.get("needed", ())),
        **{name: details.get(name) for name in _PUBLIC_DETAILS})
