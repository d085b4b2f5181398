"""What a member's screen shows besides the entries."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from connectors.core.states import Place, is_waiting, listed, says_more, state_of
from journal.entries import Floor, Holder, Identity, Mode

from .makers import NOON, PAST, SOON, a_conversation


def state(conversation, place=None, *, is_typing=False, assistant="ready"):
    """Give the state at noon."""
    return state_of(conversation, NOON, place=place, is_typing=is_typing, assistant=assistant)


def test_the_state_has_the_fields_the_document_lists():
    """The widget is written against it."""
    assert set(state(a_conversation())) == {
        "mode", "is_closed", "floor", "speaker", "level", "last_number", "typing", "due_on", "queue", "assistant"}


def test_an_expired_level_is_zero():
    """By itself, with nobody writing anything."""
    assert state(a_conversation(identity=Identity(1, "m1", SOON)))["level"] == 1
    assert state(a_conversation(identity=Identity(2, "m1", PAST)))["level"] == 0


def test_the_place_and_the_range_are_told_together():
    """Or the place alone."""
    assert state(a_conversation(), Place(2, (60, 180)))["queue"] == {"position": 2, "wait_s": [60, 180]}
    assert state(a_conversation(), Place(2, None))["queue"] == {"position": 2, "wait_s": None}


@pytest.mark.parametrize(("changes", "waits"), [
    ({"holder": Holder.DESK}, True), ({}, False), ({"holder": Holder.DESK, "mode": Mode.WRITTEN}, False),
    ({"holder": Holder.DESK, "is_closed": True}, False), ({"holder": Holder.ADVISOR}, False),
])
def test_only_a_live_conversation_in_the_waiting_room_waits(changes, waits):
    """A written request has a date, not a place."""
    assert is_waiting(a_conversation(**changes)) is waits


def test_a_new_entry_or_a_typing_sign_is_not_worth_a_state_of_its_own():
    """Other frames tell them."""
    before = state(a_conversation())

    assert says_more(before, None)
    assert not says_more(state(a_conversation(last_number=9), is_typing=True), before)
    assert says_more(state(a_conversation(holder=Holder.DESK)), before)


def test_a_listed_conversation_says_what_it_is_about():
    """With its date when one was promised."""
    conversation = replace(
        a_conversation(mode=Mode.WRITTEN, subject="Ma carte", due_on=date(2026, 11, 25)), floor=Floor(Holder.DESK, 2, 3, NOON))

    assert listed(conversation) == {
        "id": "c_1", "mode": "written", "is_closed": False, "floor": "desk", "subject": "Ma carte", "due_on": "2026-11-25",
        "updated_at": NOON.isoformat(), "last_number": 1}
    assert listed(a_conversation())["due_on"] is None
