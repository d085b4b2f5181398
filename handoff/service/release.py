"""Putting a conversation back into its queue when its advisor is gone."""

from __future__ import annotations

from handoff.core import queue
from journal.entries import Conversation, Holder
from journal.journal import Journal
from journal.record import HeldBy
from kernel.errors import StaleFloor


async def release(journal: Journal, conversation: Conversation) -> bool:
    """Give *conversation*, held by an advisor, back to its queue, ahead of new ones; False when the floor had moved."""
    floor = conversation.floor
    try:
        await journal.transfer(conversation.id, HeldBy(Holder.ADVISOR, floor.fencing, floor.advisor_id), queue=queue.queue_of(conversation))
    except StaleFloor:
        return False
    await journal.raise_priority(conversation.id, queue.RETURNED_PRIORITY)
    return True
