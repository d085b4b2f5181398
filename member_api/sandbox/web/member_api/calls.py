"""What every handler of the member API does: tell who calls, check the matrix, run one operation, answer."""

from __future__ import annotations

import hmac
import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from aiohttp import web
from sqlalchemy import Connection

from kernel.calendar import PARIS
from kernel.clock import Clock
from kernel.database import Database
from kernel.errors import Malformed, ServiceError
from member_api import shape
from member_api.contract import IDEMPOTENCY_KEY, Caller
from member_api.sandbox import requests
from member_api.sandbox.access import Action, check
from member_api.sandbox.web.problems import Handler

T = TypeVar("T")


class NotOurService(ServiceError):
    """The service token is missing or wrong."""

    code, status = "service_unknown", 401


class MemberApiCalls:
    """The ground of an area's handlers: a handler reads, checks, calls one operation, answers."""

    def __init__(self, clock: Clock, database: Database) -> None:
        self._clock = clock
        self._database = database

    def _allowed(self, request: web.Request, action: Action) -> str:
        """Give the member of the path when the caller may do *action* on his file; SignInNeeded, Forbidden."""
        member_id = request.match_info["member_id"]
        check(caller_of(request), member_id, action, self._clock.now())
        return member_id

    async def _once(self, request: web.Request, member_id: str, body: object,
                    act: Callable[[Connection, datetime], object]) -> web.Response:
        """Act once for the call's idempotency key: 201, then 200 with the first answer."""
        given, is_new = await self._written_once(request, member_id, body, act)
        return answer(given, status=201 if is_new else 200)

    async def _act_once(self, request: web.Request, member_id: str, body: object,
                        act: Callable[[Connection, datetime], T], *, kind: type[T]) -> tuple[T, bool]:
        """Act as `_once` does and give the value, read back as *kind* when it was given before; say whether it is new."""
        given, is_new = await self._written_once(request, member_id, body, act)
        return shape.read(kind, given), is_new

    async def _written_once(self, request: web.Request, member_id: str, body: object,
                            act: Callable[[Connection, datetime], object]) -> tuple[requests.Json, bool]:
        asked = self._asked(request, member_id, body)
        return await self._database.write(lambda tx: requests.once(tx, asked, lambda: act(tx, asked.at)))

    def _asked(self, request: web.Request, member_id: str, body: object) -> requests.Asked:
        """Tell one call that must act once from every other."""
        return requests.Asked(member_id, idempotency_key(request), requests.digest_of(request.path, body), self._clock.now())

    @property
    def _today(self) -> date:
        return self._clock.now().astimezone(PARIS).date()


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


def caller_of(request: web.Request) -> Caller:
    """Read for whom the call is made; Malformed."""
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


def idempotency_key(request: web.Request) -> str:
    """Read the key under which a change acts once; Malformed."""
    key = request.headers.get("Idempotency-Key", "")
    if not IDEMPOTENCY_KEY.fullmatch(key):
        raise Malformed("Idempotency-Key is required: 8 to 200 visible characters")
    return key


async def body_of(request: web.Request) -> dict[str, Any]:
    """Read the JSON object of a change; Malformed."""
    try:
        body = json.loads(await request.read())
    except (ValueError, RecursionError):
        raise Malformed("the body should be JSON") from None
    if not isinstance(body, dict):
        raise Malformed("the body should be an object")
    return body


def answer(value: object, *, status: int = 200) -> web.Response:
    """Answer *value* as JSON that nobody keeps."""
    return web.json_response(shape.write(value), status=status, headers={"Cache-Control": "no-store"})
