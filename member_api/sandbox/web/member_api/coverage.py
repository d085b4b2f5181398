"""Handlers that read what contracts cover and cost, and their papers."""

from __future__ import annotations

from aiohttp import web

from member_api.contract import PaperKind
from member_api.sandbox import coverage, papers, premiums
from member_api.sandbox.matrix import Resource
from member_api.sandbox.web.member_api.reading import Reading
from member_api.sandbox.web.queries import day_of, one_of, paging_of, word, year_of


class CoverageRoutes(Reading):
    """Benefits, waiting periods, prevention, cards, premiums, papers."""

    def routes(self) -> list[web.RouteDef]:
        """List the routes, without the version."""
        return [
            web.get("/members/{member_id}/benefits", self.benefits),
            web.get("/members/{member_id}/waiting-periods", self.waiting_periods),
            web.get("/members/{member_id}/prevention", self.prevention),
            web.get("/members/{member_id}/member-cards", self.cards),
            web.get("/members/{member_id}/premiums", self.premiums),
            web.get("/members/{member_id}/payment-schedule", self.schedule),
            web.get("/members/{member_id}/papers", self.papers),
        ]

    async def benefits(self, request: web.Request) -> web.Response:
        """Answer the benefits of a health contract, of one kind of care when asked so."""
        contract_id, care = word(request.query, "contract"), word(request.query, "care")
        return await self._read(request, Resource.BENEFITS, lambda tx, reader: coverage.benefits(tx, reader, contract_id, care))

    async def waiting_periods(self, request: web.Request) -> web.Response:
        """Answer the waiting periods still running."""
        return await self._read(request, Resource.WAITING_PERIODS, coverage.waiting_periods)

    async def prevention(self, request: web.Request) -> web.Response:
        """Answer what contracts include to stay well."""
        return await self._read(request, Resource.PREVENTION, coverage.prevention)

    async def cards(self, request: web.Request) -> web.Response:
        """Answer the tiers payant cards."""
        return await self._read(request, Resource.MEMBER_CARDS, coverage.cards)

    async def premiums(self, request: web.Request) -> web.Response:
        """Answer what contracts cost."""
        return await self._read(request, Resource.PREMIUMS, premiums.premiums)

    async def schedule(self, request: web.Request) -> web.Response:
        """Answer a page of payments, of a period when asked so."""
        since, until, paging = day_of(request.query, "since"), day_of(request.query, "until"), paging_of(request.query)
        return await self._read(request, Resource.PREMIUMS,
                                lambda tx, reader: premiums.schedule(tx, reader, since, until, paging))

    async def papers(self, request: web.Request) -> web.Response:
        """Answer a page of papers, of a kind or a year when asked so."""
        kind, year, paging = one_of(request.query, "kind", PaperKind), year_of(request.query), paging_of(request.query)
        return await self._read(request, Resource.PAPERS,
                                lambda tx, reader: papers.papers(tx, reader, kind, year, paging))
