"""Handlers that read reimbursements, statements and the year they make."""

from __future__ import annotations

from aiohttp import web

from member_api.contract import ReimbursementFilter, ReimbursementStatus
from member_api.sandbox import reimbursements
from member_api.sandbox.matrix import Resource
from member_api.sandbox.web.member_api.reading import Reading
from member_api.sandbox.web.queries import Query, day_of, one_of, paging_of, word, year_of


class ReimbursementRoutes(Reading):
    """Reimbursements and statements."""

    def routes(self) -> list[web.RouteDef]:
        """List the routes, without the version."""
        return [
            web.get("/members/{member_id}/reimbursements", self.reimbursements),
            web.get("/members/{member_id}/statements", self.statements),
            web.get("/members/{member_id}/overview", self.overview),
        ]

    async def reimbursements(self, request: web.Request) -> web.Response:
        """Answer a page of lines: of a beneficiary, a period, a kind of care, a status when asked so."""
        wanted, paging = _wanted(request.query), paging_of(request.query)
        return await self._read(request, Resource.REIMBURSEMENTS,
                                lambda tx, reader: reimbursements.reimbursements(tx, reader, wanted, paging))

    async def statements(self, request: web.Request) -> web.Response:
        """Answer a page of statements: of a beneficiary, issued in a period when asked so."""
        wanted, paging = _wanted(request.query), paging_of(request.query)
        return await self._read(request, Resource.STATEMENTS,
                                lambda tx, reader: reimbursements.statements(tx, reader, wanted, paging))

    async def overview(self, request: web.Request) -> web.Response:
        """Answer what a year of care cost and who paid, this year's by default."""
        year, beneficiary_id = year_of(request.query), word(request.query, "beneficiary")
        return await self._read(
            request, Resource.OVERVIEW,
            lambda tx, reader: reimbursements.overview(tx, reader, year or reader.today.year, beneficiary_id))


def _wanted(query: Query) -> ReimbursementFilter:
    return ReimbursementFilter(word(query, "beneficiary"), day_of(query, "since"), day_of(query, "until"), word(query, "care"),
                               one_of(query, "status", ReimbursementStatus))
