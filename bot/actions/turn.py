"""What an action reads of the latest message and how it speaks: small words of Rasa's, said once."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from bot.phrasing.phrasebook import Button, Phrase

Events = list[EventType]
LISTEN = "action_listen"


def as_rasa_buttons(buttons: tuple[Button, ...]) -> list[dict[str, str]]:
    """Give quick answers in Rasa's shape; `act` tells our clients what to do by themselves."""
    return [{"title": one.title, "payload": one.rasa_payload} | ({"act": one.act} if one.act else {}) for one in buttons]


def say_phrase(say: CollectingDispatcher, phrase: Phrase, *, topic: str | None = None, handoff: dict[str, Any] | None = None,
               buttons: tuple[Button, ...] | None = None) -> None:
    """Utter *phrase*; *handoff* asks the worker to give the floor to the desk after it."""
    custom = {"topic": topic or phrase.name} | ({"handoff": handoff} if handoff else {})
    offered = phrase.buttons if buttons is None else buttons
    say.utter_message(text=phrase.text, buttons=as_rasa_buttons(offered), json_message=custom)


def say_card(say: CollectingDispatcher, card: dict[str, Any], buttons: tuple[Button, ...] = (), *, topic: str) -> None:
    """Utter a card (docs/entries.md): its plain twin as text, its data for the renderers."""
    custom = {"card": card["card"], "data": card["data"], "topic": topic}
    say.utter_message(text=str(card["text"]), buttons=as_rasa_buttons(buttons), json_message=custom)


def slots_of(tracker: Tracker) -> dict[str, Any]:
    """Give the slots, for the sentences that quote what the member gave."""
    return dict(tracker.slots)


def intent_of(tracker: Tracker) -> str:
    """Give the latest message's topic."""
    return str((tracker.latest_message.get("intent") or {}).get("name") or "")


def text_of(tracker: Tracker) -> str:
    """Give the latest message's words."""
    return str(tracker.latest_message.get("text") or "")


def just_said(tracker: Tracker, form: str) -> bool:
    """Say whether nothing but *form* has run since the member's message, which is then still to be read."""
    for event in reversed(tracker.events):
        if event["event"] == "user":
            return True
        if event["event"] == "action" and event["name"] not in (form, LISTEN):
            return False
    return True
