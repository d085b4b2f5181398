"""Serving the next of several requests."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import ActionExecuted, SlotSet, UserUttered
from rasa_sdk.executor import CollectingDispatcher

from bot.actions.base import BotAction
from bot.actions.ports import Ports
from bot.actions.queue import SLOT, titles
from bot.actions.turn import LISTEN, Events, say_phrase


class ActionNextRequest(BotAction):
    """Say which request comes now, and let the dialogue go on as if it had just been written."""

    async def answer(self, ports: Ports, tracker: Tracker, say: CollectingDispatcher) -> Events:
        """See BotAction."""
        first, *rest = tracker.get_slot(SLOT) or [None]
        if first is None:
            return []
        say_phrase(say, ports.phrase("next_request", titles=titles([first])), topic=first["topic"])
        parsed = {"intent": {"name": first["topic"], "confidence": first["confidence"]}, "entities": [], "text": first["text"]}
        return [SlotSet(SLOT, rest or None), ActionExecuted(LISTEN), UserUttered(first["text"], parsed)]
