"""Why a reimbursement is late. Pure."""

from __future__ import annotations

from datetime import date, timedelta

from member_api.contract import LateReason, ReimbursementStatus

USUAL_PUBLIC_SCHEME = timedelta(days=14)  # from the care to the day the public scheme tells us
USUAL_OURS = timedelta(days=7)  # from that day to our transfer
_OVER = frozenset({ReimbursementStatus.PAID, ReimbursementStatus.REFUSED})


def late_reason(status: ReimbursementStatus, care_on: date, received_on: date | None, today: date, *, has_noemie_link: bool,
                has_bank_details: bool) -> LateReason | None:
    """Say why a reimbursement is late *today*; None while it is not, and once it is over."""
    if status in _OVER:
        return None
    if received_on is None:
        if not has_noemie_link:
            return LateReason.NO_NOEMIE_LINK
        return LateReason.WAITING_PUBLIC_SCHEME if today - care_on > USUAL_PUBLIC_SCHEME else None
    if status is ReimbursementStatus.PROCESSED and not has_bank_details:
        return LateReason.BANK_DETAILS_MISSING
    return LateReason.IN_PROGRESS if today - received_on > USUAL_OURS else None
