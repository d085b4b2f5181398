"""
Moves of the floor: operations on one connection. Each move grows the fencing number and is an entry.

``assistant → desk`` (a person is asked for), ``desk → advisor`` (take), ``advisor → desk`` (transfer, written mode),
``advisor → assistant`` (give back, close), ``desk → assistant`` (the member prefers the assistant).
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, update

from journal import schema
from journal.entries import HIDDEN_FROM_MEMBER, AuthorKind, Body, Draft, Entry, Holder, Kind, Mode
from journal.masking import mask
from journal.record import HeldBy, append, append_to, entry_by_client_id, row_of
from kernel.errors import Conflict, StaleFloor


class AlreadyTaken(Conflict):
    """Another advisor holds this conversation."""

    code = "handoff_already_taken"


class NotWaiting(Conflict):
    """Nobody asked for a person here, or no longer."""

    code = "not_waiting"


def _moved(row: Any, to: Holder, now: datetime, *, advisor_id: str | None = None, advisor_name: str | None = None) -> dict[str, Any]:
    return {"floor_holder": to, "floor_advisor_id": advisor_id, "floor_advisor_name": advisor_name,
            "fencing": row.fencing + 1, "floor_since": row.last_number + 1, "floor_at": now}


def request_handoff(tx: Connection, conversation_id: str, now: datetime, draft: Draft, *, queue: str, priority: int = 0) -> Entry | None:
    """
    Ask for a person: writes *draft* (kind handoff_requested) and gives the floor to the desk in the same step.

    Asking again while waiting, or while an advisor holds the floor, writes nothing and gives None; a higher *priority*
    is kept.
    """
    row = row_of(tx, conversation_id, lock=True)
    if row.floor_holder != Holder.ASSISTANT and not row.is_closed:
        if priority > row.priority:
            tx.execute(update(schema.conversation).where(schema.conversation.c.id == conversation_id).values(priority=priority))
        return None
    return append_to(tx, row, draft, now, queue=queue, priority=max(priority, row.priority), is_closed=False,
                  **_moved(row, Holder.DESK, now))


def take(tx: Connection, conversation_id: str, now: datetime, *, advisor_id: str, advisor_name: str) -> Entry | None:
    """Give a waiting conversation to an advisor; None when he already holds it; AlreadyTaken, NotWaiting."""
    row = row_of(tx, conversation_id, lock=True)
    if row.floor_holder == Holder.ADVISOR:
        if row.floor_advisor_id == advisor_id:
            return None
        raise AlreadyTaken
    if row.floor_holder != Holder.DESK:
        raise NotWaiting
    body: Body = {"from": row.floor_holder, "to": Holder.ADVISOR, "name": advisor_name}
    return append_to(tx, row, Draft(AuthorKind.SYSTEM, Kind.FLOOR_CHANGED, body, author_id=advisor_id, author_name=advisor_name),
                  now, **_moved(row, Holder.ADVISOR, now, advisor_id=advisor_id, advisor_name=advisor_name))


def give_back(tx: Connection, conversation_id: str, now: datetime, *, held_by: HeldBy, summary: str | None) -> Entry:
    """Give the floor back to the assistant, which resumes knowing *summary*; StaleFloor."""
    row = row_of(tx, conversation_id, lock=True)
    _require(row, held_by)
    body: Body = {"from": row.floor_holder, "to": Holder.ASSISTANT, "resume": True, "name": row.floor_advisor_name}
    if summary:
        body["_summary"] = mask(summary, AuthorKind.ADVISOR).text
    return append_to(tx, row, Draft(AuthorKind.SYSTEM, Kind.FLOOR_CHANGED, body, author_id=held_by.advisor_id), now,
                  queue=None, priority=0, **_moved(row, Holder.ASSISTANT, now))


def back_to_assistant(tx: Connection, conversation_id: str, now: datetime) -> Entry:
    """The member stops waiting and prefers the assistant; NotWaiting unless the desk holds the floor."""
    row = row_of(tx, conversation_id, lock=True)
    if row.floor_holder != Holder.DESK or row.mode == Mode.WRITTEN:
        raise NotWaiting
    body: Body = {"from": Holder.DESK, "to": Holder.ASSISTANT, "resume": True, "reason": "member"}
    return append_to(tx, row, Draft(AuthorKind.SYSTEM, Kind.FLOOR_CHANGED, body), now, queue=None, priority=0,
                  **_moved(row, Holder.ASSISTANT, now))


def transfer(tx: Connection, conversation_id: str, now: datetime, *, held_by: HeldBy, queue: str) -> Entry:
    """Put a conversation held by an advisor into *queue* again; StaleFloor."""
    row = row_of(tx, conversation_id, lock=True)
    _require(row, held_by)
    draft = Draft(AuthorKind.SYSTEM, Kind.TRANSFERRED, {"queue": queue, "from": Holder.ADVISOR, "to": Holder.DESK},
                  author_id=held_by.advisor_id)
    return append_to(tx, row, draft, now, queue=queue, **_moved(row, Holder.DESK, now))


def to_written(tx: Connection, conversation_id: str, now: datetime, *, due_at: datetime, due_on: date, subject: str | None,
               by: HeldBy | None = None, queue: str = "written") -> list[Entry]:
    """
    Make the same conversation a written request: mode_changed and a dated promise, the desk holding the floor.

    Already written with its promise: nothing changes and the list is empty; one that was closed and reopened gets a
    new promise. *by*: the advisor who converts it (StaleFloor when he lost it).
    """
    row = row_of(tx, conversation_id, lock=True)
    if row.mode == Mode.WRITTEN and not row.is_closed and row.due_at is not None:
        return []
    if by is not None:
        _require(row, by)
    author_id = by.advisor_id if by else None
    subject = mask(subject, AuthorKind.ADVISOR if by else AuthorKind.MEMBER).text if subject else None
    mode = append_to(tx, row, Draft(
        AuthorKind.SYSTEM, Kind.MODE_CHANGED, {"to": Mode.WRITTEN, "subject": subject}, author_id=author_id,
    ), now, mode=Mode.WRITTEN, queue=queue, subject=subject or row.subject, is_closed=False, due_at=due_at, due_on=due_on,
        **_moved(row, Holder.DESK, now))
    promise = append(tx, conversation_id, Draft(
        AuthorKind.SYSTEM, Kind.PROMISE, {"what": "written_answer", "due_at": due_at.isoformat(), "due_on": due_on.isoformat()},
        author_id=author_id,
    ), now)
    return [mode, promise]


def close(tx: Connection, conversation_id: str, now: datetime, *, held_by: HeldBy, topic: str | None) -> Entry:
    """End an advisor's part: the conversation is closed; a later message of the member reopens it. StaleFloor."""
    row = row_of(tx, conversation_id, lock=True)
    _require(row, held_by)
    draft = Draft(AuthorKind.SYSTEM, Kind.CLOSED, {"name": row.floor_advisor_name, "_topic": topic}, author_id=held_by.advisor_id)
    return append_to(tx, row, draft, now, is_closed=True, queue=None, priority=0, due_at=None, due_on=None,
                  topics=sorted({*row.topics, *([topic] if topic else [])}), **_moved(row, Holder.ASSISTANT, now))


def write(tx: Connection, conversation_id: str, draft: Draft, now: datetime, *, held_by: HeldBy | None = None) -> Entry:
    """
    Append *draft* as `record.append` does. A member who writes first reopens a closed conversation; rating it, or sending
    again what was stored, does not.
    """
    row = row_of(tx, conversation_id, lock=True)
    if row.is_closed and _is_new_to_the_desk(tx, conversation_id, draft):
        _reopen(tx, row, now)
        row = row_of(tx, conversation_id, lock=True)
    return append_to(tx, row, draft, now, held_by=held_by)


def _is_new_to_the_desk(tx: Connection, conversation_id: str, draft: Draft) -> bool:
    if draft.author is not AuthorKind.MEMBER or draft.kind in HIDDEN_FROM_MEMBER:
        return False
    return draft.client_id is None or entry_by_client_id(tx, conversation_id, draft.client_id) is None


def _reopen(tx: Connection, row: Any, now: datetime) -> Entry:
    """Reopen before the member writes again: a live conversation goes to the assistant, a written one to the desk."""
    to = Holder.DESK if row.mode == Mode.WRITTEN else Holder.ASSISTANT
    draft = Draft(AuthorKind.SYSTEM, Kind.REOPENED, {"to": to})
    return append_to(tx, row, draft, now, is_closed=False, queue="written" if to is Holder.DESK else None,
                     **_moved(row, to, now))


def _require(row: Any, held_by: HeldBy) -> None:
    if (row.floor_holder, row.fencing, row.floor_advisor_id) != (held_by.holder, held_by.fencing, held_by.advisor_id):
        raise StaleFloor
