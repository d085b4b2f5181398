"""Handlers that read the member's file, the people he covers or represents, and his access."""

from __future__ import annotations

from aiohttp import web

from member_api.sandbox import coverage, members, services, sight
from member_api.sandbox.matrix import Resource
from member_api.sandbox.web.member_api.reading import Reading


class MemberRoutes(Reading):
    """The file."""

    def routes(self) -> list[web.RouteDef]:
        """List the routes, without the version."""
        return [
            web.get("/members/{member_id}", self.member),
            web.get("/members/{member_id}/beneficiaries", self.beneficiaries),
            web.get("/members/{member_id}/representations", self.representations),
            web.get("/members/{member_id}/access-state", self.access_state),
        ]

    async def member(self, request: web.Request) -> web.Response:
        """Answer the member's file."""
        return await self._read(request, Resource.FILE, members.member)

    async def beneficiaries(self, request: web.Request) -> web.Response:
        """Answer who is covered, with their rights."""
        return await self._read(request, Resource.BENEFICIARIES, coverage.people)

    async def representations(self, request: web.Request) -> web.Response:
        """Answer whose files the member may open for them."""
        return await self._read(request, Resource.REPRESENTATIONS,
                                lambda tx, reader: sight.representations(tx, reader.file_id, reader.today))

    async def access_state(self, request: web.Request) -> web.Response:
        """Answer the state of the member's access, to an advisor."""
        return await self._read(request, Resource.ACCESS_STATE, services.access_state)
