"""Opening conversations and taking them. Each use case checks who may."""

from __future__ import annotations

from dataclasses import dataclass

from handoff.core import queue
from handoff.core.access import holds, may_open
from handoff.core.handoff_file import HandoffFile, handoff_file
from handoff.core.reception import Wait
from handoff.service.board import reader
from handoff.service.ports import Advisor, WaitStore
from journal.entries import Conversation, Entry, Holder, Kind, Mode
from journal.floor import AlreadyTaken, NotWaiting
from journal.journal import Journal
from journal.record import PAGE
from kernel.clock import Clock
from kernel.errors import NotFound

MOST_ENTRIES = 5_000
_CAME_TO_THE_DESK = frozenset({Kind.HANDOFF_REQUESTED, Kind.MODE_CHANGED})


class TakenBy(AlreadyTaken):
    """Another advisor was quicker: *name*."""

    def __init__(self, name: str) -> None:
        """*name* is the colleague's."""
        super().__init__()
        self.name = name


@dataclass(frozen=True)
class Opened:
    """A conversation an advisor may read, whole. *is_mine*: he may answer it."""

    conversation: Conversation
    entries: list[Entry]
    file: HandoffFile
    is_mine: bool


class Conversations:
    """Reading and taking."""

    def __init__(self, journal: Journal, waits: WaitStore, clock: Clock) -> None:
        """Let *waits* remember who took what."""
        self._journal, self._waits, self._clock = journal, waits, clock

    async def open(self, advisor: Advisor, conversation_id: str) -> Opened:
        """Read a conversation whole; NotFound when it does not exist or may not be read by *advisor*."""
        conversation = await self._journal.conversation(conversation_id)
        entries = await self._all_entries(conversation_id)
        asked = any(entry.kind in _CAME_TO_THE_DESK for entry in entries)
        has_served = advisor.id in await self._waits.takers(conversation_id)
        if not may_open(advisor.role, advisor.id, conversation, asked_for_person=asked, has_served=has_served):
            raise NotFound(conversation_id)
        file = handoff_file(conversation, entries, self._clock.now())
        return Opened(conversation, entries, file, holds(advisor.id, conversation))

    async def note_reading(self, advisor: Advisor, opened: Opened) -> None:
        """Account for the reading, and move the advisor's reading mark."""
        one = opened.conversation
        await self._journal.audit(advisor.id, "conversation_read", conversation_id=one.id, member_id=one.member_id)
        await self.seen(advisor, opened)

    async def seen(self, advisor: Advisor, opened: Opened) -> None:
        """Move the advisor's reading mark to the last entry."""
        if opened.is_mine:
            one = opened.conversation
            await self._journal.advance_cursor(reader(advisor.id), one.id, one.last_number)

    async def take(self, advisor: Advisor, conversation_id: str) -> Conversation:
        """Take a waiting conversation; TakenBy, NotWaiting, NotFound. Taking one's own twice is fine."""
        before = await self._journal.conversation(conversation_id)
        if before.floor.holder is Holder.ASSISTANT:
            has_served = advisor.id in await self._waits.takers(conversation_id)
            raise NotWaiting if has_served else NotFound(conversation_id)
        try:
            taken = await self._journal.take(conversation_id, advisor_id=advisor.id, advisor_name=advisor.name)
        except AlreadyTaken as cause:
            holder = (await self._journal.conversation(conversation_id)).floor
            raise TakenBy(holder.advisor_name or "") from cause
        if before.floor.holder is Holder.DESK:
            await self._waits.taken(_wait_of(before), advisor.id, self._clock.now())
        return taken

    async def take_next(self, advisor: Advisor) -> Conversation | None:
        """Take the conversation whose turn it is; None when none waits. Losing a race moves on to the next."""
        for conversation in queue.next_in_line(await self._journal.waiting(), self._clock.now()):
            try:
                return await self.take(advisor, conversation.id)
            except (AlreadyTaken, NotWaiting, NotFound):
                continue
        return None

    async def _all_entries(self, conversation_id: str) -> list[Entry]:
        entries = page = await self._journal.read(conversation_id)
        while len(page) == PAGE and len(entries) < MOST_ENTRIES:
            page = await self._journal.read(conversation_id, page[-1].number)
            entries = [*entries, *page]
        return entries


def _wait_of(conversation: Conversation) -> Wait:
    """Describe a wait the receptionist had no time to see: nobody was ahead."""
    return Wait(
        conversation.id,
        conversation.floor.fencing,
        queue.queue_of(conversation),
        conversation.floor.at,
        ahead=0,
        advisors=1,
        is_live=conversation.mode is Mode.LIVE,
    )
