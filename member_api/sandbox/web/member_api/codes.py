"""Handlers of one-time codes: a code proven gives a token of the identity provider, at level 2."""

from __future__ import annotations

from datetime import datetime

from aiohttp import web
from sqlalchemy import Connection

from kernel.clock import Clock
from kernel.database import Database
from member_api.contract import CodeCheck, CodeOutcome, SentCode
from member_api.sandbox import accounts, codes, forms
from member_api.sandbox.access import Action
from member_api.sandbox.identity import LEVEL_2_LIFE, IdentityProvider
from member_api.sandbox.web.member_api.calls import MemberApiCalls, answer, body_of


class CodeRoutes(MemberApiCalls):
    """Codes sent and checked."""

    def __init__(self, clock: Clock, database: Database, identity: IdentityProvider) -> None:
        """*identity* signs what a code proved."""
        super().__init__(clock, database)
        self._identity = identity

    def routes(self) -> list[web.RouteDef]:
        """List the routes, without the version."""
        return [
            web.post("/members/{member_id}/codes", self.send),
            web.post("/members/{member_id}/codes/{code_id}/checks", self.check),
        ]

    async def send(self, request: web.Request) -> web.Response:
        """Send a code, once for a key."""
        member_id, body = self._allowed(request, Action.ASK_CODE), await body_of(request)
        channel = forms.read_channel(body)

        def act(tx: Connection, now: datetime) -> SentCode:
            accounts.check_not_protected(tx, member_id)
            return codes.send_code(tx, member_id, channel, now)
        return await self._once(request, member_id, {"channel": channel}, act)

    async def check(self, request: web.Request) -> web.Response:
        """Check digits: each try once for a key, so that an answer lost costs no second try."""
        member_id, body = self._allowed(request, Action.ASK_CODE), await body_of(request)
        digits, code_id = forms.read_digits(body), request.match_info["code_id"]

        def act(tx: Connection, now: datetime) -> codes.Checked:
            return codes.check_code(tx, member_id, code_id, digits, now)
        checked, is_new = await self._act_once(request, member_id, {"digits": digits}, act, kind=codes.Checked)
        return answer(await self._proven(member_id, checked), status=201 if is_new else 200)

    async def _proven(self, member_id: str, checked: codes.Checked) -> CodeCheck:
        """Give the token for what is left of the level's life: an answer asked for again never makes it longer."""
        if checked.proven_at is None:
            return CodeCheck(checked.outcome, checked.tries_left, None, None)
        ends_at = checked.proven_at + LEVEL_2_LIFE
        if ends_at <= self._clock.now():
            return CodeCheck(CodeOutcome.EXPIRED, 0, None, None)
        token = await self._identity.issue_token(member_id, life=ends_at - self._clock.now(), level=2)
        return CodeCheck(checked.outcome, 0, token, ends_at)
