"""A stay in hospital: the stay itself, and its daily charge, which the public scheme never pays (V21, C16, C18, C19). Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from kernel.figures import figure
from kernel.reimbursement.amounts import WHOLE, ZERO
from kernel.reimbursement.care import Act, care_of
from kernel.reimbursement.guarantee import Guarantee
from kernel.reimbursement.kinds import care_kind
from kernel.reimbursement.shares import Care, Shares, share, total
from kernel.reimbursement.situation import Situation

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Stay:
    """
    A stay from *entered_on* to *left_on*, both days charged (V21); *price* is the stay's, without the daily charge.

    *dearest_act*: the tariff of the most costly act; at 120 € or more, a flat participation replaces the copayment (C18).
    ValueError for a stay that ends before it begins.
    """

    price: Decimal
    entered_on: date
    left_on: date
    dearest_act: Decimal = ZERO
    is_psychiatry: bool = False
    is_long_term_illness: bool = False

    def __post_init__(self) -> None:
        """See the class."""
        if self.left_on < self.entered_on:
            raise ValueError("a stay ends after it begins")

    @property
    def days(self) -> tuple[date, ...]:
        """Give the days charged: the day of leaving counts."""
        return tuple(self.entered_on + n * _DAY for n in range((self.left_on - self.entered_on).days + 1))


@dataclass(frozen=True)
class StayShares:
    """Who pays what of a *stay* and of its *daily_charge*; *whole* adds them up."""

    stay: Shares
    daily_charge: Shares

    @property
    def whole(self) -> Shares:
        """Give both together."""
        return total((self.stay, self.daily_charge))


def share_stay(stay: Stay, for_stay: Guarantee, for_days: Guarantee, situation: Situation | None = None) -> StayShares:
    """Share a stay, its price under *for_stay* and its daily charge under *for_days* (V21); CannotCompute for a local scheme."""
    return StayShares(share(care_of_stay(stay, situation), for_stay), share(care_of_days(stay), for_days))


def care_of_stay(stay: Stay, situation: Situation | None = None) -> Care:
    """Make the care of the stay itself, at the figures of its first day (C18, C19); CannotCompute for a local scheme."""
    act = Act(care_kind("hospital_stay"), stay.price, stay.entered_on, is_long_term_illness=stay.is_long_term_illness)
    care = care_of(act, situation)
    if care.rate == WHOLE or stay.dearest_act < figure("costly_act_threshold", stay.entered_on):
        return care
    return replace(care, flat_copayment=figure("costly_act_contribution", stay.entered_on))


def care_of_days(stay: Stay) -> Care:
    """Make the care of the daily charge, each day at its own figure (C16): the base of the public scheme is nothing."""
    name = "hospital_daily_charge_psychiatry" if stay.is_psychiatry else "hospital_daily_charge"
    return Care(sum((figure(name, day) for day in stay.days), ZERO), ZERO, ZERO, ZERO)
