"""Our assistant as the benchmarks talk to it: the real worker over the real journal, in this process, on SQLite."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import select

from assistant.compose import Core, build_worker, open_core
from bot.nlu.quality import Labelled
from journal import schema
from journal.entries import AuthorKind, Draft, Entry, Holder, Kind
from kernel.bell import Listener
from kernel.clock import SystemClock
from kernel.ids import new_id
from kernel.logs import configure_logs
from kernel.settings import Settings

ANSWERS_WITHIN_S = 15.0


@dataclass
class OurAssistant:
    """The member's side of a running worker."""

    core: Core
    listener: Listener

    async def open(self) -> str:
        """Open a conversation of somebody unknown."""
        return (await self.core.journal.open_conversation()).id

    async def say(self, conversation_id: str, text: str) -> list[Entry]:
        """Write a member's message and wait, as a page does, until its answers are in the journal; TimeoutError."""
        journal = self.core.journal
        said = await journal.append(conversation_id, Draft(AuthorKind.MEMBER, Kind.TEXT, {"text": text}, client_id=new_id("m")))
        async with asyncio.timeout(ANSWERS_WITHIN_S):
            while True:
                ring = await self.listener.next()
                if ring and ring.conversation_id == conversation_id and ring.signal is None and (answers := await journal.read(conversation_id, said.number)):
                    return answers

    async def is_plain(self, message: Labelled) -> bool:
        """Say whether *message* is answered at once: no form is opened, no person called, no danger seen."""
        conversation_id = await self.open()
        answers = await self.say(conversation_id, message.text)
        floor = (await self.core.journal.conversation(conversation_id)).floor
        is_said = all(one.author is AuthorKind.ASSISTANT and one.kind in {Kind.TEXT, Kind.CARD} for one in answers)
        return is_said and floor.holder is Holder.ASSISTANT and not await self._is_in_a_form(conversation_id)

    async def _is_in_a_form(self, conversation_id: str) -> bool:
        table = schema.snapshot
        dialogue = await self.core.database.read(lambda tx: tx.execute(
            select(table.c.dialogue).where(table.c.conversation_id == conversation_id)).scalar_one())
        loops = [event["name"] for event in json.loads(dialogue) if event["event"] == "active_loop"]
        return bool(loops) and loops[-1] is not None


@asynccontextmanager
async def working(archive: Path, folder: Path) -> AsyncIterator[OurAssistant]:
    """Run a worker over a new record in *folder*."""
    from bot.worker.dialogue import Dialogue  # heavy: only where it is needed

    configure_logs("ERROR")
    dialogue = await asyncio.to_thread(Dialogue.load, archive)
    async with open_core(replace(Settings(), state_dir=folder), SystemClock()) as core, core.journal.bell.listen() as listener:
        worker = asyncio.create_task(build_worker(core, lambda: dialogue).run())
        try:
            yield OurAssistant(core, listener)
        finally:
            worker.cancel()
            await asyncio.gather(worker, return_exceptions=True)


async def plain_questions(assistant: OurAssistant, messages: Sequence[Labelled], count: int) -> list[str]:
    """Choose *count* of *messages*, spread over all, that are answered at once."""
    chosen: list[str] = []
    for message in messages[::max(1, len(messages) // (2 * count))]:
        if len(chosen) < count and await assistant.is_plain(message):
            chosen.append(message.text)
    return chosen
