"""Accounts of advisors: creating them, signing in and out."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from handoff.core.lockout import ACCOUNT, ADDRESS, FORGET_AFTER, PAIR, Rule
from handoff.core.roles import Role
from handoff.service.ports import (
    Account,
    Advisor,
    AdvisorStore,
    FailureStore,
    Passwords,
    Session,
    SessionStore,
    SignedIn,
)
from kernel.clock import Clock
from kernel.errors import Conflict, Malformed, SignInNeeded, TooMany
from kernel.ids import new_id

SESSION_LASTS = timedelta(hours=12)
SESSION_IDLE = timedelta(hours=2)
TOUCH_EVERY = timedelta(minutes=1)
SHORTEST_PASSWORD, LONGEST_PASSWORD = 12, 200


class SignInRefused(SignInNeeded):
    """Unknown login or wrong password: which of the two is never said."""

    code = "sign_in_refused"


class LoginTaken(Conflict):
    """Another account has this login."""

    code = "login_taken"


@dataclass(frozen=True)
class Opened:
    """A session just opened: *secret* goes into the cookie and is kept nowhere."""

    advisor: Advisor
    secret: str


class Accounts:
    """Who works at the desk."""

    def __init__(self, advisors: AdvisorStore, sessions: SessionStore, failures: FailureStore, passwords: Passwords, clock: Clock) -> None:
        """Everything it needs."""
        self._advisors, self._sessions, self._failures = advisors, sessions, failures
        self._passwords, self._clock = passwords, clock

    async def create_advisor(self, name: str, login: str, password: str, role: Role = Role.ADVISOR) -> Advisor:
        """Create an account; Malformed (name, login or password that will not do), LoginTaken."""
        advisor = Advisor(new_id("adv"), _login(login), _name(name), Role(role))
        if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD or password.casefold() == advisor.login:
            raise Malformed(f"password: {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters, other than the login")
        account = Account(advisor, await self._passwords.hash(password))
        if not await self._advisors.add(account, self._clock.now()):
            raise LoginTaken(advisor.login)
        return advisor

    async def is_empty(self) -> bool:
        """Say whether nobody can sign in yet."""
        return await self._advisors.count() == 0

    async def sign_in(self, login: str, password: str, address: str) -> Opened:
        """Open a session; SignInRefused, or TooMany after failures (the delay grows). *address*: the browser's."""
        keys = _keys(_login_typed(login), address)
        now = self._clock.now()
        if (until := await self._failures.begin(keys, now)) is not None:
            raise TooMany((until - now).total_seconds())
        account = await self._advisors.by_login(_login_typed(login))
        if not await self._passwords.verify(account.password_hash if account else None, password[: LONGEST_PASSWORD + 1]):
            raise SignInRefused
        if account is None:  # verify says no for nobody; this tells the type checker
            raise SignInRefused
        await self._failures.forgive(keys)
        await self._renew_proof(account, password)
        return await self._open(account.advisor)

    async def signed_in(self, secret: str, *, touch: bool = True) -> SignedIn | None:
        """
        Find who holds *secret*; None when the session is unknown, too old or was left idle.

        *touch* False: the page asks by itself, which does not keep the session alive.
        """
        digest, now = _digest(secret), self._clock.now()
        found = await self._sessions.find(digest)
        if found is None:
            return None
        if now - found.session.created_at > SESSION_LASTS or now - found.session.seen_at > SESSION_IDLE:
            await self._sessions.remove(digest)
            return None
        if touch and now - found.session.seen_at > TOUCH_EVERY:
            await self._sessions.touch(digest, now)
        return found

    async def sign_out(self, digest: str) -> None:
        """End a session."""
        await self._sessions.remove(digest)

    async def sweep(self) -> None:
        """Forget old sessions and failures."""
        now = self._clock.now()
        await self._sessions.remove_old(created_before=now - SESSION_LASTS, seen_before=now - SESSION_IDLE)
        await self._failures.remove_old(now - FORGET_AFTER)

    async def _open(self, advisor: Advisor) -> Opened:
        secret, now = secrets.token_urlsafe(32), self._clock.now()
        await self._sessions.add(Session(_digest(secret), advisor.id, secrets.token_urlsafe(32), now, now))
        return Opened(advisor, secret)

    async def _renew_proof(self, account: Account, password: str) -> None:
        if self._passwords.is_dated(account.password_hash):
            await self._advisors.set_password_hash(account.advisor.id, await self._passwords.hash(password))


def _keys(login: str, address: str) -> dict[Rule, str]:
    return {PAIR: f"{login}\n{address}", ADDRESS: address, ACCOUNT: login}


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _login_typed(login: str) -> str:
    return login.strip().casefold()[:80]


def _login(login: str) -> str:
    cleaned = login.strip().casefold()
    if not 2 <= len(cleaned) <= 80 or any(character.isspace() or not character.isprintable() for character in cleaned):
        raise Malformed("login: 2 to 80 characters without spaces")
    return cleaned


def _name(name: str) -> str:
    cleaned = " ".join(name.split())
    if not 1 <= len(cleaned) <= 80 or not cleaned.isprintable():
        raise Malformed("name: 1 to 80 characters")
    return cleaned
