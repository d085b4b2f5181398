"""Sign-in attempts: a delay that grows with every failure, for a person, an address and an account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

FIRST_DELAY = timedelta(seconds=30)
LONGEST_DELAY = timedelta(minutes=15)
FORGET_AFTER = timedelta(hours=24)


@dataclass(frozen=True)
class Rule:
    """*free* failures cost nothing under this kind of key; each one after doubles the delay."""

    kind: str
    free: int


# The pair stops somebody guessing one password; the address, somebody trying one password on every account; the account,
# a crowd of addresses. The last is looser, so that nobody can keep a colleague out by failing in his name.
PAIR, ADDRESS, ACCOUNT = Rule("pair", 5), Rule("address", 30), Rule("account", 60)


@dataclass(frozen=True)
class Failures:
    """How often sign-in has failed under one key, and until when it is refused without looking."""

    count: int = 0
    until: datetime | None = None
    last_at: datetime | None = None

    def is_locked(self, now: datetime) -> bool:
        """Say whether the next attempt is refused whatever the password."""
        return self.until is not None and now < self.until

    def and_another(self, rule: Rule, now: datetime) -> Failures:
        """Count one more failure at *now*; failures of yesterday are forgotten."""
        is_old = self.last_at is not None and now - self.last_at > FORGET_AFTER
        count = 1 if is_old else self.count + 1
        delay = delay_after(count, rule)
        return Failures(count, now + delay if delay else None, now)


def delay_after(count: int, rule: Rule) -> timedelta:
    """Give the delay imposed after *count* failures: none at first, then 30 s, 1 min, 2 min… at most 15 min."""
    beyond = count - rule.free
    if beyond < 0:
        return timedelta(0)
    return min(FIRST_DELAY * float(2 ** min(beyond, 10)), LONGEST_DELAY)
