"""What a member's screen shows of a conversation besides its entries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from journal.entries import Conversation, Holder, Mode

State = dict[str, Any]
PAGE = 200
"""Entries told at once; a screen asks again from the last number."""
# Changes of these are told by `entry` and `typing` frames: a `state` frame for each would say nothing more.
_TOLD_OTHERWISE = ("last_number", "typing")


@dataclass(frozen=True)
class Place:
    """A place in the queue: *position* from 1, *wait_s* the range told, None when the desk cannot say."""

    position: int
    wait_s: tuple[int, int] | None


def is_waiting(conversation: Conversation) -> bool:
    """Say whether the member waits for a person to answer in the chat, now."""
    in_the_room = conversation.floor.holder is Holder.DESK and conversation.mode is Mode.LIVE
    return in_the_room and not conversation.is_closed


def state_of(
    conversation: Conversation, now: datetime, *, place: Place | None, is_typing: bool, assistant: str
) -> State:
    """Give the public state; docs/chat-api.md lists its fields."""
    return {
        "mode": conversation.mode.value,
        "is_closed": conversation.is_closed,
        "floor": conversation.floor.holder.value,
        "speaker": conversation.floor.advisor_name,
        "level": conversation.identity.level_at(now),
        "last_number": conversation.last_number,
        "typing": is_typing,
        "due_on": conversation.due_on.isoformat() if conversation.due_on else None,
        "queue": _queue_of(place) if place else None,
        "assistant": assistant,
    }


def _queue_of(place: Place) -> dict[str, Any]:
    return {"position": place.position, "wait_s": list(place.wait_s) if place.wait_s else None}


def says_more(state: State, told: State | None) -> bool:
    """Say whether *state* tells something that *told* did not."""
    return told is None or any(state[name] != told[name] for name in state if name not in _TOLD_OTHERWISE)


def listed(conversation: Conversation) -> dict[str, Any]:
    """Give a line of the member's list of conversations."""
    return {
        "id": conversation.id,
        "mode": conversation.mode.value,
        "is_closed": conversation.is_closed,
        "floor": conversation.floor.holder.value,
        "subject": conversation.subject,
        "due_on": conversation.due_on.isoformat() if conversation.due_on else None,
        "updated_at": conversation.updated_at.isoformat(),
        "last_number": conversation.last_number,
    }
