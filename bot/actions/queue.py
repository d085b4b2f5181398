"""
Several requests in one message: the first is served, the others wait in a slot, each is served when the one before it
is done. A form in between, a digression or a correction does not make them forgotten; an advisor is told of them.
"""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot.actions.ports import Ports
from bot.actions.turn import Events, intent_of, just_said, say_phrase, text_of
from bot.nlu.requests import ENTITY
from bot.phrasing.phrasebook import topics

SLOT = "next_requests"
SERVES = "action_next_request"


def after(action: str, ports: Ports, tracker: Tracker, say: CollectingDispatcher, events: Events) -> Events:
    """
    Give what follows *action*, which gave *events*: the next request when nothing else is under way.

    A request for a person takes the others along: the advisor reads them, and they are not served a second time.
    """
    known = tracker.get_slot(SLOT) or []
    new = _new_requests(tracker, known) if just_said(tracker, action) else []
    waiting = [*known, *new]
    if action == SERVES or not waiting:
        return []
    if handoff := next((said["custom"]["handoff"] for said in say.messages if (said.get("custom") or {}).get("handoff")), None):
        handoff["also"] = [one["topic"] for one in waiting]
        return [SlotSet(SLOT, None)]
    if _goes_on(tracker, events):
        if new:
            say_phrase(say, ports.phrase("requests_noted", titles=titles(new)))
        return [SlotSet(SLOT, waiting)]
    return [SlotSet(SLOT, waiting), FollowupAction(SERVES)]


def note(ports: Ports, tracker: Tracker, say: CollectingDispatcher, topic: str) -> Events:
    """Let *topic*, asked for in the middle of something else, wait for its turn, and say so."""
    known = [one for one in tracker.get_slot(SLOT) or [] if one["topic"] != topic]
    request = {"topic": topic, "text": text_of(tracker), "confidence": 1.0}
    tracker.slots[SLOT] = waiting = [*known, request]  # `after` reads it in this very action
    say_phrase(say, ports.phrase("requests_noted", titles=titles([request])), topic=topic)
    return [SlotSet(SLOT, waiting)]


def _new_requests(tracker: Tracker, known: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give the other requests of the latest message, but those that wait already."""
    served = {intent_of(tracker), *(one["topic"] for one in known)}
    found = [entity for entity in tracker.latest_message.get("entities") or () if entity.get("entity") == ENTITY]
    return [{"topic": one["value"], "text": one["text"], "confidence": one["confidence"]} for one in found if one["value"] not in served]


def _goes_on(tracker: Tracker, events: Events) -> bool:
    """Whether a form is open or opening: its questions come first."""
    if any(event["event"] == "followup" for event in events):
        return True
    closes = any(event["event"] == "active_loop" and event["name"] is None for event in events)
    return bool(tracker.active_loop_name) and not closes


def titles(requests: list[dict[str, Any]]) -> list[str]:
    """Give what people call the topics of *requests*."""
    known = topics()
    return [known[one["topic"]].title for one in requests]
