"""What the desk keeps besides the journal, as promises; the SQL ones are in handoff/adapters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from handoff.core.lockout import Rule
from handoff.core.presence import Presence, Said
from handoff.core.reception import Wait
from handoff.core.roles import Role
from handoff.core.waiting_time import Served
from journal.entries import Draft, Entry
from journal.record import HeldBy
from kernel.calendar import DueAt


@dataclass(frozen=True)
class Advisor:
    """Somebody who works at the desk; *name* is what members see."""

    id: str
    login: str
    name: str
    role: Role


@dataclass(frozen=True)
class Account:
    """An advisor with the proof of his password."""

    advisor: Advisor
    password_hash: str


@dataclass(frozen=True)
class Session:
    """One browser signed in. *digest* of the cookie's secret; *form_token* must come with every form."""

    digest: str
    advisor_id: str
    form_token: str
    created_at: datetime
    seen_at: datetime


@dataclass(frozen=True)
class SignedIn:
    """Who asks, and through which session."""

    advisor: Advisor
    session: Session


class AdvisorStore(Protocol):
    """Accounts."""

    async def add(self, account: Account, now: datetime) -> bool:
        """Keep a new account; False when its login is taken."""
        ...

    async def by_login(self, login: str) -> Account | None:
        """Find an active account."""
        ...

    async def set_password_hash(self, advisor_id: str, password_hash: str) -> None:
        """Write over the proof of a password."""
        ...

    async def count(self) -> int:
        """Count the accounts."""
        ...


class SessionStore(Protocol):
    """Browsers signed in."""

    async def add(self, session: Session) -> None:
        """Keep a new session."""
        ...

    async def find(self, digest: str) -> SignedIn | None:
        """Find a session of an active account, however old."""
        ...

    async def touch(self, digest: str, now: datetime) -> None:
        """Remember that the session was used at *now*."""
        ...

    async def remove(self, digest: str) -> None:
        """Forget a session."""
        ...

    async def remove_old(self, *, created_before: datetime, seen_before: datetime) -> None:
        """Forget the sessions opened or last used before."""
        ...


class FailureStore(Protocol):
    """Failed sign-ins."""

    async def begin(self, keys: Mapping[Rule, str], now: datetime) -> datetime | None:
        """
        Count an attempt as failed before looking at the password, so that trying in parallel gains nothing.

        When one of *keys* is locked, nothing is counted and the end of the lock is given.
        """
        ...

    async def forgive(self, keys: Mapping[Rule, str]) -> None:
        """Take back what ``begin`` counted: the password was right."""
        ...

    async def remove_old(self, before: datetime) -> None:
        """Forget keys quiet since *before*."""
        ...


class Passwords(Protocol):
    """Proofs of passwords."""

    async def hash(self, password: str) -> str:
        """Make a proof."""
        ...

    async def verify(self, password_hash: str | None, password: str) -> bool:
        """Check a password; with None (no such account) it takes as long and says no."""
        ...

    def is_dated(self, password_hash: str) -> bool:
        """Say whether the proof should be made anew at today's cost."""
        ...


class PresenceStore(Protocol):
    """Presence."""

    async def say(self, advisor_id: str, said: Said, now: datetime, *, is_new_page: bool = False) -> None:
        """Keep what the advisor chose; *is_new_page*: nothing has been heard from his page yet."""
        ...

    async def active(self, advisor_id: str, now: datetime) -> None:
        """Remember that the person did something."""
        ...

    async def live(self, advisor_id: str, now: datetime) -> None:
        """Remember that the page is open."""
        ...

    async def all(self) -> list[Presence]:
        """Read every presence."""
        ...


class WaitStore(Protocol):
    """Waits at the desk, one row for each time the floor came to it."""

    async def open(self) -> list[Wait]:
        """Read the waits nobody has taken."""
        ...

    async def start(self, waits: Iterable[Wait]) -> None:
        """Keep new waits; those already known stay as they are."""
        ...

    async def told(self, wait: Wait, **moments: datetime) -> None:
        """Set ``promised_until``, ``away_told_at`` or ``late_told_at``."""
        ...

    async def taken(self, wait: Wait, advisor_id: str, now: datetime) -> None:
        """End the wait with the advisor who took; keeps *wait* if it was not known."""
        ...

    async def remove(self, ended: Iterable[Wait]) -> None:
        """Forget waits that ended without an advisor."""
        ...

    async def served_since(self, queue: str, since: datetime) -> list[Served]:
        """Read the latest live waits that ended with an advisor."""
        ...

    async def takers(self, conversation_id: str) -> set[str]:
        """Read who has ever taken a conversation."""
        ...


class WrittenRequests(Protocol):
    """Written requests, in the journal."""

    async def answer(self, conversation_id: str, reply: Draft, held_by: HeldBy) -> Entry:
        """Write the reply, keep the promise and tell the member, in one step; StaleFloor."""
        ...

    async def promise(self, conversation_id: str, number: int, due: DueAt) -> Entry | None:
        """Promise an answer to the member's entry *number*; None when one is already promised."""
        ...


@dataclass(frozen=True)
class AuditLine:
    """Who read or did what, when. *who*: an advisor's name, or what else acted."""

    at: datetime
    who: str
    what: str
    conversation_id: str | None
    member_id: str | None


class AuditTrail(Protocol):
    """What must be accounted for."""

    async def latest(self, limit: int) -> list[AuditLine]:
        """Read the latest lines, newest first."""
        ...
