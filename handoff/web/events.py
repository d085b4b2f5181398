"""Live news for a page, by server-sent events."""

from __future__ import annotations

import contextlib

from aiohttp import web

from handoff.core.roles import Right, has_right
from handoff.web.guard import SESSION_COOKIE, needs
from handoff.web.hub import Page
from handoff.web.keys import ACCOUNTS, HUB, PRESENCE, signed_in

HEARTBEAT_S = 15.0
HEADERS = {"Content-Type": "text/event-stream; charset=utf-8", "Cache-Control": "no-store", "X-Accel-Buffering": "no"}


@needs(Right.READ, by_itself=True)
async def events(request: web.Request) -> web.StreamResponse:
    """Send hints until the page leaves, the session ends or the process stops."""
    response = web.StreamResponse(headers=HEADERS)
    async with request.app[HUB].page() as page:
        await response.prepare(request)
        await response.write(b"retry: 2000\nevent: hello\ndata: {}\n\n")
        with contextlib.suppress(ConnectionResetError):
            await _follow(request, response, page)
    return response


async def _follow(request: web.Request, response: web.StreamResponse, page: Page) -> None:
    while await _is_still_there(request):
        try:
            hint = await page.next(HEARTBEAT_S)
        except TimeoutError:
            await response.write(b": \n\n")
            continue
        if hint is None:
            return
        await response.write(hint.encoded())
    await response.write(b"event: signed_out\ndata: {}\n\n")


async def _is_still_there(request: web.Request) -> bool:
    """Check the session again, and count the open page as a sign of presence."""
    advisor = signed_in(request).advisor
    if await request.app[ACCOUNTS].signed_in(request.cookies.get(SESSION_COOKIE, ""), touch=False) is None:
        return False
    if has_right(advisor.role, Right.ANSWER):
        await request.app[PRESENCE].live(advisor.id)
    return True
