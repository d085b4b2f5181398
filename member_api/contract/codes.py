"""One-time codes: what raises a proof to level 2 for five minutes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Channel(StrEnum):
    """How a message goes."""

    SMS = "sms"
    EMAIL = "email"


@dataclass(frozen=True)
class SentCode:
    """A code of six digits is on its way to *sent_to* (masked); it can be asked for again from *again_at* on."""

    id: str
    channel: Channel
    sent_to: str
    expires_at: datetime
    again_at: datetime


class CodeOutcome(StrEnum):
    """*expired* stands for every code that can no longer be used: too late, used, replaced, tried too often, unknown."""

    VERIFIED = "verified"
    WRONG = "wrong"
    EXPIRED = "expired"


@dataclass(frozen=True)
class CodeCheck:
    """
    What became of the digits given: with *verified*, a *token* of the identity provider (JWT, claim ``acr`` = ``"2"``).

    The token and the level end at *level_expires_at*. *tries_left* counts what may still be tried with this code.
    """

    outcome: CodeOutcome
    tries_left: int
    token: str | None
    level_expires_at: datetime | None
