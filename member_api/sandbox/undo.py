"""Until when a member may cancel what he asked for. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from member_api.contract import RequestKind, RequestStatus

OPEN = frozenset({RequestStatus.PROOF_EXPECTED, RequestStatus.PROOF_RECEIVED, RequestStatus.IN_PROGRESS})
_WINDOWS = {
    RequestKind.ADDRESS_CHANGE: timedelta(days=7), RequestKind.EMAIL_CHANGE: timedelta(days=1),
    RequestKind.PHONE_CHANGE: timedelta(days=1), RequestKind.FAMILY_EVENT: timedelta(days=14),
    RequestKind.MEMBER_CARD: timedelta(hours=1), RequestKind.CARE_SHEET: timedelta(hours=1),
    RequestKind.QUOTE: timedelta(days=30), RequestKind.PRIOR_AGREEMENT: timedelta(days=30),
    RequestKind.FOLLOW_UP: timedelta(days=1), RequestKind.PLAN_CHANGE: timedelta(days=30),
    RequestKind.TERMINATION: timedelta(days=14), RequestKind.DATA_COPY: timedelta(days=7),
    RequestKind.DATA_ERASURE: timedelta(days=2),
}
# Done at once, and still to be undone while their window lasts.
UNDONE_WHEN_DONE = frozenset({RequestKind.EMAIL_CHANGE, RequestKind.PHONE_CHANGE})


def window_end(kind: RequestKind, asked_at: datetime, effective_at: datetime | None) -> datetime | None:
    """Give the end of the window; a change that takes effect later can be cancelled until then, at most."""
    if kind is RequestKind.BANK_CHANGE:
        return effective_at
    window = _WINDOWS.get(kind)
    return None if window is None else min(asked_at + window, effective_at or asked_at + window)


def is_cancellable(kind: RequestKind, status: RequestStatus, until: datetime | None, now: datetime) -> bool:
    """Say whether a request can still be cancelled."""
    is_open = status in OPEN or (status is RequestStatus.DONE and kind in UNDONE_WHEN_DONE)
    return is_open and until is not None and now < until
