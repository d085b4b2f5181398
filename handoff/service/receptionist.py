"""
The receptionist: whoever waits is told the truth, and nothing stays in the hands of somebody who has gone.

Everything written has a client id of its own or goes by the fencing number, so several desk processes may run one each.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from handoff.core.presence import RELEASE_AFTER, Presence
from handoff.core.reception import staff
from handoff.core.waiting_time import RECENT
from handoff.service.ports import WaitStore
from handoff.service.presence import PresenceDesk
from handoff.service.promises import Promises
from handoff.service.release import release
from handoff.service.round import Round, log, positions, safely
from handoff.service.waiting_room import WaitingRoom
from journal.entries import Conversation, Mode
from journal.journal import DeskStatus, Journal
from kernel.clock import Clock
from kernel.organisation import Organisation

MOST = 2_000
STATUS_EVERY = timedelta(seconds=15)


class Receptionist:
    """``round()`` is called when something moved and every few seconds."""

    def __init__(
        self,
        journal: Journal,
        waits: WaitStore,
        presence: PresenceDesk,
        organisation: Organisation,
        clock: Clock,
        *,
        room: WaitingRoom,
        promises: Promises,
    ) -> None:
        """*organisation* says when the desk is open."""
        self._journal, self._waits, self._presence = journal, waits, presence
        self._room, self._promises = room, promises
        self._organisation, self._clock = organisation, clock
        self._began_at = clock.now()
        self._positions: dict[str, int] = {}
        self._status: dict[str, tuple[DeskStatus, datetime]] = {}

    async def round(self) -> None:
        """Do everything once; a step that fails is logged and tried again at the next round."""
        seen = await self._look()
        for step in (
            self._tell_status,
            self._room.receive,
            self._promises.follow,
            self._release_lost,
            self._tell_positions,
        ):
            await safely(lambda step=step: step(seen))  # type: ignore[misc]

    async def _look(self) -> Round:
        now = self._clock.now()
        waiting = await self._journal.waiting(limit=MOST)
        served = {name: await self._waits.served_since(name, now - RECENT) for name in self._organisation.queues}
        return Round(
            now,
            waiting,
            await self._journal.held_by_advisors(limit=MOST),
            staff(self._organisation, await self._presence.available(), now),
            positions(waiting, now),
            served,
        )

    async def _tell_status(self, seen: Round) -> None:
        """Keep the projection by which the rest of the system knows the desk; writes what changed, or is getting old."""
        lengths = dict.fromkeys(self._organisation.queues, 0)
        for conversation in seen.waiting:
            if conversation.mode is Mode.LIVE and conversation.queue in lengths:
                lengths[conversation.queue] += 1
        for name, length in lengths.items():
            guess = seen.estimate(name, length + 1)
            status = DeskStatus(name, seen.on_duty.is_open, seen.on_duty.available, sum(guess) // 2 if guess else None)
            known = self._status.get(name)
            if known is None or known[0] != status or seen.now - known[1] >= STATUS_EVERY:
                await self._journal.put_desk_status(status)
                self._status[name] = (status, seen.now)

    async def _tell_positions(self, seen: Round) -> None:
        """Ring for those whose place has moved: a signal, not an entry."""
        moved = [(one, at) for one, at in seen.positions.items() if self._positions.get(one) != at]
        self._positions = dict(seen.positions)
        for conversation_id, at in moved:
            await self._journal.bell.ring(conversation_id, {"type": "position", "position": at})

    async def _release_lost(self, seen: Round) -> None:
        if seen.now - self._began_at < RELEASE_AFTER:  # after a restart, pages need time to be heard again
            return
        presences = await self._presence.all()
        for conversation in seen.held:
            presence = presences.get(conversation.floor.advisor_id or "")
            if _is_lost(conversation, presence, seen.now) and await release(self._journal, conversation):
                log.info("conversation_released", conversation_id=conversation.id, advisor_id=conversation.floor.advisor_id)


def _is_lost(conversation: Conversation, presence: Presence | None, now: datetime) -> bool:
    return presence is None or presence.has_lost(now, is_written=conversation.mode is Mode.WRITTEN)
