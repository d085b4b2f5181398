"""A turn answers one entry, in order, exactly once, on SQLite and on PostgreSQL."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from journal.entries import AuthorKind, Conversation, Holder, Identity, Kind
from journal.journal import Journal
from journal.turns import CLAIM_LASTS, TRIES
from kernel.clock import SetClock
from kernel.errors import StaleTurn
from tests.makers import answer_next, answered, asked_for_a_person, said, taken_by, told


@pytest.fixture
async def conversation(journal: Journal) -> Conversation:
    """A conversation in which the member has asked something."""
    opened = await journal.open_conversation()
    await journal.append(opened.id, said("première question"))
    return opened


async def test_a_turn_writes_answer_snapshot_and_position_together(journal: Journal, conversation: Conversation) -> None:
    """Answered but not remembered, or remembered but not answered, would both show to the member."""
    turn = await journal.claim_turn("w1")
    assert turn is not None
    await journal.commit_turn(turn, [answered("Voici.")], '{"slots": {}}', topics=["remboursement"])
    await journal.append(conversation.id, said("seconde question"))

    following = await journal.claim_turn("w1")
    assert following is not None
    assert following.dialogue == '{"slots": {}}'
    assert (following.conversation.position, following.entry.number) == (1, 3)
    assert following.conversation.topics == ("remboursement",)


async def test_entries_are_answered_in_order_one_at_a_time(journal: Journal, conversation: Conversation) -> None:
    """Three messages sent in a row are three turns; the second waits for the first."""
    await journal.append(conversation.id, said("deuxième"))
    first = await journal.claim_turn("w1")

    assert first is not None
    assert first.entry.number == 1
    assert await journal.claim_turn("w2") is None
    await journal.commit_turn(first, [answered()], None)
    second = await journal.claim_turn("w2")
    assert second is not None
    assert second.entry.number == 2


async def test_ten_workers_claim_ten_conversations_once_each(journal: Journal) -> None:
    """Workers share the load without meeting, and nothing is answered twice."""
    for n in range(10):
        opened = await journal.open_conversation()
        await journal.append(opened.id, said(str(n)))
    turns = await asyncio.gather(*(journal.claim_turn(f"w{n}") for n in range(10)))
    turns += [turn for _ in range(10) if (turn := await journal.claim_turn("last"))]  # those who met a locked row

    claimed = [turn.conversation.id for turn in turns if turn]
    assert len(claimed) == len(set(claimed)) == 10


async def test_a_claim_expires_and_the_late_worker_writes_nothing(
        journal: Journal, conversation: Conversation, clock: SetClock) -> None:
    """A worker that froze and wakes up must not answer a second time."""
    late = await journal.claim_turn("w1")
    assert late is not None
    clock.advance(CLAIM_LASTS)
    await answer_next(journal, worker="w2")

    with pytest.raises(StaleTurn):
        await journal.commit_turn(late, [answered("trop tard")], "{}")
    assert [entry.author for entry in await journal.read(conversation.id)] == [AuthorKind.MEMBER, AuthorKind.ASSISTANT]


async def test_the_same_worker_cannot_commit_its_own_expired_claim(
        journal: Journal, conversation: Conversation, clock: SetClock) -> None:
    """The claim is told by its attempt, not by the worker's name."""
    first = await journal.claim_turn("w1")
    clock.advance(CLAIM_LASTS)
    await journal.claim_turn("w1")

    assert first is not None
    with pytest.raises(StaleTurn):
        await journal.commit_turn(first, [answered()], None)


async def test_a_turn_is_not_committed_twice(journal: Journal, conversation: Conversation) -> None:
    """A worker that lost the answer of its own commit and tries again changes nothing."""
    turn = await journal.claim_turn("w1")
    assert turn is not None
    await journal.commit_turn(turn, [answered()], None)

    with pytest.raises(StaleTurn):
        await journal.commit_turn(turn, [answered()], None)


async def test_after_three_failed_tries_the_fourth_knows_it(journal: Journal, conversation: Conversation) -> None:
    """A message that breaks the assistant ends with an apology, not with silence or a loop."""
    for attempt in range(1, TRIES + 1):
        turn = await journal.claim_turn("w1")
        assert turn is not None
        assert (turn.attempt, turn.is_last_chance_gone) == (attempt, False)
        await journal.give_up_turn(turn)
    last = await journal.claim_turn("w1")

    assert last is not None
    assert last.is_last_chance_gone
    await journal.commit_turn(last, [answered("Je suis désolé.")], None)
    assert await journal.claim_turn("w1") is None


async def test_tries_are_counted_anew_for_the_next_entry(journal: Journal, conversation: Conversation) -> None:
    """One bad message must not cost the next one its tries."""
    await journal.append(conversation.id, said("suivante"))
    turn = await journal.claim_turn("w1")
    assert turn is not None
    await journal.give_up_turn(turn)
    await answer_next(journal)

    following = await journal.claim_turn("w1")
    assert following is not None
    assert following.attempt == 1


async def test_a_stale_answer_is_refused_and_counted(journal: Journal, conversation: Conversation) -> None:
    """The advisor took over while the assistant was thinking: its answer never follows the advisor's."""
    turn = await journal.claim_turn("w1")
    await taken_by(journal, conversation.id)

    assert turn is not None
    done = await journal.commit_turn(turn, [answered("un"), answered("deux"), told("Le 15.")], '{"new": 1}')
    assert (done.refused, [entry.kind for entry in done.entries]) == (2, [Kind.SAFETY])
    assert AuthorKind.ASSISTANT not in {entry.author for entry in await journal.read(conversation.id)}
    assert await journal.turns_waiting() == 0


async def test_a_stale_turn_does_not_ask_for_a_person(journal: Journal, conversation: Conversation) -> None:
    """The member went to a person and came back meanwhile: an old wish of the assistant does not send him again."""
    turn = await journal.claim_turn("w1")
    await journal.request_handoff(conversation.id, asked_for_a_person())
    await journal.back_to_assistant(conversation.id)

    assert turn is not None
    done = await journal.commit_turn(turn, [], None, handoff=asked_for_a_person(AuthorKind.ASSISTANT))
    assert done.refused == 1
    assert (await journal.conversation(conversation.id)).floor.holder is Holder.ASSISTANT


async def test_a_danger_asks_for_a_person_even_from_a_stale_turn(journal: Journal, conversation: Conversation) -> None:
    """Safety stands outside the floor."""
    turn = await journal.claim_turn("w1")
    await journal.request_handoff(conversation.id, asked_for_a_person())
    await journal.back_to_assistant(conversation.id)

    assert turn is not None
    await journal.commit_turn(turn, [told()], None, handoff=asked_for_a_person(AuthorKind.SYSTEM), queue="urgent", priority=9)
    assert [one.id for one in await journal.waiting("urgent")] == [conversation.id]


async def test_a_turn_may_answer_then_ask_for_a_person(journal: Journal, conversation: Conversation) -> None:
    """« Je vous mets en relation » and the handoff are one step: never the words without the deed."""
    turn = await journal.claim_turn("w1")
    assert turn is not None
    await journal.commit_turn(turn, [answered("Je vous mets en relation.")], None, handoff=asked_for_a_person(AuthorKind.ASSISTANT))

    kinds = [entry.kind for entry in await journal.read(conversation.id)]
    assert kinds == [Kind.TEXT, Kind.TEXT, Kind.HANDOFF_REQUESTED]
    assert len(await journal.waiting()) == 1


async def test_a_message_to_an_advisor_is_watched_but_not_answered(journal: Journal, conversation: Conversation) -> None:
    """The worker still reads it for danger; it has no floor to answer."""
    await answer_next(journal)
    await taken_by(journal, conversation.id)
    await journal.append(conversation.id, said("je vais mal"))

    turn = await journal.claim_turn("w1")
    assert turn is not None
    assert not turn.has_floor


async def test_what_was_said_to_an_advisor_is_not_answered_after_he_gives_back(
        journal: Journal, conversation: Conversation) -> None:
    """The advisor dealt with it; the assistant answers what comes from the giving back on."""
    await answer_next(journal)
    held_by = await taken_by(journal, conversation.id)
    await journal.append(conversation.id, said("pour l'advisor"))
    await journal.give_back(conversation.id, held_by)

    old = await journal.claim_turn("w1")
    assert old is not None
    assert not old.has_floor
    await journal.commit_turn(old, [], None)
    resumed = await journal.claim_turn("w1")
    assert resumed is not None
    assert (resumed.entry.kind, resumed.has_floor) == (Kind.FLOOR_CHANGED, True)


async def test_the_oldest_waiting_entry_is_claimed_first(journal: Journal, clock: SetClock) -> None:
    """Nobody waits because somebody else writes more."""
    opened = []
    for _ in range(3):
        clock.advance(timedelta(seconds=1))
        conversation = await journal.open_conversation()
        await journal.append(conversation.id, said())
        opened.append(conversation.id)

    claimed = [turn.conversation.id for _ in range(3) if (turn := await journal.claim_turn("w1"))]
    assert claimed == opened


async def test_proving_ones_identity_starts_a_turn_and_signing_out_does_not(journal: Journal) -> None:
    """A request waiting for the proof resumes by itself; leaving asks nothing."""
    conversation = await journal.open_conversation()
    proven = await journal.set_identity(conversation.id, Identity(1, "demo-1", None), how="sign_in")
    left = await journal.set_identity(conversation.id, Identity(0, "demo-1", None), how="sign_out")

    assert proven is not None
    assert left is not None
    assert (proven.starts_turn, left.starts_turn) == (True, False)


async def test_nothing_waits_when_everything_is_answered(journal: Journal, conversation: Conversation) -> None:
    """Workers rest."""
    assert await journal.turns_waiting() == 1
    await answer_next(journal)

    assert await journal.turns_waiting() == 0
    assert await journal.claim_turn("w1") is None
