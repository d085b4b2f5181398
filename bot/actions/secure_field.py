"""
Secure fields in a service: a one-time code first, then the values. What is typed there never passes through a message.

The gateway raises the level when the code is right (identity_proven) and names the deposit of a value (form); both start
a turn, and the form goes on by itself.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.actions.ports import Ports
from bot.actions.services import Given, Heard, Question, Service
from bot.actions.turn import intent_of, say_card, say_phrase, text_of
from bot.phrasing.cards import field_card
from bot.phrasing.phrasebook import Button
from bot.worker.outputs import FILLED
from kernel.errors import Conflict, TooMany
from kernel.french import NBSP
from member_api.contract import Channel, SentCode

CODE_AGAIN = "code_again"
"""The option that has another code sent."""

CODE = Question("code", "Code reçu", read=lambda _: None, is_secure=True, is_summed_up=False)
"""Level 2: given while the conversation's row says so, whatever was said."""

CANCEL = Button("Annuler", payload="/cancel")
AGAIN = Button("Recevoir un autre code", payload="/choose" + json.dumps({"option": CODE_AGAIN}))
_NOT_RECEIVED = re.compile(r"\b(pas|rien|jamais) (encore )?(recu|arrive)|recois (pas|rien)|\brenvo|\b(autre|nouveau) code")
_LOST = re.compile(r"\b(ai|a) plus (ce|cet|cette|acces|mon|le|la|du tout)\b|plus acces|pas acces|\bperdu|\bvole\b|(ancien|vieux) (numero|telephone|portable|mail)|change de numero")
_GO_ON = re.compile(r"^(oui|ok|d'?accord|continu|vas y|allez y|envo)")
_TYPED_HERE = re.compile(r"\d[\d .]{3,}|\S@\S")


def field_question(name: str, label: str) -> Question:
    """Give the question of a value that a secure field takes; it is known by its deposit and shown masked."""
    def read(heard: Heard) -> dict[str, Any] | None:
        return dict(heard.filled) if heard.is_asked and heard.filled and heard.filled.get("field") == name else None
    return Question(name, label, read, show=lambda value: str(value["shown"]), is_secure=True)


def filled_by(chosen: str | None) -> Mapping[str, Any] | None:
    """Read the field that was filled from the option the worker says (bot.worker.outputs)."""
    return json.loads(chosen.removeprefix(FILLED)) if chosen and chosen.startswith(FILLED) else None


def proven(service: Service, given: Given, level: int) -> dict[str, Any]:
    """Give what was *given*, the code with it exactly while the proof is high enough."""
    rest = {name: value for name, value in given.items() if name != CODE.name}
    return {CODE.name: True} | rest if service.asks_code and level >= service.level else rest


def wants_code(state: Mapping[str, Any], heard: Heard) -> bool:
    """Say whether another code is wanted: by its button, in words, or by going on after the proof has ended."""
    if heard.chosen == CODE_AGAIN or _NOT_RECEIVED.search(heard.folded):
        return True
    is_over = bool((state.get("code") or {}).get("is_over"))
    return is_over and (heard.intent in ("affirm", "resume") or bool(_GO_ON.search(heard.folded)))


def has_lost_contact(heard: Heard) -> bool:
    """Say whether the member tells that the code goes where he reads nothing any more."""
    return bool(_LOST.search(heard.folded))


def refuse_here(ports: Ports, tracker: Tracker, say: CollectingDispatcher, service: Service) -> bool:
    """Say that a code or a value is never written in a message, when one was; give whether it was said."""
    is_typed = bool(ports.context.masked) or intent_of(tracker) == "donnees_sensibles" or bool(_TYPED_HERE.search(text_of(tracker)))
    if is_typed:
        say_phrase(say, ports.phrase("secure_not_here"), topic=service.topic)
    return is_typed


def ask_field(ports: Ports, say: CollectingDispatcher, service: Service, question: Question) -> None:
    """Ask for a value in its secure field."""
    hint = ports.phrase(f"ask_{service.id}_{question.name}").text
    say_card(say, field_card(question.name, question.label, hint), (CANCEL,), topic=service.topic)


async def ask_code(ports: Ports, say: CollectingDispatcher, service: Service, state: Mapping[str, Any]) -> dict[str, Any] | None:
    """
    Have a code sent unless one is still good, and ask for it; give what is known of it, None when none can be sent.

    After a proof that has ended nothing is sent unasked: the member may be away from his screen.
    """
    known = dict(state.get("code") or {})
    is_good = bool(known) and datetime.fromisoformat(known["until"]) > ports.context.now
    if known and not is_good and not state.get("wants_code"):
        say_phrase(say, ports.phrase("code_ended"), topic=service.topic, buttons=(AGAIN, CANCEL))
        return known | {"is_over": True}
    if not is_good or state.get("wants_code"):
        sent = await _sent(ports, say, service, known if is_good else None)
        if sent is None:
            return None
        known = sent
    label = "Code reçu par SMS" if known["by"] == Channel.SMS else "Code reçu par e-mail"
    hint = ports.phrase("ask_code", to=known["to"], by=known["by"]).text
    say_card(say, field_card(CODE.name, label, hint, code_id=known["id"]), (AGAIN, CANCEL), topic=service.topic)
    return known


async def _sent(ports: Ports, say: CollectingDispatcher, service: Service, known: dict[str, Any] | None) -> dict[str, Any] | None:
    """Have a code sent; when it is too soon for another, the one *known* stays good."""
    if ports.file is None:
        return None
    try:
        sent: SentCode = await ports.file.read("code_sent", lambda members, caller: members.send_code(caller, key=_key(ports)))
    except TooMany as refused:
        name = "code_too_soon" if known else "code_too_many"
        say_phrase(say, ports.phrase(name, wait=_in_words(refused.retry_after)), topic=service.topic)
        return known
    except Conflict as refused:
        say_phrase(say, ports.phrase("code_refused", code=refused.detail), topic=service.topic)
        return None
    return {"id": sent.id, "to": sent.sent_to.replace(" ", NBSP), "by": sent.channel.value, "until": sent.expires_at.isoformat()}


def _key(ports: Ports) -> str:
    """Give the key of the sending: a turn run again sends no second code."""
    return "k_" + hashlib.sha256(f"{ports.context.conversation_id}|{ports.context.number}|code".encode()).hexdigest()[:32]


def _in_words(seconds: float) -> str:
    minutes = round(seconds / 60)
    return "une minute" if minutes <= 1 else f"{minutes} minutes" if minutes < 60 else "quelques heures"
