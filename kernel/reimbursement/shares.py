"""
Who pays what of one act of care. Pure; amounts in euros, exact to the cent.

Source: docs/domain/reimbursement.md 3.2; every vector of the domain notes is a test. Only the public scheme deducts flat
contributions and medical deductibles; a responsible contract neither refunds them nor the surcharge of care taken outside
the pathway.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, dataclass, replace
from decimal import Decimal

from kernel.reimbursement.amounts import ZERO, is_amount, is_rate, percent
from kernel.reimbursement.guarantee import Guarantee


@dataclass(frozen=True)
class Care:
    """
    One act: what it cost, its base and the rates of the public scheme (percent).

    *rate* is the one applied, *rate_in_pathway* the one when the pathway is followed (C08); *retained* is the flat
    contribution or deductible due on this act, after caps and exemptions (C11 to C14, C26). *flat_copayment* replaces what the
    rate leaves, for an act of 120 € or more (C18). *joint_cap* is the most the public scheme and a responsible contract pay
    together (C21, C23). ValueError for what cannot be: a negative amount, a rate above the one inside the pathway.
    """

    billed: Decimal
    base: Decimal
    rate: Decimal
    rate_in_pathway: Decimal
    retained: Decimal = ZERO
    flat_copayment: Decimal | None = None
    joint_cap: Decimal | None = None

    def __post_init__(self) -> None:
        """See the class."""
        amounts = (self.billed, self.base, self.retained, self.flat_copayment or ZERO, self.joint_cap or ZERO)
        if not all(map(is_amount, amounts)):
            raise ValueError("an amount of care is a positive number of cents")
        if not (is_rate(self.rate) and is_rate(self.rate_in_pathway) and self.rate <= self.rate_in_pathway):
            raise ValueError("a rate is from 0 to 100 percent, never above the one inside the pathway")
        if self.flat_copayment is not None and self.rate != self.rate_in_pathway:
            raise ValueError("a flat copayment has no pathway")

    @property
    def counted(self) -> Decimal:
        """Give the base that counts: it never exceeds the price (edge case « fee below base »)."""
        return min(self.billed, self.base)

    @property
    def in_pathway(self) -> Decimal:
        """Give the public scheme's share if the pathway is followed, before deduction (C08, C18)."""
        if self.flat_copayment is None:
            return percent(self.counted, self.rate_in_pathway)
        return self.counted - min(self.flat_copayment, self.counted)

    @property
    def theoretical(self) -> Decimal:
        """Give the public scheme's share on this act, before deduction (C08, D08)."""
        return self.in_pathway if self.flat_copayment is not None else percent(self.counted, self.rate)

    @property
    def pathway_surcharge(self) -> Decimal:
        """Majoration: what the public scheme pays less because the pathway was not followed (V06)."""
        return self.in_pathway - self.theoretical


@dataclass(frozen=True)
class Shares:
    """
    Who pays what. ``billed = paid_by_public_scheme + paid_by_us + paid_by_other + out_of_pocket``, always.

    *theoretical_share* is the public share before *retained*; *copayment* (ticket modérateur), *pathway_surcharge*
    (majoration hors parcours) and *extra_fee* (dépassement) explain the rest. *paid_by_other* is another complementary
    insurer's.
    """

    theoretical_share: Decimal
    retained: Decimal
    paid_by_public_scheme: Decimal
    copayment: Decimal
    pathway_surcharge: Decimal
    extra_fee: Decimal
    paid_by_us: Decimal
    out_of_pocket: Decimal
    paid_by_other: Decimal = ZERO

    @property
    def billed(self) -> Decimal:
        """Give the price shared."""
        return self.paid_by_public_scheme + self.paid_by_us + self.paid_by_other + self.out_of_pocket

    @property
    def not_covered(self) -> Decimal:
        """Give what complementary insurers could pay and did not: the rest of the out-of-pocket is not refundable."""
        return self.copayment + self.extra_fee - self.paid_by_us - self.paid_by_other


def share(care: Care, guarantee: Guarantee, paid_by_other: Decimal = ZERO) -> Shares:
    """
    Share the price of *care* between the public scheme, us under *guarantee*, and the member (vectors V01 to V20).

    Every amount has its two decimals (adding 0.00 gives them).
    *paid_by_other*: what another complementary insurer has already paid; ValueError when that is more than was left.
    """
    retained = min(care.retained, care.theoretical) + ZERO
    public = care.theoretical - retained
    left = care.billed - public - paid_by_other
    if paid_by_other < 0 or left < 0:
        raise ValueError("another insurer cannot have paid more than what was left")
    ours = min(ceiling(care, guarantee), refundable(care, guarantee), max(care.billed - care.in_pathway - paid_by_other, ZERO))
    return Shares(care.theoretical, retained, public, care.counted - care.in_pathway, care.pathway_surcharge,
                  care.billed - care.counted + ZERO, ours + ZERO, left - ours + ZERO, paid_by_other + ZERO)


def share_with_other(care: Care, ours: Guarantee, other: Guarantee, *, is_ours_first: bool) -> Shares:
    """
    Share *care* when another responsible contract also covers the person: each pays as if alone, within what is left.

    Edge case « two complementary insurers »: the total never exceeds the cost, nor what either may refund.
    """
    if not is_ours_first:
        return share(care, ours, share(care, other).paid_by_us)
    alone = share(care, ours)
    theirs = share(care, other, alone.paid_by_us).paid_by_us
    return replace(alone, paid_by_other=theirs, out_of_pocket=alone.out_of_pocket - theirs)


def total(shares: Iterable[Shares]) -> Shares:
    """Add up several acts, amount by amount."""
    return Shares(*(sum(column, ZERO) for column in zip(*map(astuple, shares), strict=True)))


def ceiling(care: Care, guarantee: Guarantee) -> Decimal:
    """
    Give the most *guarantee* pays for *care*, never negative.

    The theoretical public share counts, before deduction, or we would refund the flat contribution.
    """
    most = [care.joint_cap - care.in_pathway] if care.joint_cap is not None else []
    if guarantee.amount is None:
        most.append(care.billed)
    else:
        promised = guarantee.amount if guarantee.is_flat else percent(care.base, guarantee.amount)
        most.append(promised - care.in_pathway if guarantee.includes_public_share else promised)
    return max(min(most), ZERO)


def refundable(care: Care, guarantee: Guarantee) -> Decimal:
    """Give what a responsible contract may refund: the copayment, and the extra fee within its cap (C25)."""
    extra_fee = care.billed - care.counted
    if guarantee.excess_cap is not None:
        extra_fee = min(extra_fee, percent(care.base, guarantee.excess_cap))
    return care.counted - care.in_pathway + extra_fee
