"""Live news for a page, by server-sent events."""

from __future__ import annotations

import asyncio
import contextlib

from aiohttp import web

from handoff.core.roles import Right, has_right
from handoff.web.guard import SESSION_COOKIE, needs
from handoff.web.hub import Page
from handoff.web.keys import ACCOUNTS, HUB, PRESENCE, signed_in

CHECK_EVERY_S = 10.0
HEADERS = {"Content-Type": "text/event-stream; charset=utf-8", "Cache-Control": "no-store", "X-Accel-Buffering": "no"}


@needs(Right.READ, by_itself=True)
async def events(request: web.Request) -> web.StreamResponse:
    """Send hints until the page leaves, the session ends or the process stops."""
    response = web.StreamResponse(headers=HEADERS)
    async with request.app[HUB].page(signed_in(request).session.digest) as page:
        await response.prepare(request)
        await response.write(b"retry: 2000\nevent: hello\ndata: {}\n\n")
        with contextlib.suppress(ConnectionResetError):
            await _follow(request, response, page)
    return response


async def _follow(request: web.Request, response: web.StreamResponse, page: Page) -> None:
    """Pass hints on; the session is looked at every CHECK_EVERY_S, and when the hub ends the page."""
    while await _is_still_there(request):
        if not await _pass_on(response, page) and await _is_still_there(request):
            return  # the process stops, or this page lagged: the browser connects again
    await response.write(b"event: signed_out\ndata: {}\n\n")


async def _pass_on(response: web.StreamResponse, page: Page) -> bool:
    """Pass hints on for CHECK_EVERY_S; False as soon as the hub ends the page."""
    ends_at = asyncio.get_running_loop().time() + CHECK_EVERY_S
    while (left_s := ends_at - asyncio.get_running_loop().time()) > 0:
        try:
            hint = await page.next(left_s)
        except TimeoutError:
            break
        if hint is None:
            return False
        await response.write(hint.encoded())
    await response.write(b": \n\n")
    return True


async def _is_still_there(request: web.Request) -> bool:
    """Check the session again, and count the open page as a sign of presence."""
    advisor = signed_in(request).advisor
    if await request.app[ACCOUNTS].signed_in(request.cookies.get(SESSION_COOKIE, ""), touch=False) is None:
        return False
    if has_right(advisor.role, Right.ANSWER):
        await request.app[PRESENCE].live(advisor.id)
    return True
