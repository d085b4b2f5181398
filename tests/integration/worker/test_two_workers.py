"""Two workers over one record, on SQLite and on PostgreSQL: every message answered, none twice."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from journal.entries import Kind
from journal.journal import Journal
from kernel.clock import SetClock
from tests.integration.worker.talking import FakeTalks, a_worker, entries_of, texts
from tests.makers import said

CONVERSATIONS, MESSAGES = 6, 4


async def test_two_workers_never_answer_one_turn_twice(journal: Journal) -> None:
    """The reason for claims: adding a worker adds speed, not echoes."""
    opened = [await journal.open_conversation() for _ in range(CONVERSATIONS)]
    each = [FakeTalks(pause_s=0.005), FakeTalks(pause_s=0.005)]
    running = [asyncio.create_task(a_worker(journal, talks, name=f"w{n}").run()) for n, talks in enumerate(each)]
    for number in range(MESSAGES):
        await asyncio.gather(*(journal.append(one.id, said(f"message {number}")) for one in opened))
    async with asyncio.timeout(20):
        while await journal.turns_waiting():
            await asyncio.sleep(0.02)
    for task in running:
        task.cancel()

    for one in opened:
        assert texts(await entries_of(journal, one.id)) == [f"Réponse à message {n}" for n in range(MESSAGES)]
    assert sum(len(talks.heard) for talks in each) == CONVERSATIONS * MESSAGES


async def test_a_worker_that_wakes_late_writes_nothing_beside_the_one_that_answered(journal: Journal, clock: SetClock) -> None:
    """Both ran the turn; the record takes the answer of the one that holds the claim."""
    conversation = await journal.open_conversation()
    await journal.append(conversation.id, said("bonjour"))
    slow, quick = FakeTalks(pause_s=0.2), FakeTalks()
    late = asyncio.create_task(a_worker(journal, slow, name="late").work_once())
    while not slow.heard:
        await asyncio.sleep(0.005)
    clock.advance(timedelta(minutes=1))
    await a_worker(journal, quick, name="quick").work_until_idle()
    await late

    assert (slow.heard, quick.heard) == (["bonjour"], ["bonjour"])
    assert len(await entries_of(journal, conversation.id)) == 1


async def test_two_workers_that_look_at_once_raise_one_alarm(journal: Journal) -> None:
    """While the model is trained every worker watches; the member reads the numbers once."""
    conversation = await journal.open_conversation()
    await journal.append(conversation.id, said("mon mari me frappe"))
    await asyncio.gather(*(a_worker(journal, None, name=f"w{n}").watch.look_at_waiting() for n in range(3)))

    assert len(await entries_of(journal, conversation.id, Kind.SAFETY)) == 1
