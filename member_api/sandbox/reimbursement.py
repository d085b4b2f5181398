"""
How a reimbursement is computed: who pays what of one act of care. Pure; amounts in euros, exact to the cent.

Source: docs/domain/reimbursement.md §3.2; every vector of reimbursement_vectors.csv is a test. Only the public scheme
deducts flat contributions and medical deductibles; a responsible contract neither refunds them nor the surcharge of
care taken outside the pathway.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

_CENT = Decimal("0.01")
_ZERO = Decimal("0.00")
_GUARANTEE = re.compile(r"^(?P<amount>\d+(?:\.\d+)?) (?P<unit>[%€]) (?P<mode>incl|excl)(?:, cap (?P<cap>\d+))?$")


@dataclass(frozen=True)
class Guarantee:
    """
    Garantie: the most the public scheme and we pay together (*includes_public_share*), or we pay beside it.

    *amount* is in percent of the base, or in euros when *is_flat*. *excess_cap* (percent of the base) limits how much
    of the extra fee of a doctor outside OPTAM a responsible contract may refund.
    """

    amount: Decimal
    is_flat: bool = False
    includes_public_share: bool = True
    excess_cap: Decimal | None = None

    @classmethod
    def parse(cls, text: str) -> Guarantee:
        """Read ``300 % incl, cap 100`` or ``300 € incl``; ValueError for anything else."""
        found = _GUARANTEE.match(text)
        if found is None:
            raise ValueError(f"not a guarantee: {text}")
        cap = Decimal(found["cap"]) if found["cap"] else None
        return cls(Decimal(found["amount"]), found["unit"] == "€", found["mode"] == "incl", cap)


@dataclass(frozen=True)
class Care:
    """
    One act: what it cost, its base and the rates of the public scheme (percent).

    *rate* is the one applied, *rate_in_pathway* the one when the pathway is followed; *retained* is the flat
    contribution or deductible due on this act, after yearly caps and exemptions.
    """

    billed: Decimal
    base: Decimal
    rate: Decimal
    rate_in_pathway: Decimal
    retained: Decimal = _ZERO


@dataclass(frozen=True)
class Shares:
    """
    Who pays what. ``billed = paid_by_public_scheme + paid_by_us + out_of_pocket``, always.

    *theoretical_share* is the public share before *retained*; *copayment* (ticket modérateur), *pathway_surcharge*
    (majoration hors parcours) and *extra_fee* (dépassement) explain the rest.
    """

    theoretical_share: Decimal
    retained: Decimal
    paid_by_public_scheme: Decimal
    copayment: Decimal
    pathway_surcharge: Decimal
    extra_fee: Decimal
    paid_by_us: Decimal
    out_of_pocket: Decimal


def share(care: Care, guarantee: Guarantee) -> Shares:
    """Share the price of *care* between the public scheme, us under *guarantee*, and the member."""
    base = min(care.billed, care.base)
    theoretical = _percent(base, care.rate)
    in_pathway = _percent(base, care.rate_in_pathway)
    retained = min(care.retained, theoretical)
    copayment, extra_fee = base - in_pathway, care.billed - base
    covered = copayment + _covered_excess(care, guarantee, extra_fee)
    ours = min(max(_ceiling(care, guarantee, in_pathway), _ZERO), covered)
    public = theoretical - retained
    return Shares(theoretical, retained, public, copayment, in_pathway - theoretical, extra_fee, ours,
                  care.billed - public - ours)


def _ceiling(care: Care, guarantee: Guarantee, in_pathway: Decimal) -> Decimal:
    """Give the most we pay; the theoretical public share counts, or we would refund the flat contribution."""
    most = guarantee.amount if guarantee.is_flat else _percent(care.base, guarantee.amount)
    return most - in_pathway if guarantee.includes_public_share else most


def _covered_excess(care: Care, guarantee: Guarantee, extra_fee: Decimal) -> Decimal:
    if guarantee.excess_cap is None:
        return extra_fee
    return min(extra_fee, _percent(care.base, guarantee.excess_cap))


def _percent(amount: Decimal, rate: Decimal) -> Decimal:
    return (amount * rate / 100).quantize(_CENT, ROUND_HALF_UP)
