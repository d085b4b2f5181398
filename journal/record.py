"""Opening, appending, reading: operations on one connection (see kernel/database.py)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NoReturn

from sqlalchemy import Connection, Row, update

from journal import chain, schema, statements
from journal.entries import (
    ANSWERS,
    AuthorKind,
    Conversation,
    Draft,
    Entry,
    Floor,
    Holder,
    Identity,
    Kind,
    Mode,
    is_storable,
    starts_turn,
)
from journal.masking import mask_body
from kernel.errors import NotFound, StaleFloor

PAGE = 500
_AUTHORS = {author.value: author for author in AuthorKind}
_KINDS = {kind.value: kind for kind in Kind}


@dataclass(frozen=True)
class HeldBy:
    """Proof of the floor: whoever answers says who holds it and under which fencing number."""

    holder: Holder
    fencing: int
    advisor_id: str | None = None


def open_conversation(tx: Connection, conversation_id: str, now: datetime, *, access_digest: str | None,
                      identity: Identity) -> Conversation:
    """Write a new, empty conversation; the assistant has the floor with fencing number 1."""
    tx.execute(statements.OPEN_CONVERSATION, {
        "id": conversation_id, "created_at": now, "updated_at": now, "access_digest": access_digest,
        "member_id": identity.member_id, "identity_level": identity.level, "identity_expires_at": identity.expires_at,
        "mode": Mode.LIVE, "floor_holder": Holder.ASSISTANT, "fencing": 1, "floor_since": 0, "floor_at": now,
        "is_closed": False, "last_number": 0, "head": chain.GENESIS, "position": 0, "claim_attempt": 0, "priority": 0,
        "topics": [],
    })
    return conversation(tx, conversation_id)


def conversation(tx: Connection, conversation_id: str, *, lock: bool = False) -> Conversation:
    """Read one conversation, holding its row until the end of the transaction when *lock*; NotFound."""
    return as_conversation(row_of(tx, conversation_id, lock=lock))


def row_of(tx: Connection, conversation_id: str, *, lock: bool = False) -> Row[Any]:
    """Read one conversation's row; NotFound."""
    if not is_storable(conversation_id):  # from an address a visitor made up
        raise NotFound
    query = statements.CONVERSATION_LOCKED if lock else statements.CONVERSATION
    row = tx.execute(query, {"conversation_id": conversation_id}).one_or_none()
    if row is None:
        raise NotFound(conversation_id)
    return row


def as_conversation(row: Row[Any]) -> Conversation:
    """Make a Conversation of its row."""
    return Conversation(
        id=row.id, created_at=row.created_at, updated_at=row.updated_at, mode=Mode(row.mode),
        identity=Identity(row.identity_level, row.member_id, row.identity_expires_at),
        floor=Floor(Holder(row.floor_holder), row.fencing, row.floor_since, row.floor_at, row.floor_advisor_id,
                    row.floor_advisor_name),
        is_closed=row.is_closed, last_number=row.last_number, head=row.head, position=row.position, queue=row.queue,
        priority=row.priority, due_at=row.due_at, due_on=row.due_on, subject=row.subject, topics=tuple(row.topics),
        access_digest=row.access_digest,
    )


class Prepared(Draft):
    """A draft whose body is as it will be written: plain JSON, identifiers masked."""


def prepare(draft: Draft) -> Prepared:
    """
    Mask *draft*'s body, whoever its author, so that no identifier reaches the record; Malformed.

    `append` does it for whoever did not; doing it before the transaction keeps the row's lock short.
    """
    if isinstance(draft, Prepared):
        return draft
    body = mask_body(draft.author, chain.plain(draft.body))
    return Prepared(draft.author, draft.kind, body, draft.client_id, draft.author_id, draft.author_name, draft.moment)


def append(tx: Connection, conversation_id: str, draft: Draft, now: datetime, *, held_by: HeldBy | None = None,
           **changes: Any) -> Entry:
    """
    Write *draft* as the next entry and set *changes* on the conversation's row in the same step.

    A client id already written gives back the entry stored then. With *held_by*, StaleFloor unless it holds the floor
    now; without it, an answer still needs the floor to be its author's. Malformed for a body no database could hold.
    """
    ready = prepare(draft)
    return append_to(tx, row_of(tx, conversation_id, lock=True), ready, now, held_by=held_by, **changes)


def append_to(tx: Connection, row: Row[Any], draft: Draft, now: datetime, *, held_by: HeldBy | None = None,
              **changes: Any) -> Entry:
    """Do as `append`, for who has just read the conversation's *row* with its lock."""
    draft = prepare(draft)
    if not _may_answer(row, draft, held_by):
        return _known(tx, row, draft) or _refuse()
    entry = _next_entry(row, draft, (draft.moment or now).astimezone(UTC))
    if not tx.execute(statements.insert_entry(tx), vars(entry)).rowcount and (known := _known(tx, row, draft)):
        return known
    if entry.starts_turn and row.next_turn is None:
        changes |= {"next_turn": entry.number, "next_turn_at": entry.moment}
    tx.execute(statements.MOVE_CONVERSATION, {
        "conversation_id": row.id, "last_number": entry.number, "head": entry.hash, "updated_at": now, **changes})
    return entry


def _known(tx: Connection, row: Row[Any], draft: Draft) -> Entry | None:
    """Find what this client already had written, whoever holds the floor by now."""
    return entry_by_client_id(tx, row.id, draft.client_id, draft.author) if draft.client_id is not None else None


def _refuse() -> NoReturn:
    raise StaleFloor


def _may_answer(row: Row[Any], draft: Draft, held_by: HeldBy | None) -> bool:
    if held_by is not None:
        holds = (row.floor_holder, row.fencing) == (held_by.holder, held_by.fencing)
        advisor_id = held_by.advisor_id if held_by.holder is Holder.ADVISOR else None
    elif draft.kind in ANSWERS and draft.author in (AuthorKind.ASSISTANT, AuthorKind.ADVISOR):
        holds, advisor_id = row.floor_holder == draft.author.value, draft.author_id
    else:  # a member's words, notes and what the system tells stand outside the floor
        return True
    return holds and (row.floor_holder != Holder.ADVISOR or row.floor_advisor_id == advisor_id)


def _next_entry(row: Row[Any], draft: Draft, moment: datetime) -> Entry:
    body, salt, number = draft.body, chain.new_salt(), row.last_number + 1
    digest = chain.body_digest(salt, body)
    head = chain.entry_hash(
        conversation_id=row.id, number=number, moment=moment, author=draft.author.value, author_id=draft.author_id,
        author_name=draft.author_name, kind=draft.kind.value, client_id=draft.client_id, digest=digest, previous=row.head,
    )
    return Entry(row.id, number, moment, draft.author, draft.author_id, draft.author_name, draft.kind, body,
                 draft.client_id, salt, digest, row.head, head, starts_turn(draft.author, draft.kind, body))


def entry_by_client_id(tx: Connection, conversation_id: str, client_id: str,
                       author: AuthorKind = AuthorKind.MEMBER) -> Entry | None:
    """Find the entry a client of *author*'s kind already had written."""
    row = tx.execute(statements.ENTRY_OF_CLIENT, {
        "conversation_id": conversation_id, "author": author, "client_id": client_id}).one_or_none()
    return as_entry(row) if row else None


def entry_at(tx: Connection, conversation_id: str, number: int) -> Entry:
    """Read one entry; NotFound."""
    row = tx.execute(statements.ENTRY_AT, {"conversation_id": conversation_id, "number": number}).one_or_none()
    if row is None:
        raise NotFound(f"{conversation_id} has no entry {number}")
    return as_entry(row)


def read(tx: Connection, conversation_id: str, since: int = 0, limit: int = PAGE) -> list[Entry]:
    """Read the entries after number *since*, in order, at most *limit*."""
    rows = tx.execute(statements.ENTRIES_SINCE, {"conversation_id": conversation_id, "since": since, "limit": limit})
    return [as_entry(row) for row in rows.all()]


def as_entry(row: Row[Any]) -> Entry:
    """Make an Entry of a row of `statements`."""
    conversation_id, number, moment, author, author_id, author_name, kind, *others = tuple(row)
    return Entry(conversation_id, number, moment, _AUTHORS[author], author_id, author_name, _KINDS[kind], *others)


def whole(tx: Connection, conversation_id: str) -> tuple[Conversation, list[Entry]]:
    """Read a conversation and all its entries, in order; NotFound."""
    rows = tx.execute(statements.ALL_ENTRIES, {"conversation_id": conversation_id})
    return conversation(tx, conversation_id), [as_entry(row) for row in rows.all()]


def erase(tx: Connection, conversation_id: str, now: datetime, *, by: Draft) -> Entry:
    """
    Erase every body and salt of a conversation and what was derived from them; append *by* as the proof and close.

    The chain still verifies through the digests. Whoever was answering (an advisor, a claimed turn) no longer may. The
    request of a pending act stays until the act is finished, which forgets it.
    """
    row = row_of(tx, conversation_id, lock=True)
    table, act, snapshot = schema.entry, schema.act, schema.snapshot
    tx.execute(update(table).where(table.c.conversation_id == conversation_id).values(body=None, salt=None))
    tx.execute(snapshot.delete().where(snapshot.c.conversation_id == conversation_id))
    tx.execute(update(act).where(act.c.conversation_id == conversation_id, act.c.status != "pending")
               .values(request=None, result=None))
    number = row.last_number + 1
    return append_to(
        tx, row, by, now, subject=None, topics=[], is_closed=True, queue=None, priority=0, due_at=None,
        due_on=None, position=number, next_turn=None, next_turn_at=None, claim_worker=None, claim_until=None,
        claim_attempt=0, floor_holder=Holder.ASSISTANT, floor_advisor_id=None, floor_advisor_name=None,
        fencing=row.fencing + 1, floor_since=number, floor_at=now)
