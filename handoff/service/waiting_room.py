"""Those who wait live: a promised wait, the truth when nobody is there, an excuse when it lasts."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

from handoff.core import letters, queue
from handoff.core.reception import Step, TellAway, TellLate, TellRange, Wait, next_step
from handoff.service.ports import WaitStore
from handoff.service.round import Round, safely
from journal.entries import Body, Conversation, Kind, Mode
from journal.journal import Journal
from kernel.calendar import due_after_business_hours
from kernel.organisation import Organisation

AT_ONCE = 16  # written together, they share a disk flush


class WaitingRoom:
    """Writes to those who wait; what was said is kept, and written under client ids of its own: never twice."""

    def __init__(self, journal: Journal, waits: WaitStore, organisation: Organisation) -> None:
        """Let *waits* remember what each one was told."""
        self._journal, self._waits, self._organisation = journal, waits, organisation

    async def receive(self, seen: Round) -> None:
        """Welcome the new ones, serve everyone, forget those who left."""
        live = {(one.id, one.floor.fencing): one for one in seen.waiting if one.mode is Mode.LIVE}
        known = {(wait.conversation_id, wait.fencing): wait for wait in await self._waits.open()}
        new = [_new_wait(one, seen) for key, one in live.items() if key not in known]
        await self._waits.start(new)
        await self._waits.remove(wait for key, wait in known.items() if key not in live)
        waits = [*(wait for key, wait in known.items() if key in live), *new]
        for first in range(0, len(waits), AT_ONCE):
            await asyncio.gather(*(self._serve(wait, seen) for wait in waits[first : first + AT_ONCE]))

    async def _serve(self, wait: Wait, seen: Round) -> None:
        guess = seen.estimate(wait.queue, seen.positions.get(wait.conversation_id, 1))
        step = next_step(wait, seen.on_duty, guess, seen.now)
        if step is not None:
            await safely(lambda: self._tell(wait, step, seen))

    async def _tell(self, wait: Wait, step: Step, seen: Round) -> None:
        match step:
            case TellRange(low_s, high_s):
                await self._write(wait, Kind.PROMISE, letters.wait_promise(low_s, high_s), "wait")
                await self._waits.told(wait, promised_until=seen.now + timedelta(seconds=high_s))
            case TellAway():
                await self._write(wait, Kind.CARD, letters.away(self._way_out(wait, seen.now)), "away")
                await self._waits.told(wait, away_told_at=seen.now)
            case TellLate(promise_broken):
                if promise_broken:
                    await self._write(wait, Kind.PROMISE_BROKEN, {"what": "wait"}, "late-promise")
                await self._write(wait, Kind.CARD, letters.late(self._way_out(wait, seen.now), promised=promise_broken), "late")
                await self._waits.told(wait, late_told_at=seen.now)

    def _way_out(self, wait: Wait, now: datetime) -> letters.WayOut:
        organisation = self._organisation
        due = due_after_business_hours(
            now,
            organisation.written_answer_business_hours,
            zone=organisation.timezone,
            alsace_moselle=organisation.alsace_moselle,
        )
        numbers = dict(organisation.raw.public_numbers) if wait.queue == queue.URGENT else None
        return letters.WayOut(due.by, numbers)

    async def _write(self, wait: Wait, kind: Kind, body: Body, what: str) -> None:
        await self._journal.append(wait.conversation_id, letters.from_desk(kind, body, f"desk:{what}:{wait.fencing}"))


def _new_wait(conversation: Conversation, seen: Round) -> Wait:
    ahead = seen.positions.get(conversation.id, 1) - 1
    return Wait(
        conversation.id,
        conversation.floor.fencing,
        queue.queue_of(conversation),
        conversation.floor.at,
        ahead,
        seen.on_duty.available,
    )
