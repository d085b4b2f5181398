"""Who may answer: one at a time, on SQLite and on PostgreSQL."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from journal.entries import Conversation, Holder, Kind, Mode
from journal.floor import AlreadyTaken, NotWaiting
from journal.journal import Journal
from journal.record import HeldBy
from kernel.clock import SetClock
from kernel.errors import StaleFloor
from tests.conftest import NOON
from tests.makers import asked_for_a_person, replied, said, taken_by

DUE = {"due_at": NOON + timedelta(days=2), "due_on": (NOON + timedelta(days=2)).date()}


@pytest.fixture
async def conversation(journal: Journal) -> Conversation:
    """A conversation in which the member has said something."""
    opened = await journal.open_conversation()
    await journal.append(opened.id, said())
    return opened


async def test_asking_for_a_person_moves_the_floor_in_the_same_step(journal: Journal, conversation: Conversation) -> None:
    """The button works with every worker dead: no process has to pick the request up."""
    entry = await journal.request_handoff(conversation.id, asked_for_a_person())

    moved = await journal.conversation(conversation.id)
    assert entry is not None
    assert (moved.floor.holder, moved.floor.fencing, moved.floor.since) == (Holder.DESK, 2, entry.number)
    assert [waiting.id for waiting in await journal.waiting("live")] == [conversation.id]


async def test_asking_twice_asks_once_and_keeps_the_higher_priority(journal: Journal, conversation: Conversation) -> None:
    """A member who clicks again keeps his place; a danger seen while he waits moves him up."""
    await journal.request_handoff(conversation.id, asked_for_a_person())

    assert await journal.request_handoff(conversation.id, asked_for_a_person(), priority=9) is None
    assert await journal.request_handoff(conversation.id, asked_for_a_person(), priority=1) is None
    assert (await journal.conversation(conversation.id)).priority == 9


async def test_one_of_ten_advisors_takes_it(journal: Journal, conversation: Conversation) -> None:
    """Two advisors answering the same person is the mistake a desk exists to prevent."""
    await journal.request_handoff(conversation.id, asked_for_a_person())
    takes = await asyncio.gather(
        *(journal.take(conversation.id, advisor_id=f"a_{n}", advisor_name=f"A{n}") for n in range(10)), return_exceptions=True)

    winners = [one for one in takes if isinstance(one, Conversation)]
    assert len(winners) == 1
    assert sum(isinstance(one, AlreadyTaken) for one in takes) == 9
    assert (await journal.conversation(conversation.id)).floor.advisor_id == winners[0].floor.advisor_id


async def test_taking_ones_own_twice_is_fine(journal: Journal, conversation: Conversation) -> None:
    """A double click is not an error, and changes no number."""
    first = await taken_by(journal, conversation.id)
    again = await journal.take(conversation.id, advisor_id="a_camille", advisor_name="Camille")

    assert again.floor.fencing == first.fencing


async def test_nobody_takes_what_does_not_wait(journal: Journal, conversation: Conversation) -> None:
    """An advisor does not break into a conversation with the assistant."""
    with pytest.raises(NotWaiting):
        await journal.take(conversation.id, advisor_id="a_camille", advisor_name="Camille")


async def test_a_reply_with_an_old_number_is_refused(journal: Journal, conversation: Conversation) -> None:
    """A reply typed before a transfer must not appear after a colleague's."""
    old = await taken_by(journal, conversation.id, "a_camille")
    await journal.transfer(conversation.id, old, queue="complaints")
    await journal.take(conversation.id, advisor_id="a_nadia", advisor_name="Nadia")

    with pytest.raises(StaleFloor):
        await journal.append(conversation.id, replied(), held_by=old)


async def test_the_same_advisor_with_an_old_number_is_refused_too(journal: Journal, conversation: Conversation) -> None:
    """He took it again in another tab: the reply of the forgotten tab was written to another situation."""
    old = await taken_by(journal, conversation.id)
    await journal.transfer(conversation.id, old, queue="live")
    await journal.take(conversation.id, advisor_id="a_camille", advisor_name="Camille")

    with pytest.raises(StaleFloor):
        await journal.append(conversation.id, replied(), held_by=old)


async def test_a_colleague_cannot_borrow_the_number(journal: Journal, conversation: Conversation) -> None:
    """The number is not a secret: it counts only with the advisor it was given to."""
    held_by = await taken_by(journal, conversation.id, "a_camille")
    stolen = HeldBy(Holder.ADVISOR, held_by.fencing, "a_nadia")

    for move in (journal.append(conversation.id, replied(advisor_id="a_nadia"), held_by=stolen),
                 journal.close(conversation.id, stolen), journal.give_back(conversation.id, stolen),
                 journal.transfer(conversation.id, stolen, queue="live")):
        with pytest.raises(StaleFloor):
            await move


async def test_giving_back_lets_the_assistant_resume(journal: Journal, conversation: Conversation) -> None:
    """The assistant goes on by itself, knowing what the advisor summed up, which the member does not see."""
    held_by = await taken_by(journal, conversation.id)
    entry = await journal.give_back(conversation.id, held_by, summary="Adresse vérifiée.")

    assert entry.starts_turn
    assert entry.body is not None
    assert entry.body["_summary"] == "Adresse vérifiée."
    assert (await journal.conversation(conversation.id)).floor.holder is Holder.ASSISTANT


async def test_a_waiting_member_may_go_back_to_the_assistant(journal: Journal, conversation: Conversation) -> None:
    """Waiting is his decision; once an advisor talks, it is no longer his alone."""
    await journal.request_handoff(conversation.id, asked_for_a_person())
    await journal.back_to_assistant(conversation.id)

    assert (await journal.conversation(conversation.id)).floor.holder is Holder.ASSISTANT
    with pytest.raises(NotWaiting):
        await journal.back_to_assistant(conversation.id)


async def test_a_written_request_carries_its_promise(journal: Journal, conversation: Conversation) -> None:
    """The due date is computed once, stored, and told to both sides by the same entry."""
    entries = await journal.to_written(conversation.id, **DUE, subject="Ma facture")

    written = await journal.conversation(conversation.id)
    assert [entry.kind for entry in entries] == [Kind.MODE_CHANGED, Kind.PROMISE]
    assert (written.mode, written.due_at, written.due_on) == (Mode.WRITTEN, DUE["due_at"], DUE["due_on"])
    assert (written.subject, written.queue, written.floor.holder) == ("Ma facture", "written", Holder.DESK)
    assert await journal.to_written(conversation.id, **DUE) == []


async def test_an_advisor_who_lost_the_floor_cannot_convert(journal: Journal, conversation: Conversation) -> None:
    """A button pressed on an old page does nothing."""
    old = await taken_by(journal, conversation.id)
    await journal.transfer(conversation.id, old, queue="live")

    with pytest.raises(StaleFloor):
        await journal.to_written(conversation.id, **DUE, by=old)


async def test_a_written_request_is_not_taken_back_by_the_assistant(journal: Journal, conversation: Conversation) -> None:
    """A promise of a written answer is kept by a person."""
    await journal.to_written(conversation.id, **DUE)

    with pytest.raises(NotWaiting):
        await journal.back_to_assistant(conversation.id)


async def test_closing_ends_the_promise_and_leaves_every_queue(journal: Journal, conversation: Conversation) -> None:
    """A closed conversation alarms nobody."""
    await journal.to_written(conversation.id, **DUE)
    taken = await journal.take(conversation.id, advisor_id="a_camille", advisor_name="Camille")
    await journal.close(conversation.id, HeldBy(Holder.ADVISOR, taken.floor.fencing, "a_camille"), topic="facture")

    closed = await journal.conversation(conversation.id)
    assert (closed.is_closed, closed.due_at, closed.queue, closed.topics) == (True, None, None, ("facture",))
    assert await journal.waiting() == await journal.held_by_advisors() == []
    assert [one.id for one in await journal.recently_closed()] == [conversation.id]


async def test_a_closed_written_request_reopens_at_the_desk(journal: Journal, conversation: Conversation) -> None:
    """The member who answers a letter expects a person, not the assistant."""
    await journal.to_written(conversation.id, **DUE)
    taken = await journal.take(conversation.id, advisor_id="a_camille", advisor_name="Camille")
    await journal.close(conversation.id, HeldBy(Holder.ADVISOR, taken.floor.fencing, "a_camille"))
    await journal.append(conversation.id, said("Il manque une page."))

    assert [one.id for one in await journal.waiting("written")] == [conversation.id]


async def test_a_reopened_written_request_gets_a_promise_of_its_own(journal: Journal, conversation: Conversation) -> None:
    """The first promise was kept and closed; the new question needs a new date."""
    await journal.to_written(conversation.id, **DUE)
    taken = await journal.take(conversation.id, advisor_id="a_camille", advisor_name="Camille")
    await journal.close(conversation.id, HeldBy(Holder.ADVISOR, taken.floor.fencing, "a_camille"))
    await journal.append(conversation.id, said("Il manque une page."))

    assert [entry.kind for entry in await journal.to_written(conversation.id, **DUE)] == [Kind.MODE_CHANGED, Kind.PROMISE]


async def test_who_waits_is_served_by_priority_then_by_wait(
        journal: Journal, conversation: Conversation, clock: SetClock) -> None:
    """Danger first, then the longest wait: the order an advisor can defend."""
    ids = []
    for priority in (0, 5, 0):
        clock.advance(timedelta(minutes=1))
        opened = await journal.open_conversation()
        await journal.request_handoff(opened.id, asked_for_a_person(), priority=priority)
        ids.append(opened.id)

    assert [one.id for one in await journal.waiting()] == [ids[1], ids[0], ids[2]]


async def test_urgency_is_raised_whoever_holds_the_floor(journal: Journal, conversation: Conversation) -> None:
    """A danger written to an advisor still shows on every screen; it is never lowered by accident."""
    await taken_by(journal, conversation.id)
    await journal.raise_priority(conversation.id, 9, "urgent")
    await journal.raise_priority(conversation.id, 1)

    raised = await journal.conversation(conversation.id)
    assert (raised.priority, raised.queue, raised.floor.holder) == (9, "urgent", Holder.ADVISOR)
