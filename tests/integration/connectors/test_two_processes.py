"""Two gateways over PostgreSQL and Redis: a member may be on either."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from connectors.adapters.key_ring import KeyRing
from connectors.adapters.tokens import JwtVerifier
from connectors.build import build_gateway
from journal.journal import Journal
from kernel.bell import RedisBell
from kernel.clock import SystemClock
from kernel.database import open_database
from kernel.organisation import organisation
from kernel.settings import Settings

from .conftest import AUDIENCE, ISSUER, WIDE, Insurer, greeting
from .pages import opened

pytestmark = [pytest.mark.postgres, pytest.mark.redis]


@pytest.fixture
async def both(postgres_database, postgres_url, redis_url, tmp_path, aiohttp_client):
    """Build two gateways as two processes would be, and their insurer."""
    del postgres_database  # its tables
    clock, clients, opened_parts = SystemClock(), [], []
    insurer = Insurer(clock)
    for _ in range(2):
        database, bell = open_database(postgres_url), RedisBell(redis_url)
        app = build_gateway(
            Journal(database, bell, clock), replace(Settings(state_dir=tmp_path), redis_url=redis_url), organisation(),
            JwtVerifier(KeyRing(insurer, clock), clock, issuer=ISSUER, audience=AUDIENCE), greeting=greeting,
            assistant_state=lambda: "away", limits=WIDE)
        clients.append(await aiohttp_client(app))
        opened_parts += [bell, database]
    yield *clients, insurer
    for client in clients:
        await client.close()
    for part in opened_parts:
        await part.close()


async def test_what_is_said_on_one_is_heard_on_the_other(both):
    """The first tab is served by one process, the second by another."""
    here, there, _ = both
    page = await opened(here)
    page.client = there
    line = await page.socket(since=1)
    await line.hear("welcome")
    page.client = here
    await page.say("Bonjour")

    assert (await line.hear("entry", within=2))["entry"]["body"]["text"] == "Bonjour"


async def test_signing_out_on_one_locks_the_other(both):
    """Wherever the page's next call arrives."""
    here, there, insurer = both
    page = await opened(here, insurer.token())
    page.client = there
    line = await page.socket(since=1)
    await line.hear("welcome")
    page.client = here
    assert (await page.call("DELETE", "/identity"))[0] == 204

    assert (await line.hear("problem", within=2))["code"] == "sign_in_needed"
    page.client = there
    assert (await page.call("GET", "/entries"))[0] == 401


async def test_a_choice_made_on_both_at_once_is_made_once(both):
    """The record decides, not the process."""
    here, there, _ = both
    page = await opened(here)
    other = page.showing(page.secret)
    other.client = there
    answers = await asyncio.gather(*(
        one.call("POST", "/entries", {"client_id": f"d{number}", "entry": 1, "option": "card"}) for number, one in enumerate([page, other] * 3)))

    assert sorted(status for status, _ in answers) == [201, 409, 409, 409, 409, 409]
