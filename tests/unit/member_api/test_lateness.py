"""Why a reimbursement is late, and when it is not."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from member_api.contract import LateReason, ReimbursementStatus
from member_api.sandbox.lateness import late_reason

TODAY = date(2026, 11, 23)
EXPECTED, RECEIVED, PROCESSED = ReimbursementStatus.EXPECTED, ReimbursementStatus.RECEIVED, ReimbursementStatus.PROCESSED
CASES = [
    # status, days since care, days since received, link, bank details, reason
    (EXPECTED, 3, None, True, True, None),
    (EXPECTED, 14, None, True, True, None),
    (EXPECTED, 15, None, True, True, LateReason.WAITING_PUBLIC_SCHEME),
    (EXPECTED, 3, None, False, True, LateReason.NO_NOEMIE_LINK),
    (EXPECTED, 40, None, False, False, LateReason.NO_NOEMIE_LINK),
    (RECEIVED, 12, 7, True, True, None),
    (RECEIVED, 26, 21, True, True, LateReason.IN_PROGRESS),
    (RECEIVED, 26, 21, True, False, LateReason.IN_PROGRESS),
    (PROCESSED, 8, 3, True, True, None),
    (PROCESSED, 8, 3, True, False, LateReason.BANK_DETAILS_MISSING),
    (PROCESSED, 30, 25, True, True, LateReason.IN_PROGRESS),
    (ReimbursementStatus.PAID, 400, 395, False, False, None),
    (ReimbursementStatus.REFUSED, 400, 395, False, False, None),
]


@pytest.mark.parametrize(("status", "care", "received", "link", "bank", "reason"), CASES)
def test_the_reason_is_the_one_to_act_upon(
    status: ReimbursementStatus, care: int, received: int | None, *, link: bool, bank: bool, reason: LateReason | None
) -> None:
    """A member told « in progress » whose bank details are missing waits for ever."""
    received_on = None if received is None else TODAY - timedelta(days=received)
    assert late_reason(status, TODAY - timedelta(days=care), received_on, TODAY, has_noemie_link=link, has_bank_details=bank) is reason
