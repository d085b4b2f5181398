"""
Whether a proof opens a conversation.

A secret opens an anonymous conversation. Once the conversation belongs to a member it holds personal things, and the
page that has the secret may be anybody's (a tablet lent, a browser left open): the secret then opens it only while the
page itself has shown a fresh token of that member. Signing out, or letting the token expire, locks it.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from journal.entries import Conversation

SECRET_BYTES = 32
CHECKED_BY_ADVISOR = 3


@dataclass(frozen=True)
class ProvenMember:
    """Who a verified token speaks of, until when (aware, UTC), and at which level: 1 signed in, 2 by a fresh one-time code."""

    member_id: str
    expires_at: datetime
    level: int = 1


@dataclass(frozen=True)
class Secret:
    """What a page shows: the digest of a conversation's secret; *signed_in_until* when it has also shown a token."""

    digest: str
    signed_in_until: datetime | None = None


Proof = Secret | ProvenMember


class Verdict(Enum):
    """OPEN; LOCKED: the right page, but a fresh token is needed; UNKNOWN: the asker may not know that it exists."""

    OPEN = "open"
    LOCKED = "locked"
    UNKNOWN = "unknown"


def new_secret() -> str:
    """Draw a conversation's secret: 256 bits."""
    return secrets.token_urlsafe(SECRET_BYTES)


def digest_of(secret: str) -> str:
    """Give what is kept of a secret."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def is_token(credential: str) -> bool:
    """Tell a token (three parts) from a secret (which holds no dot)."""
    return credential.count(".") == 2


def judge(conversation: Conversation, proof: Proof, now: datetime) -> Verdict:
    """Say what *proof* opens at *now*."""
    if isinstance(proof, ProvenMember):
        return _judge_member(conversation, proof, now)
    if not hmac.compare_digest(conversation.access_digest or "", proof.digest):
        return Verdict.UNKNOWN
    if conversation.member_id is None or _is_there(conversation, proof, now):
        return Verdict.OPEN
    return Verdict.LOCKED


def _judge_member(conversation: Conversation, member: ProvenMember, now: datetime) -> Verdict:
    if conversation.member_id != member.member_id:
        return Verdict.UNKNOWN
    return Verdict.OPEN if now < member.expires_at else Verdict.LOCKED


def _is_there(conversation: Conversation, proof: Secret, now: datetime) -> bool:
    """Say whether the member has shown a token on this page, or an advisor has just checked who is there."""
    if proof.signed_in_until is not None and now < proof.signed_in_until:
        return True
    return conversation.identity.level_at(now) >= CHECKED_BY_ADVISOR
