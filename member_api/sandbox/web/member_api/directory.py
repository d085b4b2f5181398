"""Handlers of what is nobody's personal file: partners, agencies, services. Only the service token is asked."""

from __future__ import annotations

from aiohttp import web

from member_api.contract import PractitionerFilter, PractitionerKind
from member_api.sandbox import directory, services
from member_api.sandbox.web.member_api.calls import MemberApiCalls, answer
from member_api.sandbox.web.queries import around_of, moment_of, one_of, paging_of, truth_of, word


class DirectoryRoutes(MemberApiCalls):
    """Where people are."""

    def routes(self) -> list[web.RouteDef]:
        """List the routes, without the version."""
        return [
            web.get("/practitioners", self.practitioners),
            web.get("/agencies", self.agencies),
            web.get("/service-status", self.service_status),
        ]

    async def practitioners(self, request: web.Request) -> web.Response:
        """Answer a page of partner practitioners."""
        query = request.query
        wanted = PractitionerFilter(
            kind=one_of(query, "kind", PractitionerKind), around=around_of(query), language=word(query, "language"),
            is_accessible=truth_of(query, "accessible"), open_at=moment_of(query, "open_at"), name=word(query, "name"))
        paging = paging_of(query)
        return answer(await self._database.read(lambda tx: directory.practitioners(tx, wanted, paging)))

    async def agencies(self, request: web.Request) -> web.Response:
        """Answer every agency."""
        around = around_of(request.query)
        return answer(await self._database.read(lambda tx: directory.agencies(tx, around)))

    async def service_status(self, _: web.Request) -> web.Response:
        """Answer how services are."""
        now = self._clock.now()
        return answer(await self._database.read(lambda tx: services.service_status(tx, now)))
