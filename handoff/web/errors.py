"""Errors become pages, once, here; what the advisor had typed is given back to him."""

from __future__ import annotations

import math

from aiohttp import web

from handoff.service.conversations import TakenBy
from handoff.web import sentences
from handoff.web.guard import Handler, form_of
from handoff.web.render import page
from handoff.web.sentences import Sentence
from kernel.errors import Forbidden, Malformed, NotFound, ServiceError, TooLarge, TooMany
from kernel.logs import describe, logger

log = logger("desk")


@web.middleware
async def errors_as_pages(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn what was refused into a page an advisor understands."""
    try:
        return await handler(request)
    except ServiceError as error:
        return await _refused(request, error)
    except web.HTTPNotFound:
        return await _page(request, sentences.of("not_found"), 404)
    except web.HTTPMethodNotAllowed:
        return await _page(request, sentences.of("malformed"), 405)
    except web.HTTPException:
        raise
    except Exception as error:  # noqa: BLE001 - the last door: no trace of it may reach a browser
        log.error("desk_page_failed", path=_route(request), method=request.method, error=describe(error))
        return await _page(request, sentences.UNKNOWN, 500)


async def _refused(request: web.Request, error: ServiceError) -> web.Response:
    sentence = sentences.of(error.code)
    if isinstance(error, TakenBy) and error.name:
        sentence = Sentence(f"{error.name} a déjà pris cette conversation.", "Elle n'est plus dans la file : vous n'avez rien à faire.")
    leads_back = not isinstance(error, TakenBy | NotFound | Forbidden)
    response = await _page(request, sentence, error.status, kept=await _kept(request, error), leads_back=leads_back)
    if isinstance(error, TooMany):
        response.headers["Retry-After"] = str(math.ceil(error.retry_after))
    return response


async def _page(request: web.Request, sentence: Sentence, status: int, *, kept: str = "", leads_back: bool = False) -> web.Response:
    """Show the refusal; *leads_back*: the conversation it was about may still be read."""
    conversation_id = request.match_info.get("conversation_id") if leads_back else None
    return await page(request, "refused.html", status=status, sentence=sentence, kept=kept, conversation_id=conversation_id)


async def _kept(request: web.Request, error: ServiceError) -> str:
    """Give back the text of the form that was refused."""
    if request.method != "POST" or (isinstance(error, TooLarge) and request.content_length is None):
        return ""
    try:
        form = await form_of(request)
    except (Malformed, web.HTTPException):
        return ""
    return next((form[name] for name in ("text", "summary", "note", "subject") if form.get(name)), "")


def _route(request: web.Request) -> str:
    resource = request.match_info.route.resource
    return resource.canonical if resource else "-"
