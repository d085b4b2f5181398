"""
Who pays what of an act, with what the plan adds: yearly limits, waiting periods, another insurer. Pure.

The one place of the sandbox that uses the computation itself.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from member_api.contract import Limit
from member_api.sandbox.reimbursement import Care, Guarantee, Shares, share

__all__ = ["Care", "Guarantee", "Shares", "Terms", "Told", "share", "told"]

ZERO = Decimal("0.00")


@dataclass(frozen=True)
class Terms:
    """
    Under which terms an act is refunded: *guarantee* of the plan, what is left of its yearly amount (None: no limit).

    *refused_for* is why we pay nothing at all; *other_insurer* what another complementary insurer has paid before us.
    """

    guarantee: Guarantee
    yearly_left: Decimal | None = None
    refused_for: Limit | None = None
    other_insurer: Decimal = ZERO


@dataclass(frozen=True)
class Told:
    """The shares of an act, the guarantee *applied* and what kept it below the plan's (*limited_by*)."""

    shares: Shares
    applied: Guarantee
    limited_by: Limit | None
    other_insurer: Decimal = ZERO


def told(care: Care, terms: Terms) -> Told:
    """
    Share the price of *care*.

    What comes out can be computed again: `share` of *care* under the guarantee *applied* gives the same shares, whatever
    limited it.
    """
    usual = share(care, terms.guarantee)
    most, limit = _most(usual, terms)
    applied = terms.guarantee if limit is None else Guarantee(most, is_flat=True, includes_public_share=False)
    shares = share(care, applied)
    left = replace(shares, out_of_pocket=shares.out_of_pocket - terms.other_insurer)
    return Told(left, applied, limit, terms.other_insurer)


def _most(usual: Shares, terms: Terms) -> tuple[Decimal, Limit | None]:
    """Give the most we pay of this act and why, or no limit when the plan's guarantee applies whole."""
    if terms.refused_for is not None:
        return ZERO, terms.refused_for
    left = usual.copayment + usual.extra_fee - terms.other_insurer
    if usual.paid_by_us > left:
        return max(left, ZERO), Limit.OTHER_INSURER
    if terms.yearly_left is not None and usual.paid_by_us > terms.yearly_left:
        return terms.yearly_left, Limit.YEARLY_LIMIT
    return usual.paid_by_us, None
