"""What of a person changes the rates and the deductions of the public scheme. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from kernel.calendar import add_months
from kernel.figures import figure

_MONTHS_OF_A_YEAR, _MONTHS_OF_A_PREGNANCY = 12, 9


@dataclass(frozen=True)
class Situation:
    """
    The person cared for; by default an adult of the general scheme, for whom nothing is particular.

    *birth_on* None: an adult. *maternity*: first and last day of `maternity_period`. *has_free_cover*: C2S or AME.
    *is_alsace_moselle*: of the local scheme (C27).
    """

    birth_on: date | None = None
    maternity: tuple[date, date] | None = None
    has_free_cover: bool = False
    is_alsace_moselle: bool = False

    def is_in_maternity(self, day: date) -> bool:
        """Say whether *day* is in the maternity period, its first and last days included (C26)."""
        return self.maternity is not None and self.maternity[0] <= day <= self.maternity[1]

    def is_exempt(self, day: date) -> bool:
        """Say whether nothing is kept back on *day*: a minor, a maternity, C2S or AME; a long-term illness is not (C26)."""
        is_minor = self.birth_on is not None and not is_adult(self.birth_on, day)
        return is_minor or self.is_in_maternity(day) or self.has_free_cover


def is_adult(birth_on: date, day: date) -> bool:
    """Say whether somebody born on *birth_on* is 18 on *day*: his birthday counts (C26)."""
    return add_months(birth_on, int(figure("exempt_under_years", day)) * _MONTHS_OF_A_YEAR) <= day


def maternity_period(expected_on: date, birth_on: date | None = None) -> tuple[date, date]:
    """
    Give the first day of the sixth month and the twelfth day after birth (C26), from the day the birth is expected.

    Nine months are counted back from *expected_on*; until the birth is known, it is supposed to come that day.
    """
    months_left = _MONTHS_OF_A_PREGNANCY - int(figure("maternity_exempt_from_month", expected_on)) + 1
    days_after = timedelta(days=int(figure("maternity_exempt_days_after_birth", expected_on)))
    return add_months(expected_on, -months_left), (birth_on or expected_on) + days_after
