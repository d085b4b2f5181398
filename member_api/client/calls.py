"""What every call to the insurer's system has: its address, who it is made for, its key when it changes something."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import aiohttp
from aiohttp import hdrs
from yarl import URL

from kernel.clock import Clock
from kernel.errors import Malformed, NotFound, SignInNeeded
from member_api import shape
from member_api.contract import IDEMPOTENCY_KEY, OPAQUE_ID, Caller
from member_api.transport import USUAL_PATIENCE, Call, Patience, Transport

Query = Mapping[str, str | int | None]
"""What is asked after the « ? »; names without a value are left out."""


class Calls:
    """The ground of the client's areas; belongs to the event loop of *session*."""

    def __init__(self, base_url: str, service_token: str, session: aiohttp.ClientSession, clock: Clock, *,
                 patience: Patience = USUAL_PATIENCE) -> None:
        """*base_url* has no version; *service_token* is ours and goes to no other address (redirects are refused)."""
        self._base_url = base_url.rstrip("/")
        self._service_token = service_token
        self._clock = clock
        self._transport = Transport(session, patience)

    async def _get(self, caller: Caller, path: str, query: Query | None = None) -> object:
        """Read *path* of the member's file; names of *query* without a value are left out."""
        url = self._url(caller, path).with_query(_wanted(query or {}))
        return await self._transport.send(Call(hdrs.METH_GET, url, self._headers(caller)))

    async def _get_public(self, path: str, query: Query) -> object:
        """Read *path*, which is nobody's personal file."""
        url = URL(f"{self._base_url}/v1{path}").with_query(_wanted(query))
        return await self._transport.send(Call(hdrs.METH_GET, url, {"Authorization": f"Bearer {self._service_token}"}))

    async def _post(self, caller: Caller, path: str, body: dict[str, Any], key: str) -> object:
        """Change something, once for *key*; Malformed when it is no key."""
        headers = {**self._headers(caller), "Idempotency-Key": checked_key(key)}
        return await self._transport.send(Call(hdrs.METH_POST, self._url(caller, path), headers, body))

    def _url(self, caller: Caller, path: str) -> URL:
        return URL(f"{self._base_url}/v1/members/{caller.file_id or caller.member_id}{path}", encoded=True)

    def _headers(self, caller: Caller) -> dict[str, str]:
        if caller.advisor_id is None and (caller.expires_at is None or caller.expires_at <= self._clock.now()):
            raise SignInNeeded("the member's proof has expired")
        expires = shape.write(caller.expires_at) if caller.expires_at else None
        given = {
            "Authorization": f"Bearer {self._service_token}", "X-Member-Id": caller.member_id,
            "X-Identity-Level": str(caller.level), "X-Advisor-Id": caller.advisor_id,
            "X-Identity-Expires": expires,
        }
        return {name: value for name, value in given.items() if value is not None}


def checked_key(key: str) -> str:
    """Give *key* when it is an idempotency key; Malformed."""
    if not IDEMPOTENCY_KEY.fullmatch(key):
        raise Malformed("an idempotency key has 8 to 200 visible characters")
    return key


def told(value: date | bool | None) -> str | None:
    """Write a day or a yes-or-no as a query does."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return None if value is None else value.isoformat()


def _wanted(query: Query) -> dict[str, str]:
    return {name: str(value) for name, value in query.items() if value is not None}


def known_id(identifier: str) -> str:
    """Give *identifier* when it may stand in an address; NotFound otherwise, as the insurer would say."""
    if not OPAQUE_ID.fullmatch(identifier):
        raise NotFound("nothing has such an id")
    return identifier
