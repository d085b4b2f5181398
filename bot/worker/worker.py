"""The worker: claims turns, answers them, commits; watches every member's message for danger, whoever holds the floor."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Protocol

from bot.actions.ports import Context, Ports
from bot.phrasing.phrasebook import Phrasebook, Situation, topics
from bot.worker.acts import ActBook, TurnActs, TurnFile
from bot.worker.names import FirstNames
from bot.worker.outputs import Outputs, Said, as_drafts, entry_buttons, handoff_draft, last_words, what_was_done
from bot.worker.watch import URGENT_QUEUE, Understands, Watch
from journal.entries import AuthorKind, Draft, Kind
from journal.journal import Journal
from journal.turns import Turn
from kernel.errors import StaleTurn, Unavailable
from kernel.logs import describe, logger
from kernel.organisation import Organisation

log = logger("worker")
TURN_DEADLINE_S = 10.0
LOOKS_BY_ITSELF_S = 2.0
SWEEPS_EVERY_S = 10.0
PAUSE_S = 1.0  # after the record failed
AT_ONCE = 8
"""Turns run together: one that waits for the insurer's system does not hold up the others."""
TO_A_PERSON = "parler_humain"
LOOKS_BACK = 20
"""Entries in which the member's last words are looked for, to quote them to an advisor."""
SMALL_TALK = frozenset({"salutation", "remerciement_fin", "identite_bot", "parler_humain"})
"""Topics that label no conversation."""


class Talks(Understands, Protocol):
    """The dialogue, as the worker needs it (bot.worker.dialogue.Dialogue)."""

    async def answer(self, conversation_id: str, said: Said, dialogue: str | None, ports: Ports) -> Any:
        """Answer one message."""
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

    def __post_init__(self) -> None:
        """Danger is watched with the same journal and model."""
        self.watch = Watch(self.journal, self.organisation, self.dialogue)
        self._names = FirstNames(self.acts)

    async def run(self) -> None:
        """Work until cancelled: several turns at once, never two of one conversation. Failures are logged, not fatal."""
        async with self.journal.bell.listen() as listener, asyncio.TaskGroup() as tasks:
            tasks.create_task(self._sweep_forever())
            running: set[asyncio.Task[None]] = set()
            while True:
                if self.dialogue() is None:
                    await self._guarded(self.watch.look_at_waiting())
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
        except Exception as error:  # noqa: BLE001  the record is away: the loop must go on until it is back
            log.warning("record_unavailable", error=describe(error))
            await asyncio.sleep(PAUSE_S)
            return None

    async def work_until_idle(self) -> None:
        """Answer everything that waits: the terminal and the tests."""
        while await self.work_once():
            pass

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
        in_danger = await self._protect(turn)
        if turn.is_last_chance_gone and not in_danger:
            await self.journal.commit_turn(turn, [self._apology(turn)], None)
            return
        said = None if in_danger or not turn.has_floor else await self._said(turn)
        if said is None:
            await self.journal.commit_turn(turn, [], None)
            return
        await self.journal.bell.ring(turn.conversation.id, {"typing": "assistant"})
        await self._talk(turn, said)

    async def _protect(self, turn: Turn) -> bool | None:
        """Look for danger in this entry, then behind it; it fails a turn, but not its last: the apology is owed."""
        try:
            in_danger = await self.watch.protect(turn.entry)
            await self.watch.look_ahead(turn)
        except Exception:
            if not turn.is_last_chance_gone:
                raise
            return None
        return in_danger

    async def _said(self, turn: Turn) -> Said | None:
        """Give what the member did; « oui » under a safety answer takes the person it offers."""
        said = what_was_done(turn.entry)
        if said is None or said.intent is not None or not await self.watch.takes_a_person(turn.entry):
            return said
        return replace(said, intent=TO_A_PERSON)

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
            turn, outputs.drafts, answered.dialogue, handoff=await self._handoff(turn, outputs, said, labels),
            queue=_queue_of(turn, outputs), topics=labels)

    async def _handoff(self, turn: Turn, outputs: Outputs, said: Said, topics_now: list[str]) -> Draft | None:
        if outputs.handoff is None:
            return None
        labels = dict.fromkeys([*turn.conversation.topics, *topics_now, *outputs.handoff.get("also", ())])
        titles = [topics()[label].title for label in labels if label in topics()]
        request = outputs.handoff | {"queue": _queue_of(turn, outputs)}
        # A button or a « oui » that only takes the offer of a person tells him nothing: the words before it do.
        until = turn.entry.number - (said.intent == TO_A_PERSON)
        latest = await self.journal.read(turn.conversation.id, max(0, until - LOOKS_BACK), min(until, LOOKS_BACK))
        return handoff_draft(request, number=turn.entry.number, topic_titles=titles, last_words=last_words(latest),
                             level=turn.conversation.identity.level_at(self.journal.clock.now()))

    async def _context(self, turn: Turn) -> Context:
        """Give what actions may know; identity is the row's, never the message's."""
        now, identity = self.journal.clock.now(), turn.conversation.identity
        level = identity.level_at(now)
        member_id = identity.member_id if level >= 1 else None
        status = await self.journal.desk_status("live")
        desk = "unknown" if status is None else "open" if status.is_open and status.advisors > 0 else "closed"
        return Context(turn.entry.moment, turn.conversation.id, turn.entry.number, member_id, await self._names.of(member_id, level),
                       level, desk, tuple((turn.entry.body or {}).get("masked") or ()))

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


def _queue_of(turn: Turn, outputs: Outputs) -> str:
    """Give the queue of a request for a person: a conversation that a danger made urgent stays so."""
    if turn.conversation.queue == URGENT_QUEUE:
        return URGENT_QUEUE
    return str((outputs.handoff or {}).get("queue", "live"))
