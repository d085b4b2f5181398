"""Whoever waits is told the truth; nothing stays with somebody who has gone. On SQLite and PostgreSQL."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from sqlalchemy import insert

from handoff.adapters import schema
from handoff.adapters.waits import SqlWaits
from handoff.adapters.written import SqlWrittenRequests
from handoff.core.presence import RELEASE_AFTER, SILENT_AFTER, Said
from handoff.core.reception import Wait
from handoff.service.presence import PresenceDesk
from handoff.service.receptionist import Receptionist
from journal.entries import AuthorKind, Conversation, Draft, Entry, Holder, Kind, Mode
from journal.journal import Journal
from journal.record import HeldBy
from kernel.calendar import due_after_business_hours
from kernel.clock import SetClock
from kernel.database import Database
from tests.integration.handoff.conftest import a_receptionist

MINUTE = timedelta(minutes=1)


async def somebody_waits(journal: Journal, queue: str = "live") -> Conversation:
    one = await journal.open_conversation()
    await journal.append(one.id, Draft(AuthorKind.MEMBER, Kind.TEXT, {"text": "Bonjour"}))
    await journal.request_handoff(one.id, Draft(AuthorKind.MEMBER, Kind.HANDOFF_REQUESTED, {"queue": queue, "by": "member"}), queue=queue)
    return await journal.conversation(one.id)


async def an_advisor_is_there(database: Database, presence: PresenceDesk, clock: SetClock, name: str = "camille") -> None:
    row = {"id": name, "login": name, "name": name.title(), "role": "advisor", "password_hash": "x", "is_active": True, "created_at": clock.now()}
    await database.write(lambda tx: tx.execute(insert(schema.advisor).values(**row)))
    await presence.say(name, Said.AVAILABLE)


async def told(journal: Journal, conversation: Conversation) -> list[Entry]:
    """Give what the desk wrote after the request."""
    entries = await journal.read(conversation.id)
    return [entry for entry in entries if entry.author is AuthorKind.SYSTEM and entry.kind is not Kind.FLOOR_CHANGED]


async def recent_waits(database: Database, clock: SetClock, *minutes: int) -> None:
    """Let the record hold waits that ended lately."""
    waits = SqlWaits(database)
    for number, length in enumerate(minutes):
        wait = Wait(f"past{number}", 2, "live", clock.now() - length * MINUTE, ahead=0, advisors=1)
        await waits.taken(wait, "camille", clock.now())


async def test_nobody_there_is_said_with_a_date_and_ways_out(receptionist: Receptionist, journal: Journal):
    """Monday 2 November at 13 h in Paris: the written answer comes by Wednesday."""
    conversation = await somebody_waits(journal)
    await receptionist.round()
    card = (await told(journal, conversation))[-1]

    assert card.body is not None
    assert "Aucun conseiller n'est disponible en ce moment." in card.body["text"]
    assert "au plus tard mercredi 4 novembre 2026" in card.body["text"]
    assert [button["id"] for button in card.body["buttons"]] == ["write", "keep_waiting", "back"]
    assert (await journal.conversation(conversation.id)).floor.holder is Holder.DESK


async def test_any_number_of_rounds_in_any_number_of_processes_say_it_once(
        receptionist: Receptionist, desk_database: Database, journal: Journal, clock: SetClock, presence: PresenceDesk):
    """Two desk processes at the same moment must not both excuse themselves."""
    conversation, other = await somebody_waits(journal), a_receptionist(desk_database, journal, clock, presence)
    await asyncio.gather(receptionist.round(), other.round())
    await asyncio.gather(receptionist.round(), other.round())

    assert [entry.kind for entry in await told(journal, conversation)] == [Kind.CARD]


async def test_a_wait_is_promised_only_when_past_ones_allow_it(
        receptionist: Receptionist, desk_database: Database, journal: Journal, clock: SetClock, presence: PresenceDesk):
    """An honest range, or no number at all."""
    await an_advisor_is_there(desk_database, presence, clock)
    first = await somebody_waits(journal)
    await receptionist.round()
    await recent_waits(desk_database, clock, 2, 3, 4, 5, 6)
    clock.advance(timedelta(seconds=2))
    second = await somebody_waits(journal)
    await receptionist.round()
    promise = (await told(journal, second))[-1]

    assert promise.kind is Kind.PROMISE
    assert promise.body == {"what": "wait", "wait_s": [360, 720]}  # second in line: twice three to six minutes
    assert (await told(journal, first))[-1].body == {"what": "wait", "wait_s": [180, 360]}


async def test_a_promise_that_breaks_is_owned_up_to(
        receptionist: Receptionist, desk_database: Database, journal: Journal, clock: SetClock, presence: PresenceDesk):
    """The member learns it from us, with the written answer as another way."""
    await an_advisor_is_there(desk_database, presence, clock)
    await recent_waits(desk_database, clock, 1, 1, 1, 1, 1)
    conversation = await somebody_waits(journal)
    await receptionist.round()
    clock.advance(3 * MINUTE)
    await receptionist.round()
    await receptionist.round()

    assert [entry.kind for entry in await told(journal, conversation)] == [Kind.PROMISE, Kind.PROMISE_BROKEN, Kind.CARD]


async def test_the_rest_of_the_system_knows_how_the_desk_stands(
        receptionist: Receptionist, desk_database: Database, journal: Journal, clock: SetClock, presence: PresenceDesk):
    """Closed, then open with one advisor; and nothing at all once nobody has said it for a minute."""
    await receptionist.round()
    closed = await journal.desk_status("live")
    await an_advisor_is_there(desk_database, presence, clock)
    await recent_waits(desk_database, clock, 2, 3, 4, 5, 6)
    await receptionist.round()
    opened = await journal.desk_status("live")
    clock.advance(61 * timedelta(seconds=1))

    assert closed is not None
    assert opened is not None
    assert (closed.is_open, closed.advisors, closed.estimated_wait_s) == (False, 0, None)
    assert (opened.is_open, opened.advisors, opened.estimated_wait_s) == (True, 1, 270)
    assert await journal.desk_status("live") is None


async def test_conversations_of_an_advisor_who_vanished_go_back_in_front(
        receptionist: Receptionist, desk_database: Database, journal: Journal, clock: SetClock, presence: PresenceDesk):
    """A laptop is closed in the middle of a chat: the member is served again in minutes, before newcomers."""
    await an_advisor_is_there(desk_database, presence, clock)
    conversation = await somebody_waits(journal)
    await journal.take(conversation.id, advisor_id="camille", advisor_name="Camille")
    clock.advance(SILENT_AFTER + RELEASE_AFTER - MINUTE)
    await receptionist.round()
    kept = await journal.conversation(conversation.id)
    clock.advance(MINUTE)
    await receptionist.round()
    released = await journal.conversation(conversation.id)

    assert kept.floor.holder is Holder.ADVISOR
    assert (released.floor.holder, released.queue, released.priority) == (Holder.DESK, "live", 1)


async def test_a_desk_that_restarts_gives_its_advisors_time_to_be_heard(
        desk_database: Database, journal: Journal, clock: SetClock, presence: PresenceDesk):
    """An update of the service must not take every conversation out of every hand."""
    await an_advisor_is_there(desk_database, presence, clock)
    conversation = await somebody_waits(journal)
    await journal.take(conversation.id, advisor_id="camille", advisor_name="Camille")
    clock.advance(timedelta(hours=1))
    await a_receptionist(desk_database, journal, clock, presence).round()

    assert (await journal.conversation(conversation.id)).floor.holder is Holder.ADVISOR


async def test_a_member_who_writes_again_after_the_answer_is_owed_another_by_a_new_date(
        receptionist: Receptionist, desk_database: Database, journal: Journal, clock: SetClock, presence: PresenceDesk):
    """Closed or not, an answered request in which the member writes again never stays without a promise."""
    await an_advisor_is_there(desk_database, presence, clock)
    conversation, written = await somebody_waits(journal), SqlWrittenRequests(desk_database, journal.bell, clock)
    due = due_after_business_hours(clock.now(), 48)
    await journal.to_written(conversation.id, due_at=due.at, due_on=due.by)
    taken = await journal.take(conversation.id, advisor_id="camille", advisor_name="Camille")
    held_by = HeldBy(Holder.ADVISOR, taken.floor.fencing, "camille")
    await written.answer(conversation.id, Draft(AuthorKind.ADVISOR, Kind.TEXT, {"text": "Voici."}, "r1", "camille", "Camille"), held_by)
    await journal.close(conversation.id, held_by)
    clock.advance(timedelta(days=1))
    await receptionist.round()
    assert (await journal.conversation(conversation.id)).due_at is None

    await journal.append(conversation.id, Draft(AuthorKind.MEMBER, Kind.TEXT, {"text": "Il manque une page"}))
    await receptionist.round()
    await receptionist.round()
    now = await journal.conversation(conversation.id)
    promises = [entry for entry in await journal.read(conversation.id) if entry.kind is Kind.PROMISE]

    assert now.due_at == due_after_business_hours(clock.now(), 48).at
    assert (now.mode, now.floor.holder, len(promises)) == (Mode.WRITTEN, Holder.DESK, 2)


async def test_an_answer_that_comes_too_late_is_owned_up_to_once(receptionist: Receptionist, journal: Journal, clock: SetClock):
    """A date in writing that passes in silence would be worse than no date."""
    conversation = await somebody_waits(journal)
    await journal.to_written(conversation.id, due_at=clock.now() + MINUTE, due_on=clock.now().date())
    clock.advance(2 * MINUTE)
    await receptionist.round()
    await receptionist.round()

    assert [entry.kind for entry in await told(journal, conversation)].count(Kind.PROMISE_BROKEN) == 1


async def test_danger_is_answered_with_numbers_when_nobody_is_there(receptionist: Receptionist, journal: Journal):
    """The card must not tell somebody in danger to write a letter and wait."""
    conversation = await somebody_waits(journal, queue="urgent")
    await receptionist.round()
    card = (await told(journal, conversation))[-1]

    assert card.body is not None
    assert "En cas de danger, n'attendez pas\u00a0: appelez le 15 ou le 112." in card.body["text"]


async def test_those_who_wait_hear_that_their_place_has_moved(receptionist: Receptionist, journal: Journal, clock: SetClock):
    """A signal for the gateway: no entry, nothing to keep."""
    first = await somebody_waits(journal)
    clock.advance(MINUTE)
    second = await somebody_waits(journal)
    await receptionist.round()
    async with journal.bell.listen() as listener:
        await journal.back_to_assistant(first.id)
        await receptionist.round()
        heard = []
        while (ring := await listener.next(0.1)) is not None:
            heard.append(ring)

    assert (second.id, {"type": "position", "position": 1}) in [(ring.conversation_id, ring.signal) for ring in heard]
