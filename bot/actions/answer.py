"""Answering a topic of the catalogue, and what surrounds it: not understood, say it again, a word with no form open."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot.actions.base import BotAction
from bot.actions.ports import Ports
from bot.actions.queue import note
from bot.actions.readings import readings
from bot.actions.service_form import start_service
from bot.actions.services import service_of
from bot.actions.statements import explain_terms
from bot.actions.turn import Events, intent_of, say_phrase, text_of
from bot.phrasing.acronyms import find_terms
from bot.phrasing.phrasebook import Button, topics

SUGGESTIONS = 3
NEVER_SUGGESTED = frozenset({"hors_perimetre", "insulte", "urgence_medicale", "detresse", "violences_danger", "donnees_sensibles",
                             "acces_tiers", "salutation", "remerciement_fin", "identite_bot", "mecontentement"})


def answer_topic(ports: Ports, tracker: Tracker, say: CollectingDispatcher, topic: str) -> Events:
    """Say the answer of *topic*, in other words when it comes twice in a row; remember what would need signing in."""
    unseen = topic == "donnees_sensibles" and not ports.context.masked
    phrase = ports.phrase("sensitive_not_seen" if unseen else topic, again=tracker.get_slot("last_topic") == topic)
    say_phrase(say, phrase, topic=topic)
    waits = any(button.act == "sign_in" for button in phrase.buttons)
    return [SlotSet("last_topic", topic), SlotSet("misunderstood", 0), SlotSet("waiting_request", topic if waits else None)]


async def serve_topic(ports: Ports, tracker: Tracker, say: CollectingDispatcher, topic: str) -> Events:
    """
    Deal with *topic* as far as the member's proof allows: his own file, a service, or the general answer.

    A service that is asked for in the middle of another waits its turn, and that is said.
    """
    if ports.context.level >= 1 and ports.file is not None:
        if (reading := readings().get(topic)) and await reading(ports, tracker, say, topic):
            return [SlotSet("last_topic", topic), SlotSet("misunderstood", 0), SlotSet("waiting_request", None)]
        service = service_of(topic)
        if service and (service.asks_code or service.level <= ports.context.level):
            return note(ports, tracker, say, topic) if tracker.active_loop_name else await start_service(ports, say, service)
    return answer_topic(ports, tracker, say, topic)


class ActionAnswer(BotAction):
    """Answer the topic that was understood."""

    async def answer(self, ports: Ports, tracker: Tracker, say: CollectingDispatcher) -> Events:
        """See BotAction."""
        return await serve_topic(ports, tracker, say, intent_of(tracker))


class ActionNotUnderstood(BotAction):
    """One rephrasing, then three suggestions, then a person (catalogue of topics, header)."""

    async def answer(self, ports: Ports, tracker: Tracker, say: CollectingDispatcher) -> Events:
        """See BotAction."""
        if terms := find_terms(text_of(tracker), asked=tracker.get_slot("last_topic") == "decompte_sigles"):
            return explain_terms(say, terms)
        times = int(tracker.get_slot("misunderstood") or 0)
        if times == 0:
            say_phrase(say, ports.phrase("not_understood"))
        elif times == 1 and (buttons := self._suggestions(tracker)):
            say_phrase(say, ports.phrase("suggestions"), buttons=buttons)
        else:
            say_phrase(say, ports.phrase("offer_person"))
        return [SlotSet("misunderstood", times + 1)]

    @staticmethod
    def _suggestions(tracker: Tracker) -> tuple[Button, ...]:
        ranking: list[dict[str, Any]] = tracker.latest_message.get("intent_ranking") or []
        known = topics()
        likely = [row["name"] for row in ranking if row["name"] in known and row["name"] not in NEVER_SUGGESTED]
        return tuple(Button(known[name].title, topic=name) for name in likely[:SUGGESTIONS])


class ActionRepeat(BotAction):
    """Say the last topic's answer once more."""

    async def answer(self, ports: Ports, tracker: Tracker, say: CollectingDispatcher) -> Events:
        """See BotAction."""
        topic = tracker.get_slot("last_topic")
        if topic in ports.phrasebook:
            say_phrase(say, ports.phrase(topic), topic=topic)
        else:
            say_phrase(say, ports.phrase("not_understood"))
        return []


class ActionAlone(BotAction):
    """« oui », « non », « annuler » when nothing was asked."""

    async def answer(self, ports: Ports, tracker: Tracker, say: CollectingDispatcher) -> Events:
        """See BotAction."""
        said = intent_of(tracker)
        say_phrase(say, ports.phrase("deny_alone" if said in ("deny", "cancel") else "affirm_alone"))
        return []
