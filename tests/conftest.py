"""Fixtures every test may ask for: real servers, both databases, a journal on each, both bells, a clock that stands."""

from __future__ import annotations

import signal
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
import structlog

from journal import schema
from journal.journal import Journal
from kernel.bell import Bell, MemoryBell, RedisBell
from kernel.clock import SetClock
from kernel.database import Database, PostgresDatabase, SqliteDatabase, create_tables, open_database
from tests.servers import Postgres, Redis, ServerMissing, running_postgres, running_redis

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def pytest_configure() -> None:
    """End as on Ctrl-C when told to stop, so that no server outlives the run."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)


@pytest.fixture(autouse=True)
def logs_of_this_test_only() -> Iterator[None]:
    """Forget what a test set up for logs: it may write to a stream that ends with the test."""
    yield
    structlog.reset_defaults()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Postgres]:
    """A PostgreSQL started once for the whole run."""
    try:
        with running_postgres(durable=False) as server:
            yield server
    except ServerMissing as missing:
        pytest.fail(str(missing), pytrace=False)


@pytest.fixture
def postgres_url(postgres_server: Postgres) -> str:
    """An empty database of a real PostgreSQL: what an earlier test left is dropped first."""
    with psycopg.connect(postgres_server.url, autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
    return postgres_server.url


@pytest.fixture(scope="session")
def redis_server() -> Iterator[Redis]:
    """A redis-server started once for the whole run."""
    try:
        with running_redis() as server:
            yield server
    except ServerMissing as missing:
        pytest.fail(str(missing), pytrace=False)


@pytest.fixture
def redis_url(redis_server: Redis) -> str:
    """The address of a real Redis."""
    return redis_server.url


@pytest.fixture
def clock() -> SetClock:
    """A clock that stands at noon UTC, Monday 23 November 2026, until a test moves it."""
    return SetClock(NOON)


@pytest.fixture(params=["sqlite", "postgres"])
async def database(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    """The record's tables, empty, in each of the two stores."""
    if request.param == "sqlite":
        opened: Database = open_database(f"sqlite:///{tmp_path / 'record.db'}")
    else:
        opened = open_database(request.getfixturevalue("postgres_url"))
    await create_tables(opened, schema.metadata)
    yield opened
    await opened.close()


@pytest.fixture
async def sqlite_database(tmp_path: Path) -> AsyncIterator[SqliteDatabase]:
    """The record's tables in a SQLite file."""
    opened = SqliteDatabase(f"sqlite:///{tmp_path / 'record.db'}")
    await create_tables(opened, schema.metadata)
    yield opened
    await opened.close()


@pytest.fixture
async def postgres_database(postgres_url: str) -> AsyncIterator[PostgresDatabase]:
    """The record's tables in a real PostgreSQL."""
    opened = open_database(postgres_url)
    assert isinstance(opened, PostgresDatabase)
    await create_tables(opened, schema.metadata)
    yield opened
    await opened.close()


@pytest.fixture
def journal(database: Database, clock: SetClock) -> Journal:
    """The record over each of the two stores."""
    return Journal(database, MemoryBell(), clock)


@pytest.fixture(params=["memory", "redis"])
async def bell(request: pytest.FixtureRequest) -> AsyncIterator[Bell]:
    """Both bells."""
    rung: Bell = MemoryBell() if request.param == "memory" else RedisBell(request.getfixturevalue("redis_url"))
    yield rung
    await rung.close()


@pytest.fixture(scope="session")
def trained_model() -> Path:
    """The model of today's data: the one `make train` left, or trained now (minutes)."""
    from bot.worker.model import fresh_model, train

    return fresh_model() or train()
