"""The worker: claims turns, answers them, commits; watches every member's message for danger, whoever holds the floor."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from bot.actions.ports import Context, Ports
from bot.phrasing.phrasebook import Phrasebook, Situation, topics
from bot.safety import answer as safety_answer
from bot.safety import joined, look
from bot.worker.acts import ActBook, TurnActs, TurnFile
from bot.worker.outputs import Outputs, Said, as_drafts, entry_buttons, handoff_draft, what_was_done
from journal.entries import AuthorKind, Draft, Entry, Holder, Kind
from journal.journal import Journal
from journal.turns import Turn
from kernel.errors import StaleTurn, Unavailable
from kernel.logs import describe, logger
from kernel.organisation import Organisation

log = logger("worker")
TURN_DEADLINE_S = 10.0
LOOKS_BY_ITSELF_S = 2.0
SWEEPS_EVERY_S = 10.0
AT_ONCE = 8
"""Turns run together: one that waits for the insurer's system does not hold up the others."""
URGENT = 90
SMALL_TALK = frozenset({"salutation", "remerciement_fin", "identite_bot", "parler_humain"})
"""Topics that label no conversation."""

class Talks(Protocol):
    """The dialogue, as the worker needs it (bot.worker.dialogue.Dialogue)."""

    async def answer(self, conversation_id: str, said: Said, dialogue: str | None, ports: Ports) -> Any:
        """Answer one message."""
        ...

    async def likely_topics(self, text: str) -> list[tuple[str, float]]:
        """Give the likeliest topics of a message, best first."""
        ...

@dataclass
class Worker:
    """
    One loop over the journal. *dialogue* gives the loaded model, or None while it is not ready: then only danger is
    answered, and every message waits in the journal.
    """

    journal: Journal
    organisation: Organisation
    phrasebook: Phrasebook
    acts: ActBook
    dialogue: Callable[[], Talks | None]
    name: str = "worker"
    first_names: dict[str, str | None] = field(default_factory=dict)

    async def run(self) -> None:
        """Work until cancelled: several turns at once, never two of one conversation. Failures are logged, not fatal."""
        async with self.journal.bell.listen() as listener, asyncio.TaskGroup() as tasks:
            tasks.create_task(self._sweep_forever())
            running: set[asyncio.Task[None]] = set()
            while True:
                if self.dialogue() is None:
                    await self._guarded(self.watch())
                elif len(running) < AT_ONCE and (turn := await self._claim()):
                    task = tasks.create_task(self._answer_or_give_up(turn))
                    running.add(task)
                    task.add_done_callback(running.discard)
                    continue
                await listener.next(LOOKS_BY_ITSELF_S)

    async def work_once(self) -> bool:
        """Claim and answer one turn; False when none waits."""
        turn = await self._claim()
        if turn is not None:
            await self._answer_or_give_up(turn)
        return turn is not None

    async def _claim(self) -> Turn | None:
        try:
            return await self.journal.claim_turn(self.name)
        except Unavailable as error:
            log.warning("record_unavailable", error=describe(error))
            await asyncio.sleep(1)
            return None

    async def work_until_idle(self) -> None:
        """Answer everything that waits: the terminal and the tests."""
        while await self.work_once():
            pass

    # -- danger --------------------------------------------------------------------------------------------------------

    async def watch(self) -> None:
        """Answer danger in every message that waits, with no model, whoever holds the floor; the messages go on waiting."""
        for conversation_id, position in await self.journal.unanswered():
            for entry in await self.journal.read(conversation_id, position):
                await self.protect(entry)

    async def protect(self, entry: Entry) -> bool | None:
        """Write the fixed safety answer when *entry* shows danger, once. True: it stands alone; None: no danger."""
        if entry.author is not AuthorKind.MEMBER or entry.kind is not Kind.TEXT or not (entry.body or {}).get("text"):
            return None
        text = str((entry.body or {})["text"])
        danger, dialogue = look(text), self.dialogue()
        if dialogue is not None:
            danger = joined(danger, await dialogue.likely_topics(text))
        if danger is None:
            return None
        body = safety_answer(danger, self.organisation)
        await self.journal.append(entry.conversation_id, Draft(AuthorKind.SYSTEM, Kind.SAFETY, body, client_id=f"safety:{entry.number}"))
        if danger.is_reminder:
            return False
        floor = (await self.journal.conversation(entry.conversation_id)).floor
        await self.journal.raise_priority(entry.conversation_id, URGENT, "urgent" if floor.holder is Holder.DESK else None)
        await self.journal.set_topics(entry.conversation_id, [danger.topic])
        return True

    # -- turns ---------------------------------------------------------------------------------------------------------

    async def _answer_or_give_up(self, turn: Turn) -> None:
        started = time.monotonic()
        try:
            await asyncio.wait_for(self.answer(turn), TURN_DEADLINE_S)
        except StaleTurn:
            log.info("turn_lost", conversation_id=turn.conversation.id, number=turn.entry.number)
        except Exception as error:  # noqa: BLE001  a turn that fails is tried again, then apologised for
            log.error("turn_failed", conversation_id=turn.conversation.id, number=turn.entry.number, attempt=turn.attempt, error=describe(error))
            await self._guarded(self.journal.give_up_turn(turn))
        else:
            log.debug("turn_answered", conversation_id=turn.conversation.id, number=turn.entry.number,
                      duration_ms=round((time.monotonic() - started) * 1000, 1))

    async def answer(self, turn: Turn) -> None:
        """Answer one claimed turn and commit it; StaleTurn when the claim was lost."""
        if turn.is_last_chance_gone:
            await self.journal.commit_turn(turn, [self._apology(turn)], None)
            return
        in_danger = await self.protect(turn.entry)
        said = what_was_done(turn.entry)
        if in_danger or said is None or not turn.has_floor:
            await self.journal.commit_turn(turn, [], None)
            return
        await self.journal.bell.ring(turn.conversation.id, {"typing": "assistant"})
        await self._talk(turn, said)

    async def _talk(self, turn: Turn, said: Said) -> None:
        dialogue = self.dialogue()
        if dialogue is None:
            raise Unavailable("the assistant is not ready")
        context = await self._context(turn)
        ports = Ports(context, self.phrasebook, TurnActs(self.acts, context), TurnFile(self.acts, context))
        answered = await dialogue.answer(turn.conversation.id, said, turn.dialogue, ports)
        outputs = as_drafts(answered.messages, turn.entry.number)
        labels = list(dict.fromkeys(str(draft.body.get("topic")) for draft in outputs.drafts if draft.body.get("topic") not in {None, *SMALL_TALK}))
        await self.journal.commit_turn(
            turn, outputs.drafts, answered.dialogue, handoff=self._handoff(turn, outputs, said, labels),
            queue=(outputs.handoff or {}).get("queue", "live"), topics=labels)

    def _handoff(self, turn: Turn, outputs: Outputs, said: Said, topics_now: list[str]) -> Draft | None:
        if outputs.handoff is None:
            return None
        labels = dict.fromkeys([*turn.conversation.topics, *topics_now])
        titles = [topics()[label].title for label in labels if label in topics()]
        return handoff_draft(outputs.handoff, number=turn.entry.number, topic_titles=titles, last_words=said.text,
                             level=turn.conversation.identity.level_at(self.journal.clock.now()))

    async def _context(self, turn: Turn) -> Context:
        """Give what actions may know; identity is the row's, never the message's."""
        now, identity = self.journal.clock.now(), turn.conversation.identity
        level = identity.level_at(now)
        member_id = identity.member_id if level >= 1 else None
        status = await self.journal.desk_status("live")
        desk = "unknown" if status is None else "open" if status.is_open and status.advisors > 0 else "closed"
        return Context(turn.entry.moment, turn.conversation.id, turn.entry.number, member_id, await self._first_name(member_id, level),
                       level, desk, tuple((turn.entry.body or {}).get("masked") or ()))

    async def _first_name(self, member_id: str | None, level: int) -> str | None:
        if member_id is None:
            return None
        if member_id not in self.first_names:
            try:
                self.first_names[member_id] = await self.acts.first_name(member_id, level)
            except (Unavailable, TimeoutError) as error:
                log.warning("name_unknown", error=describe(error))
                return None
        return self.first_names[member_id]

    def _apology(self, turn: Turn) -> Draft:
        phrase = self.phrasebook.phrase("turn_failed", Situation(turn.entry.moment))
        body = {"text": phrase.text, "buttons": entry_buttons(phrase.buttons)}
        return Draft(AuthorKind.ASSISTANT, Kind.TEXT, body, client_id=f"turn:{turn.entry.number}:0")

    # -- background ----------------------------------------------------------------------------------------------------

    async def _sweep_forever(self) -> None:
        while True:
            await self._guarded(self.acts.sweep())
            await asyncio.sleep(SWEEPS_EVERY_S)

    @staticmethod
    async def _guarded(work: Any) -> None:
        try:
            await work
        except Exception as error:  # noqa: BLE001  the loop must go on
            log.error("worker_stumbled", error=describe(error))
