"""Is this written request late? States of a promise made to a member (délai d'engagement)."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

WARN_BEFORE = timedelta(hours=8)
LONG_LIVE_WAIT = timedelta(minutes=5)
TOO_LONG_LIVE_WAIT = timedelta(minutes=10)


class Urgency(StrEnum):
    """En bonne voie, à risque, en retard."""

    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    OVERDUE = "overdue"


def of_due(due_at: datetime, now: datetime) -> Urgency:
    """Give the state of a dated promise."""
    if now >= due_at:
        return Urgency.OVERDUE
    return Urgency.AT_RISK if now >= due_at - WARN_BEFORE else Urgency.ON_TRACK


def of_wait(waited: timedelta) -> Urgency:
    """Give the state of somebody waiting in front of his screen."""
    if waited >= TOO_LONG_LIVE_WAIT:
        return Urgency.OVERDUE
    return Urgency.AT_RISK if waited >= LONG_LIVE_WAIT else Urgency.ON_TRACK
