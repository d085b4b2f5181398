"""Where is a member in the queue, and how long may it take? A range in whole minutes, or nothing."""

from __future__ import annotations

from collections.abc import Sequence

_MINUTE = 60


def position(waiting: Sequence[str], conversation_id: str) -> int | None:
    """Give the place of a conversation among those that wait, from 1; None when it does not wait."""
    return waiting.index(conversation_id) + 1 if conversation_id in waiting else None


def wait_range(place: int, waiting: int, estimated_wait_s: int | None) -> tuple[int, int] | None:
    """
    Give the least and most seconds to wait from *place*, None when the desk has no basis for saying.

    *estimated_wait_s* is the desk's estimate for one who would come now, after all the *waiting*; whoever is nearer waits
    less in proportion. The range runs from half to one and a half of that, rounded outwards to minutes: an estimate told as a
    single number would be a promise.
    """
    if estimated_wait_s is None:
        return None
    expected = estimated_wait_s * place / (max(waiting, place) + 1)
    low = int(expected * 0.5) // _MINUTE * _MINUTE
    high = -int(-expected * 1.5 // _MINUTE) * _MINUTE
    return low, max(high, low + 2 * _MINUTE)
