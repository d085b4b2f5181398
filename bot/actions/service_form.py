"""The one form of all services (bot.actions.services): reads, asks, sums up, acts once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot.actions.agreement import yes_or_no
from bot.actions.base import BotAction, FormReading
from bot.actions.ports import Ports
from bot.actions.secure_field import CODE, ask_code, ask_field, filled_by, has_lost_contact, proven, refuse_here, wants_code
from bot.actions.services import Given, Heard, Option, Question, Service, service_of, services
from bot.actions.turn import Events, intent_of, say_card, say_phrase, text_of
from bot.phrasing.acronyms import fold
from bot.phrasing.phrasebook import Button
from kernel.french import typography
from kernel.organisation import organisation

STATE, ANSWER, CONFIRMED = "service", "service_answer", "service_confirmed"
SLOTS = (STATE, ANSWER, CONFIRMED)
CHANGE = "change:"
"""Starts the option that names what is to be corrected in a summary."""
SHORT = 8  # words: a longer message that answers nothing is about something else
SENTENCE, CLEAR = 6, 0.8  # words and confidence from which a message may ask for another service
CONTROL = frozenset({"affirm", "deny", "nlu_fallback", "hors_perimetre", "choose", ""})


def state_of(tracker: Tracker) -> dict[str, Any]:
    """Give what is known of the service under way: ``id``, ``given``, ``asked``, ``options``, ``key``."""
    return dict(tracker.get_slot(STATE) or {})


def closed() -> Events:
    """Give the events that forget the service."""
    return [*(SlotSet(slot, None) for slot in SLOTS), SlotSet("requested_slot", None)]


async def start_service(ports: Ports, say: CollectingDispatcher, service: Service) -> Events:
    """Open the form of *service*; what its first message says already is read by the form."""
    seen: Events = [SlotSet("last_topic", service.topic), SlotSet("misunderstood", 0), SlotSet("waiting_request", None)]
    if service.may_start and (ends := await service.may_start(ports)):
        say_phrase(say, ports.phrase(ends), topic=service.topic)
        return seen
    if f"{service.id}_start" in ports.phrasebook:
        say_phrase(say, ports.phrase(f"{service.id}_start"), topic=service.topic)
    given = await service.prefill(ports) if service.prefill else {}
    state: dict[str, Any] = {"id": service.id, "given": given, "asked": None, "options": [], "key": None}
    return [*seen, SlotSet(STATE, state), SlotSet(ANSWER, None), SlotSet(CONFIRMED, None), FollowupAction("service_form")]


class ValidateServiceForm(FormReading):
    """Reads what a message gives, in any order."""

    def name(self) -> str:
        """Give the name Rasa requires."""
        return "validate_service_form"

    def questions(self, tracker: Tracker) -> list[str]:
        """See FormReading."""
        return [ANSWER, CONFIRMED]

    def read(self, ports: Ports, tracker: Tracker, say: CollectingDispatcher) -> dict[str, Any]:
        """See FormReading."""
        state, intent = state_of(tracker), intent_of(tracker)
        service = services().get(str(state.get("id")))
        if service is None or intent in ("cancel", "parler_humain") or _asks_for_another(service, tracker):
            return {}
        heard = _heard(ports, tracker)
        given = proven(service, state["given"], ports.context.level)
        if state.get("asked") == CODE.name and CODE.name not in given and has_lost_contact(heard):
            say_phrase(say, ports.phrase("code_no_access"), topic=service.topic)
            return {ANSWER: True, CONFIRMED: False}
        if state.get("asked") == CODE.name and (CODE.name in given or wants_code(state, heard)):
            return _kept(service, state if CODE.name in given else {**state, "wants_code": True}, given)
        if tracker.get_slot("requested_slot") == CONFIRMED and (decided := _decided(service, state, given, heard, intent)):
            return decided
        if intent == "go_back" and given:
            given.pop(next(reversed(given)))
            return _kept(service, state, given)
        if state.get("asked") in service.secure_names and refuse_here(ports, tracker, say, service):
            return {ANSWER: None}
        found = {question.name: value for question in service.questions if (value := question.read(_asked(heard, state, question))) is not None}
        if not found:
            return self._nothing_read(ports, tracker, say, service, {**state, "given": given})
        return _kept(service, state, given | found)

    @staticmethod
    def _nothing_read(ports: Ports, tracker: Tracker, say: CollectingDispatcher, service: Service, state: dict[str, Any]) -> dict[str, Any]:
        """At the opening, ask; then a short answer that does not fit is told, and anything else is a digression."""
        if tracker.get_slot("requested_slot") is None:
            return _kept(service, state, state["given"])
        question = next((one for one in service.questions if one.name == state.get("asked")), None)
        if question is None or intent_of(tracker) not in CONTROL | {service.topic} or len(text_of(tracker).split()) > SHORT or "?" in text_of(tracker):
            return {}
        say_phrase(say, ports.phrase(question.unclear, options=[one["label"] for one in state["options"]]), topic=service.topic)
        return {ANSWER: None}


def _asks_for_another(service: Service, tracker: Tracker) -> bool:
    """Whether a whole sentence, clearly understood, asks for another service: it is no answer, even to a free question."""
    if tracker.get_slot("requested_slot") is None or len(text_of(tracker).split()) < SENTENCE:
        return False
    confidence = float((tracker.latest_message.get("intent") or {}).get("confidence") or 0)
    other = service_of(intent_of(tracker))
    return confidence >= CLEAR and other is not None and other.topic != service.topic


def _heard(ports: Ports, tracker: Tracker) -> Heard:
    entities = tracker.latest_message.get("entities") or []
    chosen = next((str(entity["value"]) for entity in entities if entity.get("entity") == "option"), None)
    today = ports.context.now.astimezone(organisation().timezone).date()
    return Heard(text_of(tracker), fold(text_of(tracker)), intent_of(tracker), entities, today, chosen=chosen, filled=filled_by(chosen))


def _asked(heard: Heard, state: dict[str, Any], question: Question) -> Heard:
    """Give *heard* as *question* hears it: the options are those of the question that was asked."""
    if state.get("asked") != question.name:
        return replace(heard, chosen=None, filled=None)
    return replace(heard, is_asked=True, options=tuple(Option(**one) for one in state["options"]))


def _kept(service: Service, state: dict[str, Any], given: Given) -> dict[str, Any]:
    """Give the slots for what was *given*: answers that no longer matter are dropped."""
    needed = {question.name for question in service.needed(given)}
    own = {question.name for question in service.questions}
    kept = {name: value for name, value in given.items() if name in needed or name not in own}
    is_complete = service.next(kept) is None
    confirmed = True if is_complete and not service.needs_confirmation else None
    return {STATE: {**state, "given": kept, "asked": None, "options": [], "key": None}, ANSWER: True if is_complete else None, CONFIRMED: confirmed}


def _decided(service: Service, state: dict[str, Any], given: dict[str, Any], heard: Heard, intent: str) -> dict[str, Any] | None:
    """Read the answer to the summary: yes, no, or what is to be corrected; None when it is something else."""
    if heard.chosen and heard.chosen.startswith(CHANGE):
        given.pop(heard.chosen.removeprefix(CHANGE), None)
        return _kept(service, state, given)
    match yes_or_no(heard.folded, intent):
        case "yes":
            return {CONFIRMED: True}
        case "no":
            return {STATE: {**state, "key": None, "changing": True}, CONFIRMED: None}
    return None


class ActionAskServiceAnswer(BotAction):
    """Ask the next question of the service."""

    async def answer(self, ports: Ports, tracker: Tracker, say: CollectingDispatcher) -> Events:
        """See BotAction."""
        state = state_of(tracker)
        service = services()[state["id"]]
        state["given"] = proven(service, state["given"], ports.context.level)
        question = service.next(state["given"])
        if question is None:
            return []
        if question.is_secure:
            return await self._ask_secure(ports, say, service, question, state)
        options = await question.offer(ports, state["given"]) if question.offer else ()
        phrase = ports.phrase(f"ask_{service.id}_{question.name}", given=state["given"], options=[one.label for one in options])
        say_phrase(say, phrase, topic=service.topic, buttons=_buttons(options) or phrase.buttons)
        return [SlotSet(STATE, {**state, "asked": question.name, "options": [one.__dict__ for one in options]})]


    @staticmethod
    async def _ask_secure(ports: Ports, say: CollectingDispatcher, service: Service, question: Question, state: dict[str, Any]) -> Events:
        if question.name != CODE.name:
            ask_field(ports, say, service, question)
            return [SlotSet(STATE, {**state, "asked": question.name, "options": []})]
        code = await ask_code(ports, say, service, state)
        if code is None:
            return [ActiveLoop(None), *closed()]
        return [SlotSet(STATE, {**state, "asked": CODE.name, "options": [], "code": code, "wants_code": False})]


def _buttons(options: Sequence[Option]) -> tuple[Button, ...]:
    return tuple(Button(one.label, payload="/choose" + json.dumps({"option": one.id})) for one in options)


class ActionAskServiceConfirmed(BotAction):
    """Show the summary; the key made here is the one the act will use, whichever device confirms."""

    async def answer(self, ports: Ports, tracker: Tracker, say: CollectingDispatcher) -> Events:
        """See BotAction."""
        state = state_of(tracker)
        service = services()[state["id"]]
        fields = summary_fields(service, state["given"])
        if state.pop("changing", False):
            options = [Option(CHANGE + one["name"], one["label"]) for one in fields]
            say_phrase(say, ports.phrase("service_what_to_change"), topic=service.topic, buttons=_buttons(options))
            return [SlotSet(STATE, state)]
        lines = "\n".join(f"- {one['label']} : {one['value']}" for one in fields)
        card = {"card": "summary", "text": typography(f"{service.title} :\n\n{lines}\n\nEst-ce exact ?"), "data": {"title": typography(service.title), "fields": fields}}
        say_card(say, card, (Button("Confirmer", payload="/affirm"), Button("Corriger", payload="/deny"), Button("Annuler", payload="/cancel")), topic=service.topic)
        return [SlotSet(STATE, {**state, "key": act_key(ports, service, state["given"])})]


def summary_fields(service: Service, given: Given) -> list[dict[str, str]]:
    """Give the lines of the summary."""
    return [{"name": one.name, "label": typography(one.label), "value": typography(one.show(given[one.name]))}
            for one in service.needed(given) if one.name in given and one.is_summed_up]


def act_key(ports: Ports, service: Service, given: Given) -> str:
    """Give the idempotency key of this summary: the conversation, the entry that led to it, and what it holds."""
    content = json.dumps(given, ensure_ascii=False, sort_keys=True)
    seed = f"{ports.context.conversation_id}|{ports.context.number}|{service.act}|{content}"
    return "s_" + hashlib.sha256(seed.encode()).hexdigest()[:32]


class ActionFinishService(BotAction):
    """Do what was confirmed, once; the result is told by the act's own entry, whoever holds the floor."""

    async def answer(self, ports: Ports, tracker: Tracker, say: CollectingDispatcher) -> Events:
        """See BotAction."""
        state = state_of(tracker)
        service = services().get(str(state.get("id")))
        if service is None or not tracker.get_slot(CONFIRMED) or ports.acts is None:
            return closed()
        if 1 <= ports.context.level < service.level and service.asks_code:
            say_phrase(say, ports.phrase("code_lapsed"), topic=service.topic)
            lapsed = {**state, "given": proven(service, state["given"], ports.context.level), "key": None, "wants_code": True}
            return [SlotSet(STATE, lapsed), SlotSet(ANSWER, None), SlotSet(CONFIRMED, None), SlotSet("requested_slot", None), FollowupAction("service_form")]
        if ports.context.level < service.level:
            say_phrase(say, ports.phrase("service_sign_in"), topic=service.topic)
            return [*closed(), SlotSet("waiting_request", service.topic)]
        key = state.get("key") or act_key(ports, service, state["given"])
        outcome = await ports.acts.perform(service.act, str(key), service.request(state["given"]))
        if again := service.asks_again.get(outcome.code or ""):
            given = {name: value for name, value in state["given"].items() if name != again}
            return [SlotSet(STATE, {**state, "given": given, "key": None}), SlotSet(ANSWER, None), SlotSet(CONFIRMED, None), FollowupAction("service_form")]
        name = f"{service.id}_next" if outcome.status == "done" else f"{service.id}_{outcome.status}" if outcome.status == "pending" else ""
        if name in ports.phrasebook:
            takes_over = outcome.status == "done" and service.person and ports.context.desk == "open"
            handoff: dict[str, Any] | None = {"queue": service.person, "tried": [], "topic": service.topic} if takes_over else None
            say_phrase(say, ports.phrase(name, given=state["given"]), topic=service.topic, handoff=handoff)
        return closed()
