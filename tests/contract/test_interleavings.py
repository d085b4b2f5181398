"""
Whatever the order in which members, the assistant, advisors and sweeps act, the record keeps its promises.

Hypothesis plays thousands of small scenes, one act at a time and several at once, on both stores. After each, the record
is read back and judged by itself: numbers, client ids, chain, and who was allowed to say what.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Coroutine
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from journal import chain, schema
from journal.entries import AuthorKind, Conversation, Draft, Entry, Holder, Kind
from journal.journal import Journal
from journal.record import HeldBy
from journal.turns import CLAIM_LASTS, Turn
from kernel.bell import MemoryBell
from kernel.clock import SetClock
from kernel.database import Database, create_tables, open_database
from kernel.errors import Refused, StaleFloor
from tests.conftest import NOON
from tests.makers import an_address_change, asked_for_a_person, noted, replied, said, told

ADVISORS = ("a_camille", "a_nadia")
Step = Callable[["Scene"], Coroutine[Any, Any, object]]


class Scene:
    """Everything that is going on: one record, two conversations, the proofs and claims people still hold."""

    def __init__(self, database: Database) -> None:
        """Start with an empty record."""
        self.clock = SetClock(NOON)
        self.journal = Journal(database, MemoryBell(), self.clock)
        self.ids: list[str] = []
        self.proofs: list[tuple[str, HeldBy]] = []
        self.turns: list[Turn] = []

    async def open(self) -> None:
        """Open two conversations."""
        self.ids = [(await self.journal.open_conversation()).id for _ in range(2)]

    async def say(self, which: int, client: int) -> None:
        """The member says something, possibly again."""
        await self.journal.append(self.ids[which], said(f"message {client}", client_id=f"m{client}"))

    async def ask_for_a_person(self, which: int) -> None:
        """The member presses the button."""
        await self.journal.request_handoff(self.ids[which], asked_for_a_person())

    async def prefer_the_assistant(self, which: int) -> None:
        """The member stops waiting."""
        await self.journal.back_to_assistant(self.ids[which])

    async def write_instead(self, which: int) -> None:
        """The member prefers a written answer."""
        await self.journal.to_written(self.ids[which], due_at=NOON, due_on=NOON.date())

    async def erase(self, which: int) -> None:
        """The member erases everything."""
        await self.journal.erase(self.ids[which], by=AuthorKind.MEMBER)

    async def claim(self, worker: int) -> None:
        """A worker claims a turn, and may never come back with it."""
        if turn := await self.journal.claim_turn(f"w{worker}"):
            self.turns.append(turn)

    async def answer(self, pick: int, *, and_hand_off: bool) -> None:
        """Some worker commits some turn it claimed, perhaps long ago."""
        if self.turns:
            turn = self.turns[pick % len(self.turns)]
            words = Draft(AuthorKind.ASSISTANT, Kind.TEXT, {"text": "Voici.", "answers": turn.entry.number})
            handoff = asked_for_a_person(AuthorKind.ASSISTANT) if and_hand_off else None
            await self.journal.commit_turn(turn, [words, told()], "{}", handoff=handoff)

    async def give_up(self, pick: int) -> None:
        """Some worker fails."""
        if self.turns:
            await self.journal.give_up_turn(self.turns[pick % len(self.turns)])

    async def take(self, which: int, advisor: int) -> None:
        """An advisor takes a conversation."""
        taken = await self.journal.take(self.ids[which], advisor_id=ADVISORS[advisor], advisor_name="Camille")
        self.proofs.append((taken.id, HeldBy(taken.floor.holder, taken.floor.fencing, taken.floor.advisor_id)))

    async def act_with_a_proof(self, pick: int, act: str) -> None:
        """An advisor acts with a proof he was given, perhaps long ago."""
        if not self.proofs:
            return
        conversation_id, held_by = self.proofs[pick % len(self.proofs)]
        reply = replied(advisor_id=str(held_by.advisor_id))
        await {
            "reply": lambda: self.journal.append(conversation_id, reply, held_by=held_by),
            "give_back": lambda: self.journal.give_back(conversation_id, held_by),
            "transfer": lambda: self.journal.transfer(conversation_id, held_by, queue="live"),
            "close": lambda: self.journal.close(conversation_id, held_by),
        }[act]()

    async def note(self, which: int) -> None:
        """A colleague leaves a note without holding anything."""
        await self.journal.append(self.ids[which], noted())

    async def change_an_address(self, which: int, key: int) -> None:
        """The worker, or the sweep, begins and finishes an act."""
        act = an_address_change(await self.journal.conversation(self.ids[which]), key=f"act-{which}-{key}")
        await self.journal.finish_act(await self.journal.begin_act(act), status="done", result={"text": "fait"})

    async def sweep(self) -> None:
        """The sweep finishes what was left pending."""
        for act in await self.journal.pending_acts(timedelta(0)):
            await self.journal.finish_act(act, status="refused", result={"text": "non abouti"})

    async def wait(self) -> None:
        """Time passes: claims expire."""
        self.clock.advance(CLAIM_LASTS)


PHASES = (Phase.generate,)
WHICH = st.integers(0, 1)
PICK = st.integers(0, 9)
STEPS: st.SearchStrategy[Step] = st.one_of(
    st.builds(lambda which, n: lambda scene: scene.say(which, n), WHICH, st.integers(0, 5)),
    st.builds(lambda which: lambda scene: scene.ask_for_a_person(which), WHICH),
    st.builds(lambda which: lambda scene: scene.prefer_the_assistant(which), WHICH),
    st.builds(lambda which: lambda scene: scene.write_instead(which), WHICH),
    st.builds(lambda worker: lambda scene: scene.claim(worker), WHICH),
    st.builds(lambda pick, off: lambda scene: scene.answer(pick, and_hand_off=off), PICK, st.booleans()),
    st.builds(lambda pick: lambda scene: scene.give_up(pick), PICK),
    st.builds(lambda which, advisor: lambda scene: scene.take(which, advisor), WHICH, WHICH),
    st.builds(lambda pick, act: lambda scene: scene.act_with_a_proof(pick, act), PICK,
              st.sampled_from(["reply", "reply", "give_back", "transfer", "close"])),
    st.builds(lambda which: lambda scene: scene.note(which), WHICH),
    st.builds(lambda which, key: lambda scene: scene.change_an_address(which, key), WHICH, st.integers(0, 1)),
    st.just(lambda scene: scene.sweep()),
    st.just(lambda scene: scene.wait()),
    st.builds(lambda which: lambda scene: scene.erase(which), WHICH),
)


class Interleavings(RuleBasedStateMachine):
    """Steps one after the other, and handfuls of steps at the same time."""

    url = ""

    def __init__(self) -> None:
        """Open the store in a loop of this scene's own."""
        super().__init__()
        self.runner = asyncio.Runner()
        self.database = open_database(self.url)
        self.scene = Scene(self.database)

    @initialize()
    def start(self) -> None:
        """Empty the store and open the conversations."""
        self.runner.run(self.database.write(
            lambda tx: [tx.execute(table.delete()) for table in reversed(schema.metadata.sorted_tables)]))
        self.runner.run(self.scene.open())

    @rule(step=STEPS)
    def one(self, step: Step) -> None:
        """Whatever is not allowed is refused, with one of our own errors."""
        try:
            self.runner.run(step(self.scene))
        except Refused:
            return

    @rule(steps=st.lists(STEPS, min_size=2, max_size=6))
    def at_once(self, steps: list[Step]) -> None:
        """Several people act in the same instant."""
        async def together() -> list[object]:
            return await asyncio.gather(*(step(self.scene) for step in steps), return_exceptions=True)

        unexpected = [one for one in self.runner.run(together()) if isinstance(one, BaseException) and not isinstance(one, Refused)]
        assert not unexpected

    @rule(pick=PICK)
    def an_old_number_never_writes(self, pick: int) -> None:
        """A proof writes if and only if it is the floor's present one."""
        if not self.scene.proofs:
            return
        conversation_id, held_by = self.scene.proofs[pick % len(self.scene.proofs)]
        floor = self.runner.run(self.scene.journal.conversation(conversation_id)).floor
        is_current = (floor.holder, floor.fencing, floor.advisor_id) == (held_by.holder, held_by.fencing, held_by.advisor_id)
        try:
            self.runner.run(self.scene.act_with_a_proof(pick, "reply"))
            wrote = True
        except StaleFloor:
            wrote = False
        assert wrote == is_current

    @invariant()
    def the_record_keeps_its_promises(self) -> None:
        """Judge each conversation by what is written."""
        for conversation_id in self.scene.ids:
            judge(*self.runner.run(self.scene.journal.whole(conversation_id)))

    def teardown(self) -> None:
        """Close the store."""
        self.runner.run(self.database.close())
        self.runner.close()


def judge(conversation: Conversation, entries: list[Entry]) -> None:
    """Check every promise on one conversation as it stands."""
    assert [entry.number for entry in entries] == list(range(1, conversation.last_number + 1))
    assert chain.faults(entries, head=conversation.head, count=conversation.last_number) == []
    client_ids = Counter((entry.author, entry.client_id) for entry in entries if entry.client_id)
    assert all(count == 1 for count in client_ids.values())
    answers = Counter(entry.body["answers"] for entry in entries if entry.body and "answers" in entry.body)
    assert all(count == 1 for count in answers.values())
    assert (conversation.floor.holder is Holder.ADVISOR) == (conversation.floor.advisor_id is not None)
    assert conversation.position <= conversation.last_number
    assert replayed_floor(entries) == (conversation.floor.holder, conversation.floor.advisor_id)


def replayed_floor(entries: list[Entry]) -> tuple[Holder, str | None]:
    """Tell who holds the floor from the entries alone, checking on the way that nobody answered without it."""
    floor: tuple[Holder, str | None] = (Holder.ASSISTANT, None)
    for entry in entries:
        floor = moved(floor, entry)
        if entry.kind is Kind.TEXT and entry.body is not None:
            if entry.author is AuthorKind.ASSISTANT:
                assert floor == (Holder.ASSISTANT, None)
            if entry.author is AuthorKind.ADVISOR:
                assert floor == (Holder.ADVISOR, entry.author_id)
    return floor


def moved(floor: tuple[Holder, str | None], entry: Entry) -> tuple[Holder, str | None]:
    """Give the floor after *entry*."""
    if entry.kind in (Kind.HANDOFF_REQUESTED, Kind.TRANSFERRED, Kind.MODE_CHANGED):
        return (Holder.DESK, None)
    if entry.kind in (Kind.CLOSED, Kind.ERASED):
        return (Holder.ASSISTANT, None)
    if entry.kind in (Kind.FLOOR_CHANGED, Kind.REOPENED) and entry.body is not None:
        to = Holder(entry.body["to"])
        return (to, entry.author_id if to is Holder.ADVISOR else None)
    return floor


@pytest.mark.parametrize(("store", "examples"), [
    ("sqlite", 20), ("postgres", 10),
    pytest.param("sqlite", 400, marks=pytest.mark.long), pytest.param("postgres", 200, marks=pytest.mark.long),
])
def test_whatever_the_interleaving_the_record_keeps_its_promises(
        store: str, examples: int, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """The bugs that matter here need three people and bad luck; this brings both."""
    url = f"sqlite:///{tmp_path / 'record.db'}" if store == "sqlite" else request.getfixturevalue("postgres_url")
    asyncio.run(prepare(url))
    scene = type("On" + store.title(), (Interleavings,), {"url": url})
    run_state_machine_as_test(scene, settings=settings(
        max_examples=examples, stateful_step_count=20, deadline=None, database=None, phases=PHASES,
        suppress_health_check=list(HealthCheck)))


async def prepare(url: str) -> None:
    """Create the tables."""
    database = open_database(url)
    await create_tables(database, schema.metadata)
    await database.close()
