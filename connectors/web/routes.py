"""The calls of docs/chat-api.md: each reads, calls, answers."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from connectors.core.addresses import counted_as
from connectors.core.texts import MAX_TEXT
from connectors.service.conversations import Message
from connectors.web.gateway import GATEWAY, address_of
from connectors.web.reading import body_of, conversation_of, member_of, proof_of, query_of
from connectors.web.transcript import transcript_page
from journal.entries import View
from kernel.errors import Malformed, SignInNeeded

BASE = "/api/v1"
_ONE = BASE + "/conversations/{id:[A-Za-z0-9_-]{1,60}}"
MESSAGE: dict[str, type] = {"text": str, "entry": int, "option": str}
_ASK: dict[str, type] = {"client_id": str}

routes = web.RouteTableDef()


def message_of(sent: dict[str, Any]) -> Message:
    """Make a message of what was sent: a text, or an entry and an option; Malformed when it is both or neither."""
    text, entry, option = sent.get("text"), sent.get("entry"), sent.get("option")
    is_text = text is not None and entry is None and option is None
    is_choice = text is None and entry is not None and option is not None
    if not is_text and not is_choice:
        raise Malformed("text, or entry and option: one of them")
    return Message(sent["client_id"], text, entry, option)


@routes.post(BASE + "/conversations")
async def open_conversation(request: web.Request) -> web.Response:
    """Open a conversation and tell its secret; 200 instead of 201 when the same key had opened it before."""
    gateway, sent = request.app[GATEWAY], await body_of(request, {}, {"token": str, "key": str})
    opened = await gateway.openings.open(
        address=counted_as(address_of(request)), token=sent.get("token"), key=sent.get("key"))
    state = await gateway.states.of(opened.conversation)
    return web.json_response(
        {"id": opened.conversation.id, "secret": opened.secret, "state": state, "entries": opened.entries},
        status=201 if opened.is_new else 200)


@routes.get(BASE + "/conversations")
async def list_conversations(request: web.Request) -> web.Response:
    """List the signed-in member's conversations."""
    query_of(request)
    member = await member_of(request)
    return web.json_response({"conversations": await request.app[GATEWAY].conversations.of_member(member)})


@routes.get(_ONE + "/entries")
async def read_entries(request: web.Request) -> web.Response:
    """Read the entries after a number; with ``wait``, wait for one (long polling)."""
    query = query_of(request, "since", "wait")
    state, entries = await request.app[GATEWAY].conversations.read(
        conversation_of(request), await proof_of(request), query.get("since", 0), query.get("wait", 0))
    return web.json_response({"state": state, "entries": entries})


@routes.post(_ONE + "/entries")
async def send_message(request: web.Request) -> web.Response:
    """Store a message; 200 instead of 201 when it was stored before."""
    proof = await proof_of(request)
    sent = await body_of(request, {"client_id": str}, MESSAGE)
    written = await request.app[GATEWAY].conversations.send(conversation_of(request), proof, message_of(sent))
    return web.json_response({"entry": written.entry.seen_by(View.MEMBER)}, status=201 if written.is_new else 200)


@routes.post(_ONE + "/identity")
async def prove_identity(request: web.Request) -> web.Response:
    """Attach the conversation to the member a token speaks of."""
    gateway, proof = request.app[GATEWAY], await proof_of(request)
    sent = await body_of(request, {"token": str})
    await gateway.sign_in.prove(conversation_of(request), proof, sent["token"])
    return web.json_response({"state": await gateway.conversations.state(conversation_of(request))})


@routes.delete(_ONE + "/identity")
async def sign_out(request: web.Request) -> web.Response:
    """Sign out: the level falls to 0, the member's conversations need a token again."""
    await request.app[GATEWAY].sign_in.sign_out(conversation_of(request), await proof_of(request))
    return web.Response(status=204)


@routes.post(_ONE + "/handoff")
async def ask_for_a_person(request: web.Request) -> web.Response:
    """Ask for a person."""
    proof, sent = await proof_of(request), await body_of(request, _ASK)
    state = await request.app[GATEWAY].requests.handoff(conversation_of(request), proof, sent["client_id"])
    return web.json_response({"state": state})


@routes.post(_ONE + "/written")
async def ask_in_writing(request: web.Request) -> web.Response:
    """Make the conversation a written request with its due date."""
    proof, sent = await proof_of(request), await body_of(request, _ASK, {"subject": str})
    state = await request.app[GATEWAY].requests.written(
        conversation_of(request), proof, sent["client_id"], sent.get("subject"))
    return web.json_response({"state": state})


@routes.post(_ONE + "/back")
async def back_to_assistant(request: web.Request) -> web.Response:
    """Stop waiting for a person."""
    proof, sent = await proof_of(request), await body_of(request, _ASK)
    state = await request.app[GATEWAY].requests.back(conversation_of(request), proof, sent["client_id"])
    return web.json_response({"state": state})


@routes.post(_ONE + "/fields/{name:[a-z][a-z0-9_-]{0,39}}")
async def fill_field(request: web.Request) -> web.Response:
    """Hand over the value of a secure field."""
    proof, sent = await proof_of(request), await body_of(request, {"value": str})
    entry = await request.app[GATEWAY].fields.fill(
        conversation_of(request), proof, request.match_info["name"], sent["value"])
    return web.json_response({"entry": entry.seen_by(View.MEMBER)}, status=201)


@routes.post(_ONE + "/rating")
async def rate(request: web.Request) -> web.Response:
    """Store a rating of the conversation."""
    proof, sent = await proof_of(request), await body_of(request, {"client_id": str, "score": int}, {"comment": str})
    await request.app[GATEWAY].opinions.rate(
        conversation_of(request), proof, sent["client_id"], sent["score"], sent.get("comment"))
    return web.json_response({}, status=201)


@routes.post(_ONE + "/useful")
async def say_useful(request: web.Request) -> web.Response:
    """Store whether one answer was useful."""
    proof = await proof_of(request)
    sent = await body_of(request, {"client_id": str, "entry": int, "useful": bool})
    await request.app[GATEWAY].opinions.say_useful(
        conversation_of(request), proof, sent["client_id"], sent["entry"], useful=sent["useful"])
    return web.json_response({}, status=201)


@routes.get(_ONE + "/transcript")
async def transcript(request: web.Request) -> web.Response:
    """Give the conversation as a page to print or keep."""
    gateway = request.app[GATEWAY]
    query_of(request)
    conversation, entries = await gateway.conversations.transcript(conversation_of(request), await proof_of(request))
    return transcript_page(conversation, entries, gateway.organisation, gateway.journal.clock.now())


@routes.delete(_ONE)
async def erase(request: web.Request) -> web.Response:
    """Erase the contents; the proof stays."""
    await request.app[GATEWAY].requests.erase(conversation_of(request), await proof_of(request))
    return web.Response(status=204)


@routes.get(BASE + "/config")
async def config(request: web.Request) -> web.Response:
    """Give what the widget shows before anything is said."""
    organisation = request.app[GATEWAY].organisation
    return web.json_response({
        "name": organisation.short_name, "assistant_name": organisation.raw.get("assistant_name"),
        "accent_colour": organisation.accent_colour, "max_text": MAX_TEXT, "signed_in": await _is_signed_in(request)})


async def _is_signed_in(request: web.Request) -> bool:
    if "Authorization" not in request.headers:
        return False
    try:
        await member_of(request)
    except SignInNeeded:
        return False
    return True
