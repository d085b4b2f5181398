"""What readers keep and ask: cursors, the state of the desk, the audit, the owner of a conversation, erasure."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from journal import chain, schema
from journal.entries import AuthorKind, Conversation, Holder, Identity, Kind
from journal.journal import STATUS_LASTS, DeskStatus, Journal, OtherMember
from kernel.clock import SetClock
from kernel.database import Database
from kernel.errors import StaleFloor, StaleTurn
from tests.conftest import NOON
from tests.makers import an_address_change, answer_next, answered, replied, said, taken_by

SIGNED_IN = Identity(1, "demo-1", NOON + timedelta(minutes=10))


@pytest.fixture
async def conversation(journal: Journal) -> Conversation:
    """A conversation with one message."""
    opened = await journal.open_conversation()
    await journal.append(opened.id, said("mon secret"))
    return opened


async def test_a_cursor_never_goes_back(journal: Journal, conversation: Conversation) -> None:
    """Two tabs report what was seen in any order; what was read stays read."""
    assert await journal.cursor("member", conversation.id) == 0
    await asyncio.gather(*(journal.advance_cursor("member", conversation.id, number) for number in (3, 7, 5, 1)))

    assert await journal.cursor("member", conversation.id) == 7
    assert await journal.cursor("a_camille", conversation.id) == 0


async def test_a_state_of_the_desk_too_old_is_no_state(journal: Journal, clock: SetClock) -> None:
    """When the desk process is dead, the member is offered the written mode, not an invented wait."""
    status = DeskStatus("live", is_open=True, advisors=2, estimated_wait_s=None)
    await asyncio.gather(*(journal.put_desk_status(status) for _ in range(3)))

    assert await journal.desk_status("live") == status
    assert await journal.desk_status("written") is None
    clock.advance(STATUS_LASTS)
    assert await journal.desk_status("live") is None


async def test_a_conversation_never_changes_hands(journal: Journal, conversation: Conversation) -> None:
    """On a shared tablet the second person must not read, nor add to, the first one's conversation."""
    await journal.set_identity(conversation.id, SIGNED_IN, how="sign_in")

    for other in (Identity(1, "demo-2", NOON), Identity(0, None, None), Identity(2, "demo-2", None)):
        with pytest.raises(OtherMember):
            await journal.set_identity(conversation.id, other, how="sign_in")
    assert (await journal.conversation(conversation.id)).identity == SIGNED_IN


async def test_renewing_a_token_writes_nothing(journal: Journal, conversation: Conversation) -> None:
    """The page renews every few minutes; the record keeps what changed, not every heartbeat."""
    await journal.set_identity(conversation.id, SIGNED_IN, how="sign_in")
    renewed = Identity(1, "demo-1", NOON + timedelta(minutes=20))

    assert await journal.set_identity(conversation.id, renewed, how="sign_in") is None
    assert (await journal.conversation(conversation.id)).identity == renewed


async def test_a_member_finds_his_conversations_and_no_other(journal: Journal, conversation: Conversation) -> None:
    """The list on another device holds what is his."""
    await journal.set_identity(conversation.id, SIGNED_IN, how="sign_in")
    await journal.open_conversation(identity=Identity(1, "demo-2", NOON))

    assert [one.id for one in await journal.conversations_of("demo-1")] == [conversation.id]


async def test_reading_a_members_file_leaves_a_trace(journal: Journal, database: Database) -> None:
    """Who looked, at what, when: asked by the law, and by members."""
    await journal.audit("a_camille", "member_file_read", member_id="demo-1", detail={"why": "handoff"})

    rows = await database.read(lambda tx: tx.execute(select(schema.audit)).all())
    assert [(row.at, row.who, row.what, row.member_id) for row in rows] == [(NOON, "a_camille", "member_file_read", "demo-1")]


async def test_erasing_keeps_the_proof_and_nothing_else(journal: Journal, conversation: Conversation, database: Database) -> None:
    """The words are gone from every table; that a conversation took place, and its order, can still be proven."""
    await answer_next(journal, "au sujet de votre secret")
    act = await journal.begin_act(an_address_change(conversation, request={"text": "secret"}))
    await journal.finish_act(act, status="done", result={"text": "secret fait"})
    await journal.to_written(conversation.id, due_at=NOON, due_on=NOON.date(), subject="mon secret")
    erased = await journal.erase(conversation.id, by=AuthorKind.MEMBER)

    kept, entries = await journal.whole(conversation.id)
    assert chain.faults(entries, head=kept.head, count=kept.last_number) == []
    assert (erased.kind, erased.number, erased.body) == (Kind.ERASED, kept.last_number, {"by": "member"})
    assert all(entry.body is None and entry.salt is None for entry in entries[:-1])
    assert "secret" not in await database.read(everything)


def everything(tx: object) -> str:
    """Give the text of every table."""
    return str([tx.execute(select(table)).all() for table in schema.metadata.sorted_tables])  # type: ignore[attr-defined]


async def test_erasing_closes_and_leaves_every_queue(journal: Journal, conversation: Conversation) -> None:
    """Nobody is sent to answer an empty page, and no worker reads what is no longer there."""
    await journal.append(conversation.id, said("pas encore répondu"))
    await taken_by(journal, conversation.id)
    await journal.erase(conversation.id, by=AuthorKind.MEMBER)

    erased = await journal.conversation(conversation.id)
    assert (erased.is_closed, erased.floor.holder, erased.topics) == (True, Holder.ASSISTANT, ())
    assert await journal.claim_turn("w1") is None
    assert await journal.held_by_advisors() == await journal.waiting() == []


async def test_an_answer_under_way_does_not_bring_back_what_was_erased(journal: Journal, conversation: Conversation) -> None:
    """The assistant and the advisor were writing when the member erased: their words would quote his."""
    turn = await journal.claim_turn("w1")
    held_by = await taken_by(journal, conversation.id)
    await journal.erase(conversation.id, by=AuthorKind.MEMBER)

    assert turn is not None
    with pytest.raises(StaleTurn):
        await journal.commit_turn(turn, [answered("votre secret")], "secret")
    with pytest.raises(StaleFloor):
        await journal.append(conversation.id, replied("votre secret"), held_by=held_by)


async def test_erasing_twice_is_fine(journal: Journal, conversation: Conversation) -> None:
    """A member who is not sure asks again."""
    await journal.erase(conversation.id, by=AuthorKind.MEMBER)
    await journal.erase(conversation.id, by=AuthorKind.MEMBER)

    kept, entries = await journal.whole(conversation.id)
    assert chain.faults(entries, head=kept.head, count=kept.last_number) == []


async def test_a_pending_act_is_still_told_after_an_erasure(journal: Journal, conversation: Conversation) -> None:
    """What was changed at the insurer is not hidden by erasing the conversation that asked for it."""
    act = await journal.begin_act(an_address_change(conversation))
    await journal.erase(conversation.id, by=AuthorKind.MEMBER)
    told = await journal.finish_act(act, status="done", result={"text": "Adresse modifiée."})

    assert told.body == {"act": "address_change", "status": "done"}  # the outcome, without the words
    await journal.erase(conversation.id, by=AuthorKind.MEMBER)
    assert (await journal.finish_act(act, status="done", result={"text": "encore"})).number == told.number
    assert (await journal.begin_act(act)).request is None


async def test_counting_says_how_much_is_kept(journal: Journal, conversation: Conversation) -> None:
    """Health pages and operators ask."""
    assert await journal.count() == {"conversation": 1, "entry": 1}
