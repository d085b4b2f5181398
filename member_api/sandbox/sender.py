"""Sends the events of the outbox to whoever the insurer was told to tell, and lets what was waiting take effect."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass

import aiohttp
from sqlalchemy import Connection

from kernel.clock import Clock
from kernel.database import Database
from kernel.errors import Unavailable
from kernel.logs import logger
from member_api.events import signed_headers
from member_api.sandbox import outbox
from member_api.sandbox.cancelling import settle

_ATTEMPT_S, _LOOK_EVERY_S = 5.0, 2.0
_log = logger("member_api.sandbox")


@dataclass(frozen=True)
class Destination:
    """Where events go, and the secret they are signed with; without an address they stay in the outbox."""

    url: str
    secret: str


class Sender:
    """One for each sandbox; belongs to an event loop."""

    def __init__(self, clock: Clock, database: Database, destination: Destination) -> None:
        self._clock, self._database, self._destination = clock, database, destination

    async def round(self, session: aiohttp.ClientSession) -> None:
        """Let take effect what is due, then try each event that is due once."""
        now = self._clock.now()
        await self._database.write(lambda tx: settle(tx, now))
        if not self._destination.url:
            return
        for event in await self._database.read(lambda tx: outbox.due(tx, now)):
            await self._note(event, has_arrived=await self._arrives(session, event))

    async def _arrives(self, session: aiohttp.ClientSession, event: outbox.Outgoing) -> bool:
        headers = {"Content-Type": "application/json",
                   **signed_headers(self._destination.secret, event.id, event.body, self._clock.now())}
        timeout = aiohttp.ClientTimeout(total=_ATTEMPT_S)
        try:
            async with session.post(self._destination.url, data=event.body, headers=headers, timeout=timeout,
                                    allow_redirects=False) as response:
                return response.ok and response.status < 300
        except (aiohttp.ClientError, TimeoutError):
            return False

    async def _note(self, event: outbox.Outgoing, *, has_arrived: bool) -> None:
        now = self._clock.now()

        def operation(tx: Connection) -> None:
            if has_arrived:
                outbox.delivered(tx, event.id, now)
            else:
                outbox.failed(tx, event, now)
        await self._database.write(operation)
        if not has_arrived:
            _log.info("event_not_taken", attempt=event.attempts + 1, kind=event.kind)

    async def run(self) -> None:
        """Go round until cancelled; a database that does not answer is waited for."""
        async with aiohttp.ClientSession() as session:
            while True:
                with contextlib.suppress(Unavailable):
                    await self.round(session)
                await asyncio.sleep(_LOOK_EVERY_S)


@contextlib.asynccontextmanager
async def sending(sender: Sender) -> AsyncIterator[None]:
    """Run *sender* beside, until the end."""
    task = asyncio.create_task(sender.run())
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
