"""A whole sandbox insurer on a real port, its clock in the test's hand."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest
from aiohttp.test_utils import TestServer, unused_port

from kernel.clock import SetClock
from kernel.database import Database, open_database
from kernel.settings import Settings
from member_api.client import MemberApiClient, service_token
from member_api.contract import Caller
from member_api.sandbox.app import build_sandbox
from member_api.sandbox.identity import IdentityProvider
from member_api.sandbox.seeding import prepare
from member_api.transport import Patience
from tests.conftest import NOON
from tests.integration.member_api.described import Described

QUICK = Patience(attempt_s=0.4, total_s=1.5, pause_s=0.01)


@dataclass(frozen=True)
class Sandbox:
    """The running insurer, and ways to reach it."""

    settings: Settings
    clock: SetClock
    database: Database
    session: aiohttp.ClientSession
    client: MemberApiClient

    @property
    def url(self) -> str:
        """Where it listens."""
        return self.settings.sandbox_url

    @property
    def identity(self) -> IdentityProvider:
        """Its identity provider, beside the web."""
        return IdentityProvider(self.settings, self.clock, self.database)

    def caller(self, member_id: str = "demo-1", level: int = 1, minutes: int = 5, advisor: str | None = None) -> Caller:
        """Somebody whose proof ends in *minutes*."""
        return Caller(member_id, level, self.clock.now() + timedelta(minutes=minutes), advisor)

    def headers(self, caller: Caller | None = None, **changes: str | None) -> dict[str, str]:
        """Give what a call carries; *changes* replace (dashes as underscores) or, with None, remove a header."""
        known = caller or self.caller()
        usual = {"Authorization": f"Bearer {service_token(self.settings)}", "X-Member-Id": known.member_id,
                 "X-Identity-Level": str(known.level),
                 "X-Identity-Expires": known.expires_at.isoformat() if known.expires_at else None}
        given = {**usual, **{name.replace("_", "-"): value for name, value in changes.items()}}
        return {name: value for name, value in given.items() if value is not None}

    def patient(self) -> Sandbox:
        """Give the same insurer, called with the patience of real life: laying a document out takes its time."""
        client = MemberApiClient(self.url, service_token(self.settings), self.session, self.clock)
        return replace(self, client=client)

    async def fail(self, kind: str, calls: int = 1, delay_s: float = 1.0) -> None:
        """Choose what goes wrong with the next calls."""
        asked = {"kind": kind, "calls": calls, "delay_s": delay_s}
        async with self.session.post(f"{self.url}/sandbox/faults", json=asked) as response:
            assert response.status == 200


@asynccontextmanager
async def running(clock: SetClock, state_dir: Path, database_url: str) -> AsyncIterator[Sandbox]:
    """Run a sandbox on a free port until the end of the test."""
    settings = Settings(state_dir=state_dir, sandbox_port=unused_port())
    database = open_database(database_url)
    described = Described()
    insurer = build_sandbox(settings, clock, database)
    insurer.middlewares.append(described.middleware)
    server = TestServer(insurer, host=settings.host, port=settings.sandbox_port)
    await server.start_server()
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(cookie_jar=jar) as session:
        client = MemberApiClient(settings.sandbox_url, service_token(settings), session, clock, patience=QUICK)
        yield Sandbox(settings, clock, database, session, client)
    await server.close()
    await database.close()
    assert described.faults == []


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Seed one world for all the tests of a run: each has its own copy of the file."""
    path = tmp_path_factory.mktemp("world") / "sandbox.db"

    async def seed() -> None:
        database = open_database(f"sqlite:///{path}")
        await prepare(database, SetClock(NOON))
        await database.close()
    asyncio.run(seed())
    return path


@pytest.fixture
async def sandbox(clock: SetClock, tmp_path: Path, seeded: Path) -> AsyncIterator[Sandbox]:
    """Give a sandbox on SQLite."""
    shutil.copy(seeded, tmp_path / "sandbox.db")
    async with running(clock, tmp_path, f"sqlite:///{tmp_path / 'sandbox.db'}") as insurer:
        yield insurer


@pytest.fixture(params=["sqlite", "postgres"])
async def any_sandbox(request: pytest.FixtureRequest, clock: SetClock, tmp_path: Path) -> AsyncIterator[Sandbox]:
    """Give a sandbox on each of the two stores."""
    is_sqlite = request.param == "sqlite"
    url = f"sqlite:///{tmp_path / 'sandbox.db'}" if is_sqlite else request.getfixturevalue("postgres_url")
    async with running(clock, tmp_path, url) as insurer:
        yield insurer


@pytest.fixture
def without_service(sandbox: Sandbox) -> MemberApiClient:
    """Give a client with a service token that is not ours."""
    return MemberApiClient(sandbox.url, "not-ours", sandbox.session, sandbox.clock, patience=replace(QUICK, attempts=1))
