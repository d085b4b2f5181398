"""The dialogue state of the turn being answered: read from the claim, given back for the commit. Nothing is kept."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from rasa.core.lock import TicketLock
from rasa.core.lock_store import LockStore
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, SessionStarted, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

LONGEST_FORM = 400
"""Events kept during a form: some sixty messages; older ones are compacted to slots."""


class TurnStore(TrackerStore):  # type: ignore[misc]
    """Holds, in memory, the dialogue of each conversation whose turn is running."""

    def __init__(self, domain: Domain) -> None:
        """*domain* gives the slots."""
        super().__init__(domain)
        self._dialogues: dict[str, str | None] = {}

    def begin(self, conversation_id: str, dialogue: str | None) -> None:
        """Put the claimed snapshot in place."""
        self._dialogues[conversation_id] = dialogue

    def end(self, conversation_id: str) -> str | None:
        """Take the snapshot to commit."""
        return self._dialogues.pop(conversation_id, None)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """See TrackerStore."""
        dialogue = self._dialogues.get(sender_id)
        if dialogue is None:
            return None
        return DialogueStateTracker.from_dict(sender_id, json.loads(dialogue), self.domain.slots)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """See TrackerStore."""
        self._dialogues[tracker.sender_id] = json.dumps(compact(tracker), ensure_ascii=False)


def compact(tracker: DialogueStateTracker) -> list[dict[str, Any]]:
    """
    Give the events worth keeping: all of them while a form is active, else only what the slots hold.

    Rasa replays every event at every step; without this a turn costs more with each turn before it.
    """
    if tracker.active_loop and len(tracker.events) <= LONGEST_FORM:
        return [event.as_dict() for event in tracker.events]
    filled = [SlotSet(name, slot.value) for name, slot in tracker.slots.items()
              if slot.value != slot.initial_value and name != "requested_slot"]
    kept = [ActionExecuted("action_session_start"), SessionStarted(), *filled, ActionExecuted("action_listen")]
    return [event.as_dict() for event in kept]


class NoLock(LockStore):  # type: ignore[misc]
    """The claim on the turn is the lock."""

    @asynccontextmanager
    async def lock(self, conversation_id: str, lock_lifetime: float = 0, wait_time_in_seconds: float = 0) -> AsyncIterator[TicketLock]:  # noqa: ARG002
        """Lock nothing."""
        yield TicketLock(conversation_id)
