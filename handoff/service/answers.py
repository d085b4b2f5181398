"""Answering a member, and the notes he never sees."""

from __future__ import annotations

from handoff.core.access import holds
from handoff.service.conversations import Conversations
from handoff.service.hold import Hold
from handoff.service.ports import Advisor, WrittenRequests
from handoff.service.texts import entry_of
from journal.entries import Entry, Kind, Mode
from journal.journal import Journal


class Answers:
    """What an advisor writes."""

    def __init__(self, journal: Journal, written: WrittenRequests, conversations: Conversations) -> None:
        """*written* keeps the promise in the same step as the answer."""
        self._journal, self._written, self._conversations = journal, written, conversations

    async def reply(self, hold: Hold, text: str, client_id: str) -> Entry:
        """Answer the member; StaleFloor when the floor moved. In written mode the promise is kept and the member told."""
        draft = entry_of(hold.advisor, Kind.TEXT, text, client_id)
        conversation = await self._journal.conversation(hold.conversation_id)
        if conversation.mode is Mode.WRITTEN:
            return await self._written.answer(hold.conversation_id, draft, hold.held_by)
        return await self._journal.append(hold.conversation_id, draft, held_by=hold.held_by)

    async def note(self, advisor: Advisor, conversation_id: str, text: str, client_id: str) -> Entry:
        """Write a note that only advisors read, in any conversation *advisor* may read; NotFound."""
        await self._conversations.open(advisor, conversation_id)
        return await self._journal.append(conversation_id, entry_of(advisor, Kind.NOTE, text, client_id))

    async def typing(self, advisor: Advisor, conversation_id: str) -> None:
        """Show the member that the advisor who holds the conversation is writing."""
        if holds(advisor.id, await self._journal.conversation(conversation_id)):
            await self._journal.bell.ring(conversation_id, {"type": "typing", "who": "advisor", "name": advisor.name})
