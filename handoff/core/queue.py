"""The queues as the desk shows them, and which conversation comes next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from handoff.core import due
from handoff.core.due import Urgency
from journal.entries import Conversation, Mode

LIVE, WRITTEN, URGENT = "live", "written", "urgent"
# What came back to the queue after having been served goes before what has just arrived.
RETURNED_PRIORITY = 1
URGENT_PRIORITY = 5


@dataclass(frozen=True)
class Place:
    """One conversation in a list of the desk, with what is worth knowing before opening it."""

    conversation: Conversation
    queue: str
    is_urgent: bool
    urgency: Urgency
    waited: timedelta
    has_returned: bool


@dataclass(frozen=True)
class Queue:
    """One queue: its id, its label from the organisation, who waits in it, in order."""

    id: str
    label: str
    places: tuple[Place, ...]

    @property
    def worst(self) -> Urgency:
        """The worst state among those who wait."""
        order = list(Urgency)
        return max((place.urgency for place in self.places), key=order.index, default=Urgency.ON_TRACK)


def queue_of(conversation: Conversation) -> str:
    """Give the queue a conversation belongs to: danger goes first whatever the label says."""
    if conversation.queue == URGENT or conversation.priority >= URGENT_PRIORITY:
        return URGENT
    return conversation.queue or (WRITTEN if conversation.mode is Mode.WRITTEN else LIVE)


def place(conversation: Conversation, now: datetime) -> Place:
    """Say how a conversation stands at *now*."""
    waited = max(now - conversation.floor.at, timedelta(0))
    queue = queue_of(conversation)
    return Place(
        conversation,
        queue,
        queue == URGENT,
        _urgency(conversation, queue, waited, now),
        waited,
        has_returned=conversation.priority == RETURNED_PRIORITY,
    )


def _urgency(conversation: Conversation, queue: str, waited: timedelta, now: datetime) -> Urgency:
    if queue == URGENT:
        return Urgency.OVERDUE
    if conversation.due_at is not None:
        return due.of_due(conversation.due_at, now)
    return due.of_wait(waited) if conversation.mode is Mode.LIVE else Urgency.ON_TRACK


def queues(waiting: Iterable[Conversation], labels: Mapping[str, str], now: datetime) -> list[Queue]:
    """Sort *waiting* into the organisation's queues, danger first; a queue no longer configured keeps its people."""
    places = [place(conversation, now) for conversation in waiting]
    names = [URGENT, *(name for name in labels if name != URGENT)]
    names += sorted({one.queue for one in places} - set(names))
    return [Queue(name, labels.get(name, name), tuple(in_order(one for one in places if one.queue == name))) for name in names]


def in_order(places: Iterable[Place]) -> list[Place]:
    """Put places of one queue in order: what returned, then by due date, then who waits longest."""
    return sorted(places, key=_rank)


def _rank(one: Place) -> tuple[bool, bool, float, datetime]:
    due_at = one.conversation.due_at
    is_undated = due_at is None and one.conversation.mode is Mode.WRITTEN
    return (not one.has_returned, is_undated, due_at.timestamp() if due_at else 0, one.conversation.floor.at)


def next_in_line(waiting: Iterable[Conversation], now: datetime) -> list[Conversation]:
    """
    Give the order in which « prendre la suivante » takes: danger; written requests whose promise is broken; people
    waiting live; the rest by due date.
    """
    places = [place(conversation, now) for conversation in waiting]
    return [one.conversation for one in sorted(places, key=lambda one: (_turn(one), _rank(one)))]


def _turn(one: Place) -> int:
    if one.is_urgent:
        return 0
    if one.conversation.mode is Mode.LIVE:
        return 2
    return 1 if one.urgency is Urgency.OVERDUE else 3


def position(conversation_id: str, waiting: Iterable[Conversation], queue: str, now: datetime) -> int | None:
    """Give the place (from 1) of a conversation among those that wait live in *queue*; None when it is not there."""
    places = in_order(place(one, now) for one in waiting if one.mode is Mode.LIVE and queue_of(one) == queue)
    ids = [one.conversation.id for one in places]
    return ids.index(conversation_id) + 1 if conversation_id in ids else None
