"""Letting go of a conversation: back to the assistant, to a colleague, to a written answer, closed."""

from __future__ import annotations

import re

from handoff.core import queue
from handoff.service.answers import Answers
from handoff.service.hold import Hold
from handoff.service.ports import Advisor
from handoff.service.release import release
from handoff.service.texts import one_line
from journal.entries import AuthorKind, Entry, Mode
from journal.journal import Journal
from kernel.calendar import DueAt, due_after_business_hours
from kernel.clock import Clock
from kernel.errors import Conflict, Malformed, StaleFloor
from kernel.organisation import Organisation

LONGEST_SUMMARY, LONGEST_SUBJECT = 500, 120
_TOPIC = re.compile(r"^[a-z][a-z0-9_]{0,59}$")


class AnswerOwed(Conflict):
    """A written request cannot be closed or given back before it is answered: its promise is open."""

    code = "answer_owed"


class UnreadWords(Conflict):
    """The member wrote something the advisor had not seen when he closed."""

    code = "unread_words"


class Leaving:
    """Ends of an advisor's part."""

    def __init__(self, journal: Journal, answers: Answers, organisation: Organisation, clock: Clock) -> None:
        """*organisation* names the queues and says how long a written answer takes."""
        self._journal, self._answers = journal, answers
        self._organisation, self._clock = organisation, clock

    async def give_back(self, hold: Hold, summary: str = "") -> Entry:
        """Give a live conversation back to the assistant, with a line it will know; StaleFloor, AnswerOwed (written)."""
        if (await self._journal.conversation(hold.conversation_id)).mode is Mode.WRITTEN:
            raise AnswerOwed
        return await self._journal.give_back(hold.conversation_id, hold.held_by, summary=one_line(summary, LONGEST_SUMMARY))

    async def close(self, hold: Hold, topic: str = "", *, seen: int) -> Entry:
        """
        Close with a topic label; StaleFloor, AnswerOwed while a written answer is promised.

        *seen*: number of the last entry the advisor had on his screen; UnreadWords when the member wrote after it.
        """
        if topic and not _TOPIC.match(topic):
            raise Malformed("topic: an id of the catalogue")
        await self._require_floor(hold)
        if (await self._journal.conversation(hold.conversation_id)).due_at is not None:
            raise AnswerOwed
        if any(entry.author is AuthorKind.MEMBER for entry in await self._journal.read(hold.conversation_id, seen)):
            raise UnreadWords
        return await self._journal.close(hold.conversation_id, hold.held_by, topic=topic or None)

    async def transfer(self, hold: Hold, to_queue: str, *, note: str, client_id: str) -> Entry:
        """Put the conversation into another queue, ahead of new ones, with a note for the colleague; StaleFloor."""
        if to_queue not in self._organisation.queues:
            raise Malformed("queue: one of organisation.yml")
        await self._require_floor(hold)
        if note.strip():
            await self._answers.note(hold.advisor, hold.conversation_id, note, client_id)
        entry = await self._journal.transfer(hold.conversation_id, hold.held_by, queue=to_queue)
        await self._journal.raise_priority(hold.conversation_id, queue.RETURNED_PRIORITY)
        return entry

    async def convert(self, hold: Hold, subject: str = "") -> DueAt:
        """Make it a written request, due by the organisation's promise from now; StaleFloor."""
        due, line = self.written_due(), one_line(subject, LONGEST_SUBJECT)
        await self._require_floor(hold)
        await self._journal.to_written(hold.conversation_id, due_at=due.at, due_on=due.by, subject=line, by=hold.held_by)
        return due

    def written_due(self) -> DueAt:
        """Give the date a written request made now would be answered by."""
        return due_after_business_hours(
            self._clock.now(),
            self._organisation.written_answer_business_hours,
            zone=self._organisation.timezone,
            alsace_moselle=self._organisation.alsace_moselle,
        )

    async def release_all(self, advisor: Advisor) -> int:
        """Put the live conversations of an advisor who leaves back into their queues; gives how many."""
        held = await self._journal.held_by_advisors(advisor.id)
        return sum([await release(self._journal, one) for one in held if one.mode is Mode.LIVE])

    async def _require_floor(self, hold: Hold) -> None:
        """Refuse before anything is written; the journal checks again in its own step."""
        floor = (await self._journal.conversation(hold.conversation_id)).floor
        if (floor.holder, floor.fencing, floor.advisor_id) != (hold.held_by.holder, hold.fencing, hold.advisor.id):
            raise StaleFloor
