"""Every address of the desk, relative to where it is mounted."""

from __future__ import annotations

from aiohttp import web

from handoff.web import actions, events, pages, sign_in

_ONE = "/conversations/{conversation_id:[\\w-]{1,40}}"

ROUTES: list[web.RouteDef] = [
    web.get("", pages.root, name="root"),
    web.get("/", pages.home, name="home"),
    web.get("/sign-in", sign_in.sign_in_page, name="sign_in"),
    web.post("/sign-in", sign_in.sign_in),
    web.post("/sign-out", sign_in.sign_out, name="sign_out"),
    web.get("/static/{version:[0-9a-f]{1,16}}/{name:[\\w.-]{1,40}}", pages.asset, name="asset"),
    web.get("/queues", pages.queues, name="queues"),
    web.get("/events", events.events, name="events"),
    web.get("/help", pages.help_page, name="help"),
    web.get("/audit", pages.audit, name="audit"),
    web.post("/next", actions.take_next, name="take_next"),
    web.post("/presence", actions.presence, name="presence"),
    web.post("/activity", actions.activity, name="activity"),
    web.get(_ONE, pages.conversation, name="conversation"),
    web.get(f"{_ONE}/news", pages.news, name="news"),
    web.get(f"{_ONE}/member", pages.member, name="member"),
    web.post(f"{_ONE}/take", actions.take, name="take"),
    web.post(f"{_ONE}/reply", actions.reply, name="reply"),
    web.post(f"{_ONE}/note", actions.note, name="note"),
    web.post(f"{_ONE}/give-back", actions.give_back, name="give_back"),
    web.post(f"{_ONE}/close", actions.close, name="close"),
    web.post(f"{_ONE}/transfer", actions.transfer, name="transfer"),
    web.post(f"{_ONE}/written", actions.convert, name="convert"),
    web.post(f"{_ONE}/typing", actions.typing, name="typing"),
]
