"""
One way to use SQLite and PostgreSQL: an *operation* is a plain function of a SQLAlchemy connection.

``await database.write(operation)`` runs it in a transaction of its own, ``await database.read(operation)`` without changing
anything, ``await database.snapshot(operation)`` does so on one moment of the record. Operations do no other I/O and may be
run again: they never see half a transaction. How each store does it: kernel/sqlite.py, kernel/postgres.py.
"""

from __future__ import annotations

from typing import Protocol

from sqlalchemy import MetaData, text
from sqlalchemy.engine import make_url

from kernel.operation import Operation, T
from kernel.postgres import PostgresDatabase
from kernel.sqlite import SqliteDatabase

__all__ = ["Database", "Operation", "PostgresDatabase", "SqliteDatabase", "create_tables", "open_database", "ping"]


class Database(Protocol):
    """Runs operations; see the module."""

    async def write(self, operation: Operation[T]) -> T:
        """Run in a transaction: committed when this returns. Raises what *operation* raises, or Unavailable."""
        ...

    async def read(self, operation: Operation[T]) -> T:
        """Run without changing anything, each statement on its own moment. Raises what *operation* raises, or Unavailable."""
        ...

    async def snapshot(self, operation: Operation[T]) -> T:
        """Run without changing anything, every statement on the same moment. Raises as `read` does."""
        ...

    async def close(self) -> None:
        """Finish what was asked, then let go of every connection; later calls raise Unavailable."""
        ...


def open_database(url: str, *, statement_timeout_s: float | None = 20) -> Database:
    """
    Open *url*: ``sqlite:///file`` or ``postgresql://user:password@host/name``.

    *statement_timeout_s*: PostgreSQL's longest statement; None for migrations, which may rewrite a table.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return SqliteDatabase(url)
    driven = parsed.set(drivername="postgresql+asyncpg").render_as_string(hide_password=False)
    return PostgresDatabase(driven, statement_timeout_s=statement_timeout_s)


async def create_tables(database: Database, metadata: MetaData) -> None:
    """Create what is missing of *metadata*: tests and the sandbox; installations use ``assistant migrate``."""
    await database.write(metadata.create_all)


async def ping(database: Database) -> None:
    """Raise Unavailable unless the database answers."""
    await database.read(lambda connection: connection.execute(text("SELECT 1")).scalar_one())
