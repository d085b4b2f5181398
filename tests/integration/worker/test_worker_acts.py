"""An act left pending by a dead process or a silent insurer is done and told once, whoever answers by then."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.actions.ports import Context
from bot.worker.acts import SWEPT_AFTER, TurnActs
from journal.entries import AuthorKind, Conversation, Holder, Kind
from journal.journal import Journal
from kernel.clock import SetClock
from kernel.errors import Malformed, Refused, Unavailable
from tests.integration.worker.talking import FakeInsurer, FakeTalks, a_worker, an_address_change, entries_of, signed_in, texts
from tests.makers import taken_by


@pytest.fixture
async def talk(record: Journal) -> Conversation:
    """A signed-in member's conversation."""
    return await signed_in(record)


async def test_an_act_left_by_a_process_that_died_is_told_once(
        record: Journal, talk: Conversation, insurer: FakeInsurer, clock: SetClock) -> None:
    """The member confirmed, the process died: he learns the result without asking, and only once."""
    await record.begin_act(an_address_change(talk.id))
    worker = a_worker(record, None, insurer)
    clock.advance(SWEPT_AFTER)

    assert await worker.acts.sweep() == 1
    assert await worker.acts.sweep() == 0
    [told] = await entries_of(record, talk.id)
    assert (told.kind, told.author) == (Kind.ACT_RESULT, AuthorKind.SYSTEM)
    assert (told.body or {})["status"] == "done"
    assert "12 rue des Lilas" in texts([told])[0]
    assert list(insurer.changes) == ["key-of-summary-1"]


async def test_two_sweeps_at_once_tell_once(record: Journal, talk: Conversation, insurer: FakeInsurer, clock: SetClock) -> None:
    """Each worker sweeps; the insurer's system sees one key, the member one result."""
    insurer.late_s = 0.02
    await record.begin_act(an_address_change(talk.id))
    clock.advance(SWEPT_AFTER)
    await asyncio.gather(*(a_worker(record, None, insurer, name=f"w{n}").acts.sweep() for n in range(3)))

    assert len(await entries_of(record, talk.id)) == 1
    assert len(insurer.changes) == 1


async def test_an_act_under_way_is_left_to_its_turn(record: Journal, talk: Conversation, insurer: FakeInsurer, clock: SetClock) -> None:
    """The sweep does not race the turn that is doing it."""
    await record.begin_act(an_address_change(talk.id))
    clock.advance(SWEPT_AFTER - timedelta(seconds=1))

    assert await a_worker(record, None, insurer).acts.sweep() == 0
    assert insurer.calls == 0


async def test_an_act_is_told_beside_an_advisor(record: Journal, talk: Conversation, insurer: FakeInsurer, clock: SetClock) -> None:
    """What was changed is never hidden, not even by a change of hands."""
    await record.begin_act(an_address_change(talk.id))
    await taken_by(record, talk.id)
    clock.advance(SWEPT_AFTER)
    await a_worker(record, None, insurer).acts.sweep()

    assert len(await entries_of(record, talk.id, Kind.ACT_RESULT)) == 1
    assert (await record.conversation(talk.id)).floor.holder is Holder.ADVISOR


async def test_an_act_waits_for_an_insurers_system_that_is_away(
        record: Journal, talk: Conversation, insurer: FakeInsurer, clock: SetClock) -> None:
    """Nothing is told until something is known; then it is done under the same key."""
    insurer.error = Unavailable()
    await record.begin_act(an_address_change(talk.id))
    worker = a_worker(record, None, insurer)
    for _ in range(3):
        clock.advance(SWEPT_AFTER)
        await worker.acts.sweep()
    assert await entries_of(record, talk.id) == []
    insurer.error = None
    clock.advance(SWEPT_AFTER)
    await worker.acts.sweep()

    assert len(await entries_of(record, talk.id, Kind.ACT_RESULT)) == 1


async def test_a_refusal_is_told_too(record: Journal, talk: Conversation, insurer: FakeInsurer, clock: SetClock) -> None:
    """Silence would let the member believe that his address is changed."""
    insurer.error = Malformed("line1")
    await record.begin_act(an_address_change(talk.id))
    clock.advance(SWEPT_AFTER)
    await a_worker(record, None, insurer).acts.sweep()

    [told] = await entries_of(record, talk.id)
    assert (told.body or {})["status"] == "refused"
    assert (await record.pending_acts(timedelta(0))) == []


async def test_an_act_that_breaks_the_sweep_does_not_hold_up_the_others(
        record: Journal, talk: Conversation, insurer: FakeInsurer, clock: SetClock) -> None:
    """One act of an older version, unknown today, must not keep everybody's waiting."""
    await record.begin_act(replace(an_address_change(talk.id, "key-of-summary-0"), kind="unheard_of"))
    clock.advance(timedelta(seconds=1))
    await record.begin_act(an_address_change(talk.id))
    clock.advance(SWEPT_AFTER)
    await a_worker(record, None, insurer).acts.sweep()

    assert list(insurer.changes) == ["key-of-summary-1"]


async def test_a_running_worker_sweeps_by_itself(record: Journal, talk: Conversation, insurer: FakeInsurer, clock: SetClock) -> None:
    """After a restart nobody has to ask for it."""
    await record.begin_act(an_address_change(talk.id))
    clock.advance(SWEPT_AFTER)
    working = asyncio.create_task(a_worker(record, FakeTalks(), insurer).run())
    async with asyncio.timeout(5):
        while not await entries_of(record, talk.id):
            await asyncio.sleep(0.01)
    working.cancel()

    assert len(await entries_of(record, talk.id)) == 1


@pytest.mark.parametrize(("member_id", "level"), [(None, 0), ("demo-1", 0)])
async def test_a_turn_acts_for_nobody_who_has_not_proven_who_he_is(
        record: Journal, talk: Conversation, insurer: FakeInsurer, member_id: str | None, level: int) -> None:
    """Whatever a dialogue asks: identity is the row's."""
    context = Context(record.clock.now(), talk.id, 1, member_id, level=level)
    acts = TurnActs(a_worker(record, None, insurer).acts, context)

    with pytest.raises(Refused):
        await acts.perform("change_address", "key-of-summary-1", {"town": "Poitiers"})
    assert await record.act("key-of-summary-1") is None


async def test_confirming_twice_acts_and_tells_once(record: Journal, talk: Conversation, insurer: FakeInsurer) -> None:
    """Two devices, or a turn that is run again."""
    context = Context(record.clock.now(), talk.id, 1, "demo-1", level=1)
    acts = TurnActs(a_worker(record, None, insurer).acts, context)
    request = an_address_change(talk.id).request or {}
    outcomes = await asyncio.gather(*(acts.perform("change_address", "key-of-summary-1", request) for _ in range(2)))

    assert {one.status for one in outcomes} == {"done"}
    assert len(await entries_of(record, talk.id)) == 1
    assert await acts.was_begun("key-of-summary-1")
