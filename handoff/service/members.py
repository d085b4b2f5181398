"""Reading the member's file beside a conversation: only by whoever answers, and always accounted for."""

from __future__ import annotations

import asyncio

from handoff.core.access import holds
from handoff.service.member_file import MemberFile, MemberSummary
from handoff.service.ports import Advisor
from journal.journal import Journal
from kernel.errors import Forbidden, NotFound, Unavailable

PATIENCE_S = 9.0


class MemberReader:
    """The member's file for the advisor who holds the conversation."""

    def __init__(self, journal: Journal, members: MemberFile | None) -> None:
        """*members*: None when no insurer is connected."""
        self._journal, self._members = journal, members

    @property
    def is_connected(self) -> bool:
        """Whether there is an insurer to ask."""
        return self._members is not None

    async def summary(self, advisor: Advisor, conversation_id: str) -> MemberSummary | None:
        """
        Read the file of the member this conversation belongs to; None when the insurer does not know him.

        Forbidden unless *advisor* holds the conversation, NotFound when it belongs to nobody, Unavailable.
        The reading is written in the audit before it is made.
        """
        conversation = await self._journal.conversation(conversation_id)
        if not holds(advisor.id, conversation):
            raise Forbidden
        if self._members is None or conversation.member_id is None:
            raise NotFound
        await self._journal.audit(advisor.id, "member_file_read", conversation_id=conversation.id, member_id=conversation.member_id)
        try:
            return await asyncio.wait_for(self._members.summary(conversation.member_id), PATIENCE_S)
        except TimeoutError as cause:
            raise Unavailable("the member's file") from cause
