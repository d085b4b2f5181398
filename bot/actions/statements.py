"""Words of the statement (topic `decompte_sigles`)."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot.actions.base import BotAction
from bot.actions.ports import Ports
from bot.actions.turn import Events, say_card, say_phrase, text_of
from bot.phrasing.acronyms import Term, card, example_card, find_terms, fold
from bot.phrasing.phrasebook import Button

EXAMPLE = Button("Voir un exemple chiffré", payload='/decompte_sigles{"wants": "example"}')
PERSON = Button("Parler à un conseiller", act="handoff")


def explain_terms(say: CollectingDispatcher, terms: list[Term]) -> Events:
    """Say what *terms* mean, as a card."""
    say_card(say, card(terms), (EXAMPLE, Button("Un autre mot", payload="/decompte_sigles"), PERSON), topic="decompte_sigles")
    return [SlotSet("last_topic", "decompte_sigles"), SlotSet("misunderstood", 0)]


class ActionExplainTerms(BotAction):
    """Say what the words a member asks about mean; show the worked example; or ask which word."""

    async def answer(self, ports: Ports, tracker: Tracker, say: CollectingDispatcher) -> Events:
        """See BotAction."""
        wants = next(tracker.get_latest_entity_values("wants"), None)
        words = text_of(tracker)
        if wants == "example" or "exemple" in fold(words):
            say_card(say, example_card(), (Button("Un autre mot", payload="/decompte_sigles"), PERSON), topic="decompte_sigles")
        elif terms := find_terms(words):
            return explain_terms(say, terms)
        else:
            say_phrase(say, ports.phrase("decompte_sigles"), topic="decompte_sigles")
        return [SlotSet("last_topic", "decompte_sigles"), SlotSet("misunderstood", 0)]
