"""How long will this person wait? An honest range from what was seen lately, or nothing."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

ENOUGH = 5
RECENT = timedelta(hours=2)
LONGEST_SAID = timedelta(hours=1)
_LOW, _HIGH = 0.25, 0.9


@dataclass(frozen=True)
class Served:
    """One past wait: *waited*, with so many people *ahead* and so many *advisors* on duty when it started."""

    waited: timedelta
    ahead: int
    advisors: int


def estimate(position: int, advisors: int, served: Sequence[Served]) -> tuple[int, int] | None:
    """
    Give a range in seconds, whole minutes, for the person at *position* (from 1) with *advisors* on duty now.

    Each past wait is brought back to one place in the line and one advisor; the range runs from the quicker quarter to
    nine in ten of them. None when fewer than ENOUGH were seen, when nobody is there, or when it would exceed
    LONGEST_SAID: an estimate nobody should rely on is not told.
    """
    if len(served) < ENOUGH or advisors < 1:
        return None
    units = sorted(one.waited.total_seconds() * max(one.advisors, 1) / (one.ahead + 1) for one in served)
    low, high = (quantile(units, share) * position / advisors for share in (_LOW, _HIGH))
    if high > LONGEST_SAID.total_seconds():
        return None
    low_s = max(60 * math.floor(low / 60), 60)
    return low_s, max(60 * math.ceil(high / 60), low_s + 60)


def quantile(ordered: Sequence[float], share: float) -> float:
    """Give the value below which *share* of *ordered* (not empty) lies, between neighbours when needed."""
    at = share * (len(ordered) - 1)
    below = math.floor(at)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (at - below)
