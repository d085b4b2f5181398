"""Installations get their tables by migrations: they must be the tables the code expects, on both stores."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Column, Integer, MetaData, String, Table, text

from assistant.compose import all_metadata
from journal.entries import Identity
from journal.journal import Journal
from journal.migrate import FOLDER, differences, on_database, upgrade
from kernel.bell import MemoryBell
from kernel.clock import SetClock
from kernel.database import create_tables, open_database
from kernel.errors import SettingsError
from tests.conftest import NOON
from tests.makers import said


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of each kind."""
    return f"sqlite:///{tmp_path / 'empty.db'}" if request.param == "sqlite" else request.getfixturevalue("postgres_url")


def test_the_history_is_one_line() -> None:
    """Two heads would leave an operator to choose."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    history = ScriptDirectory.from_config(config)

    assert len(history.get_heads()) == 1
    assert all(not revision.is_merge_point and not revision.is_branch_point for revision in history.walk_revisions())


def test_an_empty_database_gets_the_tables_of_every_part(url: str) -> None:
    """Forgetting the migration of a new column would stop an installation at its first message."""
    upgrade(url, all_metadata())

    assert differences(url, all_metadata()) == []


def test_migrating_again_changes_nothing(url: str) -> None:
    """Deployments run it every time."""
    upgrade(url, all_metadata())
    upgrade(url, all_metadata())

    assert differences(url, all_metadata()) == []


def test_two_processes_may_migrate_at_once(url: str) -> None:
    """Two machines are deployed in the same minute."""
    with ThreadPoolExecutor(2) as both:
        list(both.map(lambda _: upgrade(url, all_metadata()), range(2)))

    assert differences(url, all_metadata()) == []


def test_migrated_tables_hold_a_conversation(url: str) -> None:
    """Not only the same names: they work."""
    upgrade(url, all_metadata())

    async def talk() -> list[int]:
        database = open_database(url)
        journal = Journal(database, MemoryBell(), SetClock(NOON))
        conversation = await journal.open_conversation()
        await journal.append(conversation.id, said(client_id="m1"))
        numbers = [entry.number for entry in await journal.read(conversation.id)]
        await database.close()
        return numbers

    assert asyncio.run(talk()) == [1]


def test_an_embedded_installation_made_before_joins_the_history(url: str) -> None:
    """`make run` creates its tables by itself; the same database can later be migrated."""
    async def create() -> None:
        database = open_database(url)
        for metadata in all_metadata():
            await create_tables(database, metadata)
        await database.close()

    asyncio.run(create())
    upgrade(url, all_metadata())
    assert on_database(url, lambda tx: tx.execute(text("SELECT count(*) FROM alembic_version")).scalar_one()) == 1


def test_an_installation_of_the_first_version_gets_the_openings_and_keeps_what_it_has(url: str) -> None:
    """An update must not cost an insurer his record."""
    upgrade(url, all_metadata())
    on_database(url, lambda tx: [tx.execute(text(statement)) for statement in (
        "DROP TABLE opening", "UPDATE alembic_version SET version_num = '0001'")])

    async def numbers(*, write: bool) -> list[int]:
        database = open_database(url)
        journal = Journal(database, MemoryBell(), SetClock(NOON))
        conversation = await journal.open_conversation(identity=Identity(1, "m1", NOON)) if write else (await journal.conversations_of("m1"))[0]
        if write:
            await journal.append(conversation.id, said())
        found = [entry.number for entry in await journal.read(conversation.id)]
        await database.close()
        return found

    assert asyncio.run(numbers(write=True)) == [1]
    upgrade(url, all_metadata())

    assert differences(url, all_metadata()) == []
    assert asyncio.run(numbers(write=False)) == [1]


def test_a_table_without_its_migration_is_told_and_nothing_is_changed(url: str) -> None:
    """A part that adds a table and forgets the migration fails here, and would fail before touching an installation."""
    extra = MetaData()
    Table("forgotten", extra, Column("id", Integer, primary_key=True), Column("what", String(10)))

    with pytest.raises(SettingsError, match="forgotten"):
        upgrade(url, [*all_metadata(), extra])
    with pytest.raises(Exception, match=r"alembic_version|cannot be written"):
        on_database(url, lambda tx: tx.execute(text("SELECT * FROM alembic_version")))


def test_a_column_that_differs_is_told(url: str) -> None:
    """A database changed by hand is not taken for ours."""
    upgrade(url, all_metadata())
    on_database(url, lambda tx: tx.execute(text("ALTER TABLE entry DROP COLUMN salt")))

    assert differences(url, all_metadata()) == ["add_column entry salt"]


def test_other_tables_of_the_database_are_left_alone(url: str) -> None:
    """The insurer may keep something else beside."""
    on_database(url, lambda tx: tx.execute(text("CREATE TABLE theirs (id INTEGER)")))
    upgrade(url, all_metadata())

    assert differences(url, all_metadata()) == []
