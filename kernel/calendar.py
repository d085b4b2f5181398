"""
Business days and the three clocks of an insurer's promises. Pure: the moment is always an argument.

Definitions and chosen readings are in docs/domain/deadlines.md; test vectors in tests/unit/kernel. Two counts that are
never mixed: *business days* (jours ouvrés, Monday to Friday) and *working days* (jours ouvrables, Monday to Saturday).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from holidays import country_holidays

PARIS = ZoneInfo("Europe/Paris")
_SATURDAY, _SUNDAY = 5, 6


@lru_cache(maxsize=64)
def _public_holidays(year: int, *, alsace_moselle: bool) -> frozenset[date]:
    calendar = country_holidays("FR", subdiv="6AE" if alsace_moselle else None, years=year)
    return frozenset(calendar)


def is_public_holiday(day: date, *, alsace_moselle: bool = False) -> bool:
    """Jour férié légal (C. trav. L.3133-1), with Good Friday and 26 December in Alsace-Moselle (L.3134-13)."""
    return day in _public_holidays(day.year, alsace_moselle=alsace_moselle)


def is_business_day(day: date, *, alsace_moselle: bool = False) -> bool:
    """Jour ouvré: Monday to Friday except public holidays."""
    return day.weekday() < _SATURDAY and not is_public_holiday(day, alsace_moselle=alsace_moselle)


def is_working_day(day: date, *, alsace_moselle: bool = False) -> bool:
    """Jour ouvrable: Monday to Saturday except public holidays."""
    return day.weekday() < _SUNDAY and not is_public_holiday(day, alsace_moselle=alsace_moselle)


@dataclass(frozen=True)
class DueAt:
    """A promise: *at* is the moment it ends (UTC), *by* the day told to the member (« au plus tard … »)."""

    at: datetime
    by: date


def due_after_business_hours(
    received_at: datetime, hours: int, *, zone: ZoneInfo = PARIS, alsace_moselle: bool = False
) -> DueAt:
    """
    Reading A of « 48 heures ouvrées »: hours run on business days from 00:00 to 24:00 local wall-clock, else wait.

    *received_at* is aware. When the promise ends at 00:00 of a day, the day told is the one before.
    Source: docs/domain/deadlines.md §5.2; vectors B01 to B12.
    """
    day_at = received_at.astimezone(zone).replace(tzinfo=None)
    left = timedelta(hours=hours)
    while True:
        midnight = datetime.combine(day_at.date() + timedelta(days=1), time())
        if is_business_day(day_at.date(), alsace_moselle=alsace_moselle):
            if day_at + left <= midnight:
                ends = day_at + left
                break
            left -= midnight - day_at
        day_at = midnight
    told = ends.date() if ends.time() != time() else ends.date() - timedelta(days=1)
    return DueAt(ends.replace(tzinfo=zone).astimezone(UTC), told)


def add_days(sent_on: date, count: int, counts: Callable[[date], bool] = lambda _: True) -> date:
    """Give the *count*-th day after *sent_on* for which *counts* holds; the day of sending is not counted."""
    day = sent_on
    while count:
        day += timedelta(days=1)
        count -= counts(day)
    return day


def add_months(sent_on: date, months: int) -> date:
    """Same day-number *months* later, else the last day of that month (CPC 641)."""
    index = sent_on.year * 12 + sent_on.month - 1 + months
    year, month = divmod(index, 12)
    for day_number in range(sent_on.day, 0, -1):
        try:
            return date(year, month + 1, day_number)
        except ValueError:
            continue
    raise AssertionError("every month has a first day")


@dataclass(frozen=True)
class ComplaintDates:
    """Both clocks of a complaint, as days: alarm (10 calendar), breach (10 working), for the record (10 business)."""

    acknowledge_calendar: date
    acknowledge_working: date
    acknowledge_business: date
    answer: date


def complaint_dates(sent_on: date, *, alsace_moselle: bool = False) -> ComplaintDates:
    """Compute the dates of a complaint sent on *sent_on*. Source: docs/domain/deadlines.md §5.2, vectors B13 to B20."""
    return ComplaintDates(
        acknowledge_calendar=add_days(sent_on, 10),
        acknowledge_working=add_days(sent_on, 10, lambda d: is_working_day(d, alsace_moselle=alsace_moselle)),
        acknowledge_business=add_days(sent_on, 10, lambda d: is_business_day(d, alsace_moselle=alsace_moselle)),
        answer=add_months(sent_on, 2),
    )


WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def is_open(
    now: datetime,
    week: dict[str, list[str]],
    *,
    zone: ZoneInfo = PARIS,
    closures: tuple[date, ...] = (),
    alsace_moselle: bool = False,
) -> bool:
    """Say whether *now* falls in *week* (``mon: ["09:00-12:30"]``, local time), closed on holidays and *closures*."""
    local = now.astimezone(zone)
    if local.date() in closures or is_public_holiday(local.date(), alsace_moselle=alsace_moselle):
        return False
    spans = (span.split("-") for span in week.get(WEEKDAYS[local.weekday()], []))
    return any(time.fromisoformat(start) <= local.time() < time.fromisoformat(end) for start, end in spans)
