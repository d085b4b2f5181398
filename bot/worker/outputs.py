"""Rasa's messages into drafts of entries, and an entry into what the member did. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.phrasing.phrasebook import Button, topics
from journal.entries import AuthorKind, Body, Draft, Entry, Holder, Kind
from kernel.french import typography

IDENTIFIERS = frozenset({"nir", "iban", "card", "password"})
"""A masked one of these makes the topic `donnees_sensibles` by rule; a masked contact does not."""

FILLED = "filled:"
"""Starts the option of a choice that is a secure field filled; what follows is JSON (bot.actions.secure_field)."""

QUOTED = 300
"""Characters of a message that a request for a person quotes; the advisor reads the whole conversation anyway."""

_COMMAND = re.compile(r"^/(?P<intent>[a-z_]+)(?P<entities>\{.*\})?$", re.DOTALL)


@dataclass(frozen=True)
class Said:
    """What the member did: *text*, or an *intent* with its *entities* (a button, a signing in)."""

    text: str
    intent: str | None = None
    entities: dict[str, Any] = field(default_factory=dict)


def what_was_done(entry: Entry) -> Said | None:
    """Give what *entry* says to the dialogue; None when there is nothing to answer (an erased body)."""
    body = entry.body or {}
    match entry.kind:
        case Kind.TEXT if body.get("text"):
            sensitive = IDENTIFIERS & set(body.get("masked") or ())
            return Said(body["text"], "donnees_sensibles" if sensitive else None)
        case Kind.CHOICE:
            return _chosen(body)
        case Kind.IDENTITY_PROVEN:
            return Said("/signed_in", "signed_in")
        case Kind.FORM if body.get("_deposit"):  # a code proves: identity_proven resumes what waited for it
            return _filled(body)
        case Kind.FLOOR_CHANGED if body.get("to") == Holder.ASSISTANT:
            return Said("/floor_returned", "floor_returned")
    return None


def _filled(body: Body) -> Said:
    """Say that a secure field was filled: under which deposit, and how it may be shown."""
    shown = str(body.get("shown") or f"terminant par {body.get('ending')}")
    filled = {"field": body.get("field"), "deposit": body["_deposit"], "shown": shown}
    return Said(str(body.get("label") or body.get("field")), "choose", {"option": FILLED + json.dumps(filled, ensure_ascii=False)})


def _chosen(body: Body) -> Said | None:
    payload, title = str(body.get("_payload") or ""), str(body.get("text") or "")
    if found := _COMMAND.match(payload):
        return Said(title, found.group("intent"), json.loads(found.group("entities") or "{}"))
    return Said(payload or title) if payload or title else None


@dataclass(frozen=True)
class Outputs:
    """What a turn writes: entries of the assistant, and the hand-off it asks for, if any."""

    drafts: list[Draft]
    handoff: dict[str, Any] | None


def as_drafts(messages: list[dict[str, Any]], number: int) -> Outputs:
    """Turn the messages that answer entry *number* into drafts; a re-run makes the same client ids."""
    drafts: list[Draft] = []
    handoff: dict[str, Any] | None = None
    for message in messages:
        custom = message.get("custom") or {}
        body = _body(message, custom)
        if body:
            kind = Kind.CARD if "card" in custom else Kind.TEXT
            drafts.append(Draft(AuthorKind.ASSISTANT, kind, body, client_id=f"turn:{number}:{len(drafts)}"))
        if "handoff" in custom:  # a person answers from here: what a form would ask next is not said
            handoff = custom["handoff"]
            break
    return Outputs(drafts, handoff)


def _body(message: dict[str, Any], custom: dict[str, Any]) -> Body | None:
    text = str(message.get("text") or "").strip()
    if not text:
        return None
    body: Body = {"text": text}
    body |= {name: custom[name] for name in ("card", "data") if name in custom}
    if custom.get("topic") in topics():
        body["topic"] = custom["topic"]
    if buttons := message.get("buttons"):
        body["buttons"] = [_as_button(button, place) for place, button in enumerate(buttons)]
    return body


def entry_buttons(buttons: Sequence[Button]) -> list[dict[str, Any]]:
    """Give the phrasebook's quick answers as an entry holds them."""
    return [_as_button({"title": one.title, "payload": one.rasa_payload, "act": one.act}, place) for place, one in enumerate(buttons)]


def _as_button(button: dict[str, Any], place: int) -> dict[str, Any]:
    """Give a quick answer as an entry holds it (docs/entries.md)."""
    payload = str(button["payload"])
    found = _COMMAND.match(payload)
    kept = {"id": f"b{place + 1}", "title": button["title"], "_payload": payload}
    if found and found.group("intent") in topics():
        kept["_topic"] = found.group("intent")
    return kept | ({"act": button["act"]} if button.get("act") else {})


def last_words(entries: Sequence[Entry]) -> str:
    """Give what the member said last in *entries*; a button pressed to ask for a person says nothing."""
    said = [one.body or {} for one in entries if one.author is AuthorKind.MEMBER and one.kind in {Kind.TEXT, Kind.CHOICE}]
    return next((str(body["text"]) for body in reversed(said) if body.get("text") and body.get("_act") != "handoff"), "")


def handoff_draft(request: dict[str, Any], *, number: int, topic_titles: list[str], last_words: str, level: int) -> Draft:
    """Make the request for a person: what the member is shown will be passed on, and the file the advisor opens with."""
    tried = [str(line) for line in request.get("tried") or ()]
    last_words = _shortened(last_words)
    passed = [f"Sujet : {', '.join(topic_titles)}"] if topic_titles else []
    passed += [f"Votre dernier message : « {last_words} »"] if last_words else []
    passed += tried
    file = {"topics": topic_titles, "tried": tried, "level": level, "last_words": last_words}
    shown = [typography(line) for line in passed]
    body: Body = {"queue": request.get("queue", "live"), "by": "assistant", "passed": shown, "_file": file}
    return Draft(AuthorKind.ASSISTANT, Kind.HANDOFF_REQUESTED, body, client_id=f"handoff:{number}")


def _shortened(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= QUOTED else line[:QUOTED].rstrip() + "…"
