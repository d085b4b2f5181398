"""The state a member's screen shows: the conversation's row, the queue, who is writing."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from connectors.core.states import Place, State, is_waiting, state_of
from connectors.core.waiting import position, wait_range
from connectors.service.hub import Hub
from connectors.service.ports import AssistantState
from journal.entries import Conversation
from journal.journal import Journal

KEPT_S = 1.0


@dataclass(frozen=True)
class _Queue:
    conversations: list[str]
    estimated_wait_s: int | None
    read_at: float


class WaitingRoom:
    """Who waits before whom. Read at most once a second a queue, however many members look at their place."""

    def __init__(self, journal: Journal) -> None:
        """Read nothing before being asked."""
        self._journal = journal
        self._queues: dict[str, _Queue] = {}
        self._lock = asyncio.Lock()

    async def place_of(self, conversation: Conversation) -> Place | None:
        """Give the place of a conversation that waits; None when it does not."""
        if not is_waiting(conversation):
            return None
        name = conversation.queue or "live"
        queue = await self._queue(name)
        if (place := position(queue.conversations, conversation.id)) is None:  # it came since we looked
            queue = await self._read(name)
            place = position(queue.conversations, conversation.id)
        if place is None:
            return None
        return Place(place, wait_range(place, len(queue.conversations), queue.estimated_wait_s))

    async def _queue(self, name: str) -> _Queue:
        async with self._lock:
            known = self._queues.get(name)
            if known and asyncio.get_running_loop().time() - known.read_at < KEPT_S:
                return known
            return await self._read(name)

    async def _read(self, name: str) -> _Queue:
        waiting = await self._journal.waiting(name)
        status = await self._journal.desk_status(name)
        found = _Queue(
            [one.id for one in waiting if is_waiting(one)],
            status.estimated_wait_s if status else None,
            asyncio.get_running_loop().time(),
        )
        self._queues[name] = found
        return found


class States:
    """Gives states."""

    def __init__(self, journal: Journal, hub: Hub, room: WaitingRoom, assistant: AssistantState) -> None:
        """*assistant* says ``ready``, ``starting`` or ``away``."""
        self._journal, self._hub, self._room, self._assistant = journal, hub, room, assistant

    async def of(self, conversation: Conversation) -> State:
        """Give the state of a conversation as it was read."""
        return state_of(
            conversation, self._journal.clock.now(), place=await self._room.place_of(conversation),
            is_typing=self._hub.typing(conversation.id) is not None, assistant=self._assistant(),
        )
