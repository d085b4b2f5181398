"""Address change: a form with one question at a time, corrections at any moment, a summary, and an act."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot.actions.address_reading import Parts, is_correction, lines_of, read_address, spoken_town
from bot.actions.agreement import yes_or_no
from bot.actions.base import BotAction, FormReading
from bot.actions.ports import Ports
from bot.actions.queue import note
from bot.actions.turn import Events, intent_of, say_card, say_phrase, text_of
from bot.phrasing.acronyms import fold
from bot.phrasing.phrasebook import Button
from kernel.french import day, typography
from kernel.organisation import organisation
from kernel.towns import suggest_towns, towns_of

GIVEN = ["address_street", "address_postal_code", "address_town", "address_from_on"]
SLOTS = [*GIVEN, "address_confirmed", "address_key"]
FIELDS = {"street": "address_street", "postal_code": "address_postal_code", "town": "address_town", "from_on": "address_from_on"}
ASKED = {slot: name for name, slot in FIELDS.items()}
_NAMED = {"address_street": ("rue", "adresse", "numero", "voie"), "address_postal_code": ("code postal", "code", "cp"),
          "address_town": ("ville", "commune"), "address_from_on": ("date", "jour", "quand")}
LABELS = {"address_street": "Adresse", "address_postal_code": "Code postal", "address_town": "Ville", "address_from_on": "À partir du"}
CHANGING = "changing"
"""Stands for the key between « ce n'est pas exact » and the next summary."""


class ActionStartAddress(BotAction):
    """Signed in: open the form; otherwise ask to sign in and keep the thread."""

    async def answer(self, ports: Ports, tracker: Tracker, say: CollectingDispatcher) -> Events:
        """See BotAction."""
        seen = [SlotSet("last_topic", "adresse_changer"), SlotSet("misunderstood", 0)]
        if ports.context.level == 0:
            say_phrase(say, ports.phrase("address_sign_in"), topic="adresse_changer")
            return [*seen, ActiveLoop(None), SlotSet("requested_slot", None), SlotSet("waiting_request", "adresse_changer")]
        if tracker.active_loop_name not in (None, "address_form"):
            return note(ports, tracker, say, "adresse_changer")
        say_phrase(say, ports.phrase("address_start"), topic="adresse_changer")
        fresh = [SlotSet(slot, None) for slot in SLOTS]
        return [*seen, *fresh, SlotSet("waiting_request", None), FollowupAction("address_form")]


class ValidateAddressForm(FormReading):
    """Reads every part a message holds, takes corrections, and says why an answer does not fit."""

    def name(self) -> str:
        """Give the name Rasa requires."""
        return "validate_address_form"

    def questions(self, tracker: Tracker) -> list[str]:
        """See FormReading."""
        return [*GIVEN, "address_confirmed"]

    def read(self, ports: Ports, tracker: Tracker, say: CollectingDispatcher) -> dict[str, Any]:
        """See FormReading."""
        asked, text, intent = tracker.get_slot("requested_slot"), text_of(tracker), intent_of(tracker)
        if intent in ("cancel", "parler_humain"):
            return {}
        if intent == "go_back":
            return _one_back(asked)
        if asked == "address_confirmed" and (decided := self._decision(tracker)):
            return decided
        today = ports.context.now.astimezone(organisation().timezone).date()
        parts = read_address(text, today, asked=ASKED.get(asked or ""), known_postal_code=tracker.get_slot("address_postal_code"))
        found = fit(parts, tracker.slots)
        if found.get("address_street") and lines_of(found["address_street"]) is None:
            say_phrase(say, ports.phrase("address_street_long"), topic="adresse_changer")
            found["address_street"] = None
        if asked in GIVEN and asked not in found and not parts.is_empty | (found != {}):
            return self._does_not_fit(ports, tracker, say, asked, text, intent)
        if is_correction(text) and any(tracker.get_slot(slot) not in (None, value) for slot, value in found.items()):
            say_phrase(say, ports.phrase("address_noted"), topic="adresse_changer")
        if parts.bad_postal_code:
            say_phrase(say, ports.phrase("address_postal_code_unknown"), topic="adresse_changer")
            found["address_postal_code"] = None
        return found

    @staticmethod
    def _decision(tracker: Tracker) -> dict[str, Any] | None:
        """Read the answer to the summary: confirmed, or what is to be corrected."""
        text, intent = text_of(tracker), intent_of(tracker)
        words = fold(text)
        if named := [slot for slot, names in _NAMED.items() if any(name in words for name in names)]:
            return {named[0]: None} if len(words.split()) <= 6 and not any(c.isdigit() for c in words) else None
        if is_correction(text) and len(words.split()) > 2 and any(c.isalnum() for c in words):
            return None
        match yes_or_no(words, intent):
            case "yes":
                return {"address_confirmed": True}
            case "no":
                return {"address_confirmed": None, "address_key": CHANGING}
        return None

    @staticmethod
    def _does_not_fit(ports: Ports, tracker: Tracker, say: CollectingDispatcher, asked: str, text: str, intent: str) -> dict[str, Any]:
        """Say why a short answer does not fit; anything else is taken for a question on the side."""
        if not looks_like_an_answer(text, tracker, intent):
            return {}
        extra: dict[str, Any] = {"slots": dict(tracker.slots)}
        name = {"address_street": "address_street_unclear", "address_postal_code": "address_postal_code_unknown",
                "address_town": "address_town_unknown", "address_from_on": "address_date_unclear"}[asked]
        if asked == "address_town":
            extra["suggestions"] = " ou ".join(spoken_town(town.name) for town in suggest_towns(text, tracker.get_slot("address_postal_code"), 3))
        say_phrase(say, ports.phrase(name, **extra), topic="adresse_changer")
        return {asked: None}


def looks_like_an_answer(text: str, tracker: Tracker, intent: str) -> bool:
    """Short, no question, and not clearly a topic of its own."""
    confidence = float((tracker.latest_message.get("intent") or {}).get("confidence") or 0)
    is_topic = intent not in ("adresse_changer", "nlu_fallback", "affirm", "deny", "hors_perimetre", "") and confidence >= 0.5
    return len(text.split()) <= 6 and "?" not in text and not is_topic


def _one_back(asked: str | None) -> dict[str, Any]:
    order = [*GIVEN, "address_confirmed"]
    place = order.index(asked) if asked in order else 0
    return {order[max(0, place - 1)]: None}


def fit(parts: Parts, slots: dict[str, Any]) -> dict[str, Any]:
    """Turn what was read into slots; a new postal code takes back a town that is not under it. Pure."""
    found: dict[str, Any] = {slot: getattr(parts, name) for name, slot in FIELDS.items() if getattr(parts, name)}
    if isinstance(found.get("address_from_on"), date):
        found["address_from_on"] = found["address_from_on"].isoformat()
    code = found.get("address_postal_code")
    if code and "address_town" not in found:
        names = sorted({spoken_town(town.name) for town in towns_of(code)})
        if slots.get("address_town") not in names:
            found["address_town"] = names[0] if len(names) == 1 else None
    return found


class ActionAskAddressConfirmed(BotAction):
    """Show the summary; the key made here is the one the act will use, whichever device confirms."""

    async def answer(self, ports: Ports, tracker: Tracker, say: CollectingDispatcher) -> Events:
        """See BotAction."""
        if tracker.get_slot("address_key") == CHANGING:
            say_phrase(say, ports.phrase("address_what_to_change"), topic="adresse_changer")
            return [SlotSet("address_key", None)]
        key = act_key(ports, tracker.slots)
        fields = [{"name": slot, "label": LABELS[slot], "value": shown(slot, tracker.get_slot(slot))} for slot in GIVEN]
        lines = "\n".join(f"- {field['label']} : {field['value']}" for field in fields)
        card = {"card": "summary", "text": typography(f"Voici ce que je vais enregistrer :\n\n{lines}\n\nEst-ce exact ?"),
                "data": {"title": "Votre nouvelle adresse", "fields": fields}}
        buttons = (Button("Confirmer", payload="/affirm"), Button("Corriger", payload="/deny"), Button("Annuler", payload="/cancel"))
        say_card(say, card, buttons, topic="adresse_changer")
        return [SlotSet("address_key", key)]


def act_key(ports: Ports, slots: dict[str, Any]) -> str:
    """Give the idempotency key of this summary: the conversation, the entry that led to it, and what it holds."""
    content = json.dumps([slots.get(slot) for slot in GIVEN], ensure_ascii=False)
    seed = f"{ports.context.conversation_id}|{ports.context.number}|change_address|{content}"
    return "a_" + hashlib.sha256(seed.encode()).hexdigest()[:32]


def shown(slot: str, value: str) -> str:
    """Give a value as a person reads it."""
    return day(date.fromisoformat(value)) if slot == "address_from_on" else value


class ActionChangeAddress(BotAction):
    """Do what the summary said, once; the result is told by the act's own entry, whoever holds the floor."""

    async def answer(self, ports: Ports, tracker: Tracker, say: CollectingDispatcher) -> Events:
        """See BotAction."""
        done: Events = [SlotSet(slot, None) for slot in SLOTS]
        if not tracker.get_slot("address_confirmed") or ports.acts is None:
            return done
        if ports.context.level == 0:
            say_phrase(say, ports.phrase("address_sign_in"), topic="adresse_changer")
            return [SlotSet("address_confirmed", None), SlotSet("waiting_request", "adresse_changer")]
        line1, line2 = lines_of(str(tracker.get_slot("address_street"))) or (str(tracker.get_slot("address_street")), None)
        outcome = await ports.acts.perform("change_address", str(tracker.get_slot("address_key")), {
            "line1": line1, "line2": line2, "postal_code": tracker.get_slot("address_postal_code"),
            "town": tracker.get_slot("address_town"), "from_on": tracker.get_slot("address_from_on")})
        phrase = {"done": "address_proof", "refused": "address_refused", "pending": "address_pending"}[outcome.status]
        if outcome.status != "refused":
            say_phrase(say, ports.phrase(phrase), topic="adresse_changer")
        return done
