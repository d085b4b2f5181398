"""The advisor's side of the terminal chat: what a desk would write, straight in the journal."""

from __future__ import annotations

from assistant.compose import Core
from journal.entries import AuthorKind, Draft, Holder, Kind
from journal.journal import DeskStatus
from journal.record import HeldBy
from kernel.calendar import due_after_business_hours

ADVISOR = ("terminal", "Camille")


class TerminalAdvisor:
    """One advisor, for trying a conversation out."""

    def __init__(self, core: Core) -> None:
        """*core*: the record, the insurer and the clock of the conversation."""
        self._core, self._journal = core, core.journal

    async def act(self, conversation_id: str, what: str, text: str) -> None:
        """Do *what* in a conversation; ValueError for an unknown word, and what the journal raises."""
        if what in ("on", "off"):
            return await self._journal.put_desk_status(DeskStatus("live", what == "on", int(what == "on"), None))
        if what == "take":
            await self._journal.take(conversation_id, advisor_id=ADVISOR[0], advisor_name=ADVISOR[1])
            return None
        fencing = (await self._journal.conversation(conversation_id)).floor.fencing
        return await self._while_holding(conversation_id, HeldBy(Holder.ADVISOR, fencing, ADVISOR[0]), what, text)

    async def _while_holding(self, conversation_id: str, held_by: HeldBy, what: str, text: str) -> None:
        match what:
            case "say":
                await self._journal.append(conversation_id, _draft(Kind.TEXT, text), held_by=held_by)
            case "note":
                await self._journal.append(conversation_id, _draft(Kind.NOTE, text))
            case "written":
                await self._to_written(conversation_id, held_by)
            case "give-back":
                await self._journal.give_back(conversation_id, held_by, summary=text or None)
            case "close":
                await self._journal.close(conversation_id, held_by, topic=text or None)
            case _:
                raise ValueError(f"commande inconnue : /advisor {what}".rstrip() + " (voyez /help)")

    async def _to_written(self, conversation_id: str, held_by: HeldBy) -> None:
        insurer = self._core.organisation
        due = due_after_business_hours(self._core.clock.now(), insurer.written_answer_business_hours,
                                       zone=insurer.timezone, alsace_moselle=insurer.alsace_moselle)
        await self._journal.to_written(conversation_id, due_at=due.at, due_on=due.by, by=held_by)


def _draft(kind: Kind, text: str) -> Draft:
    return Draft(AuthorKind.ADVISOR, kind, {"text": text}, author_id=ADVISOR[0], author_name=ADVISOR[1])
