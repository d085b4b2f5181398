"""Days as people say them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.phrasing.dates import read_day

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(("words", "day"), [
    ("aujourd'hui", MONDAY), ("dès maintenant", MONDAY), ("demain", date(2026, 11, 24)), ("après-demain", date(2026, 11, 25)),
    ("hier", date(2026, 11, 22)), ("le 1er décembre", date(2026, 12, 1)), ("15/12", date(2026, 12, 15)), ("le 4/11/26", date(2026, 11, 4)),
    ("3 mars 2027", date(2027, 3, 3)), ("fin du mois", date(2026, 11, 30)), ("début janvier", date(2027, 1, 1)), ("dans 2 semaines", date(2026, 12, 7)),
    ("il y a un mois", date(2026, 10, 23)), ("mardi dernier", date(2026, 11, 17)), ("vendredi", date(2026, 11, 27)), ("lundi", date(2026, 11, 30)),
    ("j'habite maintenant là depuis le 15 novembre", date(2026, 11, 15)), ("31 juin", None), ("je ne sais pas", None), ("12 rue des Lilas", None),
])
def test_a_day_is_read(words: str, day: date | None) -> None:
    """An advisor would understand these; a form that does not is a bad joke."""
    assert read_day(words, MONDAY) == day


@given(st.dates(date(2020, 1, 1), date(2035, 12, 31)), st.integers(-80, 250))
def test_a_numeric_day_with_its_year_is_always_read_back(today: date, distance: int) -> None:
    """Whatever today is, 4/11/2026 is the fourth of November 2026."""
    day = today + timedelta(days=distance)

    assert read_day(f"le {day.day}/{day.month}/{day.year}", today) == day
