"""Reading and writing conversations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from connectors.core import drafts
from connectors.core.access import Proof, ProvenMember
from connectors.core.choices import choice_draft
from connectors.core.states import PAGE, State, listed
from connectors.service.doorkeeper import Doorkeeper
from connectors.service.hub import Hub
from connectors.service.pace import Pace
from connectors.service.states import States
from journal.entries import AuthorKind, Conversation, Entry, Kind, View
from journal.journal import Journal
from kernel.errors import Malformed

LONGEST_WAIT_S = 25

SeenEntry = dict[str, Any]


@dataclass(frozen=True)
class Message:
    """What a member sends: a *text*, or the choice of an *option* of the entry numbered *entry*."""

    client_id: str
    text: str | None = None
    entry: int | None = None
    option: str | None = None


@dataclass(frozen=True)
class Written:
    """An entry on disk; *is_new* is False when the same client id had stored it before."""

    entry: Entry
    is_new: bool


class Conversations:
    """The use cases of a member's screen."""

    def __init__(self, journal: Journal, door: Doorkeeper, *, pace: Pace, hub: Hub, states: States) -> None:
        """*hub* tells who waits for news that there may be some."""
        self._journal, self._door, self._pace, self._hub, self._states = journal, door, pace, hub, states

    async def of_member(self, member: ProvenMember) -> list[dict[str, Any]]:
        """List a member's conversations, the latest moved first."""
        return [listed(one) for one in await self._journal.conversations_of(member.member_id)]

    async def read(
        self, conversation_id: str, proof: Proof, since: int, wait_s: float = 0
    ) -> tuple[State, list[SeenEntry]]:
        """Give the state and the entries after *since*, at most PAGE; with *wait_s*, wait for one if there is none."""
        conversation = await self._door.enter(conversation_id, proof)
        await self._pace.keep(f"read:{conversation_id}", self._pace.limits.reads)
        if wait_s and conversation.last_number <= since:
            with self._hub.watch(conversation_id) as watcher:
                if (await self._journal.conversation(conversation_id)).last_number <= since:  # it may just have moved
                    await watcher.moved(min(wait_s, LONGEST_WAIT_S))
            conversation = await self._door.enter(conversation_id, proof)
        entries = await self._journal.view(conversation_id, View.MEMBER, since, PAGE)
        return await self._states.of(conversation), entries

    async def state(self, conversation_id: str) -> State:
        """Give the state of a conversation already entered."""
        return await self._states.of(await self._journal.conversation(conversation_id))

    async def send(self, conversation_id: str, proof: Proof, message: Message) -> Written:
        """Store a message; it is on disk when this returns. Malformed, TooLarge, Outdated, TooMany."""
        conversation = await self._door.enter_to_act(conversation_id, proof)
        draft = drafts.text_draft(message.text, message.client_id) if message.text is not None else None
        await self._pace.keep(f"message:{conversation_id}", self._pace.limits.messages)
        if draft is not None:
            entry = await self._journal.append(conversation_id, draft)
        else:
            entry = await self._choose(conversation_id, message)
        _is_theirs(entry)
        return Written(entry, entry.number > conversation.last_number)

    async def _choose(self, conversation_id: str, message: Message) -> Entry:
        offered, option, client_id = message.entry, message.option, message.client_id
        if not offered or option is None:
            raise Malformed("text, or entry and option: one of them")
        return await self._journal.append_decided(
            conversation_id,
            lambda entries: choice_draft(entries, entry=offered, option=option, client_id=client_id),
            since=offered - 1,
        )

    async def transcript(self, conversation_id: str, proof: Proof) -> tuple[Conversation, list[SeenEntry]]:
        """Give the whole conversation as its member sees it."""
        conversation = await self._door.enter(conversation_id, proof)
        await self._pace.keep(f"read:{conversation_id}", self._pace.limits.reads)
        entries: list[SeenEntry] = []
        while page := await self._journal.view(conversation_id, View.MEMBER, len(entries), PAGE):
            entries += page  # numbers are gapless: as many entries as the last number
        return conversation, entries


def _is_theirs(entry: Entry) -> None:
    """Refuse a client id which names what somebody else wrote, so that it is never taken for a message stored."""
    if entry.author is not AuthorKind.MEMBER or entry.kind not in (Kind.TEXT, Kind.CHOICE):
        raise Malformed("client_id: already used for something else")
