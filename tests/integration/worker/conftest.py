"""A real record in a file, a clock that stands, and what the worker needs around it."""

from __future__ import annotations

import pytest

from journal.entries import Conversation
from journal.journal import Journal
from kernel.bell import MemoryBell
from kernel.clock import SetClock
from kernel.database import SqliteDatabase
from tests.integration.worker.talking import FakeInsurer, FakeTalks


@pytest.fixture
def record(sqlite_database: SqliteDatabase, clock: SetClock) -> Journal:
    """The record in a SQLite file."""
    return Journal(sqlite_database, MemoryBell(), clock)


@pytest.fixture
async def talk(record: Journal) -> Conversation:
    """An anonymous member's conversation, just opened."""
    return await record.open_conversation()


@pytest.fixture
def talks() -> FakeTalks:
    """A dialogue that answers « Réponse à … »."""
    return FakeTalks()


@pytest.fixture
def insurer() -> FakeInsurer:
    """An insurer's system that accepts."""
    return FakeInsurer()
