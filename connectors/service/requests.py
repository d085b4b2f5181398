"""What a member asks of the conversation itself: a person, a written answer, the assistant again, its erasure."""

from __future__ import annotations

import contextlib

from connectors.core import drafts, texts
from connectors.core.access import Proof
from connectors.core.errors import WithAdvisor
from connectors.core.states import State, is_waiting
from connectors.service.conversations import Conversations
from connectors.service.doorkeeper import Doorkeeper
from connectors.service.pace import Pace
from connectors.service.ports import TopicTitle
from journal.entries import AuthorKind, Conversation, Holder
from journal.floor import NotWaiting
from journal.journal import Journal
from kernel.calendar import DueAt, due_after_business_hours
from kernel.organisation import Organisation

_LATEST = 60


class Requests:
    """Works with every worker dead: nothing here waits for the assistant."""

    def __init__(
        self, journal: Journal, door: Doorkeeper, *, pace: Pace, conversations: Conversations,
        organisation: Organisation, title: TopicTitle,
    ) -> None:
        """*title* names a topic in French, for what is passed to the advisor."""
        self._journal, self._door, self._pace, self._conversations = journal, door, pace, conversations
        self._organisation, self._title = organisation, title

    async def handoff(self, conversation_id: str, proof: Proof, client_id: str) -> State:
        """Ask for a person; asking twice is asking once."""
        texts.client_id(client_id)
        conversation = await self._enter(conversation_id, proof)
        latest = await self._journal.read(conversation_id, max(0, conversation.last_number - _LATEST))
        draft = drafts.handoff_draft(conversation, latest, client_id, self._title)
        await self._journal.request_handoff(conversation_id, draft, queue=drafts.queue_for(conversation))
        return await self._conversations.state(conversation_id)

    async def written(self, conversation_id: str, proof: Proof, client_id: str, subject: str | None) -> State:
        """Make it a written request with its due date; WithAdvisor while an advisor is answering."""
        texts.client_id(client_id)
        about = texts.subject_line(subject) if subject else None
        conversation = await self._enter(conversation_id, proof)
        if conversation.floor.holder is Holder.ADVISOR and not conversation.is_closed:
            raise WithAdvisor
        due = self._due()
        await self._journal.to_written(conversation_id, due_at=due.at, due_on=due.by, subject=about)
        return await self._conversations.state(conversation_id)

    async def back(self, conversation_id: str, proof: Proof, client_id: str) -> State:
        """Stop waiting, back to the assistant; asking twice is asking once. NotWaiting when it cannot be."""
        texts.client_id(client_id)
        conversation = await self._enter(conversation_id, proof)
        if conversation.floor.holder is not Holder.ASSISTANT:
            await self._journal.back_to_assistant(conversation_id)
        return await self._conversations.state(conversation_id)

    async def erase(self, conversation_id: str, proof: Proof) -> None:
        """Erase the contents; the proof stays. Nobody is kept waiting for a conversation that is gone."""
        conversation = await self._door.enter(conversation_id, proof)
        await self._pace.keep(f"message:{conversation_id}", self._pace.limits.messages)
        if is_waiting(conversation):
            with contextlib.suppress(NotWaiting):  # an advisor just took it
                await self._journal.back_to_assistant(conversation_id)
        await self._journal.erase(conversation_id, by=AuthorKind.MEMBER)

    async def _enter(self, conversation_id: str, proof: Proof) -> Conversation:
        conversation = await self._door.enter_to_act(conversation_id, proof)
        await self._pace.keep(f"message:{conversation_id}", self._pace.limits.messages)
        return conversation

    def _due(self) -> DueAt:
        organisation = self._organisation
        return due_after_business_hours(
            self._journal.clock.now(), organisation.written_answer_business_hours, zone=organisation.timezone,
            alsace_moselle=organisation.alsace_moselle)
