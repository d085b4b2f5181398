"""
Opening a conversation once, however often it is asked: operations on one connection (see kernel/database.py).

A page that got no answer (a slow line, a restart) asks again with the same key, and gets the same conversation instead
of leaving an empty one behind. Only the key's digest is kept, with a salt the page's secret is made of, for an hour.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, select

from journal import record, schema
from journal.entries import Conversation, Identity
from journal.upsert import upsert

LASTS = timedelta(hours=1)
_SWEPT_AT_ONCE = 50
_table = schema.opening


@dataclass(frozen=True)
class Opening:
    """What lets an opening asked again find its conversation: *key_digest* names it, *salt* is given back."""

    key_digest: str
    salt: str


@dataclass(frozen=True)
class Begun:
    """A conversation, the *salt* kept with its opening, and whether it *is_new*."""

    conversation: Conversation
    salt: str | None
    is_new: bool


def begin(tx: Connection, conversation_id: str, now: datetime, *, access_digest: str | None, identity: Identity,
          opening: Opening | None) -> Begun:
    """Open an empty conversation, or give the one opened less than LASTS ago under the same key, as it is by now."""
    if opening is not None and (known := _known(tx, opening, now)):
        return known
    conversation = record.open_conversation(tx, conversation_id, now, access_digest=access_digest, identity=identity)
    if opening is None:
        return Begun(conversation, None, is_new=True)
    _keep(tx, conversation_id, opening, now)
    known = _known(tx, opening, now)
    if known is not None and known.conversation.id != conversation_id:  # the same key, asked twice at the same instant
        tx.execute(delete(schema.conversation).where(schema.conversation.c.id == conversation_id))
        return known
    _sweep(tx, now)
    return Begun(conversation, opening.salt, is_new=True)


def forget(tx: Connection, conversation_id: str) -> None:
    """Forget how a conversation was opened: its key then opens another one."""
    tx.execute(delete(_table).where(_table.c.conversation_id == conversation_id))


def _known(tx: Connection, opening: Opening, now: datetime) -> Begun | None:
    row = tx.execute(select(_table.c.conversation_id, _table.c.salt).where(
        _table.c.key_digest == opening.key_digest, _table.c.opened_at > now - LASTS)).one_or_none()
    return Begun(record.conversation(tx, row.conversation_id), row.salt, is_new=False) if row else None


def _keep(tx: Connection, conversation_id: str, opening: Opening, now: datetime) -> None:
    """Write the key unless it is known and fresh; whoever wrote it at the same instant is waited for."""
    values = {"conversation_id": conversation_id, "salt": opening.salt, "opened_at": now}
    upsert(tx, _table, {"key_digest": opening.key_digest}, values, only_if=_table.c.opened_at <= now - LASTS)


def _sweep(tx: Connection, now: datetime) -> None:
    """Forget some keys that have ended: those another opening is forgetting are left to it, so that none waits."""
    ended = (select(_table.c.key_digest).where(_table.c.opened_at <= now - LASTS).order_by(_table.c.opened_at)
             .limit(_SWEPT_AT_ONCE).with_for_update(skip_locked=True))
    tx.execute(delete(_table).where(_table.c.key_digest.in_(ended)))
