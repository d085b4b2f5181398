"""What the public scheme keeps back on an act, and up to what (C11 to C14). Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from kernel.figures import figure


class Cap(StrEnum):
    """The yearly sums that are capped, each by itself; the names are those of the figures."""

    FLAT_CONTRIBUTION = "flat_contribution_yearly_cap"
    MEDICAL_DEDUCTIBLE = "medical_deductible_yearly_cap"

    def at(self, care_on: date) -> Decimal:
        """Give the most kept back in the civil year of *care_on*, for one person."""
        return figure(self, care_on)


class Deduction(StrEnum):
    """Participation forfaitaire (a doctor, radiology, biology: C11) and franchises médicales (C13, C14)."""

    FLAT_CONTRIBUTION = "flat_contribution"
    MEDICINE_BOX = "medicine_box"
    PARAMEDICAL = "paramedical"
    TRANSPORT = "transport"

    @property
    def cap(self) -> Cap:
        """Give the yearly sum this deduction adds to."""
        return _RULES[self].cap

    def place(self, practitioner: str) -> str:
        """Give the name its daily sum is kept under: flat contributions are capped for one professional (C12)."""
        return f"{self}:{practitioner}" if _RULES[self].is_by_practitioner else str(self)

    def amount(self, care_on: date) -> Decimal:
        """Give what is kept back on one act, box, session or journey."""
        return figure(_RULES[self].figure, care_on)

    def daily_cap(self, care_on: date) -> Decimal | None:
        """Give the most kept back in a day; None when nothing limits it (boxes of medicine)."""
        name = _RULES[self].daily_cap
        return figure(name, care_on) if name else None


@dataclass(frozen=True)
class _Rule:
    figure: str
    daily_cap: str | None
    cap: Cap = Cap.MEDICAL_DEDUCTIBLE
    is_by_practitioner: bool = False


_RULES = {
    Deduction.FLAT_CONTRIBUTION: _Rule("flat_contribution", "flat_contribution_daily_cap", Cap.FLAT_CONTRIBUTION,
                                       is_by_practitioner=True),
    Deduction.MEDICINE_BOX: _Rule("medical_deductible_box", None),
    Deduction.PARAMEDICAL: _Rule("medical_deductible_box", "medical_deductible_paramedical_daily_cap"),
    Deduction.TRANSPORT: _Rule("medical_deductible_transport", "medical_deductible_transport_daily_cap"),
}
