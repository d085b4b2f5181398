"""Whose information is our share waiting for? Pure. The link with the public scheme changes when we pay, never how much."""

from __future__ import annotations

from datetime import date
from enum import StrEnum


class WaitingFor(StrEnum):
    """What our payment waits for."""

    NOTHING = "nothing"
    PUBLIC_SCHEME = "public_scheme"
    STATEMENT_FROM_MEMBER = "statement_from_member"


def waiting_for(*, received_on: date | None, has_noemie_link: bool) -> WaitingFor:
    """
    Say what our share waits for, from the day the public scheme told us, if it did.

    Edge case « beneficiary without NOEMIE link »: the public scheme tells us nothing by itself, the beneficiary sends its
    statement (D09, D12, D37).
    """
    if received_on is not None:
        return WaitingFor.NOTHING
    return WaitingFor.PUBLIC_SCHEME if has_noemie_link else WaitingFor.STATEMENT_FROM_MEMBER
