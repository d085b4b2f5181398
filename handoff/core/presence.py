"""Presence of an advisor: what he said, corrected by silence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

SILENT_AFTER = timedelta(minutes=10)
LOST_AFTER = timedelta(seconds=90)
RELEASE_AFTER = timedelta(minutes=3)
RELEASE_WRITTEN_AFTER = timedelta(hours=4)


class Said(StrEnum):
    """What the advisor chose: disponible, en pause, or signed out."""

    AVAILABLE = "available"
    PAUSED = "paused"
    GONE = "gone"


class State(StrEnum):
    """What colleagues and the queue count on."""

    AVAILABLE = "available"
    PAUSED = "paused"
    ABSENT = "absent"


@dataclass(frozen=True)
class Presence:
    """
    *active_at*: the last thing the person did; *live_at*: the last time the open page was heard (None: no script).
    *said_at*: when *said* was chosen.
    """

    advisor_id: str
    said: Said
    said_at: datetime
    active_at: datetime
    live_at: datetime | None = None

    def absent_at(self) -> datetime:
        """Give the moment from which the advisor counts as absent unless something is heard."""
        if self.said is Said.GONE:
            return self.said_at
        silent = self.active_at + SILENT_AFTER
        if self.live_at is None:
            return silent
        return min(silent, max(self.live_at, self.active_at) + LOST_AFTER)

    def state(self, now: datetime) -> State:
        """Give the state at *now*: silence makes anyone absent, whatever he said."""
        if now >= self.absent_at():
            return State.ABSENT
        return State.AVAILABLE if self.said is Said.AVAILABLE else State.PAUSED

    def has_lost(self, now: datetime, *, is_written: bool) -> bool:
        """Say whether what this advisor holds must go back to the queue; a written request waits longer than a chat."""
        return now >= self.absent_at() + (RELEASE_WRITTEN_AFTER if is_written else RELEASE_AFTER)
