"""Presence of advisors: said by them, corrected by silence; written seldom."""

from __future__ import annotations

from datetime import datetime, timedelta

from handoff.core.presence import Presence, Said, State
from handoff.service.ports import PresenceStore
from kernel.clock import Clock

WRITE_EVERY = timedelta(seconds=20)


class PresenceDesk:
    """Who is there. One in each process; the store is shared."""

    def __init__(self, store: PresenceStore, clock: Clock) -> None:
        """*clock* dates what is heard."""
        self._store, self._clock = store, clock
        self._written: dict[tuple[str, str], datetime] = {}

    async def say(self, advisor_id: str, said: Said, *, is_new_page: bool = False) -> None:
        """Keep what the advisor chose."""
        await self._store.say(advisor_id, said, self._clock.now(), is_new_page=is_new_page)

    async def active(self, advisor_id: str) -> None:
        """Hear that the person did something."""
        if self._is_due(advisor_id, "active"):
            await self._store.active(advisor_id, self._clock.now())

    async def live(self, advisor_id: str) -> None:
        """Hear that the page is open."""
        if self._is_due(advisor_id, "live"):
            await self._store.live(advisor_id, self._clock.now())

    async def all(self) -> dict[str, Presence]:
        """Read every presence by advisor."""
        return {presence.advisor_id: presence for presence in await self._store.all()}

    async def state_of(self, advisor_id: str) -> State:
        """Give one advisor's state now; absent when he never said anything."""
        known = (await self.all()).get(advisor_id)
        return known.state(self._clock.now()) if known else State.ABSENT

    async def available(self) -> int:
        """Count the advisors who can take a conversation now."""
        now = self._clock.now()
        return sum(presence.state(now) is State.AVAILABLE for presence in await self._store.all())

    def _is_due(self, advisor_id: str, what: str) -> bool:
        now, key = self._clock.now(), (advisor_id, what)
        if (last := self._written.get(key)) is not None and now - last < WRITE_EVERY:
            return False
        self._written[key] = now
        return True
