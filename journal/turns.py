"""
Turns of the assistant: claim, run (elsewhere, with no open transaction), commit. Operations on one connection.

A turn answers one entry, in order, exactly once: the commit is refused unless the claim, the reading position and the
floor are as they were when it was claimed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, func, or_, select, update

from journal import schema
from journal.entries import AuthorKind, Conversation, Draft, Entry, Holder
from journal.record import HeldBy, append, as_conversation, entry_at, row_of
from journal.upsert import upsert
from kernel.errors import StaleTurn

CLAIM_LASTS = timedelta(seconds=30)
TRIES = 3


@dataclass(frozen=True)
class Turn:
    """
    One claimed entry. *attempt* counts from 1. *has_floor*: whether the assistant may answer it, or only watch for
    danger (an advisor or the waiting room holds the floor, or held it since).
    """

    conversation: Conversation
    entry: Entry
    worker: str
    attempt: int
    dialogue: str | None

    @property
    def has_floor(self) -> bool:
        """Whether the assistant may answer this entry."""
        floor = self.conversation.floor
        return floor.holder is Holder.ASSISTANT and self.entry.number >= floor.since and not self.conversation.is_closed

    @property
    def is_last_chance_gone(self) -> bool:
        """Whether every try failed: the worker apologises instead of trying again."""
        return self.attempt > TRIES


@dataclass(frozen=True)
class Committed:
    """What a commit wrote; *refused* counts what was dropped because the turn no longer *held* the floor."""

    entries: list[Entry]
    refused: int
    held: bool = True


def claim(tx: Connection, worker: str, now: datetime) -> Turn | None:
    """Claim the oldest entry waiting for the assistant, for CLAIM_LASTS; None when nothing waits."""
    table = schema.conversation
    row = tx.execute(
        select(table).where(table.c.next_turn_at.is_not(None), or_(table.c.claim_until.is_(None), table.c.claim_until <= now))
        .order_by(table.c.next_turn_at).limit(1).with_for_update(skip_locked=True)
    ).one_or_none()
    if row is None:
        return None
    attempt = row.claim_attempt + 1
    tx.execute(update(table).where(table.c.id == row.id).values(
        claim_worker=worker, claim_until=now + CLAIM_LASTS, claim_attempt=attempt))
    dialogue = tx.execute(select(schema.snapshot.c.dialogue).where(schema.snapshot.c.conversation_id == row.id)).scalar_one_or_none()
    return Turn(as_conversation(row), entry_at(tx, row.id, row.next_turn), worker, attempt, dialogue)


def commit(tx: Connection, turn: Turn, now: datetime, drafts: Sequence[Draft], dialogue: str | None, *,
           topics: Sequence[str] = ()) -> Committed:
    """
    Write the answers, the dialogue snapshot and the new reading position together.

    StaleTurn when the claim is no longer ours: nothing is written. When the floor moved, the position still moves on,
    and answers are dropped and counted; *system* drafts stand outside the floor and are written all the same.
    """
    row = _claimed_row(tx, turn)
    floor = turn.conversation.floor
    holds = turn.has_floor and (row.floor_holder, row.fencing) == (floor.holder, floor.fencing)
    kept = [draft for draft in drafts if holds or draft.author is AuthorKind.SYSTEM]
    held_by = HeldBy(Holder.ASSISTANT, floor.fencing)
    entries = [append(tx, row.id, draft, now, held_by=None if draft.author is AuthorKind.SYSTEM else held_by) for draft in kept]
    if dialogue is not None and holds:
        _save_dialogue(tx, row.id, turn.entry.number, dialogue, now)
    _move_on(tx, row.id, turn.entry.number, topics=sorted({*row.topics, *topics}))
    return Committed(entries, len(drafts) - len(kept), holds)


def give_up(tx: Connection, turn: Turn, now: datetime) -> None:
    """Let the claim go after a failure, so that the next try need not wait for it to expire; StaleTurn."""
    _claimed_row(tx, turn)
    tx.execute(update(schema.conversation).where(schema.conversation.c.id == turn.conversation.id).values(claim_until=now))


def _claimed_row(tx: Connection, turn: Turn) -> Row[Any]:
    row = row_of(tx, turn.conversation.id, lock=True)
    if (row.claim_worker, row.claim_attempt, row.next_turn) != (turn.worker, turn.attempt, turn.entry.number):
        raise StaleTurn
    return row


def _move_on(tx: Connection, conversation_id: str, number: int, *, topics: list[str]) -> None:
    table = schema.entry
    following = tx.execute(
        select(table.c.number, table.c.moment).where(
            table.c.conversation_id == conversation_id, table.c.number > number, table.c.starts_turn.is_(True))
        .order_by(table.c.number).limit(1)).one_or_none()
    tx.execute(update(schema.conversation).where(schema.conversation.c.id == conversation_id).values(
        position=number, topics=topics, next_turn=following.number if following else None, next_turn_at=following.moment if following else None,
        claim_worker=None, claim_until=None, claim_attempt=0))


def _save_dialogue(tx: Connection, conversation_id: str, position: int, dialogue: str, now: datetime) -> None:
    upsert(tx, schema.snapshot, {"conversation_id": conversation_id},
           {"position": position, "dialogue": dialogue, "saved_at": now})


def unanswered(tx: Connection, limit: int = 200) -> list[tuple[str, int]]:
    """Read the conversations the assistant owes something, who waits longest first, with its reading position in each."""
    table = schema.conversation
    rows = tx.execute(select(table.c.id, table.c.position).where(table.c.next_turn_at.is_not(None)).order_by(table.c.next_turn_at).limit(limit))
    return [(row.id, row.position) for row in rows]


def waiting(tx: Connection) -> int:
    """Count the conversations with an entry the assistant has not dealt with."""
    table = schema.conversation
    return tx.execute(select(func.count()).select_from(table).where(table.c.next_turn_at.is_not(None))).scalar_one()
