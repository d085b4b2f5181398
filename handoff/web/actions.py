"""What an advisor does: each form leads back to a page (post, redirect, get)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from aiohttp import web

from handoff.core.presence import Said
from handoff.core.roles import Right
from handoff.service.hold import Hold
from handoff.web.guard import form_of, needs
from handoff.web.keys import ANSWERS, BOARD, CONVERSATIONS, LEAVING, PRESENCE, signed_in
from journal.entries import Mode
from kernel.errors import Malformed

_CLIENT_ID = re.compile(r"^[\w-]{8,60}$", re.ASCII)


@dataclass(frozen=True)
class Posted:
    """A form."""

    fields: dict[str, str]

    def text(self, name: str) -> str:
        """Give a field, empty when absent."""
        return self.fields.get(name, "")

    def number(self, name: str) -> int:
        """Give a field that is a number; Malformed."""
        text = self.text(name)
        if not (text.isascii() and text.isdigit() and len(text) < 10):
            raise Malformed(f"{name}: a number")
        return int(text)

    @property
    def client_id(self) -> str:
        """The id drawn with the form: sent twice, written once. Malformed when it is not one of ours."""
        given = self.text("client_id")
        if not _CLIENT_ID.match(given):
            raise Malformed("client_id")
        return given


async def posted(request: web.Request) -> Posted:
    """Read the form."""
    return Posted(await form_of(request))


def _id(request: web.Request) -> str:
    return request.match_info["conversation_id"]


def _hold(request: web.Request, form: Posted) -> Hold:
    return Hold(signed_in(request).advisor, _id(request), form.number("fencing"))


def _to(request: web.Request, done: str, conversation_id: str | None = None) -> web.Response:
    """Lead to the page that shows what was done."""
    request.app[BOARD].moved()
    router = request.app.router
    where = router["conversation"].url_for(conversation_id=conversation_id) if conversation_id else router["home"].url_for()
    return web.HTTPSeeOther(str(where.with_query(done=done)))


@needs(Right.ANSWER)
async def take(request: web.Request) -> web.Response:
    """Take this conversation."""
    await request.app[CONVERSATIONS].take(signed_in(request).advisor, _id(request))
    return _to(request, "taken", _id(request))


@needs(Right.ANSWER)
async def take_next(request: web.Request) -> web.Response:
    """Take the one whose turn it is."""
    taken = await request.app[CONVERSATIONS].take_next(signed_in(request).advisor)
    return _to(request, "taken", taken.id) if taken else _to(request, "none_waiting")


@needs(Right.ANSWER)
async def reply(request: web.Request) -> web.Response:
    """Answer the member; « et clore » closes a written request in the same gesture."""
    form = await posted(request)
    hold = _hold(request, form)
    entry = await request.app[ANSWERS].reply(hold, form.text("text"), form.client_id)
    if form.text("then") == "close":
        await request.app[LEAVING].close(hold, form.text("topic"), seen=entry.number)
        return _to(request, "answered_closed", _id(request))
    return _to(request, "answered" if form.text("mode") == Mode.WRITTEN else "reply", _id(request))


@needs(Right.ANSWER)
async def note(request: web.Request) -> web.Response:
    """Keep a private note."""
    form = await posted(request)
    await request.app[ANSWERS].note(signed_in(request).advisor, _id(request), form.text("text"), form.client_id)
    return _to(request, "note", _id(request))


@needs(Right.ANSWER)
async def give_back(request: web.Request) -> web.Response:
    """Give the conversation back to the assistant."""
    form = await posted(request)
    await request.app[LEAVING].give_back(_hold(request, form), form.text("summary"))
    return _to(request, "given_back", _id(request))


@needs(Right.ANSWER)
async def close(request: web.Request) -> web.Response:
    """Close the conversation."""
    form = await posted(request)
    await request.app[LEAVING].close(_hold(request, form), form.text("topic"), seen=form.number("seen"))
    return _to(request, "closed", _id(request))


@needs(Right.ANSWER)
async def transfer(request: web.Request) -> web.Response:
    """Put the conversation into another queue."""
    form = await posted(request)
    await request.app[LEAVING].transfer(_hold(request, form), form.text("queue"), note=form.text("note"), client_id=form.client_id)
    return _to(request, "transferred")


@needs(Right.ANSWER)
async def convert(request: web.Request) -> web.Response:
    """Make it a written request."""
    form = await posted(request)
    await request.app[LEAVING].convert(_hold(request, form), form.text("subject"))
    return _to(request, "written", _id(request))


@needs(Right.ANSWER)
async def presence(request: web.Request) -> web.Response:
    """Say available or on a break."""
    said = (await posted(request)).text("said")
    if said not in (Said.AVAILABLE, Said.PAUSED):
        raise Malformed("said: available or paused")
    await request.app[PRESENCE].say(signed_in(request).advisor.id, Said(said))
    return _to(request, "presence")


@needs(Right.ANSWER)
async def typing(request: web.Request) -> web.Response:
    """Show the member that somebody is writing."""
    await request.app[ANSWERS].typing(signed_in(request).advisor, _id(request))
    return web.Response(status=204)


@needs(Right.ACCOUNT)
async def activity(_: web.Request) -> web.Response:
    """Hear that somebody is at the keyboard: the guard has noted it."""
    return web.Response(status=204)
