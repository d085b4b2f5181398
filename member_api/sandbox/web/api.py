"""The member API, ``/v1``, as openapi.yml describes it: a handler reads, checks, calls one operation, answers."""

from __future__ import annotations

import hmac
import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from aiohttp import web
from sqlalchemy import Connection

from kernel.calendar import PARIS
from kernel.clock import Clock
from kernel.database import Database
from kernel.errors import Malformed, ServiceError
from member_api import shape
from member_api.contract import IDEMPOTENCY_KEY, Caller, Request
from member_api.sandbox import forms, members, requests
from member_api.sandbox.access import Action, check
from member_api.sandbox.faults import Faults
from member_api.sandbox.web.faulty import goes_wrong
from member_api.sandbox.web.problems import Handler, errors_as_problems

BODY_LIMIT = 8 * 1024 * 1024  # a proof of 5 MiB in base64, and its envelope


class NotOurService(ServiceError):
    """The service token is missing or wrong."""

    code, status = "service_unknown", 401


class MemberRoutes:
    """Handlers of ``/v1``."""

    def __init__(self, clock: Clock, database: Database) -> None:
        self._clock = clock
        self._database = database

    def routes(self) -> list[web.RouteDef]:
        """List the routes, without the version."""
        return [
            web.get("/members/{member_id}", self.member),
            web.get("/members/{member_id}/statements", self.statements),
            web.get("/members/{member_id}/requests", self.requests),
            web.post("/members/{member_id}/address-changes", self.change_address),
            web.post("/members/{member_id}/requests/{request_id}/proofs", self.add_proof),
        ]

    async def member(self, request: web.Request) -> web.Response:
        """Answer the member's file."""
        member_id = self._allowed(request, Action.READ)
        return _answer(await self._database.read(lambda tx: members.member(tx, member_id, self._today)))

    async def statements(self, request: web.Request) -> web.Response:
        """Answer reimbursements, of one beneficiary and since a day when asked so."""
        member_id = self._allowed(request, Action.READ)
        beneficiary_id, since = request.query.get("beneficiary"), _since(request)
        return _answer(await self._database.read(
            lambda tx: members.statements(tx, member_id, beneficiary_id=beneficiary_id, since=since)))

    async def requests(self, request: web.Request) -> web.Response:
        """Answer what the member asked for."""
        member_id = self._allowed(request, Action.READ)
        return _answer(await self._database.read(lambda tx: requests.requests(tx, member_id)))

    async def change_address(self, request: web.Request) -> web.Response:
        """Record an address change, once for a key."""
        member_id, body = self._allowed(request, Action.CHANGE_ADDRESS), await _body(request)
        change = forms.read_address_change(body, self._today)
        return await self._once(request, member_id, shape.write(change),
                                lambda tx, now: requests.change_address(tx, member_id, change, now))

    async def add_proof(self, request: web.Request) -> web.Response:
        """Keep the document of a request, once for a key."""
        member_id, body = self._allowed(request, Action.SEND_PROOF), await _body(request)
        proof, request_id = forms.read_proof(body), request.match_info["request_id"]
        return await self._once(request, member_id, body,
                                lambda tx, now: requests.add_proof(tx, member_id, request_id, proof, now))

    async def _once(self, request: web.Request, member_id: str, body: object,
                    act: Callable[[Connection, datetime], Request]) -> web.Response:
        now, key = self._clock.now(), _idempotency_key(request)
        asked = requests.Asked(member_id, key, requests.digest_of(request.path, body), now)
        answer, is_new = await self._database.write(lambda tx: requests.once(tx, asked, lambda: act(tx, now)))
        return _answer(answer, status=201 if is_new else 200)

    def _allowed(self, request: web.Request, action: Action) -> str:
        member_id = request.match_info["member_id"]
        check(_caller(request), member_id, action, self._clock.now())
        return member_id

    @property
    def _today(self) -> date:
        return self._clock.now().astimezone(PARIS).date()


def build_member_api(clock: Clock, database: Database, *, service_token: str, faults: Faults) -> web.Application:
    """Make the application to mount at ``/v1``; only who holds *service_token* may call."""
    app = web.Application(middlewares=[errors_as_problems, only_our_service(service_token), goes_wrong(faults)],
                          client_max_size=BODY_LIMIT)
    app.add_routes(MemberRoutes(clock, database).routes())
    return app


def only_our_service(service_token: str) -> Any:
    """Make the middleware that refuses whoever does not hold *service_token*, before anything else is looked at."""
    expected = f"Bearer {service_token}".encode()

    @web.middleware
    async def check_service(request: web.Request, handler: Handler) -> web.StreamResponse:
        given = request.headers.get("Authorization", "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, expected):
            raise NotOurService
        return await handler(request)

    return check_service


def _caller(request: web.Request) -> Caller:
    headers = request.headers
    try:
        level, expires = int(headers.get("X-Identity-Level", "0")), headers.get("X-Identity-Expires")
        expires_at = datetime.fromisoformat(expires) if expires else None
    except ValueError:
        raise Malformed("X-Identity-Level is a number, X-Identity-Expires a moment in ISO 8601") from None
    if expires_at is not None and expires_at.tzinfo is None:
        raise Malformed("X-Identity-Expires needs its time zone")
    return Caller(headers.get("X-Member-Id", ""), level, expires_at and expires_at.astimezone(UTC),
                  headers.get("X-Advisor-Id"))


def _idempotency_key(request: web.Request) -> str:
    key = request.headers.get("Idempotency-Key", "")
    if not IDEMPOTENCY_KEY.fullmatch(key):
        raise Malformed("Idempotency-Key is required: 8 to 200 visible characters")
    return key


def _since(request: web.Request) -> date | None:
    since = request.query.get("since")
    return None if since is None else forms.read_day(since, "since")


async def _body(request: web.Request) -> dict[str, Any]:
    try:
        body = json.loads(await request.read())
    except (ValueError, RecursionError):
        raise Malformed("the body should be JSON") from None
    if not isinstance(body, dict):
        raise Malformed("the body should be an object")
    return body


def _answer(value: object, *, status: int = 200) -> web.Response:
    return web.json_response(shape.write(value), status=status, headers={"Cache-Control": "no-store"})
