"""What runs in the background of a desk process, from its start to its end."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from datetime import datetime, timedelta

from aiohttp import web

from handoff.service.accounts import Accounts
from handoff.service.receptionist import Receptionist
from handoff.web.hub import Hub
from journal.journal import Journal
from kernel.bell import Listener
from kernel.clock import Clock
from kernel.logs import describe, logger

log = logger("desk")
ROUND_EVERY_S = 15.0
GATHER_S = 0.3
SWEEP_EVERY = timedelta(minutes=10)
Context = Callable[[web.Application], AsyncIterator[None]]


def in_background(work: Callable[[], Awaitable[None]]) -> Context:
    """Run *work* while the application runs."""

    async def context(_: web.Application) -> AsyncIterator[None]:
        task = asyncio.ensure_future(work())
        yield
        while not task.done():  # Python 3.11's wait_for may swallow a cancellation that meets a ring: ask again
            task.cancel()
            await asyncio.wait({task}, timeout=0.5)

    return context


def ends_pages(hub: Hub) -> Callable[[web.Application], Awaitable[None]]:
    """End the live pages when the process stops, so that it need not wait for them."""

    async def on_shutdown(_: web.Application) -> None:
        hub.close()

    return on_shutdown


def receives(journal: Journal, receptionist: Receptionist, accounts: Accounts, clock: Clock) -> Callable[[], Awaitable[None]]:
    """Make a round when something moved, and every ROUND_EVERY_S seconds anyway; sweep now and then."""

    async def work() -> None:
        swept_at: datetime | None = None
        async with journal.bell.listen() as listener:
            while True:
                with _logged("reception_round_failed"):
                    await receptionist.round()
                    if swept_at is None or clock.now() - swept_at >= SWEEP_EVERY:
                        await accounts.sweep()
                        swept_at = clock.now()
                await _something_moved(listener)

    return work


async def _something_moved(listener: Listener) -> None:
    """Wait for an entry (signals do not count), then a moment more: one round serves many rings."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(ROUND_EVERY_S):
            while (ring := await listener.next()) is None or ring.signal is not None:
                pass
    await asyncio.sleep(GATHER_S)
    while await listener.next(0.001) is not None:
        pass


@contextlib.contextmanager
def _logged(event: str) -> Iterator[None]:
    try:
        yield
    except Exception as error:  # noqa: BLE001 - the next round tries again
        log.warning(event, error=describe(error))
