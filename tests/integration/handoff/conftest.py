"""A desk on SQLite for each test, its background tasks running; stores on both databases."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from handoff.adapters import schema
from handoff.adapters.presences import SqlPresences
from handoff.adapters.waits import SqlWaits
from handoff.adapters.written import SqlWrittenRequests
from handoff.service.presence import PresenceDesk
from handoff.service.promises import Promises
from handoff.service.receptionist import Receptionist
from handoff.service.waiting_room import WaitingRoom
from journal.journal import Journal
from kernel.bell import MemoryBell
from kernel.clock import SetClock
from kernel.database import Database, SqliteDatabase, create_tables
from kernel.organisation import organisation
from tests.integration.handoff.desk_world import World, build_world, close_world


@pytest.fixture
def clock() -> SetClock:
    """A clock that stands at noon UTC, Monday 2 November 2026, before every vector of deadlines, until a test moves it."""
    return SetClock(datetime(2026, 11, 2, 12, 0, tzinfo=UTC))


@pytest.fixture
async def world(sqlite_database: SqliteDatabase, clock: SetClock) -> AsyncIterator[World]:
    """A desk as the composition mounts it."""
    built = await build_world(Journal(sqlite_database, MemoryBell(), clock), sqlite_database, clock)
    yield built
    await close_world(built)


@pytest.fixture
async def desk_database(database: Database) -> Database:
    """Both databases, with the desk's tables beside the record's."""
    await create_tables(database, schema.metadata)
    return database


@pytest.fixture
def presence(desk_database: Database, clock: SetClock) -> PresenceDesk:
    """Presence over each database."""
    return PresenceDesk(SqlPresences(desk_database), clock)


@pytest.fixture
def receptionist(desk_database: Database, journal: Journal, clock: SetClock, presence: PresenceDesk) -> Receptionist:
    """A receptionist that goes round when the test says."""
    return a_receptionist(desk_database, journal, clock, presence)


def a_receptionist(database: Database, journal: Journal, clock: SetClock, presence: PresenceDesk) -> Receptionist:
    """One more desk process's receptionist."""
    waits, insurer = SqlWaits(database), organisation()
    room = WaitingRoom(journal, waits, insurer)
    promises = Promises(journal, SqlWrittenRequests(database, journal.bell, clock), insurer)
    return Receptionist(journal, waits, presence, insurer, clock, room=room, promises=promises)
