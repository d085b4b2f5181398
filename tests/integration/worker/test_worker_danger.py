"""Danger comes first: before the model, without the model, whoever answers, once."""

from __future__ import annotations

import asyncio

import pytest

from bot.safety import look
from journal.entries import AuthorKind, Conversation, Entry, Holder, Kind
from journal.journal import Journal
from journal.turns import CLAIM_LASTS, TRIES
from kernel.bell import MemoryBell
from kernel.clock import SetClock
from kernel.database import SqliteDatabase
from tests.integration.worker.talking import FailingDatabase, FakeTalks, a_worker, entries_of, texts
from tests.makers import answer_next, asked_for_a_person, said, taken_by

OUTRIGHT = "mon mari me frappe"
OVER = "j'ai fait un infarctus en mars, quel remboursement ?"
LEANING = "elle ne bouge plus le côté gauche depuis son réveil"


async def test_danger_is_answered_with_no_model_and_the_message_goes_on_waiting(
        record: Journal, talk: Conversation, talks: FakeTalks) -> None:
    """The model takes a minute or two to train; somebody beaten does not have them."""
    await record.append(talk.id, said(OUTRIGHT))
    await a_worker(record, None).watch.look_at_waiting()

    [answer] = await entries_of(record, talk.id)
    assert (answer.kind, answer.author) == (Kind.SAFETY, AuthorKind.SYSTEM)
    assert "17" in texts([answer])[0]
    assert await record.turns_waiting() == 1

    await a_worker(record, talks).work_until_idle()
    assert await entries_of(record, talk.id) == [answer]
    assert await record.turns_waiting() == 0


async def test_danger_is_answered_before_the_dialogue_is_asked_anything(record: Journal, talk: Conversation, talks: FakeTalks) -> None:
    """The emergency number waits for no story, no form and no insurer's system; the classifier is asked its opinion once."""
    await record.append(talk.id, said(OUTRIGHT))
    await a_worker(record, talks).work_until_idle()

    assert [one.kind for one in await entries_of(record, talk.id)] == [Kind.SAFETY]
    assert (talks.understood, talks.heard) == ([OUTRIGHT], [])
    conversation = await record.conversation(talk.id)
    assert conversation.topics == ("violences_danger",)
    assert conversation.priority >= 5


async def test_a_model_that_fails_hides_no_danger(record: Journal, talk: Conversation, talks: FakeTalks) -> None:
    """What the words say, outright or by leaning, is answered without the classifier; the rest gets its answer."""
    danger = look(LEANING)
    assert danger is not None
    assert danger.is_leaning
    assert not danger.is_reminder
    talks.is_deaf = True
    for text in (OUTRIGHT, LEANING, "bonjour"):
        await record.append(talk.id, said(text))
    await a_worker(record, talks).work_until_idle()

    kinds = [one.kind for one in await entries_of(record, talk.id)]
    assert sorted(kinds) == [Kind.SAFETY, Kind.SAFETY, Kind.TEXT]
    assert talks.heard == ["bonjour"]


async def test_danger_is_answered_while_waiting_at_the_desk(record: Journal, talk: Conversation, talks: FakeTalks) -> None:
    """The conversation also goes before the others, in the urgent queue."""
    await record.request_handoff(talk.id, asked_for_a_person())
    await record.append(talk.id, said(OUTRIGHT))
    await a_worker(record, talks).work_until_idle()

    assert [one.kind for one in await entries_of(record, talk.id)] == [Kind.SAFETY]
    assert [one.id for one in await record.waiting("urgent")] == [talk.id]
    assert await record.turns_waiting() == 0


async def test_danger_is_answered_beside_an_advisor_who_keeps_the_conversation(record: Journal, talk: Conversation, talks: FakeTalks) -> None:
    """The advisor may be reading something else; nobody takes the conversation from him."""
    await taken_by(record, talk.id)
    await record.append(talk.id, said(OUTRIGHT))
    await a_worker(record, talks).work_until_idle()

    assert len(await entries_of(record, talk.id, Kind.SAFETY)) == 1
    assert talks.heard == []
    conversation = await record.conversation(talk.id)
    assert (conversation.floor.holder, conversation.queue) == (Holder.ADVISOR, "live")
    assert conversation.priority >= 5


async def test_a_person_asked_for_after_a_danger_is_asked_for_urgently(record: Journal, talk: Conversation, talks: FakeTalks) -> None:
    """Danger first, person next: the second message does not say the danger again."""
    talks.says["un conseiller"] = {"custom": {"handoff": {"queue": "live", "tried": []}}}
    for text in (OUTRIGHT, "un conseiller"):
        await record.append(talk.id, said(text))
    await a_worker(record, talks).work_until_idle()

    assert [one.id for one in await record.waiting("urgent")] == [talk.id]
    [asked] = await entries_of(record, talk.id, Kind.HANDOFF_REQUESTED)
    assert (asked.body or {})["queue"] == "urgent"


async def test_danger_is_answered_once_when_the_turn_is_tried_again(
        record: Journal, talk: Conversation, talks: FakeTalks, clock: SetClock) -> None:
    """A worker that dies between the safety answer and the end of its turn leaves no doubled alarm."""
    await record.append(talk.id, said(OUTRIGHT))
    dying = a_worker(record, talks, name="dying")
    turn = await record.claim_turn("dying")
    assert turn is not None
    await dying.watch.protect(turn.entry)
    clock.advance(CLAIM_LASTS)
    await a_worker(record, talks, name="next").work_until_idle()

    assert len(await entries_of(record, talk.id)) == 1


async def test_danger_in_a_message_that_breaks_every_worker_is_still_answered(
        record: Journal, talk: Conversation, talks: FakeTalks) -> None:
    """The last try is an apology; not to somebody who needs the 17."""
    await record.append(talk.id, said(OUTRIGHT))
    for _ in range(TRIES):
        turn = await record.claim_turn("broken")
        assert turn is not None
        await record.give_up_turn(turn)
    await a_worker(record, talks).work_until_idle()

    assert [one.kind for one in await entries_of(record, talk.id)] == [Kind.SAFETY]


async def test_danger_does_not_wait_behind_the_messages_before_it(record: Journal, talk: Conversation, talks: FakeTalks) -> None:
    """Questions sent first are answered after the emergency number."""
    for text in ("bonjour", "mon remboursement ?", OUTRIGHT):
        await record.append(talk.id, said(text))
    await a_worker(record, talks).work_until_idle()

    written = await entries_of(record, talk.id)
    assert [one.kind for one in written] == [Kind.SAFETY, Kind.TEXT, Kind.TEXT]
    assert talks.heard == ["bonjour", "mon remboursement ?"]


async def test_a_reminder_is_followed_by_the_normal_answer(record: Journal, talk: Conversation, talks: FakeTalks) -> None:
    """Last year's infarction is a question of reimbursement; a turn tried again does not remind twice."""
    talks.fails = 1
    await record.append(talk.id, said(OVER))
    await a_worker(record, talks).work_until_idle()

    reminder, answer = await entries_of(record, talk.id)
    assert (reminder.kind, answer.author) == (Kind.SAFETY, AuthorKind.ASSISTANT)
    assert "buttons" not in (reminder.body or {})
    assert (await record.conversation(talk.id)).priority == 0


async def test_a_reminder_told_without_the_model_becomes_the_whole_answer_when_the_model_is_sure(
        record: Journal, talk: Conversation, talks: FakeTalks) -> None:
    """The first look knew less; the second must not be swallowed as already told."""
    talks.likely = [("urgence_medicale", 0.9)]
    await record.append(talk.id, said(OVER))
    await a_worker(record, None).watch.look_at_waiting()
    await a_worker(record, talks).work_until_idle()

    reminder, whole = await entries_of(record, talk.id, Kind.SAFETY)
    assert texts([reminder]) != texts([whole])
    assert talks.heard == []


async def test_a_danger_answer_offers_a_person_beside_the_numbers(record: Journal, talk: Conversation) -> None:
    """Regulation R17: the numbers at once, then a human if there is one; in one press, without finding words."""
    await record.append(talk.id, said("je veux en finir"))
    await a_worker(record, None).watch.look_at_waiting()

    [answer] = await entries_of(record, talk.id)
    body = answer.body or {}
    assert [one["number"] for one in body["numbers"]] == ["3114", "15", "112", "114"]
    assert [(one["title"], one["act"]) for one in body["buttons"]] == [("Parler à un conseiller", "handoff")]


async def test_watching_without_a_model_rests_when_nothing_moves(record: Journal, talk: Conversation) -> None:
    """A look that wrote again what it had written would ring, hear itself, and never stop."""
    await record.append(talk.id, said(OUTRIGHT))
    async with record.bell.listen() as listener:
        working = asyncio.create_task(a_worker(record, None).run())
        await asyncio.sleep(0.4)
        working.cancel()
        rings = 0
        while await listener.next(0.01):
            rings += 1

    assert len(await entries_of(record, talk.id)) == 1
    assert rings < 10


async def test_a_later_danger_is_seen_too_while_the_model_is_away(record: Journal, talk: Conversation) -> None:
    """What was looked at once is not looked at again; what follows is."""
    worker = a_worker(record, None)
    await record.append(talk.id, said("bonjour"))
    await worker.watch.look_at_waiting()
    await record.append(talk.id, said(OUTRIGHT))
    await worker.watch.look_at_waiting()

    assert len(await entries_of(record, talk.id, Kind.SAFETY)) == 1


async def test_a_look_that_failed_is_taken_again(sqlite_database: SqliteDatabase, record: Journal, clock: SetClock) -> None:
    """The record was away for a moment; meanwhile the other conversations are looked at."""
    first, second = [await record.open_conversation() for _ in range(2)]
    for conversation in (first, second):
        await record.append(conversation.id, said(OUTRIGHT))
    database = FailingDatabase(sqlite_database)
    worker = a_worker(Journal(database, MemoryBell(), clock), None)
    database.writes = 1
    await worker.watch.look_at_waiting()
    assert await _told(record, first, second) == [0, 1]
    await worker.watch.look_at_waiting()

    assert await _told(record, first, second) == [1, 1]


async def _told(record: Journal, *conversations: Conversation) -> list[int]:
    return [len(await entries_of(record, one.id, Kind.SAFETY)) for one in conversations]


@pytest.mark.parametrize("author", [AuthorKind.ADVISOR, AuthorKind.ASSISTANT])
async def test_only_a_members_own_words_raise_the_alarm(record: Journal, talk: Conversation, author: AuthorKind) -> None:
    """An advisor who writes « si votre mari vous frappe, appelez le 17 » is not in danger."""
    await record.append(talk.id, said("bonjour"))
    await answer_next(record, OUTRIGHT)
    entries: list[Entry] = await record.read(talk.id)
    watch = a_worker(record, None).watch

    assert [await watch.protect(entry) for entry in entries] == [None, None]


@pytest.mark.parametrize(("likely", "heard"), [("affirm", "oui (/parler_humain)"), ("remb_suivi", "oui")])
async def test_yes_to_the_person_offered_is_understood(
        record: Journal, talk: Conversation, talks: FakeTalks, likely: str, heard: str) -> None:
    """« Souhaitez-vous que je prévienne un conseiller ? — Oui » must not be met with « que souhaitez-vous faire ? »."""
    talks.likely = [(likely, 0.9)]
    await record.append(talk.id, said("je veux en finir"))
    await a_worker(record, talks).work_until_idle()
    await record.append(talk.id, said("oui"))
    await a_worker(record, talks).work_until_idle()

    assert talks.heard == [heard]


async def test_yes_passes_on_what_was_said_before_it(record: Journal, talk: Conversation, talks: FakeTalks) -> None:
    """« Votre dernier message : oui » would make the advisor ask again, of all people, this one."""
    talks.likely = [("affirm", 0.9)]
    talks.says["oui"] = {"custom": {"handoff": {"queue": "live", "tried": []}}}
    for text in ("je veux en finir", "oui"):
        await record.append(talk.id, said(text))
        await a_worker(record, talks).work_until_idle()

    [asked] = await entries_of(record, talk.id, Kind.HANDOFF_REQUESTED)
    assert (asked.body or {})["_file"]["last_words"] == "je veux en finir"


async def test_yes_to_anything_else_is_left_to_the_dialogue(record: Journal, talk: Conversation, talks: FakeTalks) -> None:
    """Only the entry just before counts: later, « oui » answers something else."""
    talks.likely = [("affirm", 0.9)]
    for text in ("je veux en finir", "oui", "oui"):
        await record.append(talk.id, said(text))
        await a_worker(record, talks).work_until_idle()

    assert talks.heard == ["oui (/parler_humain)", "oui"]
