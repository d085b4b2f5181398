"""How often is too often? Token buckets: *burst* at once, refilled evenly over a period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Limit:
    """*count* acts per *per_s* seconds; a quiet caller may do them all at once."""

    count: int
    per_s: float

    @property
    def refill(self) -> float:
        """Tokens given back each second."""
        return self.count / self.per_s


@dataclass(frozen=True)
class Bucket:
    """*tokens* left at moment *at* (seconds, any origin)."""

    tokens: float
    at: float

    def at_moment(self, limit: Limit, now: float) -> Bucket:
        """Give the bucket refilled up to *now*; a clock that went back refills nothing."""
        waited = max(0.0, now - self.at)
        return Bucket(min(float(limit.count), self.tokens + waited * limit.refill), now)


@dataclass(frozen=True)
class Taken:
    """The buckets after an attempt, and how many seconds to wait before the next (0: accepted)."""

    buckets: tuple[Bucket, ...]
    retry_after: float


def take(buckets: Sequence[Bucket] | None, limits: Sequence[Limit], now: float) -> Taken:
    """
    Take one token from every bucket, or from none when one is empty.

    *buckets* None: a caller never seen. A refusal costs nothing: being refused does not make one wait longer.
    """
    known = buckets or [Bucket(float(limit.count), now) for limit in limits]
    full = [bucket.at_moment(limit, now) for bucket, limit in zip(known, limits, strict=True)]
    pairs = zip(full, limits, strict=True)
    waits = [(1 - bucket.tokens) / limit.refill for bucket, limit in pairs if bucket.tokens < 1]
    if waits:
        return Taken(tuple(full), max(waits))
    return Taken(tuple(Bucket(bucket.tokens - 1, now) for bucket in full), 0.0)


def forget_after(limits: Sequence[Limit]) -> float:
    """Seconds after which an untouched bucket is full again, and need not be remembered."""
    return max(limit.per_s for limit in limits)


@dataclass(frozen=True)
class Limits:
    """What the gateway allows; docs/chat-api.md tells the first two to whoever writes a client."""

    messages: tuple[Limit, ...] = (Limit(30, 60), Limit(300, 3600))
    openings: tuple[Limit, ...] = (Limit(20, 3600),)
    reads: tuple[Limit, ...] = (Limit(240, 60),)
    proofs: tuple[Limit, ...] = (Limit(20, 60),)
    fields: tuple[Limit, ...] = (Limit(6, 60), Limit(20, 3600))
    frames: tuple[Limit, ...] = (Limit(100, 10),)
