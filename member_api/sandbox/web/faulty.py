"""Carries out the planned faults on the member API's calls."""

from __future__ import annotations

import asyncio
from typing import Any

from aiohttp import web

from kernel.errors import ServiceError, Unavailable
from member_api.sandbox.faults import FaultKind, Faults
from member_api.sandbox.web.problems import Handler


def goes_wrong(faults: Faults) -> Any:
    """Make the middleware that lets the next planned fault happen; `LOST_ANSWER` acts, then cuts the line."""
    @web.middleware
    async def go_wrong(request: web.Request, handler: Handler) -> web.StreamResponse:
        fault = faults.next()
        if fault is None:
            return await handler(request)
        match fault.kind:
            case FaultKind.SLOW:
                await asyncio.sleep(fault.delay_s)
                return await handler(request)
            case FaultKind.ERROR:
                raise ServiceError
            case FaultKind.AWAY:
                raise Unavailable
            case FaultKind.NONSENSE:
                return web.json_response({"lines": "demain", "id": 7})
            case FaultKind.LOST_ANSWER:
                return _cut(request, await handler(request))
    return go_wrong


def _cut(request: web.Request, response: web.StreamResponse) -> web.StreamResponse:
    if request.transport is not None:
        request.transport.abort()
    return response
