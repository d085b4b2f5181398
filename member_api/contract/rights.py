"""Rights: a complaint mirrored, personal data, an account to protect."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


@dataclass(frozen=True)
class ComplaintRecord:
    """A complaint as the register of complaints wrote it; the insurer's system only mirrors it under its *number*."""

    number: str
    subject: str
    received_on: date
    answer_by: date


class DataRight(StrEnum):
    """Copie, effacement (RGPD art. 15 and 17)."""

    COPY = "copy"
    ERASURE = "erasure"


class Danger(StrEnum):
    """What is reported."""

    PHISHING = "phishing"
    TAKEOVER = "takeover"
    LOST_DEVICE = "lost_device"


@dataclass(frozen=True)
class Neutral:
    """The answer that says nothing of whether an account exists: the same, after the same time."""

    is_taken: bool
