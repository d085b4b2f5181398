"""Reading a request: who shows what, which object it sends, within which size and time."""

from __future__ import annotations

import asyncio
from typing import Any

from aiohttp import web

from connectors.core import shapes
from connectors.core.access import Proof, ProvenMember
from connectors.web.gateway import GATEWAY
from kernel.errors import Malformed, TooLarge

MAX_BODY = 64 * 1024
BODY_WITHIN_S = 15


async def proof_of(request: web.Request) -> Proof:
    """Read what the caller shows; SignInNeeded."""
    return await request.app[GATEWAY].door.proof(request.headers.get("Authorization"))


async def member_of(request: web.Request) -> ProvenMember:
    """Read the caller's token; SignInNeeded."""
    return await request.app[GATEWAY].door.member(request.headers.get("Authorization"))


def conversation_of(request: web.Request) -> str:
    """Give the conversation named in the path."""
    return request.match_info["id"]


async def body_of(request: web.Request, required: shapes.Shape, optional: shapes.Shape | None = None) -> dict[str, Any]:
    """Read the object sent; Malformed, TooLarge. No body at all reads as an empty object."""
    raw = await _raw(request)
    if raw and request.content_type != "application/json":
        raise Malformed("content type: application/json expected")
    value = shapes.parse_object(raw) if raw else {}
    shapes.check(value, required, optional)
    return value


async def _raw(request: web.Request) -> bytes:
    if (request.content_length or 0) > MAX_BODY:
        raise TooLarge(f"body: at most {MAX_BODY} bytes")
    raw = bytearray()
    try:
        async with asyncio.timeout(BODY_WITHIN_S):
            async for chunk in request.content.iter_any():
                raw += chunk
                if len(raw) > MAX_BODY:
                    raise TooLarge(f"body: at most {MAX_BODY} bytes")
    except TimeoutError:
        raise Malformed(f"body: expected within {BODY_WITHIN_S} s") from None
    return bytes(raw)


def query_of(request: web.Request, *known: str) -> dict[str, int]:
    """Read the numbers of the query; Malformed for a name that is not *known*."""
    if any(name not in known for name in request.query):
        raise Malformed("unknown parameter")
    return {name: shapes.number(value, name) for name, value in request.query.items()}
