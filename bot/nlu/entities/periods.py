"""
Stretches of days, and which one a name means from a given day. Pure.

Nobody says the year: « le 4 novembre » is the nearest one, behind (what was paid, received) or ahead (what is to come).
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from kernel.calendar import add_months

FARTHEST = 120
"""Years; « il y a 900 ans » is no day of a member's."""


LATEST, EARLIEST = 9, 3
"""Months within which « le 4 novembre » is to come, or is over."""


class Toward(Enum):
    """Where to look for the nearest day. LAST and NEXT (« dernier », « prochain ») leave out the current one."""

    BACK = "back"
    AHEAD = "ahead"
    LAST = "last"
    NEXT = "next"


@dataclass(frozen=True)
class Period:
    """The days from *first* to *last*, both included."""

    first: date
    last: date

    @classmethod
    def day(cls, day: date) -> Period:
        """Give a single day."""
        return cls(day, day)

    @classmethod
    def month(cls, year: int, month: int) -> Period:
        """Give a whole month."""
        return cls(date(year, month, 1), date(year, month, monthrange(year, month)[1]))

    @classmethod
    def year(cls, year: int) -> Period:
        """Give a whole year."""
        return cls(date(year, 1, 1), date(year, 12, 31))

    @classmethod
    def week_of(cls, day: date) -> Period:
        """Give the week of *day*, from Monday."""
        monday = day - timedelta(days=day.weekday())
        return cls(monday, monday + timedelta(days=6))


def nearest(named: Callable[[int], Period | None], on: date, toward: Toward) -> Period | None:
    """
    Give the nearest of the periods ``named(0)``, ``named(±1)``… (in the order of time) from *on*, within eight steps.

    Looking ahead, one that has just passed is likelier than its next return in a year: « j'habite là à partir du
    1er novembre » is said on the fourth too. The bounds are those of ``bot.phrasing.dates``: nine months, three months.
    """
    found = _first(named, on, toward)
    if toward is not Toward.AHEAD or found is None or found.first <= add_months(on, LATEST):
        return found
    gone = _first(named, on, Toward.LAST)
    return gone if gone and gone.last >= add_months(on, -EARLIEST) else found


def _first(named: Callable[[int], Period | None], on: date, toward: Toward) -> Period | None:
    step = 1 if toward in (Toward.AHEAD, Toward.NEXT) else -1
    periods = (named(step * count) for count in range(-1, 9))
    return next((period for period in periods if period and _is_on_side(period, on, toward)), None)


def _is_on_side(period: Period, on: date, toward: Toward) -> bool:
    match toward:
        case Toward.BACK:
            return period.first <= on
        case Toward.AHEAD:
            return period.last >= on
        case Toward.LAST:
            return period.last < on
        case Toward.NEXT:
            return period.first > on


def nearest_day(month: int, day: int, on: date, toward: Toward) -> Period | None:
    """Give the nearest *day* of *month*; None when it never exists (« 31 juin »)."""
    return nearest(lambda years: exact_day(on.year + years, month, day), on, toward)


def nearest_day_of_month(day: int, on: date, toward: Toward) -> Period | None:
    """Give the nearest day numbered *day*, whatever its month."""
    first = on.replace(day=1)

    def named(months: int) -> Period | None:
        month = add_months(first, months)
        return exact_day(month.year, month.month, day)

    return nearest(named, on, toward)


def nearest_month(month: int, on: date, toward: Toward) -> Period | None:
    """Give the nearest *month*; the current one counts, unless it is « dernier » or « prochain »."""
    return nearest(lambda years: Period.month(on.year + years, month), on, toward)


def nearest_weekday(weekday: int, on: date, toward: Toward) -> Period | None:
    """Give the nearest such day of the week; never *on*, which people call today."""
    start = on + timedelta(days=weekday - on.weekday())
    strictly = Toward.NEXT if toward in (Toward.AHEAD, Toward.NEXT) else Toward.LAST
    return nearest(lambda weeks: Period.day(start + timedelta(weeks=weeks)), on, strictly)


def exact_day(year: int, month: int, day: int) -> Period | None:
    """Give that day, None when it does not exist."""
    try:
        return Period.day(date(year, month, day))
    except ValueError:
        return None


def part_of(period: Period, part: str) -> Period:
    """Give the beginning (*part* ``debut``), the middle (``mi``) or the end of *period*; all of it for any other word."""
    if part not in ("debut", "mi", "fin"):
        return period
    if period.last.month != period.first.month:  # a year: its first quarter, its middle third, its last quarter
        first, count = {"debut": (0, 3), "mi": (4, 4), "fin": (9, 3)}[part]
        start = add_months(period.first, first)
        return Period(start, add_months(start, count) - timedelta(days=1))
    tenth, twentieth = period.first + timedelta(days=9), period.first + timedelta(days=19)
    return {"debut": Period(period.first, tenth), "mi": Period(tenth + timedelta(days=1), twentieth),
            "fin": Period(twentieth + timedelta(days=1), period.last)}[part]


def moved(on: date, unit: str, count: int) -> date | None:
    """Give the day *count* units (``jour``, ``semaine``, ``mois``, ``an``) after *on*; None beyond `FARTHEST` years."""
    days = {"jour": 1, "semaine": 7, "mois": 31, "an": 366}[unit] * count
    if abs(days) > FARTHEST * 365:
        return None
    if unit in ("mois", "an"):
        return add_months(on, count * (12 if unit == "an" else 1))
    return on + timedelta(days=days)


def around(day: date, unit: str) -> Period:
    """Give what « il y a trois *unit*s » means around *day*: the day itself, its week, its month or its year."""
    match unit:
        case "semaine":
            return Period.week_of(day)
        case "mois":
            return Period.month(day.year, day.month)
        case "an":
            return Period.year(day.year)
    return Period.day(day)
