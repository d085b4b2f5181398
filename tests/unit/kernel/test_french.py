"""How amounts, dates and sentences are written for people."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.calendar import PARIS
from kernel.french import NARROW, NBSP, clock_time, day, euros, moment, typography

AMOUNTS = st.decimals(min_value=-10**9, max_value=10**9, places=2)


@pytest.mark.parametrize(("amount", "cents", "text"), [
    ("1166", True, "1 166,00 €"), ("30.5", None, "30,50 €"), ("2", None, "2 €"), ("2.00", None, "2 €"), ("0", True, "0,00 €"),
    ("1234567.89", None, "1 234 567,89 €"), ("-4.20", None, "-4,20 €"), ("29.99", False, "30 €"), ("0.05", None, "0,05 €"),
])
def test_amounts_are_written_as_in_french(amount: str, cents: bool | None, text: str) -> None:
    """A comma, spaces between thousands, the sign after: what people know from their statements."""
    assert euros(Decimal(amount), cents=cents).replace(NBSP, " ").replace(NARROW, " ") == text


@given(AMOUNTS)
def test_an_amount_can_be_read_back_to_the_cent(amount: Decimal) -> None:
    """Nothing is rounded away on the way to the member."""
    text = euros(amount, cents=True).removesuffix(f"{NBSP}€").replace(NARROW, "").replace(",", ".")

    assert Decimal(text) == amount


@given(AMOUNTS, st.sampled_from([True, False, None]))
def test_an_amount_never_breaks_over_two_lines(amount: Decimal, cents: bool | None) -> None:
    """« 1 » at the end of a line and « 166 € » on the next reads as another amount."""
    assert " " not in euros(amount, cents=cents)


@pytest.mark.parametrize(("when", "text"), [
    (date(2026, 11, 24), "mardi 24 novembre 2026"), (date(2027, 5, 1), "samedi 1er mai 2027"), (date(2028, 2, 29), "mardi 29 février 2028"),
])
def test_days_are_written_in_full(when: date, text: str) -> None:
    """A date rather than a delay, with its weekday, so that nobody has to count."""
    assert day(when) == text
    assert day(when, weekday=False) == text.split(" ", 1)[1]


@pytest.mark.parametrize(("when", "text"), [
    (datetime(2026, 11, 23, 15, 5, tzinfo=UTC), "lundi 23 novembre 2026 à 16 h 05"),
    (datetime(2026, 7, 13, 22, 30, tzinfo=UTC), "mardi 14 juillet 2026 à 0 h 30"),
])
def test_moments_are_told_in_the_members_time(when: datetime, text: str) -> None:
    """Stored in UTC, read in Paris: the day itself may differ."""
    assert moment(when, PARIS).replace(NBSP, " ") == text
    assert moment(when, PARIS).endswith(clock_time(when, PARIS))


@pytest.mark.parametrize(("typed", "written"), [
    ("Bonjour !", "Bonjour~!"), ("C'est clair ?", "C'est clair~?"), ("30,50 €", "30,50~€"), ("70 %", "70~%"),
    ("« Mon espace »", "«~Mon espace~»"), ("Voici : la carte", "Voici~: la carte"), ("1 166 euros", "1^166 euros"),
    ("01 47 11 73 77", "01~47~11~73~77"), ("https://a.fr/b?c=1", "https://a.fr/b?c=1"), ("à 16:30", "à 16:30"),
])
def test_spaces_that_must_not_break_do_not(typed: str, written: str) -> None:
    """A line that starts with « ? » looks broken; a phone number cut in two is misread."""
    assert typography(typed) == written.replace("~", NBSP).replace("^", NARROW)


@given(st.text(alphabet="ab1 0,?!;:«»%€" + NBSP + NARROW, max_size=40))
def test_typography_changes_spaces_only_and_is_done_once(text: str) -> None:
    """Applied twice by two parts, it gives the same sentence; no character of the answer is lost."""
    def without_spaces(line: str) -> str:
        return re.sub(r"[ \u00a0\u202f]", "", line)

    assert without_spaces(typography(text)) == without_spaces(text)
    assert typography(typography(text)) == typography(text)
