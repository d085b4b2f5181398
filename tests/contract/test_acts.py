"""What is changed in the insurer's system is written before, told after, and done once, in both stores."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from journal.acts import OtherRequest
from journal.entries import Conversation, Kind
from journal.journal import Journal
from kernel.clock import SetClock
from kernel.errors import NotFound
from tests.makers import an_address_change, said, taken_by

DONE = {"act": "address_change", "status": "done", "text": "Adresse modifiée."}


@pytest.fixture
async def conversation(journal: Journal) -> Conversation:
    """A conversation with one message."""
    opened = await journal.open_conversation()
    await journal.append(opened.id, said())
    return opened


async def test_an_act_is_pending_before_anything_is_changed(journal: Journal, conversation: Conversation, clock: SetClock) -> None:
    """If the process dies while calling the insurer, the sweep finds what it was doing."""
    await journal.begin_act(an_address_change(conversation))
    clock.advance(timedelta(minutes=2))

    assert [act.key for act in await journal.pending_acts(timedelta(minutes=1))] == ["act-1"]
    assert await journal.pending_acts(timedelta(minutes=3)) == []


async def test_two_devices_confirming_at_once_begin_one_act(journal: Journal, conversation: Conversation) -> None:
    """The key is made with the summary: confirming twice acts once, even in the same instant."""
    begun = await asyncio.gather(*(journal.begin_act(an_address_change(conversation)) for _ in range(8)))

    assert {act.status for act in begun} == {"pending"}
    assert len(await journal.pending_acts(timedelta(0))) == 1


async def test_a_key_used_for_another_request_is_refused(journal: Journal, conversation: Conversation) -> None:
    """The member confirmed the address he was shown, not the one that replaced it."""
    await journal.begin_act(an_address_change(conversation))

    with pytest.raises(OtherRequest):
        await journal.begin_act(an_address_change(conversation, request={"town": "Nantes"}))


async def test_a_key_of_another_conversation_is_refused(journal: Journal, conversation: Conversation) -> None:
    """Nobody replays somebody else's act."""
    await journal.begin_act(an_address_change(conversation))
    other = await journal.open_conversation()

    with pytest.raises(OtherRequest):
        await journal.begin_act(an_address_change(other))


async def test_a_result_is_told_once_and_the_first_one_stands(journal: Journal, conversation: Conversation) -> None:
    """The worker and the sweep may both finish; the member reads one result."""
    act = await journal.begin_act(an_address_change(conversation))
    told = await asyncio.gather(journal.finish_act(act, status="done", result=DONE),
                                journal.finish_act(act, status="done", result=DONE))
    late = await journal.finish_act(act, status="refused", result={"text": "autre"})

    assert told[0] == told[1] == late
    assert [entry.kind for entry in await journal.read(conversation.id)] == [Kind.TEXT, Kind.ACT_RESULT]
    assert (await journal.begin_act(act)).status == "done"


async def test_a_result_is_told_whoever_holds_the_floor(journal: Journal, conversation: Conversation) -> None:
    """The advisor took over meanwhile: what was changed is still not hidden."""
    act = await journal.begin_act(an_address_change(conversation))
    await taken_by(journal, conversation.id)

    assert (await journal.finish_act(act, status="done", result=DONE)).kind is Kind.ACT_RESULT


async def test_a_finished_act_forgets_what_was_asked(journal: Journal, conversation: Conversation) -> None:
    """The result tells what happened; the request, with its personal data, is no longer needed."""
    act = await journal.begin_act(an_address_change(conversation))
    await journal.finish_act(act, status="done", result=DONE)

    known = await journal.begin_act(act)
    assert (known.request, known.result) == (None, DONE)


async def test_an_act_that_was_never_begun_cannot_be_finished(journal: Journal, conversation: Conversation) -> None:
    """A result with no act behind it would be an invention."""
    with pytest.raises(NotFound):
        await journal.finish_act(an_address_change(conversation, key="unknown"), status="done", result=DONE)
