"""Figures of the public scheme, by the date they apply to."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest

from kernel.figures import figure, figure_names, figure_source, is_to_confirm, spoken_figure
from kernel.french import NBSP
from kernel.paths import ROOT

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(("name", "day", "value"), [
    ("general_practitioner_visit", date(2024, 12, 22), "30.00"), ("general_practitioner_visit", date(2024, 12, 21), "26.50"),
    ("flat_contribution", date(2024, 5, 14), "1.00"), ("flat_contribution", date(2024, 5, 15), "2.00"),
    ("hospital_daily_charge", date(2026, 2, 28), "20.00"), ("hospital_daily_charge", date(2026, 3, 1), "23.00"),
    ("rate_dentist", date(2023, 10, 14), "70"), ("rate_dentist", date(2023, 10, 15), "60"),
])
def test_a_figure_changes_on_its_day(name: str, day: date, value: str) -> None:
    """A visit the day before a rise was reimbursed at the old price: the member is told that one."""
    assert figure(name, day) == Decimal(value)


def test_a_day_before_what_is_known_is_an_error_not_a_guess() -> None:
    """Better no figure than an invented one."""
    with pytest.raises(LookupError):
        figure("general_practitioner_visit", date(2017, 4, 30))


def test_an_unknown_name_is_an_error() -> None:
    """A typing mistake in a template must fail a test, not show an empty amount."""
    with pytest.raises(KeyError):
        figure("visite", TODAY)


def test_every_figure_is_known_today_and_positive() -> None:
    """A template may use any of them."""
    assert len(figure_names()) > 20
    assert all(figure(name, TODAY) > 0 for name in figure_names())


@pytest.mark.parametrize(("name", "text"), [
    ("flat_contribution", "2~€"), ("rate_in_pathway", "70~%"), ("glasses_renewal_years", "2~ans"), ("specialist_visit", "31,50~€"),
    ("maternity_exempt_from_month", "6~mois"), ("maternity_exempt_days_after_birth", "12~jours"),
])
def test_figures_are_spoken_with_their_unit(name: str, text: str) -> None:
    """Euros, percent, years, months and days, with the space that does not break."""
    assert spoken_figure(name, TODAY) == text.replace("~", NBSP)


def test_values_stand_newest_first() -> None:
    """The first that applies is taken: a table in the wrong order would tell an old price."""
    for name in figure_names():
        found = [figure(name, day) for day in (TODAY - timedelta(days=n) for n in range(0, 700, 10))]
        changes = sum(one != following for one, following in pairwise(found))
        assert changes <= 2, name


def test_a_figure_says_where_it_comes_from_and_how_sure_it_is() -> None:
    """An operator confirms weak sources before production; docs/domain/constants.md tells each."""
    described = (ROOT / "docs/domain/constants.md").read_text(encoding="utf-8")

    assert (figure_source("flat_contribution"), is_to_confirm("flat_contribution"), is_to_confirm("rate_dentist")) == ("C11", False, True)
    assert [name for name in figure_names() if f"| {figure_source(name)} |" not in described] == []
