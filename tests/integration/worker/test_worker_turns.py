"""The worker's promises about turns: each message answered once, in order, or apologised for; nothing lost."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

import pytest

from bot.worker.worker import Worker
from journal.entries import AuthorKind, Conversation, Draft, Holder, Kind
from journal.journal import DeskStatus, Journal
from journal.turns import CLAIM_LASTS
from kernel.bell import MemoryBell
from kernel.clock import SetClock
from kernel.database import SqliteDatabase
from kernel.errors import Forbidden, Unavailable
from tests.integration.worker.talking import FailingDatabase, FakeInsurer, FakeTalks, a_worker, entries_of, signed_in, texts
from tests.makers import asked_for_a_person, said, taken_by

HANDOFF = {"custom": {"topic": "connexion_probleme", "handoff": {"queue": "live", "tried": ["Mot de passe refait"]}}}


@asynccontextmanager
async def working(*workers: Worker) -> AsyncIterator[None]:
    """Let *workers* run as they do in a process."""
    tasks = [asyncio.create_task(worker.run()) for worker in workers]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task


async def until(is_so: Callable[[], Awaitable[bool]], within_s: float = 8) -> None:
    """Wait until *is_so*."""
    async with asyncio.timeout(within_s):
        while not await is_so():
            await asyncio.sleep(0.01)


async def all_answered(journal: Journal) -> bool:
    """Say whether no message waits."""
    return await journal.turns_waiting() == 0


async def test_without_the_floor_nothing_is_answered_and_nothing_waits(record: Journal, talk: Conversation, talks: FakeTalks) -> None:
    """The assistant never speaks over an advisor, nor answers behind his back once he has left."""
    held_by = await taken_by(record, talk.id)
    await record.append(talk.id, said("et mon remboursement ?"))
    await a_worker(record, talks).work_until_idle()

    assert (talks.heard, await record.turns_waiting()) == ([], 0)
    await record.give_back(talk.id, held_by)
    await a_worker(record, talks).work_until_idle()
    assert talks.heard == ["/floor_returned"]


async def test_three_failures_end_with_one_apology_and_ways_to_a_person(record: Journal, talk: Conversation, talks: FakeTalks) -> None:
    """Neither silence nor a loop; and one bad message does not spoil the next."""
    talks.fails = 3
    await record.append(talk.id, said("message qui casse tout"))
    await a_worker(record, talks).work_until_idle()

    [apology] = await entries_of(record, talk.id)
    assert "problème technique" in texts([apology])[0].replace("\u00a0", " ")
    assert {button["act"] for button in (apology.body or {})["buttons"]} == {"handoff", "write"}
    assert talks.heard == ["message qui casse tout"] * 3

    await record.append(talk.id, said("bonjour"))
    await a_worker(record, talks).work_until_idle()
    assert texts(await entries_of(record, talk.id))[1:] == ["Réponse à bonjour"]


async def test_a_button_that_cannot_be_read_ends_with_an_apology_too(record: Journal, talk: Conversation, talks: FakeTalks) -> None:
    """A payload broken by a fault of ours must not turn round for ever."""
    broken = {"entry": 1, "option": "b1", "text": "Oui", "_payload": "/salutation{broken}"}
    await record.append(talk.id, Draft(AuthorKind.MEMBER, Kind.CHOICE, broken))
    async with asyncio.timeout(5):
        await a_worker(record, talks).work_until_idle()

    assert len(await entries_of(record, talk.id)) == 1


async def test_two_failures_then_an_answer_show_only_the_answer(record: Journal, talk: Conversation, talks: FakeTalks) -> None:
    """A member sees no trace of what was tried again."""
    talks.fails = 2
    await record.append(talk.id, said("bonjour"))
    await a_worker(record, talks).work_until_idle()

    assert texts(await entries_of(record, talk.id)) == ["Réponse à bonjour"]


async def test_a_burst_is_answered_in_order_each_with_what_came_before(record: Journal, talk: Conversation, talks: FakeTalks) -> None:
    """Five messages sent in one breath: five answers, none skipped, none doubled, none crossing another."""
    talks.pause_s = 0.02
    burst = [f"message {n}" for n in range(5)]
    async with working(a_worker(record, talks)):
        for text in burst:
            await record.append(talk.id, said(text))
        await until(lambda: all_answered(record))

    assert texts(await entries_of(record, talk.id)) == [f"Réponse à {text}" for text in burst]
    await record.append(talk.id, said("fin"))
    turn = await record.claim_turn("reader")
    assert turn is not None
    assert turn.dialogue == "5"


async def test_a_worker_that_lost_its_claim_writes_nothing(record: Journal, talk: Conversation, talks: FakeTalks, clock: SetClock) -> None:
    """It froze for half a minute; another answered; its own answer must not follow."""
    await record.append(talk.id, said("bonjour"))
    frozen = a_worker(record, talks, name="frozen")
    turn = await record.claim_turn("frozen")
    assert turn is not None
    clock.advance(CLAIM_LASTS)
    await a_worker(record, FakeTalks(), name="other").work_until_idle()
    before = await record.conversation(talk.id)
    await frozen._answer_or_give_up(turn)

    assert await record.conversation(talk.id) == before
    assert talks.heard == ["bonjour"]
    assert len(await entries_of(record, talk.id)) == 1


async def test_an_answer_that_comes_after_an_advisor_is_dropped(record: Journal, talk: Conversation, talks: FakeTalks) -> None:
    """The advisor took over while the assistant was thinking."""
    talks.pause_s = 0.1
    await record.append(talk.id, said("bonjour"))
    working_on_it = asyncio.create_task(a_worker(record, talks).work_once())
    await until(lambda: _is_true(talks.heard))
    await taken_by(record, talk.id)
    await working_on_it

    assert await entries_of(record, talk.id, Kind.TEXT) == []
    assert await record.turns_waiting() == 0


async def _is_true(value: object) -> bool:
    return bool(value)


async def test_a_turn_that_never_ends_is_ended(record: Journal, talk: Conversation, talks: FakeTalks, monkeypatch: pytest.MonkeyPatch) -> None:
    """One message must not hold a place for ever; the member hears of it."""
    monkeypatch.setattr("bot.worker.worker.TURN_DEADLINE_S", 0.05)
    talks.pause_s = 60
    await record.append(talk.id, said("bonjour"))
    await a_worker(record, talks).work_until_idle()

    assert len(talks.heard) == 3
    assert "problème technique" in texts(await entries_of(record, talk.id))[0].replace("\u00a0", " ")


@pytest.mark.parametrize("error", [Unavailable, RuntimeError])
async def test_a_record_away_for_a_moment_loses_nothing(
        record: Journal, talk: Conversation, sqlite_database: SqliteDatabase, talks: FakeTalks, clock: SetClock,
        monkeypatch: pytest.MonkeyPatch, error: type[Exception]) -> None:
    """The disk was full, the server restarted: whatever failed, the loop goes on and each message is answered once."""
    monkeypatch.setattr("bot.worker.worker.PAUSE_S", 0.01)
    monkeypatch.setattr("bot.worker.worker.LOOKS_BY_ITSELF_S", 0.05)
    database = FailingDatabase(sqlite_database, error)

    async def in_time() -> bool:
        clock.advance(CLAIM_LASTS / 10)
        return await all_answered(record)

    async with working(a_worker(Journal(database, record.bell, clock), talks)):
        for number in range(5):
            database.writes, database.reads = number, number % 2
            await record.append(talk.id, said(f"message {number}"))
            await until(in_time)

    assert texts(await entries_of(record, talk.id)) == [f"Réponse à message {n}" for n in range(5)]


async def test_a_commit_that_fails_is_answered_once_later(
        record: Journal, talk: Conversation, sqlite_database: SqliteDatabase, talks: FakeTalks, clock: SetClock) -> None:
    """Neither the commit nor the giving up could be written: the claim ends by itself."""
    database = FailingDatabase(sqlite_database)
    worker = a_worker(Journal(database, MemoryBell(), clock), talks)
    await record.append(talk.id, said("bonjour"))
    turn = await record.claim_turn("w1")
    assert turn is not None
    database.writes = 2
    await worker._answer_or_give_up(turn)
    assert await entries_of(record, talk.id) == []
    clock.advance(CLAIM_LASTS)
    await worker.work_until_idle()

    assert texts(await entries_of(record, talk.id)) == ["Réponse à bonjour"]


async def test_messages_wait_for_the_model_and_are_answered_when_it_is_ready(record: Journal, talk: Conversation, talks: FakeTalks) -> None:
    """Opening the page before the model is trained costs a wait, not a question."""
    ready: list[FakeTalks] = []
    worker = a_worker(record, None)
    worker.dialogue = lambda: ready[0] if ready else None
    async with working(worker):
        await record.append(talk.id, said("bonjour"))
        await asyncio.sleep(0.05)
        assert await record.turns_waiting() == 1
        ready.append(talks)
        await record.bell.ring(talk.id)
        await until(lambda: all_answered(record))

    assert texts(await entries_of(record, talk.id)) == ["Réponse à bonjour"]


async def test_an_action_hands_over_with_topics_and_last_words(record: Journal, talk: Conversation, talks: FakeTalks) -> None:
    """The member has nothing to repeat: he sees what is passed on, the advisor opens with it."""
    talks.says["je n'y arrive toujours pas"] = HANDOFF
    await record.append(talk.id, said("je n'y arrive toujours pas"))
    await a_worker(record, talks).work_until_idle()

    answer, asked = await entries_of(record, talk.id)
    assert texts([answer]) == ["Réponse à je n'y arrive toujours pas"]
    body = asked.body or {}
    assert body["_file"]["last_words"] == "je n'y arrive toujours pas"
    assert body["_file"]["topics"] == ["Connexion impossible"]
    assert [line.replace("\u00a0", " ") for line in body["passed"]] == [
        "Sujet : Connexion impossible", "Votre dernier message : « je n'y arrive toujours pas »", "Mot de passe refait"]
    conversation = await record.conversation(talk.id)
    assert (conversation.floor.holder, conversation.queue) == (Holder.DESK, "live")
    assert conversation.topics == ("connexion_probleme",)


async def test_a_handoff_quotes_the_member_never_a_command_of_ours(record: Journal, talks: FakeTalks) -> None:
    """Signing in may be what triggers the hand-off: « /signed_in » would mean nothing to anybody."""
    conversation = await record.open_conversation()
    talks.says["/signed_in"] = HANDOFF
    await record.append(conversation.id, said("mon contrat " + "très " * 100 + "important"))
    await record.append(conversation.id, Draft(AuthorKind.SYSTEM, Kind.IDENTITY_PROVEN, {"level": 1, "how": "token"}))
    await a_worker(record, talks).work_until_idle()

    [asked] = await entries_of(record, conversation.id, Kind.HANDOFF_REQUESTED)
    words = (asked.body or {})["_file"]["last_words"]
    assert words.startswith("mon contrat très")
    assert words.endswith("…")
    assert "signed_in" not in str(asked.body)


async def test_a_handoff_by_its_button_quotes_what_was_said_before(record: Journal, talk: Conversation, talks: FakeTalks) -> None:
    """« Parler à un conseiller » is not what the member needs help with."""
    talks.says["Parler à un conseiller"] = HANDOFF
    await record.append(talk.id, said("ma carte ne passe pas"))
    pressed = {"entry": 1, "option": "b1", "text": "Parler à un conseiller", "_act": "handoff", "_payload": "/parler_humain"}
    await record.append(talk.id, Draft(AuthorKind.MEMBER, Kind.CHOICE, pressed))
    await a_worker(record, talks).work_until_idle()

    [asked] = await entries_of(record, talk.id, Kind.HANDOFF_REQUESTED)
    assert (asked.body or {})["_file"]["last_words"] == "ma carte ne passe pas"


@pytest.mark.parametrize("insurer", [FakeInsurer(Unavailable()), FakeInsurer(Forbidden()), FakeInsurer(late_s=30)], ids=["away", "refusing", "late"])
async def test_an_insurers_system_that_does_not_give_the_name_costs_no_answer(
        record: Journal, talks: FakeTalks, insurer: FakeInsurer, monkeypatch: pytest.MonkeyPatch) -> None:
    """A first name is a courtesy; « bonjour » needs nobody else's server."""
    monkeypatch.setattr("bot.worker.names.WITHIN_S", 0.05)
    conversation = await signed_in(record)
    await record.append(conversation.id, said("bonjour"))
    await a_worker(record, talks, insurer).work_until_idle()

    assert texts(await entries_of(record, conversation.id)) == ["Réponse à bonjour"]
    assert talks.heard == ["bonjour"]


@pytest.mark.parametrize(("status", "told"), [
    (None, "unknown"), (DeskStatus("live", True, 1, None), "open"), (DeskStatus("live", True, 0, None), "closed"), (DeskStatus("live", False, 2, None), "closed")])
async def test_actions_know_whether_somebody_is_at_the_desk(record: Journal, talk: Conversation, status: DeskStatus | None, told: str) -> None:
    """« Je vous mets en relation » is said only when there is somebody."""
    if status:
        await record.put_desk_status(status)
    await record.append(talk.id, said("bonjour"))
    turn = await record.claim_turn("w1")
    assert turn is not None

    assert (await a_worker(record, None)._context(turn)).desk == told


async def test_a_waiting_member_who_comes_back_is_answered_again(record: Journal, talk: Conversation, talks: FakeTalks) -> None:
    """He preferred the assistant after all."""
    await answer_next_of(record, talk, talks)
    await record.request_handoff(talk.id, asked_for_a_person())
    await record.back_to_assistant(talk.id)
    await record.append(talk.id, said("finalement"))
    await a_worker(record, talks).work_until_idle()

    assert talks.heard == ["bonjour", "/floor_returned", "finalement"]


async def answer_next_of(record: Journal, talk: Conversation, talks: FakeTalks) -> None:
    """Say « bonjour » and let it be answered."""
    await record.append(talk.id, said("bonjour"))
    await a_worker(record, talks).work_until_idle()
