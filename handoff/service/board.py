"""The board: who waits, who holds what. Read once for everybody in the process, not once an advisor."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta

from handoff.core import queue
from handoff.core.queue import Place, Queue
from handoff.service.presence import PresenceDesk
from journal.entries import Conversation
from journal.journal import Journal
from kernel.clock import Clock
from kernel.organisation import Organisation

MOST = 2_000
FRESH_FOR = timedelta(seconds=2)


@dataclass(frozen=True)
class Snapshot:
    """What the journal said at *at*."""

    at: datetime
    waiting: list[Conversation]
    held: list[Conversation]
    available: int


@dataclass(frozen=True)
class MyPlace:
    """A conversation I hold; *has_news*: somebody else wrote since I last looked."""

    place: Place
    has_news: bool


@dataclass(frozen=True)
class BoardView:
    """The left pane for one advisor."""

    mine: list[MyPlace]
    queues: list[Queue]
    held_by_others: int
    available: int

    @property
    def waiting(self) -> int:
        """How many wait, in every queue."""
        return sum(len(one.places) for one in self.queues)

    @property
    def calls(self) -> int:
        """How many things ask for me: people waiting live or in danger, and news in what I hold."""
        live = sum(one.conversation.due_at is None for queue_ in self.queues for one in queue_.places)
        return live + sum(one.has_news for one in self.mine)


class Board:
    """Keeps one snapshot for FRESH_FOR, or until told that something moved."""

    def __init__(self, journal: Journal, presence: PresenceDesk, organisation: Organisation, clock: Clock) -> None:
        """*organisation* names the queues."""
        self._journal, self._presence, self._organisation, self._clock = journal, presence, organisation, clock
        self._snapshot: Snapshot | None = None
        self._moves = 0
        self._lock = asyncio.Lock()

    def moved(self) -> None:
        """Forget the snapshot: the next reader looks again."""
        self._moves += 1
        self._snapshot = None

    async def snapshot(self) -> Snapshot:
        """Give what waits and what is held."""
        async with self._lock:
            known, now = self._snapshot, self._clock.now()
            if known is not None and timedelta(0) <= now - known.at < FRESH_FOR:
                return known
            moves, fresh = self._moves, await self._read(now)
            if moves == self._moves:  # else something moved while we read: not worth keeping
                self._snapshot = fresh
            return fresh

    async def _read(self, now: datetime) -> Snapshot:
        return Snapshot(
            now,
            await self._journal.waiting(limit=MOST),
            await self._journal.held_by_advisors(limit=MOST),
            await self._presence.available(),
        )

    async def view(self, advisor_id: str) -> BoardView:
        """Give the left pane of one advisor."""
        seen, now = await self.snapshot(), self._clock.now()
        mine = [one for one in seen.held if one.floor.advisor_id == advisor_id]
        return BoardView(
            [await self._my_place(advisor_id, one, now) for one in mine],
            queue.queues(seen.waiting, self._organisation.queues, now),
            len(seen.held) - len(mine),
            seen.available,
        )

    async def _my_place(self, advisor_id: str, conversation: Conversation, now: datetime) -> MyPlace:
        seen = await self._journal.cursor(reader(advisor_id), conversation.id)
        return MyPlace(queue.place(conversation, now), conversation.last_number > seen)


def reader(advisor_id: str) -> str:
    """Name the reading mark of an advisor."""
    return f"desk:{advisor_id}"
