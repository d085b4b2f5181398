"""What follows the act of a service: another slot after a refusal, a person in priority, a wait told as it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.actions.ports import ActOutcome, Context, Ports, phrasebook
from bot.actions.service_form import ANSWER, CONFIRMED, STATE, ActionFinishService

SLOT = {"id": "phone.20261126T0900", "label": "jeudi 26 novembre à 9 h 00"}
APPOINTMENT = {"id": "appointment", "asked": None, "options": [], "key": "s_1234567890",
               "given": {"way": "phone", "subject": "Mes garanties", "day": "2026-11-26", "slot": SLOT}}
DANGER = {"id": "protect", "asked": None, "options": [], "key": None, "given": {"danger": "takeover"}}


@dataclass
class Insurer:
    """Ends every act in the same way."""

    outcome: ActOutcome
    asked: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    async def perform(self, kind: str, key: str, request: dict[str, Any]) -> ActOutcome:
        """Do as told."""
        self.asked.append((kind, request))
        return self.outcome

    async def was_begun(self, key: str) -> bool:
        """Nothing was."""
        return False


async def finish(state: dict[str, Any], outcome: ActOutcome, desk: str = "open") -> tuple[dict[str, Any], list[Any], CollectingDispatcher]:
    """Finish the service of *state*; give the slots it sets, what follows, what is said."""
    context = Context(datetime(2026, 11, 23, 11, tzinfo=UTC), member_id="demo-1", level=1, desk=desk)
    tracker = Tracker("c", {STATE: state, ANSWER: True, CONFIRMED: True}, {}, [], False, None, {}, "action_listen")
    say = CollectingDispatcher()
    events = await ActionFinishService().answer(Ports(context, phrasebook(), Insurer(outcome)), tracker, say)
    slots = {event["name"]: event["value"] for event in events if event["event"] == "slot"}
    return slots, [event["name"] for event in events if event["event"] == "followup"], say


async def test_a_slot_that_was_taken_is_chosen_again() -> None:
    """The way, the subject and the day are not asked twice."""
    slots, follows, _ = await finish(APPOINTMENT, ActOutcome("refused", "slot_taken"))

    assert follows == ["service_form"]
    assert slots[STATE]["given"] == {"way": "phone", "subject": "Mes garanties", "day": "2026-11-26"}
    assert slots[STATE]["key"] is None
    assert (slots[ANSWER], slots[CONFIRMED]) == (None, None)


async def test_another_refusal_ends_it() -> None:
    """Its sentence, told by the act's entry, gives the way to a person."""
    slots, follows, say = await finish(APPOINTMENT, ActOutcome("refused", "forbidden"))

    assert (slots[STATE], follows, say.messages) == (None, [], [])


async def test_a_protected_account_goes_to_a_person_first() -> None:
    """The urgent queue, when somebody is there; a dated written answer otherwise."""
    _, _, open_desk = await finish(DANGER, ActOutcome("done"))
    _, _, closed_desk = await finish(DANGER, ActOutcome("done"), desk="closed")

    assert open_desk.messages[0]["custom"]["handoff"]["queue"] == "urgent"
    assert "handoff" not in closed_desk.messages[0]["custom"]
    assert "mercredi 25 novembre 2026" in closed_desk.messages[0]["text"]


async def test_an_account_not_protected_yet_is_said_so() -> None:
    """Nobody must believe he is safe because a system is slow."""
    _, _, say = await finish(DANGER, ActOutcome("pending"))

    assert "pas encore protégé" in say.messages[0]["text"]
    assert "handoff" not in say.messages[0]["custom"]
