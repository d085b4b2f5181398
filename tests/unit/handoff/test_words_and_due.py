"""Times as an advisor reads them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handoff.core import due, words
from handoff.core.due import Urgency

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)  # a Monday, 13 h in Paris


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(("length", "said"), [
    (timedelta(seconds=-5), "moins d'une minute"), (timedelta(seconds=59), "moins d'une minute"), (timedelta(minutes=4), "4 min"),
    (timedelta(minutes=65), "1 h 05"), (timedelta(hours=47), "47 h 00"), (timedelta(days=3), "3 jours"),
])
def test_a_length_of_time_is_said_as_one_says_it(length, said):
    """Minutes, then hours, then days: what one reads at a glance."""
    assert plain(words.duration(length)) == said


@pytest.mark.parametrize(("due_at", "said"), [
    (NOW + timedelta(hours=3), "pour aujourd'hui à 16 h 00"),
    (NOW + timedelta(days=1), "pour demain à 13 h 00"),
    (datetime(2026, 11, 25, 23, 0, tzinfo=UTC), "pour mercredi 25 novembre en fin de journée"),
    (datetime(2027, 1, 5, 7, 0, tzinfo=UTC), "pour mardi 5 janvier 2027 à 8 h 00"),
    (NOW - timedelta(seconds=1), "en retard de 1 min"),
    (NOW - timedelta(hours=2, minutes=10), "en retard de 2 h 10"),
])
def test_a_due_moment_is_said_by_its_day(due_at, said):
    """A promise that ends at midnight is told by the day before (deadlines.md §5.2): never a day too late."""
    assert plain(words.due(due_at, NOW, PARIS)) == said


def test_a_range_of_minutes_is_never_false_precision():
    """« entre 2 et 5 minutes », and one number only when both ends round to the same."""
    assert plain(words.wait_range(120, 300)) == "entre 2 et 5 minutes"
    assert plain(words.wait_range(50, 70)) == "environ 1 minute"


def test_days_near_today_have_names():
    """« demain » is read faster than a date."""
    today = date(2026, 11, 23)

    assert [words.relative_day(today + timedelta(days=n), today) for n in (-1, 0, 1)] == ["hier", "aujourd'hui", "demain"]


def test_conversations_have_a_short_number_one_can_say_aloud():
    """Advisors call across the room: no dash, no underscore, no small letters."""
    assert words.short_number("c_9Zb-x_4a") == "BX4A"


@given(st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=9)), st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=9)))
def test_waiting_longer_never_improves_the_state(waited, more):
    """A promise goes from on track to at risk to overdue, never back."""
    order = list(Urgency)
    due_at = NOW + timedelta(days=4)

    assert order.index(due.of_due(due_at, NOW + waited)) <= order.index(due.of_due(due_at, NOW + waited + more))
    assert order.index(due.of_wait(waited)) <= order.index(due.of_wait(waited + more))
