"""Danger in members' words: answered before anything else, whoever holds the floor, with a model or without."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.safety import Danger, Suspicion, answer, joined, look, way_to_a_person
from bot.worker.outputs import entry_buttons
from journal.entries import AuthorKind, Draft, Entry, Holder, Kind
from journal.journal import Journal
from journal.turns import Turn
from kernel.logs import describe, logger
from kernel.organisation import Organisation

log = logger("watch")
URGENT, URGENT_QUEUE = 90, "urgent"
YES = "affirm"
UNDERSTANDS_WITHIN_S = 3.0
"""A classifier that takes longer is done without: the words alone decide."""
LOOKS_AHEAD = 20
"""Entries behind the one being answered that are looked at before it is."""


class Understands(Protocol):
    """What the watch may ask the dialogue."""

    async def likely_topics(self, text: str, moment: datetime) -> list[tuple[str, float]]:
        """Give the likeliest topics of a message said at *moment*, best first."""
        ...

    async def suspicion(self, text: str, moment: datetime) -> Suspicion | None:
        """Say what danger the classifier suspects in a message; None when it cannot."""
        ...


@dataclass
class Watch:
    """Writes the fixed safety answers. *dialogue* gives the loaded model, or None: the words alone then decide."""

    journal: Journal
    organisation: Organisation
    dialogue: Callable[[], Understands | None]
    _seen: dict[str, int] = field(default_factory=dict)

    async def look_at_waiting(self) -> None:
        """Look once at every message that waits for the assistant; the messages go on waiting."""
        seen = {}
        for conversation_id, position in await self.journal.unanswered():
            seen[conversation_id] = await self._look_through(conversation_id, max(position, self._seen.get(conversation_id, 0)))
        self._seen = seen

    async def _look_through(self, conversation_id: str, since: int) -> int:
        """Look at the entries after *since* and give the last one seen; one conversation's fault is not the others'."""
        try:
            for entry in await self.journal.read(conversation_id, since):
                await self.protect(entry)
                since = entry.number
        except Exception as error:  # noqa: BLE001  tried again at the next look
            log.error("watch_stumbled", conversation_id=conversation_id, error=describe(error))
        return since

    async def look_ahead(self, turn: Turn) -> None:
        """Answer the outright dangers written behind *turn*'s entry: they do not wait for the turns before theirs."""
        for entry in await self.journal.read(turn.conversation.id, turn.entry.number, LOOKS_AHEAD):
            if (danger := look(_words_of(entry))) and danger.is_outright:
                await self.protect(entry)

    async def protect(self, entry: Entry) -> bool | None:
        """Write the fixed safety answer when *entry* shows danger, once. True: it stands alone; None: no danger."""
        words = _words_of(entry)
        danger = await self._danger_in(words, entry.moment) if words else None
        if danger is None:
            return None
        await self._tell(entry, danger)
        return not danger.is_reminder

    async def takes_a_person(self, entry: Entry) -> bool:
        """Say whether *entry* is a yes to the person offered by the safety answer just before it."""
        dialogue, words = self.dialogue(), _words_of(entry)
        if dialogue is None or not words or entry.number == 1:
            return False
        before = await self.journal.entry(entry.conversation_id, entry.number - 1)
        if before.kind is not Kind.SAFETY or not (before.body or {}).get("buttons"):
            return False
        likely = await dialogue.likely_topics(words, entry.moment)
        return bool(likely) and likely[0][0] == YES

    async def _danger_in(self, words: str, moment: datetime) -> Danger | None:
        """The classifier is given a moment; when it is late or fails, the words alone decide."""
        danger, dialogue = look(words), self.dialogue()
        if dialogue is None:
            return danger
        try:
            async with asyncio.timeout(UNDERSTANDS_WITHIN_S):
                return joined(danger, await dialogue.suspicion(words, moment))
        except Exception as error:  # noqa: BLE001  danger may depend on no model
            log.error("classifier_failed", error=describe(error))
            return danger

    async def _tell(self, entry: Entry, danger: Danger) -> None:
        # A reminder is an entry of its own: one told without a model may be followed by the whole answer.
        client_id = f"safety:{entry.number}" + (":reminder" if danger.is_reminder else "")
        body = answer(danger, self.organisation)
        if not danger.is_reminder:  # after a reminder the normal answer follows, with ways of its own
            body["buttons"] = entry_buttons((way_to_a_person(),))
        await self.journal.append(entry.conversation_id, Draft(AuthorKind.SYSTEM, Kind.SAFETY, body, client_id=client_id))
        if not danger.is_reminder:
            await self._alert(entry.conversation_id, danger.topic)

    async def _alert(self, conversation_id: str, topic: str) -> None:
        """Put the conversation first wherever it waits, now or once a person is asked for; its advisor keeps it."""
        floor = (await self.journal.conversation(conversation_id)).floor
        await self.journal.raise_priority(conversation_id, URGENT, None if floor.holder is Holder.ADVISOR else URGENT_QUEUE)
        await self.journal.set_topics(conversation_id, [topic])


def _words_of(entry: Entry) -> str:
    """Give a member's own words; nothing for buttons, files and other people's."""
    is_said = entry.author is AuthorKind.MEMBER and entry.kind is Kind.TEXT
    return str((entry.body or {}).get("text") or "") if is_said else ""
