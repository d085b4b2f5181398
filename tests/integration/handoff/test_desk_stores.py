"""The desk's tables, on SQLite and PostgreSQL alike."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from handoff.adapters.audit import SqlAuditTrail
from handoff.adapters.failures import SqlFailures
from handoff.adapters.presences import SqlPresences
from handoff.adapters.waits import SqlWaits
from handoff.core.lockout import ACCOUNT, ADDRESS, PAIR
from handoff.core.presence import Said
from handoff.core.reception import Wait
from handoff.core.roles import Role
from handoff.desk import advisors_accounts
from handoff.service.accounts import Accounts, LoginTaken, SignInRefused
from journal.journal import Journal
from kernel.clock import SetClock
from kernel.database import Database
from kernel.errors import TooMany
from tests.integration.handoff.desk_world import CHEAP, PASSWORD

KEYS = {PAIR: "camille\n203.0.113.1", ADDRESS: "203.0.113.1", ACCOUNT: "camille"}


@pytest.fixture
def accounts(desk_database: Database, clock: SetClock) -> Accounts:
    """Accounts over each database."""
    return advisors_accounts(desk_database, clock, hasher=CHEAP)


async def test_an_account_opens_sessions_that_end(accounts: Accounts, clock: SetClock):
    """Create, sign in, be known, be forgotten by the sweep."""
    assert await accounts.is_empty()
    made = await accounts.create_advisor("Camille", "Camille", PASSWORD, Role.TEAM_LEAD)
    opened = await accounts.sign_in(" camille ", PASSWORD, "203.0.113.1")
    known = await accounts.signed_in(opened.secret)
    clock.advance(timedelta(hours=13))
    await accounts.sweep()

    assert known is not None
    assert (known.advisor, await accounts.is_empty()) == (made, False)
    assert await accounts.signed_in(opened.secret) is None


async def test_the_same_login_created_at_the_same_moment_is_created_once(accounts: Accounts):
    """Two operators, one name."""
    outcomes = await asyncio.gather(*(accounts.create_advisor("Hugo", "hugo", PASSWORD) for _ in range(3)), return_exceptions=True)

    assert sum(isinstance(one, LoginTaken) for one in outcomes) == 2


async def test_guessing_in_parallel_gains_nothing(accounts: Accounts):
    """Every attempt counts before its password is looked at."""
    await accounts.create_advisor("Camille", "camille", PASSWORD)
    tries = [accounts.sign_in("camille", f"au hasard {number}", "203.0.113.1") for number in range(30)]
    outcomes = await asyncio.gather(*tries, return_exceptions=True)

    assert sum(isinstance(one, SignInRefused) for one in outcomes) <= PAIR.free + 4
    with pytest.raises(TooMany):
        await accounts.sign_in("camille", PASSWORD, "203.0.113.1")


async def test_what_people_type_into_the_wrong_field_is_not_kept(desk_database: Database, clock: SetClock):
    """Failures are stored under digests: a password typed as a login stays unknown to us."""
    await SqlFailures(desk_database).begin(KEYS, clock.now())
    kept = await desk_database.read(lambda tx: tx.exec_driver_sql("SELECT key FROM sign_in_failure").scalars().all())

    assert len(kept) == 3
    assert not any("camille" in key or "203" in key for key in kept)


async def test_one_good_account_does_not_wash_an_address_clean(desk_database: Database, clock: SetClock):
    """Signing in with one's own account between two guesses must not help to guess a colleague's."""
    failures = SqlFailures(desk_database)
    for _ in range(ADDRESS.free):
        await failures.begin({ADDRESS: "203.0.113.1"}, clock.now() - timedelta(hours=1))
    clock.advance(timedelta(minutes=20))
    await failures.begin({ADDRESS: "203.0.113.1"}, clock.now())
    await failures.forgive({ADDRESS: "203.0.113.1"})
    await failures.begin({ADDRESS: "203.0.113.1"}, clock.now())

    assert await failures.begin({ADDRESS: "203.0.113.1"}, clock.now()) is not None


async def test_presence_is_kept_for_every_process(desk_database: Database, accounts: Accounts, clock: SetClock):
    """What one desk process hears, the other counts on."""
    camille, store = await accounts.create_advisor("Camille", "camille", PASSWORD), SqlPresences(desk_database)
    await store.live(camille.id, clock.now())
    assert await store.all() == []
    await store.say(camille.id, Said.AVAILABLE, clock.now(), is_new_page=True)
    later = clock.now() + timedelta(seconds=30)
    await store.live(camille.id, later)
    await store.say(camille.id, Said.PAUSED, later)
    kept = (await store.all())[0]

    assert (kept.said, kept.active_at, kept.live_at) == (Said.PAUSED, later, later)


async def test_waits_start_once_and_end_with_an_advisor_or_without(desk_database: Database, clock: SetClock):
    """The basis of honest estimates: what was really waited, and who took."""
    store, now = SqlWaits(desk_database), clock.now()
    taken, left = Wait("c1", 2, "live", now, 3, 2), Wait("c2", 2, "live", now, 0, 2)
    await asyncio.gather(store.start([taken, left]), store.start([taken, left]))
    await store.told(left, away_told_at=now)
    await store.taken(taken, "camille", now + timedelta(minutes=4))
    still = await store.open()
    await store.remove([left, taken])
    served = await store.served_since("live", now)

    assert [(wait.conversation_id, wait.away_told_at) for wait in still] == [("c2", now)]
    assert await store.open() == []
    assert [(one.waited, one.ahead, one.advisors) for one in served] == [(timedelta(minutes=4), 3, 2)]
    assert await store.takers("c1") == {"camille"}


async def test_the_register_names_people_and_keeps_what_others_did(desk_database: Database, accounts: Accounts, journal: Journal):
    """Newest first; who is no advisor is shown as it is."""
    camille, trail = await accounts.create_advisor("Camille", "camille", PASSWORD), SqlAuditTrail(desk_database)
    await journal.audit("worker", "member_read", member_id="demo-1")
    await journal.audit(camille.id, "member_file_read", conversation_id="c1", member_id="demo-1")

    assert [(line.who, line.what) for line in await trail.latest(10)] == [("Camille", "member_file_read"), ("worker", "member_read")]
