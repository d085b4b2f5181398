"""Counters and sign-ins of one process, in memory: the embedded installation, and tests."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from connectors.core.rates import Bucket, Limit, forget_after, take
from kernel.clock import Clock

SWEEP_ABOVE = 20_000


class MemoryRates:
    """Buckets in a dictionary; those full again are swept when there are many."""

    def __init__(self, seconds: Callable[[], float] = time.monotonic) -> None:
        """*seconds* counts time from any origin."""
        self._seconds = seconds
        self._buckets: dict[str, tuple[tuple[Bucket, ...], float]] = {}

    async def take(self, key: str, limits: Sequence[Limit]) -> float:
        """See RateStore."""
        now = self._seconds()
        known, _ = self._buckets.get(key, (None, 0.0))
        taken = take(known, limits, now)
        self._buckets[key] = (taken.buckets, now + forget_after(limits))
        if len(self._buckets) > SWEEP_ABOVE:
            self._sweep(now)
        return taken.retry_after

    def _sweep(self, now: float) -> None:
        self._buckets = {key: kept for key, kept in self._buckets.items() if kept[1] > now}


class MemorySignIns:
    """Sign-ins in a dictionary; a restart asks every page for a token again."""

    def __init__(self, clock: Clock) -> None:
        """*clock* says which have ended."""
        self._clock = clock
        self._until: dict[str, datetime] = {}

    async def remember(self, digest: str, until: datetime) -> None:
        """See SignIns."""
        self._until[digest] = until
        if len(self._until) > SWEEP_ABOVE:
            now = self._clock.now()
            self._until = {key: end for key, end in self._until.items() if end > now}

    async def until(self, digest: str) -> datetime | None:
        """See SignIns."""
        return self._until.get(digest)

    async def forget(self, digests: Iterable[str]) -> None:
        """See SignIns."""
        for digest in digests:
            self._until.pop(digest, None)
