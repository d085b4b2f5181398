"""Conversations and entries as plain values, without a record."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from journal.entries import AuthorKind, Conversation, Entry, Floor, Holder, Identity, Kind, Mode

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def a_conversation(name: str = "c1", *, waited: timedelta = timedelta(0), **changes: Any) -> Conversation:
    """A live conversation that waits at the desk since *waited*."""
    floor = changes.pop("floor", Floor(Holder.DESK, 2, 3, NOW - waited))
    made = Conversation(
        id=name, created_at=NOW - timedelta(hours=1), identity=Identity(), mode=Mode.LIVE, floor=floor, is_closed=False,
        last_number=5, head="0", position=3, queue="live", priority=0, due_at=None, due_on=None, subject=None, topics=(),
        updated_at=NOW)
    return replace(made, **changes)


def a_written_one(name: str, *, due_in: timedelta | None, **changes: Any) -> Conversation:
    """A written request due in *due_in* (None: answered)."""
    due_at = NOW + due_in if due_in is not None else None
    return a_conversation(name, mode=Mode.WRITTEN, queue="written", due_at=due_at, due_on=due_at.date() if due_at else None, **changes)


def held_by(advisor_id: str = "camille", fencing: int = 3) -> Floor:
    """A floor in the hands of an advisor."""
    return Floor(Holder.ADVISOR, fencing, 4, NOW, advisor_id, advisor_id.title())


def an_entry(number: int, author: AuthorKind, kind: Kind, body: dict[str, Any] | None, **changes: Any) -> Entry:
    """One entry, a minute after the one before."""
    made = Entry("c1", number, NOW + timedelta(minutes=number), author, None, None, kind, body, None, "00", "d", "p", "h")
    return replace(made, **changes)
