"""What one round of the receptionist looks at, read once."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from handoff.core import queue
from handoff.core.reception import Staff
from handoff.core.waiting_time import Served, estimate
from journal.entries import Conversation, Mode
from kernel.logs import describe, logger

log = logger("receptionist")


@dataclass(frozen=True)
class Round:
    """*positions*: place (from 1) of everyone who waits live, in his queue; *served*: recent waits by queue."""

    now: datetime
    waiting: list[Conversation]
    held: list[Conversation]
    on_duty: Staff
    positions: Mapping[str, int]
    served: Mapping[str, list[Served]]

    def estimate(self, queue_id: str, position: int) -> tuple[int, int] | None:
        """Give an honest range in seconds for *position* in a queue; None without a basis."""
        if not self.on_duty.can_answer:
            return None
        return estimate(position, self.on_duty.available, self.served.get(queue_id, []))


def positions(waiting: list[Conversation], now: datetime) -> dict[str, int]:
    """Give the place of everyone who waits live, in his own queue."""
    places = [queue.place(one, now) for one in waiting if one.mode is Mode.LIVE]
    names = {one.queue for one in places}
    lines = [queue.in_order(one for one in places if one.queue == name) for name in names]
    return {one.conversation.id: at for line in lines for at, one in enumerate(line, 1)}


async def safely(step: Callable[[], Awaitable[None]]) -> None:
    """Run *step*; a failure is logged and left to the next round: one conversation in trouble must not stop the others."""
    try:
        await step()
    except Exception as error:  # noqa: BLE001 - whatever it is
        log.warning("reception_step_failed", error=describe(error))
