"""What the record promises about entries, on SQLite and on PostgreSQL."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta, timezone

import pytest

from journal import chain
from journal.entries import AuthorKind, Conversation, Draft, Kind, View
from journal.journal import Journal
from journal.record import HeldBy
from kernel.clock import SetClock
from kernel.errors import Malformed, NotFound, StaleFloor
from tests.conftest import NOON
from tests.makers import answered, asked_for_a_person, noted, replied, said, taken_by, told


@pytest.fixture
async def conversation(journal: Journal) -> Conversation:
    """An empty conversation, the assistant holding the floor."""
    return await journal.open_conversation()


async def holds(journal: Journal, conversation_id: str) -> bool:
    """Say whether the whole chain verifies up to the head kept on the conversation's row."""
    kept, entries = await journal.whole(conversation_id)
    return not chain.faults(entries, head=kept.head, count=kept.last_number)


async def test_entries_are_numbered_without_a_gap(journal: Journal, conversation: Conversation) -> None:
    """A client that sees 1, 2, 4 knows it missed something, and asks again."""
    for text in ("un", "deux", "trois"):
        await journal.append(conversation.id, said(text))

    assert [entry.number for entry in await journal.read(conversation.id)] == [1, 2, 3]


async def test_fifty_writers_at_once_still_number_without_a_gap(journal: Journal, conversation: Conversation) -> None:
    """Members, workers and advisors write at the same time; a number given twice would hide a message."""
    await asyncio.gather(*(journal.append(conversation.id, said(f"message {n}")) for n in range(50)))

    entries = await journal.read(conversation.id)
    assert [entry.number for entry in entries] == list(range(1, 51))
    assert {entry.body["text"] for entry in entries if entry.body} == {f"message {n}" for n in range(50)}
    assert await holds(journal, conversation.id)


async def test_a_message_sent_twice_is_stored_once(journal: Journal, conversation: Conversation) -> None:
    """A phone that loses the answer sends again; the member must not read himself twice."""
    first = await journal.append(conversation.id, said("une seule fois", client_id="m1"))
    again = await journal.append(conversation.id, said("une seule fois", client_id="m1"))

    assert again == first
    assert len(await journal.read(conversation.id)) == 1


async def test_a_message_sent_ten_times_at_once_is_stored_once(journal: Journal, conversation: Conversation) -> None:
    """Two tabs and a retry race; the row's lock decides, not luck."""
    sent = await asyncio.gather(*(journal.append(conversation.id, said(client_id="m1")) for _ in range(10)))

    assert {entry.number for entry in sent} == {1}


async def test_a_member_cannot_use_up_the_client_id_of_the_system(journal: Journal, conversation: Conversation) -> None:
    """A hostile page that guesses the id of a result to come must not prevent it from being told."""
    await journal.append(conversation.id, said(client_id="act:k1"))

    told_anyway = await journal.append(conversation.id, told("Adresse modifiée.", kind=Kind.ACT_RESULT, client_id="act:k1"))
    assert (told_anyway.number, told_anyway.kind) == (2, Kind.ACT_RESULT)


async def test_sending_again_an_old_message_does_not_reopen_a_closed_conversation(
        journal: Journal, conversation: Conversation) -> None:
    """A laptop wakes up and repeats its last message: nothing new was said, the advisor's work stays done."""
    await journal.append(conversation.id, said(client_id="m1"))
    held_by = await taken_by(journal, conversation.id)
    await journal.close(conversation.id, held_by)

    await journal.append(conversation.id, said(client_id="m1"))
    assert (await journal.conversation(conversation.id)).is_closed


async def test_a_new_message_reopens_a_closed_conversation(journal: Journal, conversation: Conversation) -> None:
    """A member who writes again is heard, whatever was closed."""
    held_by = await taken_by(journal, conversation.id)
    await journal.close(conversation.id, held_by)

    await journal.append(conversation.id, said("encore une question"))
    assert not (await journal.conversation(conversation.id)).is_closed
    assert [entry.kind for entry in await journal.read(conversation.id)][-2:] == [Kind.REOPENED, Kind.TEXT]


async def test_the_chain_holds_and_its_head_is_on_the_row(journal: Journal, conversation: Conversation) -> None:
    """The head is what exports sign and checkpoints keep."""
    for text in ("un", "deux", "trois"):
        await journal.append(conversation.id, said(text))

    kept, entries = await journal.whole(conversation.id)
    assert kept.head == entries[-1].hash
    assert kept.last_number == 3
    assert await holds(journal, conversation.id)


async def test_identifiers_never_reach_the_record(journal: Journal, conversation: Conversation) -> None:
    """A social-security number typed by mistake must not be found in the database, whoever wrote it."""
    held_by = await taken_by(journal, conversation.id)
    await journal.append(conversation.id, said("mon numéro est 2 55 08 14 168 025 38"))
    await journal.append(conversation.id, replied("l'IBAN FR76 3000 6000 0112 3456 7890 189"), held_by=held_by)
    await journal.append(conversation.id, noted("carte 4970 1000 0000 0154"))

    stored = str([entry.body for entry in await journal.read(conversation.id)])
    assert not any(secret in stored for secret in ("168 025", "7890", "4970"))
    assert "[n° de Sécurité sociale masqué]" in stored


async def test_identifiers_in_a_subject_and_a_summary_are_masked_too(journal: Journal, conversation: Conversation) -> None:
    """The subject is shown in lists and the summary is read by the assistant: both are text of people."""
    await journal.to_written(conversation.id, due_at=NOON, due_on=NOON.date(), subject="NIR 2 55 08 14 168 025 38")
    taken = await journal.take(conversation.id, advisor_id="a_camille", advisor_name="Camille")
    held_by = HeldBy(taken.floor.holder, taken.floor.fencing, "a_camille")
    await journal.give_back(conversation.id, held_by, summary="il a donné la carte 4970 1000 0000 0154")

    kept, entries = await journal.whole(conversation.id)
    assert kept.subject == "NIR [n° de Sécurité sociale masqué]"
    assert "4970" not in str([entry.body for entry in entries])


async def test_moments_are_given_back_in_utc(journal: Journal, conversation: Conversation) -> None:
    """SQLite forgets the zone; a promise read an hour off is a broken promise."""
    paris = timezone(timedelta(hours=1))
    await journal.append(conversation.id, said(moment=datetime(2026, 11, 23, 13, 30, 15, 123456, tzinfo=paris)))

    entry = (await journal.read(conversation.id))[0]
    assert entry.moment.isoformat() == "2026-11-23T12:30:15.123456+00:00"
    assert await holds(journal, conversation.id)


async def test_a_moment_without_a_zone_is_refused(journal: Journal, conversation: Conversation) -> None:
    """A naive moment is a bug even when the test passes."""
    with pytest.raises(ValueError, match="aware"):
        await journal.append(conversation.id, said(moment=datetime(2026, 11, 23, 12, 0)))  # noqa: DTZ001


@pytest.mark.parametrize("body", [
    {"text": "\x00"}, {"text": "\ud83d"}, {"amount": float("nan")}, {"when": NOON}, {"nested": [{"text": "a\x00b"}]},
], ids=["nul", "half-pair", "nan", "object", "nested-nul"])
async def test_what_a_database_cannot_hold_is_refused_before_it(
        journal: Journal, conversation: Conversation, body: dict[str, object]) -> None:
    """Both stores refuse the same things with the same error: a hostile message is never a broken page."""
    with pytest.raises(Malformed):
        await journal.append(conversation.id, Draft(AuthorKind.MEMBER, Kind.TEXT, body))

    assert await journal.read(conversation.id) == []


@pytest.mark.parametrize("client_id", ["", "x" * 101, "a\x00b", "\udc80"], ids=["empty", "long", "nul", "half-pair"])
async def test_a_client_id_no_database_could_keep_is_refused(
        journal: Journal, conversation: Conversation, client_id: str) -> None:
    """PostgreSQL would fail and SQLite would take it: the record decides, not the store."""
    with pytest.raises(Malformed):
        await journal.append(conversation.id, said(client_id=client_id))


async def test_bodies_read_back_as_they_were_hashed(journal: Journal, conversation: Conversation) -> None:
    """Tuples, numbers as names, emoji and escapes change shape in JSON; the digest must still hold afterwards."""
    body = {"lines": ("un", "deux"), "by": {10: "dix", 2: "deux"}, "text": "👩‍👧 \\u0000 \u2028 « é »", "amount": 1e22, "none": None}
    await journal.append(conversation.id, Draft(AuthorKind.SYSTEM, Kind.CARD, body))

    assert await holds(journal, conversation.id)


async def test_reading_goes_on_from_the_last_number_seen(journal: Journal, conversation: Conversation) -> None:
    """A lost bell costs a delay, never a message: readers ask again from what they saw."""
    for n in range(7):
        await journal.append(conversation.id, said(str(n)))

    assert [entry.number for entry in await journal.read(conversation.id, since=4)] == [5, 6, 7]
    assert [entry.number for entry in await journal.read(conversation.id, since=2, limit=2)] == [3, 4]
    assert await journal.read(conversation.id, since=7) == []


async def test_what_a_reader_may_not_see_leaves_its_number(journal: Journal, conversation: Conversation) -> None:
    """A hidden note must not look like a lost message, nor be readable."""
    await journal.append(conversation.id, noted("secret"))
    await journal.append(conversation.id, Draft(AuthorKind.SYSTEM, Kind.CARD, {
        "text": "Choisissez", "buttons": [{"id": "yes", "title": "Oui", "_payload": {"key": "secret"}}]}))

    seen = await journal.view(conversation.id, View.MEMBER)
    assert [one["number"] for one in seen] == [1, 2]
    assert set(seen[0]) == {"number", "hidden", "digest"}
    assert "secret" not in str(seen)
    assert "secret" in str(await journal.view(conversation.id, View.ADVISOR))


async def test_an_answer_without_the_floor_is_refused(journal: Journal, conversation: Conversation) -> None:
    """The assistant stays silent while an advisor talks, even for a caller that forgot to prove the floor."""
    await journal.append(conversation.id, answered("Bonjour"))
    await journal.request_handoff(conversation.id, asked_for_a_person())

    with pytest.raises(StaleFloor):
        await journal.append(conversation.id, answered("encore moi"))
    with pytest.raises(StaleFloor):
        await journal.append(conversation.id, replied("sans avoir pris la conversation"))


async def test_notes_safety_and_results_stand_outside_the_floor(journal: Journal, conversation: Conversation) -> None:
    """Danger is answered whoever talks; a colleague may leave a note without taking the conversation."""
    await taken_by(journal, conversation.id, "a_camille")

    written = [await journal.append(conversation.id, draft) for draft in (noted(), told(), said("je ne vais pas bien"))]
    assert [entry.kind for entry in written] == [Kind.NOTE, Kind.SAFETY, Kind.TEXT]


async def test_a_conversation_that_does_not_exist_is_not_found(journal: Journal) -> None:
    """An invented id opens nothing."""
    with pytest.raises(NotFound):
        await journal.append("c_nobody", said())
    with pytest.raises(NotFound):
        await journal.conversation("c_nobody")
    with pytest.raises(NotFound):
        await journal.entry("c_nobody", 1)
    with pytest.raises(NotFound):
        await journal.conversation("c_\x00")


async def test_every_write_rings_the_bell_after_the_row(journal: Journal, conversation: Conversation) -> None:
    """Write the row, then ring: whoever hears can already read."""
    async with journal.bell.listen() as listener:
        await journal.append(conversation.id, said())
        ring = await listener.next(1)

    assert ring is not None
    assert ring.conversation_id == conversation.id


async def test_topics_only_grow(journal: Journal, conversation: Conversation) -> None:
    """Labels put by the assistant are not lost when an advisor adds his."""
    await journal.set_topics(conversation.id, ["remboursement"])
    await journal.set_topics(conversation.id, ["carte", "remboursement"])

    assert (await journal.conversation(conversation.id)).topics == ("carte", "remboursement")


async def test_entries_are_dated_by_the_records_clock(journal: Journal, conversation: Conversation, clock: SetClock) -> None:
    """The clock is given, so that a promise can be tested to the minute."""
    clock.advance(timedelta(minutes=5))

    assert (await journal.append(conversation.id, said())).moment == NOON + timedelta(minutes=5)
