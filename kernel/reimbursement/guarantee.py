"""What a contract promises for a kind of care. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from kernel.reimbursement.amounts import ZERO, is_amount

_TEXT = re.compile(
    r"(?P<amount>\d+(?:\.\d+)?) (?P<unit>%|€|€/an) (?P<mode>incl|excl)(?:, cap (?P<cap>\d+(?:\.\d+)?))?|(?P<whole>frais réels)", re.ASCII)


@dataclass(frozen=True)
class Guarantee:
    """
    Garantie: the most the public scheme and we pay together (*includes_public_share*), or we pay beside it.

    *amount* is in percent of the base, or in euros when *is_flat*; None for no ceiling (« frais réels »). *is_yearly*: the
    flat amount is for a civil year, shared by all acts. *excess_cap* (percent of the base) limits how much of the extra fee
    of a doctor outside OPTAM a responsible contract may refund (C25). ValueError for a promise that makes no sense.
    """

    amount: Decimal | None
    is_flat: bool = False
    includes_public_share: bool = True
    excess_cap: Decimal | None = None
    is_yearly: bool = False

    def __post_init__(self) -> None:
        """See the class."""
        numbers = [value for value in (self.amount, self.excess_cap) if value is not None]
        if not all(value.is_finite() and value >= 0 for value in numbers):
            raise ValueError("a guarantee is never negative")
        if self.is_flat and not is_amount(self.amount or ZERO):
            raise ValueError("a flat guarantee is in whole cents")
        if self.is_yearly and not self.is_flat:
            raise ValueError("only a flat guarantee is yearly")

    @classmethod
    def parse(cls, text: str) -> Guarantee:
        """Read ``300 % incl, cap 100``, ``300 € incl``, ``120 €/an excl`` or ``frais réels``; ValueError for anything else."""
        found = _TEXT.fullmatch(text)
        if found is None:
            raise ValueError(f"not a guarantee: {text}")
        if found["whole"]:
            return REAL_COST
        cap = Decimal(found["cap"]) if found["cap"] else None
        return cls(Decimal(found["amount"]), found["unit"] != "%", found["mode"] == "incl", cap, found["unit"] == "€/an")

    @property
    def text(self) -> str:
        """Write what `parse` reads: ``150 % incl``."""
        if self.amount is None:
            return "frais réels"
        unit = ("€/an" if self.is_yearly else "€") if self.is_flat else "%"
        cap = "" if self.excess_cap is None else f", cap {_number(self.excess_cap)}"
        return f"{_number(self.amount)} {unit} {'incl' if self.includes_public_share else 'excl'}{cap}"


def _number(value: Decimal) -> str:
    return f"{value:.0f}" if value == value.to_integral_value() else f"{value:f}"


REAL_COST = Guarantee(None)
"""Frais réels: all that the public scheme leaves, but what a responsible contract may not refund."""
NOTHING = Guarantee(ZERO)
"""No promise: our share is 0.00 €."""


def just(amount: Decimal) -> Guarantee:
    """Make a promise of *amount* and no more: for a share that is known while its guarantee is not."""
    return Guarantee(amount, is_flat=True, includes_public_share=False)
