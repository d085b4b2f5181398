"""Handlers that read what can be asked for: slots, appointments, terms of termination, documents a family event needs."""

from __future__ import annotations

import asyncio
import contextlib
from datetime import datetime

from aiohttp import web
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from kernel.clock import Clock
from kernel.database import Database
from kernel.errors import Unavailable
from kernel.logs import describe, logger
from member_api.contract import Neutral, Way
from member_api.sandbox import act_forms, appointments, contracts, family, forms, resets
from member_api.sandbox.access import Action
from member_api.sandbox.matrix import Resource
from member_api.sandbox.web.member_api.calls import answer, body_of, idempotency_key
from member_api.sandbox.web.member_api.reading import Reading


class ServiceRoutes(Reading):
    """What can be asked for."""

    def routes(self) -> list[web.RouteDef]:
        """List the routes, without the version."""
        return [
            web.get("/members/{member_id}/slots", self.slots),
            web.get("/members/{member_id}/appointments", self.appointments),
            web.get("/members/{member_id}/terminations", self.terminations),
            web.get("/members/{member_id}/family-events/needs", self.needs),
        ]

    async def slots(self, request: web.Request) -> web.Response:
        """Answer free slots."""
        self._allowed(request, Action.READ)
        query, now = request.query, self._clock.now()
        way = forms.read_choice(query, "way", Way) if "way" in query else None
        since = forms.read_day(query["since"], "since") if "since" in query else None
        return answer(await self._database.read(
            lambda tx: appointments.slots(tx, now, way=way, agency=query.get("agency"), since=since)))

    async def appointments(self, request: web.Request) -> web.Response:
        """Answer what is booked."""
        now = self._clock.now()
        return await self._read(request, Resource.REQUESTS, lambda tx, reader: appointments.appointments(tx, reader.file_id, now))

    async def terminations(self, request: web.Request) -> web.Response:
        """Answer how each contract can be ended."""
        return await self._read(request, Resource.FILE, lambda tx, reader: contracts.terms(tx, reader.file_id, reader.today))

    async def needs(self, request: web.Request) -> web.Response:
        """Answer the documents each family event needs."""
        self._allowed(request, Action.READ)
        return answer(family.needs())


class ResetRoutes:
    """Password links: for nobody known, so the same answer after the same work, whoever is named."""

    def __init__(self, clock: Clock, database: Database, site: str) -> None:
        """*site* is where the link leads."""
        self._clock, self._database, self._site = clock, database, site
        self._sending: set[asyncio.Task[None]] = set()

    def routes(self) -> list[web.RouteDef]:
        """List the routes, without the version."""
        return [web.post("/reset-links", self.ask)]

    async def ask(self, request: web.Request) -> web.Response:
        """Write the request down, answer, and only then look whether somebody is meant."""
        key, identifier, now = idempotency_key(request), act_forms.identifier(await body_of(request)), self._clock.now()
        with contextlib.suppress(IntegrityError):  # the same key, raced
            if await self._database.write(lambda tx: _ask(tx, key, identifier, now)):
                task = asyncio.create_task(self._send(key, identifier))
                self._sending.add(task)
                task.add_done_callback(self._sending.discard)
        return answer(Neutral(is_taken=True))

    async def _send(self, key: str, identifier: str) -> None:
        now = self._clock.now()
        try:
            await self._database.write(lambda tx: resets.send(tx, key, identifier, self._site, now))
        except Unavailable as error:
            logger("member_api.sandbox").warning("reset_link_lost", error=describe(error))

    async def sent(self) -> None:
        """Wait for the letters on their way: before stopping, and in tests."""
        await asyncio.gather(*self._sending)


def _ask(tx: Connection, key: str, identifier: str, now: datetime) -> bool:
    if resets.asked_before(tx, key):
        return False
    resets.ask(tx, key, identifier, now)
    return True
