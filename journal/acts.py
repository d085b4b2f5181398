"""
Acts: what is changed in the insurer's system is never hidden. Operations on one connection.

An act is written as *pending* before the insurer's system is called, and its result becomes a system entry whoever
holds the floor by then. The key is made with the summary shown to the member, so confirming twice acts once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from journal import chain, schema
from journal.entries import AuthorKind, Body, Draft, Entry, Kind
from journal.record import append, entry_by_client_id, row_of
from kernel.errors import Conflict, NotFound


class OtherRequest(Conflict):
    """The key was used for another request: a summary was changed after it had been shown."""

    code = "act_key_reused"


@dataclass(frozen=True)
class Act:
    """One act. *status*: ``pending``, ``done`` or ``refused``; *result* is the body of the entry that tells it."""

    key: str
    conversation_id: str
    kind: str
    member_id: str
    identity_level: int
    request: dict[str, Any] | None
    status: str
    result: Body | None
    attempts: int


def begin(tx: Connection, act: Act, now: datetime) -> Act:
    """Write *act* as pending, or give the one known under its key; OtherRequest when the request differs, NotFound."""
    row_of(tx, act.conversation_id, lock=True)  # two devices confirming at once wait for each other here
    digest = chain.body_digest(chain.GENESIS[:32], act.request)
    known = tx.execute(select(schema.act).where(schema.act.c.key == act.key).with_for_update()).one_or_none()
    if known is not None:
        if known.digest != digest or known.conversation_id != act.conversation_id:
            raise OtherRequest
        tx.execute(update(schema.act).where(schema.act.c.key == act.key).values(attempts=known.attempts + 1, updated_at=now))
        return _as_act(known)
    tx.execute(insert(schema.act).values(
        key=act.key, conversation_id=act.conversation_id, kind=act.kind, member_id=act.member_id,
        identity_level=act.identity_level, request=act.request, digest=digest, status="pending", attempts=1,
        created_at=now, updated_at=now))
    return act


def finish(tx: Connection, key: str, now: datetime, *, status: str, result: Body) -> Entry:
    """Set the outcome (``done`` or ``refused``) and tell it as a system entry, once; forgets the request. NotFound."""
    conversation_id = tx.execute(select(schema.act.c.conversation_id).where(schema.act.c.key == key)).scalar_one_or_none()
    if conversation_id is None:
        raise NotFound("no act has this key")
    row_of(tx, conversation_id, lock=True)  # the conversation first, as begin does: no deadlock
    row = tx.execute(select(schema.act).where(schema.act.c.key == key).with_for_update()).one()
    client_id = f"act:{key}"
    if row.status != "pending" and (told := entry_by_client_id(tx, conversation_id, client_id, AuthorKind.SYSTEM)):
        return told
    if _was_erased(tx, conversation_id):  # the outcome is owed, not the words the member has had erased
        result = {"act": row.kind, "status": status}
    tx.execute(update(schema.act).where(schema.act.c.key == key).values(
        status=status, result=result, request=None, updated_at=now))
    return append(tx, conversation_id, Draft(AuthorKind.SYSTEM, Kind.ACT_RESULT, result, client_id=client_id), now)


def _was_erased(tx: Connection, conversation_id: str) -> bool:
    table = schema.entry
    mine = select(table.c.number).where(table.c.conversation_id == conversation_id, table.c.kind == Kind.ERASED)
    return tx.execute(mine.limit(1)).scalar_one_or_none() is not None


def find(tx: Connection, key: str) -> Act | None:
    """Read one act."""
    row = tx.execute(select(schema.act).where(schema.act.c.key == key)).one_or_none()
    return _as_act(row) if row else None


def pending(tx: Connection, before: datetime, limit: int = 50) -> list[Act]:
    """Read the acts left pending since *before*, oldest first: the sweep completes or reports them."""
    table = schema.act
    rows = tx.execute(select(table).where(table.c.status == "pending", table.c.updated_at <= before)
                      .order_by(table.c.updated_at).limit(limit))
    return [_as_act(row) for row in rows]


def _as_act(row: Row[Any]) -> Act:
    return Act(row.key, row.conversation_id, row.kind, row.member_id, row.identity_level, row.request, row.status,
               row.result, row.attempts)
