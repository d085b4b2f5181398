"""The record as every part uses it: each method is one transaction, then the bell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import Connection, func, insert, select, update

from journal import acts, floor, openings, record, schema, turns
from journal.acts import Act
from journal.entries import AuthorKind, Body, Conversation, Draft, Entry, Holder, Identity, Kind, View
from journal.openings import Begun, Opening
from journal.record import HeldBy
from journal.turns import Committed, Turn
from journal.upsert import upsert
from kernel.bell import Bell
from kernel.clock import Clock
from kernel.database import Database
from kernel.errors import Refused
from kernel.ids import new_id

T = TypeVar("T")
STATUS_LASTS = timedelta(seconds=60)


class OtherMember(Refused, ValueError):
    """The conversation belongs to another member: it never changes hands."""

    code = "other_member"


@dataclass(frozen=True)
class DeskStatus:
    """What `handoff` says of a queue: open or not, advisors on duty, estimated wait in seconds (None: not known)."""

    queue: str
    is_open: bool
    advisors: int
    estimated_wait_s: int | None


class Journal:
    """The written record. Write the row, then ring the bell."""

    def __init__(self, database: Database, bell: Bell, clock: Clock) -> None:
        """*clock* dates what is written; entries may carry their own moment."""
        self._database, self.bell, self.clock = database, bell, clock

    # -- conversations -----------------------------------------------------------------------------------------------

    async def open_conversation(self, *, access_digest: str | None = None, identity: Identity | None = None) -> Conversation:
        """Open an empty conversation; *access_digest*: SHA-256 of the secret that lets an anonymous page come back."""
        return await self._database.write(lambda tx: record.open_conversation(
            tx, new_id("c"), self.clock.now(), access_digest=access_digest, identity=identity or Identity()))

    async def open_greeted(self, greeting: Callable[[Conversation], Draft], *, access_digest: str | None = None,
                           identity: Identity | None = None, opening: Opening | None = None) -> Begun:
        """
        Open a conversation with its first entry, in one step: none is ever left without its greeting.

        With an *opening* known for less than an hour, give the conversation it opened instead, as it is by now.
        *greeting* does no I/O and may be run again.
        """
        def operation(tx: Connection) -> Begun:
            begun = openings.begin(tx, new_id("c"), self.clock.now(), access_digest=access_digest,
                                   identity=identity or Identity(), opening=opening)
            if not begun.is_new:
                return begun
            record.append(tx, begun.conversation.id, greeting(begun.conversation), self.clock.now())
            return replace(begun, conversation=record.conversation(tx, begun.conversation.id))
        begun = await self._database.write(operation)
        await self.bell.ring(begun.conversation.id)
        return begun

    async def conversation(self, conversation_id: str) -> Conversation:
        """Read one conversation; NotFound."""
        return await self._database.read(lambda tx: record.conversation(tx, conversation_id))

    async def conversations_of(self, member_id: str, limit: int = 50) -> list[Conversation]:
        """Read a member's conversations, the latest moved first."""
        table = schema.conversation
        return await self._select(table.c.member_id == member_id, order=table.c.updated_at.desc(), limit=limit)

    async def waiting(self, queue: str | None = None, limit: int = 500) -> list[Conversation]:
        """Read the conversations that wait at the desk: priority first, then due date, then who waits longest."""
        table = schema.conversation
        wanted = [table.c.floor_holder == Holder.DESK, table.c.is_closed.is_(False)] + ([table.c.queue == queue] if queue else [])
        return await self._select(*wanted, order=(table.c.priority.desc(), table.c.due_at.nulls_first(), table.c.floor_at), limit=limit)

    async def held_by_advisors(self, advisor_id: str | None = None, limit: int = 500) -> list[Conversation]:
        """Read the open conversations held by *advisor_id*, or by any advisor."""
        table = schema.conversation
        holder = table.c.floor_advisor_id == advisor_id if advisor_id else table.c.floor_holder == Holder.ADVISOR
        return await self._select(holder, table.c.is_closed.is_(False), order=table.c.floor_at, limit=limit)

    async def recently_closed(self, limit: int = 50) -> list[Conversation]:
        """Read the latest closed conversations."""
        table = schema.conversation
        return await self._select(table.c.is_closed.is_(True), order=table.c.updated_at.desc(), limit=limit)

    async def set_identity(self, conversation_id: str, identity: Identity, *, how: str) -> Entry | None:
        """
        Set the identity level; writes identity_proven (which lets a waiting request resume) unless only the expiry moved.

        A conversation that belongs to a member never passes to another: OtherMember.
        """
        def operation(tx: Connection) -> Entry | None:
            known = record.conversation(tx, conversation_id, lock=True).identity
            if known.member_id not in (None, identity.member_id):
                raise OtherMember
            columns: dict[str, Any] = {"member_id": identity.member_id, "identity_level": identity.level, "identity_expires_at": identity.expires_at}
            if (known.member_id, known.level) == (identity.member_id, identity.level) and known.level_at(self.clock.now()) == known.level:
                tx.execute(update(schema.conversation).where(schema.conversation.c.id == conversation_id).values(**columns))
                return None
            draft = Draft(AuthorKind.SYSTEM, Kind.IDENTITY_PROVEN, {"level": identity.level, "how": how})
            return record.append(tx, conversation_id, draft, self.clock.now(), **columns)
        return await self._write(conversation_id, operation)

    async def set_topics(self, conversation_id: str, topics: list[str]) -> None:
        """Add topic labels to the conversation's row."""
        def operation(tx: Connection) -> None:
            known = record.conversation(tx, conversation_id, lock=True)
            tx.execute(update(schema.conversation).where(schema.conversation.c.id == conversation_id)
                       .values(topics=sorted({*known.topics, *topics})))
        await self._database.write(operation)

    async def erase(self, conversation_id: str, *, by: AuthorKind) -> Entry:
        """Erase every body of a conversation and what was derived from it; the proof entry closes it."""
        draft = Draft(AuthorKind.SYSTEM, Kind.ERASED, {"by": by.value})
        def operation(tx: Connection) -> Entry:
            openings.forget(tx, conversation_id)
            return record.erase(tx, conversation_id, self.clock.now(), by=draft)
        return await self._write(conversation_id, operation)

    async def whole(self, conversation_id: str) -> tuple[Conversation, list[Entry]]:
        """Read a conversation and all its entries as they stood at one moment: exports and verification; NotFound."""
        return await self._database.snapshot(lambda tx: record.whole(tx, conversation_id))

    # -- entries -----------------------------------------------------------------------------------------------------

    async def append(self, conversation_id: str, draft: Draft, *, held_by: HeldBy | None = None) -> Entry:
        """
        Write the next entry. The same client id gives back what was stored; with *held_by*, StaleFloor unless it holds.

        A member's entry first reopens a closed conversation.
        """
        ready = record.prepare(draft)
        return await self._write(conversation_id, lambda tx: floor.write(
            tx, conversation_id, ready, self.clock.now(), held_by=held_by))

    async def append_decided(self, conversation_id: str, decide: Callable[[list[Entry]], Draft], *, since: int) -> Entry:
        """
        Write the draft *decide* makes of the entries after number *since*, read under the lock that writes it.

        *decide* is given at most record.PAGE entries, does no I/O and may be run again; what it raises refuses the
        entry. For rules that two devices could break together: a choice is valid once.
        """
        def operation(tx: Connection) -> Entry:
            record.conversation(tx, conversation_id, lock=True)
            draft = decide(record.read(tx, conversation_id, since))
            return floor.write(tx, conversation_id, draft, self.clock.now())
        return await self._write(conversation_id, operation)

    async def read(self, conversation_id: str, since: int = 0, limit: int = record.PAGE) -> list[Entry]:
        """Read the entries after number *since*, in order, at most *limit* (read again from the last for more)."""
        return await self._database.read(lambda tx: record.read(tx, conversation_id, since, limit))

    async def view(self, conversation_id: str, view: View, since: int = 0, limit: int = record.PAGE) -> list[dict[str, Any]]:
        """Read the entries after number *since* as *view* sees them."""
        return [entry.seen_by(view) for entry in await self.read(conversation_id, since, limit)]

    async def entry(self, conversation_id: str, number: int) -> Entry:
        """Read one entry, with what only the record may hold (payloads of choices); NotFound."""
        return await self._database.read(lambda tx: record.entry_at(tx, conversation_id, number))

    # -- floor -------------------------------------------------------------------------------------------------------

    async def request_handoff(self, conversation_id: str, draft: Draft, *, queue: str = "live", priority: int = 0) -> Entry | None:
        """Ask for a person; None when one was already asked for. Works with every worker dead."""
        return await self._write(conversation_id, lambda tx: floor.request_handoff(
            tx, conversation_id, self.clock.now(), draft, queue=queue, priority=priority))

    async def raise_priority(self, conversation_id: str, priority: int, queue: str | None = None) -> None:
        """Raise how urgent a conversation is (never lowers), and move it to *queue*, whoever holds the floor."""
        def operation(tx: Connection) -> None:
            known = record.conversation(tx, conversation_id, lock=True)
            tx.execute(update(schema.conversation).where(schema.conversation.c.id == conversation_id).values(
                priority=max(priority, known.priority), queue=queue or known.queue))
        await self._write(conversation_id, operation)

    async def take(self, conversation_id: str, *, advisor_id: str, advisor_name: str) -> Conversation:
        """Give a waiting conversation to an advisor; AlreadyTaken, NotWaiting. Taking one's own twice is fine."""
        def operation(tx: Connection) -> Conversation:
            floor.take(tx, conversation_id, self.clock.now(), advisor_id=advisor_id, advisor_name=advisor_name)
            return record.conversation(tx, conversation_id)
        return await self._write(conversation_id, operation)

    async def give_back(self, conversation_id: str, held_by: HeldBy, *, summary: str | None = None) -> Entry:
        """Give the floor back to the assistant; StaleFloor."""
        return await self._write(conversation_id, lambda tx: floor.give_back(tx, conversation_id, self.clock.now(), held_by=held_by, summary=summary))

    async def back_to_assistant(self, conversation_id: str) -> Entry:
        """The waiting member prefers the assistant; NotWaiting."""
        return await self._write(conversation_id, lambda tx: floor.back_to_assistant(tx, conversation_id, self.clock.now()))

    async def transfer(self, conversation_id: str, held_by: HeldBy, *, queue: str) -> Entry:
        """Put a held conversation into *queue*; StaleFloor."""
        return await self._write(conversation_id, lambda tx: floor.transfer(tx, conversation_id, self.clock.now(), held_by=held_by, queue=queue))

    async def to_written(self, conversation_id: str, *, due_at: datetime, due_on: date, subject: str | None = None,
                         by: HeldBy | None = None) -> list[Entry]:
        """Make the conversation a written request with its promise; empty when it already is one."""
        return await self._write(conversation_id, lambda tx: floor.to_written(
            tx, conversation_id, self.clock.now(), due_at=due_at, due_on=due_on, subject=subject, by=by))

    async def close(self, conversation_id: str, held_by: HeldBy, *, topic: str | None = None) -> Entry:
        """End an advisor's part; StaleFloor."""
        return await self._write(conversation_id, lambda tx: floor.close(tx, conversation_id, self.clock.now(), held_by=held_by, topic=topic))

    # -- turns -------------------------------------------------------------------------------------------------------

    async def claim_turn(self, worker: str) -> Turn | None:
        """Claim the oldest entry the assistant owes an answer; None when none waits."""
        return await self._database.write(lambda tx: turns.claim(tx, worker, self.clock.now()))

    async def commit_turn(self, turn: Turn, drafts: list[Draft], dialogue: str | None, *,
                          handoff: Draft | None = None, queue: str = "live", priority: int = 0,
                          topics: Sequence[str] = ()) -> Committed:
        """Write a turn's answers, snapshot and position together, then the *handoff* it asks for; StaleTurn."""
        ready = [record.prepare(draft) for draft in drafts]
        def operation(tx: Connection) -> Committed:
            done = turns.commit(tx, turn, self.clock.now(), ready, dialogue, topics=topics)
            if handoff is None:
                return done
            if not done.held and handoff.author is not AuthorKind.SYSTEM:
                return Committed(done.entries, done.refused + 1, held=False)
            asked = floor.request_handoff(tx, turn.conversation.id, self.clock.now(), handoff, queue=queue, priority=priority)
            return Committed([*done.entries, *([asked] if asked else [])], done.refused, done.held)
        return await self._write(turn.conversation.id, operation)

    async def give_up_turn(self, turn: Turn) -> None:
        """Let a failed turn be claimed again at once; StaleTurn."""
        await self._write(turn.conversation.id, lambda tx: turns.give_up(tx, turn, self.clock.now()))

    async def unanswered(self) -> list[tuple[str, int]]:
        """Read the conversations the assistant owes something, with its reading position in each."""
        return await self._database.read(turns.unanswered)

    async def turns_waiting(self) -> int:
        """Count the conversations the assistant owes something."""
        return await self._database.read(turns.waiting)

    # -- acts --------------------------------------------------------------------------------------------------------

    async def begin_act(self, act: Act) -> Act:
        """Write an act as pending, or give the one known under its key; OtherRequest."""
        return await self._database.write(lambda tx: acts.begin(tx, act, self.clock.now()))

    async def finish_act(self, act: Act, *, status: str, result: Body) -> Entry:
        """Set an act's outcome and tell it, once, whoever holds the floor."""
        return await self._write(act.conversation_id, lambda tx: acts.finish(tx, act.key, self.clock.now(), status=status, result=result))

    async def act(self, key: str) -> Act | None:
        """Read the act known under *key*, if any."""
        return await self._database.read(lambda tx: acts.find(tx, key))

    async def pending_acts(self, older_than: timedelta) -> list[Act]:
        """Read the acts left pending for longer than *older_than*."""
        return await self._database.read(lambda tx: acts.pending(tx, self.clock.now() - older_than))

    # -- readers -----------------------------------------------------------------------------------------------------

    async def cursor(self, reader: str, conversation_id: str) -> int:
        """Give the last number *reader* has seen; 0 at first."""
        table = schema.cursor
        found = await self._database.read(lambda tx: tx.execute(
            select(table.c.number).where(table.c.reader == reader, table.c.conversation_id == conversation_id)).scalar_one_or_none())
        return found or 0

    async def advance_cursor(self, reader: str, conversation_id: str, number: int) -> None:
        """Remember that *reader* has seen up to *number*; never goes back."""
        keys = {"reader": reader, "conversation_id": conversation_id}
        await self._database.write(lambda tx: upsert(
            tx, schema.cursor, keys, {"number": number}, only_if=schema.cursor.c.number < number))

    async def put_desk_status(self, status: DeskStatus) -> None:
        """Say how a queue stands; `handoff` refreshes it more often than STATUS_LASTS."""
        values = {"is_open": status.is_open, "advisors": status.advisors, "estimated_wait_s": status.estimated_wait_s,
                  "updated_at": self.clock.now()}
        await self._database.write(lambda tx: upsert(tx, schema.desk_status, {"queue": status.queue}, values))

    async def desk_status(self, queue: str = "live") -> DeskStatus | None:
        """Give a queue's state; None when nobody has said it for STATUS_LASTS: then the written mode is offered."""
        table, since = schema.desk_status, self.clock.now() - STATUS_LASTS
        row = await self._database.read(lambda tx: tx.execute(
            select(table).where(table.c.queue == queue, table.c.updated_at > since)).one_or_none())
        return DeskStatus(row.queue, row.is_open, row.advisors, row.estimated_wait_s) if row else None

    async def audit(self, who: str, what: str, *, conversation_id: str | None = None, member_id: str | None = None,
                    detail: dict[str, Any] | None = None) -> None:
        """Note that somebody read or did something that must be accounted for; *detail* holds no content."""
        await self._database.write(lambda tx: tx.execute(insert(schema.audit).values(
            at=self.clock.now(), who=who, what=what, conversation_id=conversation_id, member_id=member_id, detail=detail)))

    async def count(self) -> dict[str, int]:
        """Count conversations and entries: health pages and tests."""
        def operation(tx: Connection) -> dict[str, int]:
            return {name: tx.execute(select(func.count()).select_from(schema.metadata.tables[name])).scalar_one()
                    for name in ("conversation", "entry")}
        return await self._database.read(operation)

    # ------------------------------------------------------------------------------------------------------------------

    async def _write(self, conversation_id: str, operation: Callable[[Connection], T]) -> T:
        done = await self._database.write(operation)
        await self.bell.ring(conversation_id)
        return done

    async def _select(self, *wanted: Any, order: Any, limit: int) -> list[Conversation]:
        ordering = order if isinstance(order, tuple) else (order,)
        query = select(schema.conversation).where(*wanted).order_by(*ordering).limit(limit)
        return await self._database.read(lambda tx: [record.as_conversation(row) for row in tx.execute(query)])
