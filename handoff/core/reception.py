"""What the desk owes somebody who waits live, besides an advisor: a promise, the truth, a way out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from kernel.calendar import is_open
from kernel.organisation import Organisation

PROMISE_WITHIN = timedelta(seconds=60)
NOBODY_AFTER = timedelta(seconds=60)
LONG_WITHOUT_PROMISE = timedelta(minutes=5)


@dataclass(frozen=True)
class Wait:
    """
    One wait, from the moment the floor came to the desk (*fencing*) until an advisor takes.

    *promised_until*: end of the range told to the member; the ``*_told_at`` are when each thing was said, once.
    """

    conversation_id: str
    fencing: int
    queue: str
    asked_at: datetime
    ahead: int
    advisors: int
    is_live: bool = True
    promised_until: datetime | None = None
    away_told_at: datetime | None = None
    late_told_at: datetime | None = None


@dataclass(frozen=True)
class Staff:
    """Who can answer now: *is_open* by the organisation's rule, *available* advisors."""

    is_open: bool
    available: int

    @property
    def can_answer(self) -> bool:
        """Whether somebody may take a live conversation now."""
        return self.is_open and self.available > 0


@dataclass(frozen=True)
class TellRange:
    """Promise a wait between *low_s* and *high_s* seconds."""

    low_s: int
    high_s: int


@dataclass(frozen=True)
class TellAway:
    """Say that nobody is there, with the ways out."""


@dataclass(frozen=True)
class TellLate:
    """Say that it takes longer; *promise_broken*: longer than was promised."""

    promise_broken: bool


Step = TellRange | TellAway | TellLate


def staff(organisation: Organisation, available: int, now: datetime) -> Staff:
    """Say whether the desk is open: by the week in organisation.yml, or whenever an advisor is available."""
    if organisation.raw.get("desk_opening") == "presence" or organisation.opening_hours is None:
        return Staff(available > 0, available)
    open_now = is_open(
        now,
        organisation.opening_hours,
        zone=organisation.timezone,
        closures=organisation.closures,
        alsace_moselle=organisation.alsace_moselle,
    )
    return Staff(open_now, available)


def next_step(wait: Wait, on_duty: Staff, estimate: tuple[int, int] | None, now: datetime) -> Step | None:
    """Decide what to tell this member now; None when everything due has been told."""
    waited = now - wait.asked_at
    if wait.away_told_at is None and _nobody_comes(on_duty, waited):
        return TellAway()
    if wait.promised_until is not None:
        return TellLate(promise_broken=True) if now > wait.promised_until and wait.late_told_at is None else None
    if estimate and on_duty.can_answer and waited <= PROMISE_WITHIN and wait.away_told_at is None:
        return TellRange(*estimate)
    is_silent = wait.away_told_at is None and wait.late_told_at is None
    return TellLate(promise_broken=False) if is_silent and waited >= LONG_WITHOUT_PROMISE else None


def _nobody_comes(on_duty: Staff, waited: timedelta) -> bool:
    return not on_duty.is_open or (not on_duty.available and waited >= NOBODY_AFTER)
