"""
One way to use SQLite and PostgreSQL: an *operation* is a plain function of a SQLAlchemy connection.

``await database.write(operation)`` runs it in a transaction of its own, ``await database.read(operation)`` in a
read-only snapshot. Operations do no other I/O and may be run again: they never see half a transaction.

SQLite (one process): a single writer thread groups the operations that wait into one ``BEGIN IMMEDIATE … COMMIT``,
each in its own savepoint, so that fifty messages cost one disk flush and one refused operation does not harm the
others. Readers use WAL snapshots in a few threads. Any event loop of the process may call.

PostgreSQL: one asyncpg pool, used by one event loop; PostgreSQL groups commits itself. An operation that PostgreSQL
stopped to break a deadlock is run again.
"""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection, Engine, MetaData, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from kernel.errors import Unavailable

T = TypeVar("T")
Operation = Callable[[Connection], T]
GROUP_SIZE = 256
READERS = 4
RUNS = 3  # of an operation that meets a deadlock
_TRY_AGAIN = frozenset({"40001", "40P01"})  # SQLSTATE: serialization failure, deadlock
_OUTAGES = ("08", "53", "57P", "58")  # SQLSTATE: connection, no room, shutdown or start, input/output


class Database(Protocol):
    """Runs operations; see the module."""

    async def write(self, operation: Operation[T]) -> T:
        """Run in a transaction: committed when this returns. Raises what *operation* raises, or Unavailable."""
        ...

    async def read(self, operation: Operation[T]) -> T:
        """Run on one snapshot, without changing anything. Raises what *operation* raises, or Unavailable."""
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


class SqliteDatabase:
    """One writer with group commit, a few readers; thread-safe and independent of any event loop."""

    def __init__(self, url: str, *, group_size: int = GROUP_SIZE, busy_timeout_s: float = 10) -> None:
        """
        Open the file, creating its folder. *group_size* 1 turns group commit off (benchmarks); a file locked by another
        process for longer than *busy_timeout_s* is Unavailable.
        """
        path = make_url(url).database
        if not path or path == ":memory:":
            raise ValueError("SQLite needs a file: readers and the writer are separate connections")
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        self._writing = _sqlite_engine(url, "BEGIN IMMEDIATE", busy_timeout_s, "secure_delete=ON")  # erased: overwritten
        self._reading = _sqlite_engine(url, "BEGIN", busy_timeout_s, "query_only=ON")
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="sqlite-read")
        self._waiting: queue.SimpleQueue[_Asked | None] = queue.SimpleQueue()
        self._group_size = group_size
        self._lock, self._is_closed = threading.Lock(), False
        self._writer = threading.Thread(target=self._write_forever, name="sqlite-write", daemon=True)
        self._writer.start()

    async def write(self, operation: Operation[T]) -> T:
        """See Database."""
        future: Future[T] = Future()
        with self._lock:  # nothing is asked behind the mark that ends the writer
            self._refuse_when_closed()
            self._waiting.put((operation, future))
        return await asyncio.wrap_future(future)

    async def read(self, operation: Operation[T]) -> T:
        """See Database."""
        self._refuse_when_closed()
        return await asyncio.get_running_loop().run_in_executor(self._readers, self._read, operation)

    async def close(self) -> None:
        """See Database."""
        with self._lock:
            if not self._is_closed:
                self._is_closed = True
                self._waiting.put(None)
        await asyncio.to_thread(self._writer.join)
        await asyncio.to_thread(self._readers.shutdown)
        self._reading.dispose()
        self._writing.dispose()

    def _refuse_when_closed(self) -> None:
        if self._is_closed:
            raise Unavailable("the record is closed")

    def _read(self, operation: Operation[T]) -> T:
        try:
            with self._reading.connect() as connection:
                return operation(connection)
        except OperationalError as cause:
            raise Unavailable("the record cannot be read") from cause

    def _write_forever(self) -> None:
        while group := self._next_group():
            self._commit([asked for asked in group if asked[1].set_running_or_notify_cancel()])

    def _next_group(self) -> list[_Asked]:
        group: list[_Asked] = []
        following = self._waiting.get()
        while following is not None:
            group.append(following)
            if len(group) >= self._group_size:
                return group
            try:
                following = self._waiting.get_nowait()
            except queue.Empty:
                return group
        if group:
            self._waiting.put(None)  # the end, met again once this group is written
        return group

    def _commit(self, group: list[_Asked]) -> None:
        try:
            with self._writing.begin() as connection:
                outcomes = [_in_savepoint(connection, operation) for operation, _ in group]
        except Exception as cause:  # noqa: BLE001 - the disk is full, the file is gone: everyone hears, the writer lives
            outcomes = [(None, _unavailable(cause)) for _ in group]
        for (_, future), (value, error) in zip(group, outcomes, strict=True):
            future.set_exception(error) if error else future.set_result(value)


_Asked = tuple[Operation[Any], "Future[Any]"]


def _in_savepoint(connection: Connection, operation: Operation[T]) -> tuple[T | None, BaseException | None]:
    savepoint = connection.begin_nested()
    try:
        value = operation(connection)
    except BaseException as error:  # noqa: BLE001 - handed to the caller that waits for it
        savepoint.rollback()
        return None, _unavailable(error) if isinstance(error, OperationalError) else error
    savepoint.commit()
    return value, None


def _unavailable(cause: BaseException) -> Unavailable:
    failure = Unavailable("the record cannot be written")
    failure.__cause__ = cause
    return failure


def _sqlite_engine(url: str, begin: str, busy_timeout_s: float, pragma: str) -> Engine:
    engine = create_engine(url, connect_args={"timeout": busy_timeout_s, "check_same_thread": False},
                           pool_size=READERS, hide_parameters=True)  # an error's message must not quote a member

    @event.listens_for(engine, "connect")
    def configure(connection: Any, _: Any) -> None:
        connection.isolation_level = None  # the driver's own BEGIN is replaced below
        for setting in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", pragma):
            connection.execute(f"PRAGMA {setting}")

    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))
    return engine


class PostgresDatabase:
    """One asyncpg pool; belongs to the event loop that first uses it."""

    def __init__(self, url: str, *, pool_size: int = 10, pool_timeout_s: float = 10, statement_timeout_s: float | None = 20) -> None:
        """*url* names the asyncpg driver; at most twice *pool_size* connections, waited for *pool_timeout_s* seconds."""
        self._engine = create_async_engine(
            url, pool_size=pool_size, max_overflow=pool_size, pool_pre_ping=True, pool_timeout=pool_timeout_s,
            connect_args={"timeout": 10, "command_timeout": statement_timeout_s}, hide_parameters=True,
        )
        self._reading = self._engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        self._is_closed = False

    async def write(self, operation: Operation[T]) -> T:
        """See Database."""
        return await self._run(self._engine, operation)

    async def read(self, operation: Operation[T]) -> T:
        """See Database."""
        return await self._run(self._reading, operation)

    async def close(self) -> None:
        """See Database."""
        self._is_closed = True
        await self._engine.dispose()

    async def _run(self, engine: AsyncEngine, operation: Operation[T]) -> T:
        if self._is_closed:
            raise Unavailable("the record is closed")
        for run in range(1, RUNS + 1):
            try:
                async with engine.begin() as connection:
                    return await connection.run_sync(operation)
            except (DBAPIError, PoolTimeoutError, OSError) as cause:
                if _sqlstate(cause) in _TRY_AGAIN and run < RUNS:
                    continue
                if _is_outage(cause):
                    raise Unavailable("the record does not answer") from cause
                raise
        raise AssertionError("the last run returns or raises")


def _sqlstate(error: BaseException) -> str:
    return getattr(getattr(error, "orig", None), "sqlstate", None) or ""


def _is_outage(error: BaseException) -> bool:
    if not isinstance(error, DBAPIError):
        return True
    state = _sqlstate(error)
    return (error.connection_invalidated or isinstance(error, OperationalError | InterfaceError)
            or state in _TRY_AGAIN or state.startswith(_OUTAGES))


async def create_tables(database: Database, metadata: MetaData) -> None:
    """Create what is missing of *metadata*: tests and the sandbox; installations use ``assistant migrate``."""
    await database.write(metadata.create_all)


async def ping(database: Database) -> None:
    """Raise Unavailable unless the database answers."""
    await database.read(lambda connection: connection.execute(text("SELECT 1")).scalar_one())
