"""Handlers that read the member's file and his statements."""

from __future__ import annotations

from datetime import date

from aiohttp import web

from member_api.sandbox import forms, members
from member_api.sandbox.access import Action
from member_api.sandbox.web.member_api.calls import MemberApiCalls, answer


class MemberRoutes(MemberApiCalls):
    """The file and its statements."""

    def routes(self) -> list[web.RouteDef]:
        """List the routes, without the version."""
        return [
            web.get("/members/{member_id}", self.member),
            web.get("/members/{member_id}/statements", self.statements),
        ]

    async def member(self, request: web.Request) -> web.Response:
        """Answer the member's file."""
        member_id = self._allowed(request, Action.READ)
        return answer(await self._database.read(lambda tx: members.member(tx, member_id, self._today)))

    async def statements(self, request: web.Request) -> web.Response:
        """Answer reimbursements, of one beneficiary and since a day when asked so."""
        member_id = self._allowed(request, Action.READ)
        beneficiary_id, since = request.query.get("beneficiary"), _since(request)
        return answer(await self._database.read(
            lambda tx: members.statements(tx, member_id, beneficiary_id=beneficiary_id, since=since)))


def _since(request: web.Request) -> date | None:
    since = request.query.get("since")
    return None if since is None else forms.read_day(since, "since")
