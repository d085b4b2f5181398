"""Written requests: every message of the member has a date, and a broken promise is owned up to."""

from __future__ import annotations

from datetime import datetime
from itertools import takewhile

from handoff.core import letters
from handoff.service.ports import WrittenRequests
from handoff.service.round import Round, safely
from journal.entries import AuthorKind, Conversation, Kind, Mode
from journal.journal import Journal
from kernel.calendar import due_after_business_hours
from kernel.organisation import Organisation

LOOK_BACK = 50
WORDS = frozenset({Kind.TEXT, Kind.CHOICE, Kind.ATTACHMENT})


class Promises:
    """Keeps the dates of written requests true."""

    def __init__(self, journal: Journal, written: WrittenRequests, organisation: Organisation) -> None:
        """*organisation* says how many business hours a written answer takes."""
        self._journal, self._written, self._organisation = journal, written, organisation
        self._owned_up: set[tuple[str, datetime]] = set()

    async def follow(self, seen: Round) -> None:
        """Look at every open written request."""
        for conversation in [*seen.waiting, *seen.held]:
            if conversation.mode is Mode.WRITTEN:
                await safely(lambda one=conversation: self._follow(one, seen.now))  # type: ignore[misc]

    async def _follow(self, conversation: Conversation, now: datetime) -> None:
        if conversation.due_at is None:
            await self._promise_again(conversation)
        elif now > conversation.due_at:
            await self._own_up(conversation, conversation.due_at)

    async def _promise_again(self, conversation: Conversation) -> None:
        """Owe an answer to a member who writes again in an answered request, by a date counted from that message."""
        latest = await self._journal.read(conversation.id, max(conversation.last_number - LOOK_BACK, 0))
        words = [entry for entry in latest if entry.kind in WORDS and entry.author in (AuthorKind.MEMBER, AuthorKind.ADVISOR)]
        unanswered = list(takewhile(lambda entry: entry.author is AuthorKind.MEMBER, reversed(words)))
        if unanswered:
            first = unanswered[-1]
            due = due_after_business_hours(
                first.moment,
                self._organisation.written_answer_business_hours,
                zone=self._organisation.timezone,
                alsace_moselle=self._organisation.alsace_moselle,
            )
            await self._written.promise(conversation.id, first.number, due)

    async def _own_up(self, conversation: Conversation, due_at: datetime) -> None:
        if (conversation.id, due_at) in self._owned_up:
            return
        broken = letters.from_desk(Kind.PROMISE_BROKEN, {"what": "written_answer"}, f"desk:late-answer:{due_at:%Y%m%dT%H%M%S}")
        await self._journal.append(conversation.id, broken)
        self._owned_up.add((conversation.id, due_at))
