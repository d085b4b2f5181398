"""
Tables that follow the code: one linear history in deploy/migrations, applied whole or not at all.

Each part gives its own tables (a list of MetaData), so that this module knows none of them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import TypeVar

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, MetaData, inspect, text

from kernel.database import open_database
from kernel.errors import SettingsError
from kernel.paths import ROOT

T = TypeVar("T")
FOLDER = ROOT / "deploy" / "migrations"
_LOCK = 0x6A6F7572  # « jour »: PostgreSQL's advisory lock of those who migrate


def upgrade(database_url: str, metadata: Sequence[MetaData]) -> None:
    """
    Bring the tables of *database_url* to the newest version; nothing to do when they are. Call outside an event loop.

    Two processes may call at once: the second waits, then finds nothing to do. SettingsError, and nothing is changed, when
    the result would not be the tables of *metadata*; Unavailable.
    """
    on_database(database_url, lambda connection: _upgrade(connection, metadata))


def differences(database_url: str, metadata: Sequence[MetaData]) -> list[str]:
    """Say in what the database differs from the tables of *metadata*; other tables are nobody's business here."""
    return on_database(database_url, lambda connection: _differences(connection, metadata))


def on_database(database_url: str, operation: Callable[[Connection], T]) -> T:
    """Run one operation in a transaction of its own, for as long as it takes."""
    async def run() -> T:
        database = open_database(database_url, statement_timeout_s=None)
        try:
            return await database.write(operation)
        finally:
            await database.close()

    return asyncio.run(run())


def _upgrade(connection: Connection, metadata: Sequence[MetaData]) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes |= {"connection": connection, "metadata": list(metadata)}
    if _was_created_without_history(connection) and not _differences(connection, metadata):
        command.stamp(config, "head")
    else:
        command.upgrade(config, "head")
    if found := _differences(connection, metadata):
        raise SettingsError(f"Les tables ne correspondent pas à cette version du programme : {' ; '.join(found)}.")


def _was_created_without_history(connection: Connection) -> bool:
    """Whether an embedded installation made its tables by itself."""
    names = inspect(connection).get_table_names()
    return "conversation" in names and "alembic_version" not in names


def _differences(connection: Connection, metadata: Sequence[MetaData]) -> list[str]:
    ours = {name for one in metadata for name in one.tables}
    context = MigrationContext.configure(connection, opts={
        "compare_type": True,
        "include_name": lambda name, kind, _: kind != "table" or name in ours,
    })
    return [_said(found) for found in compare_metadata(context, list(metadata))]  # type: ignore[arg-type]


def _said(found: object) -> str:
    """Say one difference as Alembic names it: ``add_column entry.salt``."""
    while isinstance(found, list):
        found = found[0]
    kind, *what = found if isinstance(found, tuple) else (str(found),)
    return " ".join([str(kind), *(str(getattr(one, "name", one)) for one in what if one is not None and not isinstance(one, dict))])
