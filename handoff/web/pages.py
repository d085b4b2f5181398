"""What an advisor looks at: the desk, one conversation, and the pieces the scripts refresh."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from handoff.core import thread
from handoff.core.queue import place
from handoff.core.roles import Right
from handoff.service.conversations import Opened
from handoff.web import sentences
from handoff.web.guard import needs, public
from handoff.web.keys import AUDIT, BOARD, CONVERSATIONS, LEAVING, MEMBERS, signed_in, site
from handoff.web.render import page
from journal.entries import Mode
from kernel.errors import Malformed, Unavailable
from kernel.ids import new_id

LATEST = 200


@public
async def asset(request: web.Request) -> web.Response:
    """Give a style sheet, a script or the icon."""
    return site(request).assets.response(request.match_info["version"], request.match_info["name"])


@public
async def root(request: web.Request) -> web.Response:
    """Lead to the desk."""
    raise web.HTTPSeeOther(str(request.app.router["home"].url_for()))


@needs(Right.ACCOUNT)
async def home(request: web.Request) -> web.Response:
    """Show the queues, or what this role can do."""
    advisor = signed_in(request).advisor
    view = await request.app[BOARD].view(advisor.id)
    return await page(request, "desk.html", view=view, opened=None, shown_queue=request.query.get("queue"), **_done(request))


@needs(Right.READ, by_itself=True)
async def queues(request: web.Request) -> web.Response:
    """Give the left pane anew."""
    view = await request.app[BOARD].view(signed_in(request).advisor.id)
    return await page(
        request,
        "_queues.html",
        view=view,
        opened_id=request.query.get("open", ""),
        shown_queue=request.query.get("queue"),
    )


@needs(Right.READ)
async def conversation(request: web.Request) -> web.Response:
    """Show one conversation beside the queues."""
    advisor, desk = signed_in(request).advisor, request.app[CONVERSATIONS]
    opened = await desk.open(advisor, request.match_info["conversation_id"])
    await desk.note_reading(advisor, opened)
    view = await request.app[BOARD].view(advisor.id)
    return await page(request, "desk.html", view=view, shown_queue=None, **_done(request), **_shown(request, opened))


@needs(Right.READ, by_itself=True)
async def news(request: web.Request) -> web.Response:
    """Give the entries after ``since`` and how the conversation stands."""
    advisor, desk = signed_in(request).advisor, request.app[CONVERSATIONS]
    opened = await desk.open(advisor, request.match_info["conversation_id"])
    await desk.seen(advisor, opened)
    return await page(request, "_news.html", **_shown(request, opened, since=_number(request.query.get("since", "0"))))


@needs(Right.ANSWER, by_itself=True)
async def member(request: web.Request) -> web.Response:
    """Give the member's file; a failure is said in its place and harms nothing else."""
    summary, failed = None, False
    try:
        summary = await request.app[MEMBERS].summary(signed_in(request).advisor, request.match_info["conversation_id"])
    except Unavailable:
        failed = True
    return await page(request, "member.html", summary=summary, failed=failed, conversation_id=request.match_info["conversation_id"])


@needs(Right.ACCOUNT)
async def help_page(request: web.Request) -> web.Response:
    """Say the keys and the words of the desk."""
    return await page(request, "help.html")


@needs(Right.AUDIT)
async def audit(request: web.Request) -> web.Response:
    """Show who read or did what, latest first."""
    return await page(request, "audit.html", rows=await request.app[AUDIT].latest(LATEST))


def _shown(request: web.Request, opened: Opened, since: int | None = None) -> dict[str, Any]:
    """Give what the templates need to show a conversation, from entry *since* or the latest ones."""
    served, conversation_ = site(request), opened.conversation
    if since is None:
        since = 0 if "all" in request.query else max(conversation_.last_number - LATEST, 0)
    new = [entry for entry in opened.entries if entry.number > since]
    before = next((entry for entry in reversed(opened.entries) if entry.number <= since), None)
    return {
        "opened": opened,
        "conversation": conversation_,
        "lines": thread.lines(new, served.organisation.timezone, before),
        "earlier": since or 0,
        "place": place(conversation_, served.clock.now()),
        "file": opened.file,
        "is_written": conversation_.mode is Mode.WRITTEN,
        "client_id": new_id("d"),
        "standing": standing(opened),
        "written_due": request.app[LEAVING].written_due(),
        "has_member_file": request.app[MEMBERS].is_connected,
    }


def standing(opened: Opened) -> str:
    """Name what the buttons depend on: when it changes, the scripts fetch them anew."""
    one = opened.conversation
    return f"{one.floor.holder}-{one.floor.fencing}-{one.mode}-{one.is_closed}-{one.due_at is not None}-{one.priority}"


def _done(request: web.Request) -> dict[str, Any]:
    """Say what was just done; quietly (to screen readers) when the page shows it anyway."""
    done = request.query.get("done", "")
    return {"done": sentences.DONE.get(done, ""), "done_quietly": done in sentences.SEEN_ANYWAY}


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise Malformed("since: a number")
    return int(text)
