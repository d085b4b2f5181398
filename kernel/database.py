"""
One way to use SQLite and PostgreSQL: an *operation* is a plain function of a SQLAlchemy connection.

``await database.write(operation)`` runs it in a transaction of its own, ``await database.read(operation)`` in a read.
Operations do no other I/O and may be run again: they never see half a transaction.

SQLite (one process): a single writer thread groups the operations that wait into one ``BEGIN IMMEDIATE … COMMIT``,
each in its own savepoint, so that fifty messages cost one disk flush and one refused operation does not harm the
others. Readers use WAL snapshots in a few threads. Any event loop of the process may call.

PostgreSQL: one asyncpg pool per event loop; PostgreSQL groups commits itself.
"""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection, MetaData, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import create_async_engine

from kernel.errors import Unavailable

T = TypeVar("T")
Operation = Callable[[Connection], T]
GROUP_SIZE = 256
READERS = 4


class Database(Protocol):
    """Runs operations; see the module."""

    async def write(self, operation: Operation[T]) -> T:
        """Run in a transaction: committed when this returns. Raises what *operation* raises, or Unavailable."""
        ...

    async def read(self, operation: Operation[T]) -> T:
        """Run without changing anything."""
        ...

    async def close(self) -> None:
        """Let go of every connection."""
        ...


def open_database(url: str) -> Database:
    """Open *url*: ``sqlite:///file`` or ``postgresql://user:password@host/name``."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return SqliteDatabase(url)
    return PostgresDatabase(parsed.set(drivername="postgresql+asyncpg").render_as_string(hide_password=False))


class SqliteDatabase:
    """One writer with group commit, a few readers; thread-safe and independent of any event loop."""

    def __init__(self, url: str, *, group_size: int = GROUP_SIZE) -> None:
        """Open the file, creating its folder; *group_size* 1 turns group commit off (benchmarks)."""
        path = make_url(url).database
        if not path or path == ":memory:":
            raise ValueError("SQLite needs a file: readers and the writer are separate connections")
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        self._engine = create_engine(url, connect_args={"timeout": 10, "check_same_thread": False}, pool_size=READERS + 1)
        event.listen(self._engine, "connect", _configure_sqlite)
        event.listen(self._engine, "begin", _begin_immediate)
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="sqlite-read")
        self._waiting: queue.SimpleQueue[tuple[Operation[Any], Future[Any]] | None] = queue.SimpleQueue()
        self._group_size = group_size
        self._writer = threading.Thread(target=self._write_forever, name="sqlite-write", daemon=True)
        self._writer.start()

    async def write(self, operation: Operation[T]) -> T:
        """See Database."""
        future: Future[T] = Future()
        self._waiting.put((operation, future))
        return await asyncio.wrap_future(future)

    async def read(self, operation: Operation[T]) -> T:
        """See Database."""
        return await asyncio.get_running_loop().run_in_executor(self._readers, self._read, operation)

    async def close(self) -> None:
        """See Database."""
        self._waiting.put(None)
        await asyncio.get_running_loop().run_in_executor(None, self._writer.join)
        self._readers.shutdown(wait=True)
        self._engine.dispose()

    def _read(self, operation: Operation[T]) -> T:
        with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            return operation(connection)

    def _write_forever(self) -> None:
        with self._engine.connect() as connection:
            while group := self._next_group():
                self._commit(connection, group)

    def _next_group(self) -> list[tuple[Operation[Any], Future[Any]]]:
        first = self._waiting.get()
        if first is None:
            return []
        group = [first]
        while len(group) < self._group_size:
            try:
                following = self._waiting.get_nowait()
            except queue.Empty:
                break
            if following is None:
                self._waiting.put(None)
                break
            group.append(following)
        return group

    def _commit(self, connection: Connection, group: list[tuple[Operation[Any], Future[Any]]]) -> None:
        outcomes: list[tuple[Future[Any], Any, BaseException | None]] = []
        try:
            with connection.begin():
                for operation, future in group:
                    if future.set_running_or_notify_cancel():
                        outcomes.append((future, *_in_savepoint(connection, operation)))
        except OperationalError as cause:
            failure = Unavailable("the record cannot be written")
            failure.__cause__ = cause
            outcomes = [(future, None, failure) for _, future in group if not future.cancelled()]
        for future, value, error in outcomes:
            future.set_exception(error) if error else future.set_result(value)


def _in_savepoint(connection: Connection, operation: Operation[T]) -> tuple[T | None, BaseException | None]:
    savepoint = connection.begin_nested()
    try:
        value = operation(connection)
    except Exception as error:  # handed to the caller that waits for it
        savepoint.rollback()
        return None, error
    savepoint.commit()
    return value, None


def _configure_sqlite(connection: Any, _: Any) -> None:
    connection.isolation_level = None  # SQLAlchemy's own BEGIN is replaced below
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=10000", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_immediate(connection: Connection) -> None:
    if connection.get_execution_options().get("isolation_level") != "AUTOCOMMIT":
        connection.exec_driver_sql("BEGIN IMMEDIATE")


class PostgresDatabase:
    """One asyncpg pool; belongs to the event loop that first uses it."""

    def __init__(self, url: str, *, pool_size: int = 10) -> None:
        """*url* names the asyncpg driver."""
        self._engine = create_async_engine(
            url, pool_size=pool_size, max_overflow=pool_size, pool_pre_ping=True, pool_timeout=10,
            connect_args={"timeout": 10, "command_timeout": 20},
        )

    async def write(self, operation: Operation[T]) -> T:
        """See Database."""
        try:
            async with self._engine.begin() as connection:
                return await connection.run_sync(operation)
        except (OperationalError, OSError, TimeoutError) as cause:
            raise Unavailable("the record does not answer") from cause

    async def read(self, operation: Operation[T]) -> T:
        """See Database."""
        try:
            async with self._engine.connect() as connection:
                return await connection.run_sync(operation)
        except (OperationalError, OSError, TimeoutError) as cause:
            raise Unavailable("the record does not answer") from cause

    async def close(self) -> None:
        """See Database."""
        await self._engine.dispose()


async def create_tables(database: Database, metadata: MetaData) -> None:
    """Create what is missing of *metadata*: tests and the sandbox; installations use ``assistant migrate``."""
    await database.write(metadata.create_all)


async def ping(database: Database) -> None:
    """Raise Unavailable unless the database answers."""
    await database.read(lambda connection: connection.execute(text("SELECT 1")).scalar_one())
