"""The first start of the sandbox, the second one, and two at once."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

from sqlalchemy import text

from kernel.clock import SetClock
from kernel.database import open_database
from member_api.contract import Address, AddressChange
from member_api.sandbox.identity import IdentityProvider
from member_api.sandbox.seeding import prepare
from tests.integration.member_api.conftest import running


async def test_a_restart_keeps_what_was_asked(clock: SetClock, tmp_path: Path) -> None:
    """A demonstration interrupted by a restart goes on; tokens signed before stay good."""
    url = f"sqlite:///{tmp_path / 'sandbox.db'}"
    async with running(clock, tmp_path, url) as insurer:
        change = AddressChange(Address("12 rue Gambetta", None, "86000", "Poitiers"), clock.now().date())
        asked = await insurer.client.change_address(insurer.caller(), change, key="summary-1-confirm")
        keys = await insurer.identity.jwks()
    clock.advance(timedelta(days=3))
    async with running(clock, tmp_path, url) as insurer:
        assert await insurer.client.requests(insurer.caller()) == (asked,)
        assert await insurer.identity.jwks() == keys


async def test_two_processes_may_start_at_once(clock: SetClock, postgres_url: str, tmp_path: Path) -> None:
    """One of them seeds the world, the other finds it."""
    first, second = open_database(postgres_url), open_database(postgres_url)
    await asyncio.gather(prepare(first, clock), prepare(second, clock), return_exceptions=False)
    async with running(clock, tmp_path, postgres_url) as insurer:
        identity = IdentityProvider(insurer.settings, clock, first)
        assert len(await identity.people()) == 33
        assert (await identity.jwks())["keys"]
    await first.close()
    await second.close()


async def test_a_world_of_another_version_begins_again(clock: SetClock, tmp_path: Path) -> None:
    """After an update the demonstration starts, instead of failing on a column that was not there."""
    url = f"sqlite:///{tmp_path / 'sandbox.db'}"
    old = open_database(url)
    await old.write(lambda tx: tx.execute(text("CREATE TABLE sandbox_member (id VARCHAR PRIMARY KEY, nickname VARCHAR)")))
    await old.close()

    async with running(clock, tmp_path, url) as insurer:
        assert (await insurer.client.member(insurer.caller())).first_name == "Camille"
