"""Due dates: every vector of the customer's document, and what must hold for every day of the years to come."""

from __future__ import annotations

import csv
import re
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel import calendar
from kernel.calendar import PARIS

HERE = Path(__file__).parent
MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2035, 12, 31)).map(lambda naive: naive.replace(tzinfo=PARIS))  # noqa: DTZ001
DAYS = st.dates(date(2025, 1, 1), date(2035, 12, 31))


def rows(name: str) -> list[dict[str, str]]:
    """Read a table of vectors."""
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def both_readings(cell: str) -> tuple[str, str]:
    """Split ``value (AM: other)`` into what holds in France and in Alsace-Moselle."""
    general, _, local = cell.partition("(")
    return general.strip(), re.sub(r"^(Alsace-Moselle|AM):\s*", "", local.rstrip(")")).strip() or general.strip()


def a_moment(text: str, near: date) -> datetime:
    """Read ``mer 2026-11-25 10:00``, or ``mer 31 12:00`` in the month of *near*, as Paris time."""
    if full := re.search(r"(\d{4}-\d\d-\d\d) (\d\d:\d\d)", text):
        return datetime.combine(date.fromisoformat(full[1]), time.fromisoformat(full[2]), PARIS)
    short = re.search(r"(\d\d) (\d\d:\d\d)", text)
    assert short
    return datetime.combine(near.replace(day=int(short[1])), time.fromisoformat(short[2]), PARIS)


def a_day(text: str, not_before: date) -> date:
    """Read ``mar 24/11`` or ``sam 02/01/2027``; without a year, the first one not before *not_before*."""
    day, month, year = re.search(r"(\d\d)/(\d\d)(?:/(\d{4}))?", text).groups()  # type: ignore[union-attr]
    found = date(int(year or not_before.year), int(month), int(day))
    return found if year or found >= not_before else found.replace(year=found.year + 1)


@pytest.mark.parametrize("row", rows("deadline_vectors_48h.csv"), ids=lambda row: row["id"])
@pytest.mark.parametrize("alsace_moselle", [False, True], ids=["france", "alsace-moselle"])
def test_the_due_date_of_a_written_request_is_the_one_in_the_table(row: dict[str, str], alsace_moselle: bool) -> None:
    """« 48 heures ouvrées » is a promise to people: each case was worked out by hand."""
    received_at = a_moment(row["Reception"], date.min)
    due_text = both_readings(row["48 h ouvrées — A"])[alsace_moselle]
    told_text = both_readings(row["C (fin du jour)"])[alsace_moselle]

    due = calendar.due_after_business_hours(received_at, 48, alsace_moselle=alsace_moselle)
    assert due.at == a_moment(due_text, a_moment(both_readings(row["48 h ouvrées — A"])[0], date.min).date())
    assert due.by == a_day(told_text, received_at.date())


@pytest.mark.parametrize("row", rows("deadline_vectors_complaint.csv"), ids=lambda row: row["id"])
@pytest.mark.parametrize("alsace_moselle", [False, True], ids=["france", "alsace-moselle"])
def test_the_dates_of_a_complaint_are_those_in_the_table(row: dict[str, str], alsace_moselle: bool) -> None:
    """Three counts that are never mixed: calendar, ouvrables (Monday to Saturday), ouvrés (Monday to Friday)."""
    sent_on = date.fromisoformat(row["Complaint sent"].split()[1])
    columns = ("10 calendaires", "10 ouvrables", "10 ouvrés", "2 mois")
    dates = calendar.complaint_dates(sent_on, alsace_moselle=alsace_moselle)
    found = [dates.acknowledge_calendar, dates.acknowledge_working, dates.acknowledge_business, dates.answer]

    for column, day in zip(columns, found, strict=True):
        if column == "10 ouvrés" and alsace_moselle:  # the table gives this one for the general rule only
            assert day >= a_day(both_readings(row[column])[0], sent_on)
        else:
            assert day == a_day(both_readings(row[column])[alsace_moselle], sent_on)


@given(MOMENTS, st.booleans())
def test_a_promise_always_ends_on_a_business_day(received_at: datetime, alsace_moselle: bool) -> None:
    """A member told « au plus tard dimanche » would rightly laugh."""
    due = calendar.due_after_business_hours(received_at, 48, alsace_moselle=alsace_moselle)

    assert calendar.is_business_day(due.by, alsace_moselle=alsace_moselle)
    assert due.at.tzinfo is UTC
    assert due.at - timedelta(days=1) <= datetime.combine(due.by, time(23, 59, 59), PARIS) + timedelta(seconds=1)


@given(MOMENTS, st.timedeltas(timedelta(0), timedelta(days=30)))
def test_writing_later_never_gives_an_earlier_promise(received_at: datetime, later: timedelta) -> None:
    """Whatever the holidays and the clock changes in between, the queue by due date is fair."""
    first = calendar.due_after_business_hours(received_at, 48)
    second = calendar.due_after_business_hours((received_at.astimezone(UTC) + later), 48)

    assert first.by <= second.by
    assert first.at <= second.at + timedelta(hours=1)  # the hour that exists twice at the end of October


@given(MOMENTS)
def test_the_promise_never_ends_later_than_the_second_business_day(received_at: datetime) -> None:
    """Reading A, which runs the clock, never ends later than reading C, which is what the member is told."""
    due = calendar.due_after_business_hours(received_at, 48)
    second = calendar.add_days(received_at.date(), 2, calendar.is_business_day)

    assert due.by <= second


@given(MOMENTS)
def test_the_local_law_never_shortens_a_promise(received_at: datetime) -> None:
    """Two more holidays in Alsace-Moselle can only push a date away."""
    general = calendar.due_after_business_hours(received_at, 48)
    local = calendar.due_after_business_hours(received_at, 48, alsace_moselle=True)

    assert general.by <= local.by


@pytest.mark.parametrize(("received", "due"), [
    ("2027-03-26T16:00+01:00", "2027-03-31T16:00+02:00"),  # the clocks go forward on Sunday 28 March
    ("2026-10-23T16:00+02:00", "2026-10-27T16:00+01:00"),  # and back on Sunday 25 October
    ("2026-10-25T02:30+02:00", "2026-10-28T00:00+01:00"),  # received in the hour that exists twice
    ("2026-10-25T02:30+01:00", "2026-10-28T00:00+01:00"),
    ("2027-03-28T01:59+01:00", "2027-04-01T00:00+02:00"),  # a minute before the hour that does not exist
])
def test_clock_changes_keep_the_hour_of_the_promise(received: str, due: str) -> None:
    """Somebody who writes at 16:00 is promised 16:00, summer or winter."""
    found = calendar.due_after_business_hours(datetime.fromisoformat(received), 48)

    assert found.at == datetime.fromisoformat(due)


@given(DAYS, st.integers(1, 30))
def test_counting_days_never_lands_on_a_day_that_does_not_count(sent_on: date, count: int) -> None:
    """Ouvrables skip Sundays and holidays, ouvrés skip Saturdays too."""
    working = calendar.add_days(sent_on, count, calendar.is_working_day)
    business = calendar.add_days(sent_on, count, calendar.is_business_day)

    assert calendar.is_working_day(working)
    assert calendar.is_business_day(business)
    assert sent_on + timedelta(days=count) <= working <= business


@given(DAYS, st.integers(0, 36))
def test_months_keep_the_day_or_take_the_last_of_the_month(sent_on: date, months: int) -> None:
    """CPC 641: 31 December plus two months is the last day of February."""
    found = calendar.add_months(sent_on, months)

    assert (found.year * 12 + found.month) - (sent_on.year * 12 + sent_on.month) == months
    assert found.day == sent_on.day or (found + timedelta(days=1)).day == 1


@pytest.mark.parametrize(("sent", "months", "found"), [
    ("2027-12-31", 2, "2028-02-29"), ("2026-12-31", 2, "2027-02-28"), ("2026-11-30", 3, "2027-02-28"), ("2026-01-31", 1, "2026-02-28"),
])
def test_month_ends(sent: str, months: int, found: str) -> None:
    """Leap years and short months, by hand."""
    assert calendar.add_months(date.fromisoformat(sent), months) == date.fromisoformat(found)


def easter(year: int) -> date:
    """Compute Easter Sunday by Meeus, Jones and Butcher: another way than the library's."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    h = (19 * a + b - d - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    i, k = divmod(c, 4)
    weekday = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * weekday) // 451
    month, day = divmod(h + weekday - 7 * m + 114, 31)
    return date(year, month, day + 1)


@pytest.mark.parametrize("year", range(2025, 2041))
@pytest.mark.parametrize("alsace_moselle", [False, True])
def test_the_holidays_are_those_of_the_labour_code(year: int, alsace_moselle: bool) -> None:
    """C. trav. L.3133-1, and L.3134-13 for Alsace-Moselle: nothing added by a library's idea of a feast."""
    fixed = [(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)] + ([(12, 26)] if alsace_moselle else [])
    moving = [1, 39, 50] + ([-2] if alsace_moselle else [])
    expected = {date(year, month, day) for month, day in fixed} | {easter(year) + timedelta(days=n) for n in moving}

    days = (date(year, 1, 1) + timedelta(days=n) for n in range(366))
    assert {day for day in days if day.year == year and calendar.is_public_holiday(day, alsace_moselle=alsace_moselle)} == expected


WEEK = {"mon": ["09:00-12:30", "13:30-18:00"], "sat": ["09:00-12:00"]}


@pytest.mark.parametrize(("moment", "is_open"), [
    ("2026-11-23T08:59+01:00", False), ("2026-11-23T09:00+01:00", True), ("2026-11-23T12:30+01:00", False),
    ("2026-11-23T17:59+01:00", True), ("2026-11-23T18:00+01:00", False), ("2026-11-24T10:00+01:00", False),
    ("2026-11-28T11:59+01:00", True), ("2026-11-23T08:30+00:00", True),
    ("2027-05-17T10:00+02:00", False),  # Whit Monday
    ("2026-12-07T10:00+01:00", False),  # closed that day
])
def test_the_desk_opens_and_closes_by_the_clock_on_the_wall(moment: str, is_open: bool) -> None:
    """A member told « ouvert » at 12:30 finds nobody."""
    assert calendar.is_open(datetime.fromisoformat(moment), WEEK, closures=(date(2026, 12, 7),)) is is_open
