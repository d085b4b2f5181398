"""What is paid at the counter, and what comes back: direct billing changes when one pays, not what is left. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from kernel.reimbursement.amounts import ZERO
from kernel.reimbursement.shares import Shares


class DirectBilling(StrEnum):
    """Tiers payant: whose share is not advanced."""

    NONE = "none"
    PUBLIC_SHARE = "public_share"
    BOTH_SHARES = "both_shares"


@dataclass(frozen=True)
class Counter:
    """
    ``paid_there - refunded + recovered_later = out_of_pocket``, always: advanced is not left to pay (V22).

    *recovered_later*: the deduction that the public scheme takes from another refund, since it could not take it from a
    payment made to the professional (C11 to C14, D24).
    """

    paid_there: Decimal
    refunded: Decimal
    recovered_later: Decimal


def at_the_counter(shares: Shares, billing: DirectBilling) -> Counter:
    """Say what the member pays at the counter, what is refunded to him, and what is recovered later."""
    ours = shares.paid_by_us + shares.paid_by_other
    match billing:
        case DirectBilling.NONE:
            return Counter(shares.billed, shares.paid_by_public_scheme + ours, ZERO)
        case DirectBilling.PUBLIC_SHARE:
            return Counter(shares.billed - shares.theoretical_share, ours, shares.retained)
        case DirectBilling.BOTH_SHARES:
            return Counter(shares.billed - shares.theoretical_share - ours, ZERO, shares.retained)
