"""Keeping a reasonable pace: who goes too fast is told when to come back."""

from __future__ import annotations

from connectors.core.rates import Limit, Limits
from connectors.service.ports import RateStore
from kernel.errors import TooMany


class Pace:
    """Refuses those who go too fast."""

    def __init__(self, rates: RateStore, limits: Limits) -> None:
        """*rates* counts, *limits* says how many."""
        self._rates, self.limits = rates, limits

    async def keep(self, key: str, limits: tuple[Limit, ...]) -> None:
        """Count one act; TooMany says when the next is welcome."""
        if wait := await self._rates.take(key, limits):
            raise TooMany(wait)
