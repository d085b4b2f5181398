"""What a member thinks of a conversation, or of one answer. Advisors see it, the assistant's turns do not."""

from __future__ import annotations

from connectors.core import drafts
from connectors.core.access import Proof
from connectors.service.doorkeeper import Doorkeeper
from connectors.service.pace import Pace
from journal.journal import Journal


class Opinions:
    """Stores ratings."""

    def __init__(self, journal: Journal, door: Doorkeeper, pace: Pace) -> None:
        """See Conversations."""
        self._journal, self._door, self._pace = journal, door, pace

    async def rate(self, conversation_id: str, proof: Proof, client_id: str, score: int, comment: str | None) -> None:
        """Store a rating from 1 to 5."""
        draft = drafts.rating_draft(score, comment, client_id)
        await self._enter(conversation_id, proof)
        await self._journal.append(conversation_id, draft)

    async def say_useful(
        self, conversation_id: str, proof: Proof, client_id: str, number: int, *, useful: bool
    ) -> None:
        """Store whether the answer numbered *number* was useful; NotFound, Malformed."""
        await self._enter(conversation_id, proof)
        entry = await self._journal.entry(conversation_id, number)
        await self._journal.append(conversation_id, drafts.useful_draft(entry, client_id, useful=useful))

    async def _enter(self, conversation_id: str, proof: Proof) -> None:
        await self._door.enter(conversation_id, proof)
        await self._pace.keep(f"message:{conversation_id}", self._pace.limits.messages)
