"""The widget's files and the health of the process: calls that need no proof."""

from __future__ import annotations

import asyncio

from aiohttp import web

from connectors.web.files import LOADER, answer
from connectors.web.gateway import GATEWAY
from kernel.errors import Unavailable

RECORD_WITHIN_S = 3

routes = web.RouteTableDef()


@routes.get(f"/{LOADER}")
async def loader(request: web.Request) -> web.Response:
    """Give the one script an insurer's page names."""
    return answer(request.app[GATEWAY].files, LOADER, request)


@routes.get("/widget/{name}")
async def widget_file(request: web.Request) -> web.Response:
    """Give a file of the widget."""
    return answer(request.app[GATEWAY].files, request.match_info["name"], request)


@routes.get("/health/live")
async def live(_: web.Request) -> web.Response:
    """Say that the process answers."""
    return web.json_response({"status": "live"})


@routes.get("/health/ready")
async def ready(request: web.Request) -> web.Response:
    """Say whether members can be served, or what is missing. They can without the assistant: it is told, not needed."""
    gateway = request.app[GATEWAY]
    missing = [] if await _record_answers(request) else ["record"]
    return web.json_response(
        {"status": "missing" if missing else "ready", "missing": missing, "assistant": gateway.assistant(),
         "readers": gateway.hub.readers},
        status=503 if missing else 200)


async def _record_answers(request: web.Request) -> bool:
    try:
        async with asyncio.timeout(RECORD_WITHIN_S):
            await request.app[GATEWAY].journal.turns_waiting()
    except (Unavailable, TimeoutError):
        return False
    return True
