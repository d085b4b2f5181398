"""Requests that wait: kept in order, served when nothing else is under way, taken along by a person."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from bot.actions.next_request import ActionNextRequest
from bot.actions.ports import Context, Ports, phrasebook
from bot.actions.queue import SERVES, SLOT, after

CARD = {"topic": "carte_tp", "text": "et ma carte", "confidence": 0.9}
HOURS = {"topic": "horaires", "text": "vos horaires", "confidence": 0.8}


@pytest.fixture
def ports() -> Ports:
    """An anonymous member at noon."""
    return Ports(Context(datetime(2026, 11, 23, 12, tzinfo=UTC)), phrasebook())


def tracker(*found: dict[str, Any], waiting: list[dict[str, Any]] | None = None, loop: str | None = None,
            ran: str | None = None) -> Tracker:
    """A conversation whose latest message holds *found*; *ran* is an action since."""
    message = {"intent": {"name": "adresse_changer"}, "text": "…", "entities": [
        {"entity": "next_request", "value": one["topic"], "text": one["text"], "confidence": one["confidence"]} for one in found]}
    events: list[dict[str, Any]] = [{"event": "user", "text": "…"}]
    if ran:
        events.append({"event": "action", "name": ran})
    return Tracker("c", {SLOT: waiting}, message, events, False, None, {"name": loop} if loop else {}, "action_listen")


def test_the_next_request_follows_an_answer(ports: Ports) -> None:
    """One answer, then the other question, without a word from the member."""
    given = after("action_answer", ports, tracker(HOURS), CollectingDispatcher(), [])

    assert [event["event"] for event in given] == ["slot", "followup"]
    assert given[0]["value"] == [HOURS]


def test_it_waits_while_a_form_opens_and_the_member_is_told(ports: Ports) -> None:
    """« J'y viens juste après » : he need not ask again."""
    say = CollectingDispatcher()

    given = after("action_start_address", ports, tracker(HOURS), say, [FollowupAction("address_form")])

    assert [event["event"] for event in given] == ["slot"]
    assert "Horaires" in say.messages[0]["text"]


def test_a_digression_in_a_form_forgets_nothing(ports: Ports) -> None:
    """The digression is answered; what waited goes on waiting, and is not announced again."""
    say = CollectingDispatcher()

    given = after("action_answer", ports, tracker(waiting=[HOURS], loop="address_form"), say, [])

    assert given == [{"event": "slot", "timestamp": None, "name": SLOT, "value": [HOURS]}]
    assert not say.messages


def test_leaving_the_form_serves_what_waited(ports: Ports) -> None:
    """« annuler » is about the form only."""
    given = after("action_leave_form", ports, tracker(waiting=[HOURS], loop="address_form"), CollectingDispatcher(), [ActiveLoop(None)])

    assert given[-1]["name"] == SERVES


def test_requests_found_during_another_wait_behind_it(ports: Ports) -> None:
    """In the order they came, none twice."""
    given = after("action_answer", ports, tracker(CARD, HOURS, waiting=[HOURS], loop="address_form"), CollectingDispatcher(), [])

    assert given[0]["value"] == [HOURS, CARD]


def test_a_message_is_read_once(ports: Ports) -> None:
    """The action after the first must not find the same requests again."""
    assert after("action_change_address", ports, tracker(HOURS, ran="action_start_address"), CollectingDispatcher(), []) == []


def test_a_person_takes_the_others_along(ports: Ports) -> None:
    """The advisor sees them; the assistant does not come back to them."""
    say = CollectingDispatcher()
    say.utter_message(text="Je vous mets en relation.", json_message={"topic": "parler_humain", "handoff": {"queue": "live"}})

    given = after("action_handoff", ports, tracker(CARD, HOURS), say, [])

    assert say.messages[0]["custom"]["handoff"]["also"] == ["carte_tp", "horaires"]
    assert given[0]["value"] is None


async def test_serving_one_speaks_for_the_member(ports: Ports) -> None:
    """The dialogue then goes on as if he had just written it."""
    say = CollectingDispatcher()

    given = await ActionNextRequest().answer(ports, tracker(waiting=[CARD, HOURS]), say)

    assert given[0]["value"] == [HOURS]
    assert given[-1]["parse_data"]["intent"]["name"] == "carte_tp"
    assert given[-1]["text"] == "et ma carte"
    assert "Carte de tiers payant" in say.messages[0]["text"]


async def test_serving_none_says_nothing(ports: Ports) -> None:
    """An empty queue is no error."""
    say = CollectingDispatcher()

    assert await ActionNextRequest().answer(ports, tracker(), say) == []
    assert not say.messages
