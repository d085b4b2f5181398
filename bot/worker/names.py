"""First names of signed-in members: a courtesy, that costs no answer when the insurer's system is late or refuses."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from bot.worker.acts import ActBook
from kernel.errors import ServiceError
from kernel.logs import describe, logger

log = logger("names")
WITHIN_S = 1.0


@dataclass
class FirstNames:
    """Reads a member's first name once."""

    book: ActBook
    _known: dict[str, str | None] = field(default_factory=dict)

    async def of(self, member_id: str | None, level: int) -> str | None:
        """Give the first name of *member_id*, proven at *level*; None when nobody is or it cannot be had at once."""
        if member_id is None:
            return None
        if member_id not in self._known:
            try:
                async with asyncio.timeout(WITHIN_S):
                    self._known[member_id] = await self.book.first_name(member_id, level)
            except (ServiceError, TimeoutError) as error:
                log.warning("name_unknown", error=describe(error))
                return None
        return self._known[member_id]
