"""Who pays what of an act, with what the plan adds: yearly limits, waiting periods, another insurer. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from kernel.reimbursement.amounts import ZERO
from kernel.reimbursement.guarantee import Guarantee, just
from kernel.reimbursement.shares import Care, Shares, share
from member_api.contract import Limit


@dataclass(frozen=True)
class Terms:
    """
    Under which terms an act is refunded: *guarantee* of the plan, what is left of its yearly amount (None: no limit).

    *refused_for* is why we pay nothing at all; *paid_by_other* what another complementary insurer has paid before us.
    """

    guarantee: Guarantee
    yearly_left: Decimal | None = None
    refused_for: Limit | None = None
    paid_by_other: Decimal = ZERO


@dataclass(frozen=True)
class Told:
    """The *care*, its shares, the guarantee *applied* and what kept it below the plan's (*limited_by*)."""

    care: Care
    shares: Shares
    applied: Guarantee
    limited_by: Limit | None


def told(care: Care, terms: Terms) -> Told:
    """
    Share the price of *care*.

    What comes out can be computed again: `share` of *care* under the guarantee *applied*, after the other insurer, gives the
    same shares, whatever limited it.
    """
    possible = share(care, terms.guarantee, terms.paid_by_other)
    most, limit = _most(share(care, terms.guarantee).paid_by_us, possible.paid_by_us, terms)
    if limit is None:
        return Told(care, possible, terms.guarantee, None)
    return Told(care, share(care, just(most), terms.paid_by_other), just(most), limit)


def _most(alone: Decimal, possible: Decimal, terms: Terms) -> tuple[Decimal, Limit | None]:
    """Give the most we pay of an act and why, from our share without the other insurer and the one *possible* after it."""
    if terms.refused_for is not None:
        return ZERO, terms.refused_for
    if terms.yearly_left is not None and possible > terms.yearly_left:
        return terms.yearly_left, Limit.YEARLY_LIMIT
    return possible, Limit.OTHER_INSURER if alone > possible else None
