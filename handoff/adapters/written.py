"""Written requests in the record: answering one keeps its promise in the same step; a new message opens a new one."""

from __future__ import annotations

from typing import TypeVar

from sqlalchemy import Connection

from handoff.core import letters
from journal import record
from journal.entries import Draft, Entry, Kind, Mode
from journal.record import HeldBy
from kernel.bell import Bell
from kernel.calendar import DueAt
from kernel.clock import Clock
from kernel.database import Database, Operation

T = TypeVar("T")


class SqlWrittenRequests:
    """See ports.WrittenRequests."""

    def __init__(self, database: Database, bell: Bell, clock: Clock) -> None:
        """*database* holds the journal."""
        self._database, self._bell, self._clock = database, bell, clock

    async def answer(self, conversation_id: str, reply: Draft, held_by: HeldBy) -> Entry:
        """See WrittenRequests."""
        now = self._clock.now()

        def operation(tx: Connection) -> Entry:
            known = record.conversation(tx, conversation_id, lock=True)
            entry = record.append(tx, conversation_id, reply, now, held_by=held_by)
            if known.due_at is not None and entry.number > known.last_number:
                body = letters.answered(reply.author_name or "")
                notice = letters.from_desk(Kind.CARD, body, f"desk:answered:{entry.number}")
                record.append(tx, conversation_id, notice, now, due_at=None, due_on=None)
            return entry

        return await self._write(conversation_id, operation)

    async def promise(self, conversation_id: str, number: int, due: DueAt) -> Entry | None:
        """See WrittenRequests."""
        now = self._clock.now()

        def operation(tx: Connection) -> Entry | None:
            known = record.conversation(tx, conversation_id, lock=True)
            if known.due_at is not None or known.is_closed or known.mode is not Mode.WRITTEN:
                return None
            promise = letters.from_desk(Kind.PROMISE, letters.answer_promise(due), f"desk:due:{number}")
            return record.append(tx, conversation_id, promise, now, due_at=due.at, due_on=due.by)

        return await self._write(conversation_id, operation)

    async def _write(self, conversation_id: str, operation: Operation[T]) -> T:
        written = await self._database.write(operation)
        await self._bell.ring(conversation_id)
        return written
