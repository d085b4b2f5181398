"""
One call to the insurer's system: attempts, time limits, and its refusals as errors of ours.

Nothing of what it answers in an error travels further than a status and a known code.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from random import SystemRandom
from time import monotonic

import aiohttp
from aiohttp import hdrs
from yarl import URL

from kernel.errors import (
    Conflict,
    Forbidden,
    Malformed,
    NotFound,
    Refused,
    ServiceError,
    SignInNeeded,
    TooLarge,
    TooMany,
    Unavailable,
)
from kernel.logs import logger
from member_api.contract import CodeNeeded, MemberApiNonsense

ANSWER_LIMIT = 2 * 1024 * 1024
_CODE_LIMIT = 40
_LATER_S = 60.0  # when it does not say
_CHANCE = SystemRandom()
_AWAY = frozenset({HTTPStatus.BAD_GATEWAY, HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.GATEWAY_TIMEOUT})
_REFUSALS: dict[int, type[Refused]] = {400: Malformed, 403: Forbidden, 404: NotFound, 409: Conflict, 413: TooLarge}


@dataclass(frozen=True)
class Patience:
    """How long an attempt and the whole call may last, how many attempts, the first pause between them (seconds)."""

    attempt_s: float = 3.0
    total_s: float = 8.0
    attempts: int = 3
    pause_s: float = 0.2

    def pause(self, attempt: int, chance: float) -> float:
        """Give the pause after *attempt* (1 first): doubling, between half and all of it by *chance* (0 to 1)."""
        return float(self.pause_s * 2 ** (attempt - 1) * (0.5 + chance / 2))


USUAL_PATIENCE = Patience()


@dataclass(frozen=True)
class Call:
    """One call; made again after a failure, so it must be one that may be: a GET, or a POST with an idempotency key."""

    method: str
    url: URL
    headers: Mapping[str, str]
    body: object = None


class _Away(Unavailable):
    """Late, cut or away: the same call may be made again."""


class Transport:
    """Makes calls; belongs to the event loop of *session*."""

    def __init__(self, session: aiohttp.ClientSession, patience: Patience = USUAL_PATIENCE, *,
                 chance: Callable[[], float] = _CHANCE.random) -> None:
        """*chance* gives a number between 0 and 1, so that many callers do not come back all at once."""
        self._session = session
        self._patience = patience
        self._chance = chance
        self._log = logger("member_api.client")

    async def send(self, call: Call) -> object:
        """Give the JSON of the answer; raises what member_api.client lists."""
        ends_at = monotonic() + self._patience.total_s
        attempt = 1
        while True:
            try:
                return await self._attempt(call, ends_at)
            except _Away as failure:
                pause = self._patience.pause(attempt, self._chance())
                if attempt >= self._patience.attempts or monotonic() + pause >= ends_at:
                    raise Unavailable(failure.detail) from failure
                self._log.info("member_api_again", attempt=attempt, reason=failure.detail)
            await asyncio.sleep(pause)
            attempt += 1

    async def _attempt(self, call: Call, ends_at: float) -> object:
        seconds = max(0.01, min(self._patience.attempt_s, ends_at - monotonic()))
        try:
            async with asyncio.timeout(seconds), self._session.request(
                call.method, call.url, headers=call.headers, json=call.body, allow_redirects=False
            ) as response:
                return _answer(response.status, await _content(response), response.headers.get(hdrs.RETRY_AFTER, ""))
        except TimeoutError as cause:
            raise _Away("late") from cause
        except aiohttp.ClientError as cause:
            raise _Away("cut") from cause


async def _content(response: aiohttp.ClientResponse) -> bytes:
    """Read at most ANSWER_LIMIT bytes: an endless answer must not fill the worker's memory."""
    content = bytearray()
    async for chunk in response.content.iter_any():
        content += chunk
        if len(content) > ANSWER_LIMIT:
            raise MemberApiNonsense("the answer is too long")
    return bytes(content)


def _answer(status: int, content: bytes, retry_after: str) -> object:
    if status in (HTTPStatus.OK, HTTPStatus.CREATED):
        return _json(content)
    if status in _AWAY:
        raise _Away(f"status {status}")
    if status == HTTPStatus.TOO_MANY_REQUESTS and _problem_code(content) == TooMany.code:  # the member's; else ours
        raise TooMany(float(retry_after) if retry_after.isdecimal() and len(retry_after) <= 6 else _LATER_S)
    raise _refusal(status, content)


def _json(content: bytes) -> object:
    try:
        return json.loads(content)
    except (ValueError, RecursionError) as cause:
        raise MemberApiNonsense("answer is not JSON") from cause


def _refusal(status: int, content: bytes) -> ServiceError:
    code = _problem_code(content)
    if status == HTTPStatus.UNAUTHORIZED:  # an expired proof is the member's affair, any other code is ours
        proofs: dict[str, type[SignInNeeded]] = {one.code: one for one in (SignInNeeded, CodeNeeded)}
        return proofs[code]() if code in proofs else Unavailable("the member API does not know us")
    known = _REFUSALS.get(status)
    return known(code) if known else Unavailable(f"status {status}")


def _problem_code(content: bytes) -> str:
    try:
        problem = json.loads(content)
    except (ValueError, RecursionError):
        return ""
    code = problem.get("code") if isinstance(problem, dict) else None
    return code if isinstance(code, str) and code.isidentifier() and len(code) <= _CODE_LIMIT else ""
