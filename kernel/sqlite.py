"""
SQLite for one process, any number of threads and event loops.

A single writer thread groups the operations that wait into one ``BEGIN IMMEDIATE … COMMIT``, each in its own savepoint, so
that fifty messages cost one disk flush and one refused operation does not harm the others. Readers use WAL snapshots in a
few threads, each with a connection of its own.

Transactions and savepoints are the driver's: SQLAlchemy's bookkeeping around them costs more than a message does.
"""

from __future__ import annotations

import asyncio
import contextlib
import queue
import sqlite3
import threading
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, NullPool, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError

from kernel.errors import Unavailable
from kernel.operation import Operation, T

GROUP_SIZE = 256
READERS = 4


class SqliteDatabase:
    """One writer with group commit, a few readers; thread-safe and independent of any event loop. See Database."""

    def __init__(self, url: str, *, group_size: int = GROUP_SIZE, busy_timeout_s: float = 10) -> None:
        """
        Open the file, creating its folder. *group_size* 1 turns group commit off (benchmarks); a file locked by another
        process for longer than *busy_timeout_s* is Unavailable.
        """
        path = make_url(url).database
        if not path or path == ":memory:":
            raise ValueError("SQLite needs a file: readers and the writer are separate connections")
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        self._writing = _engine(url, busy_timeout_s, "secure_delete=ON")  # what is erased is overwritten
        self._reading = _engine(url, busy_timeout_s, "query_only=ON")
        self._of_thread = threading.local()
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="sqlite-read")
        self._waiting: queue.SimpleQueue[_Asked | None] = queue.SimpleQueue()
        self._group_size = group_size
        self._lock, self._is_closed = threading.Lock(), False
        self._opened: list[Connection] = []
        self._writer = threading.Thread(target=self._write_forever, name="sqlite-write", daemon=True)
        self._writer.start()

    async def write(self, operation: Operation[T]) -> T:
        """See Database."""
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        with self._lock:  # nothing is asked behind the mark that ends the writer
            self._refuse_when_closed()
            self._waiting.put((operation, future))
        return await future

    async def read(self, operation: Operation[T]) -> T:
        """See Database."""
        self._refuse_when_closed()
        return await asyncio.get_running_loop().run_in_executor(self._readers, self._read, operation)

    async def snapshot(self, operation: Operation[T]) -> T:
        """See Database."""
        def on_one_moment(connection: Connection) -> T:
            driver = _driver_of(connection)
            driver.execute("BEGIN")
            try:
                return operation(connection)
            finally:
                driver.execute("ROLLBACK")

        return await self.read(on_one_moment)

    async def close(self) -> None:
        """See Database."""
        with self._lock:
            if not self._is_closed:
                self._is_closed = True
                self._waiting.put(None)
        await asyncio.to_thread(self._writer.join)
        await asyncio.to_thread(self._readers.shutdown)
        while self._opened:
            self._opened.pop().close()

    def _refuse_when_closed(self) -> None:
        if self._is_closed:
            raise Unavailable("the record is closed")

    def _read(self, operation: Operation[T]) -> T:
        try:
            return operation(self._connection_of_thread())
        except OperationalError as cause:
            raise Unavailable("the record cannot be read") from cause

    def _connection_of_thread(self) -> Connection:
        known: Connection | None = getattr(self._of_thread, "connection", None)
        if known is None:
            known = self._of_thread.connection = self._reading.connect()
            self._opened.append(known)
        return known

    def _write_forever(self) -> None:
        while group := self._next_group():
            self._commit([asked for asked in group if not asked[1].cancelled()])

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
            outcomes = self._in_transaction(group)
        except Exception as cause:  # noqa: BLE001 - the disk is full, the file is locked: everyone hears, the writer lives
            outcomes = [(None, _unavailable(cause)) for _ in group]
        _deliver([future for _, future in group], outcomes)

    def _in_transaction(self, group: list[_Asked]) -> list[_Outcome]:
        connection = self._connection_of_writer()
        driver = _driver_of(connection)
        driver.execute("BEGIN IMMEDIATE")
        try:
            outcomes = [_in_savepoint(connection, driver, operation) for operation, _ in group]
            driver.execute("COMMIT")
        except Exception:
            with contextlib.suppress(sqlite3.Error):  # SQLite may have rolled back by itself
                driver.execute("ROLLBACK")
            raise
        return outcomes

    def _connection_of_writer(self) -> Connection:
        known: Connection | None = getattr(self._of_thread, "connection", None)
        if known is None:
            known = self._of_thread.connection = self._writing.connect()
            known.begin()  # to SQLAlchemy the transaction is ours: nothing it runs may end it
            self._opened.append(known)
        return known


_Asked = tuple[Operation[Any], "asyncio.Future[Any]"]
_Outcome = tuple[Any, BaseException | None]


def _deliver(futures: list[asyncio.Future[Any]], outcomes: list[_Outcome]) -> None:
    """Tell every caller, waking each event loop once: a wake costs as much as a statement."""
    of_loop: dict[asyncio.AbstractEventLoop, list[tuple[asyncio.Future[Any], _Outcome]]] = defaultdict(list)
    for future, outcome in zip(futures, outcomes, strict=True):
        of_loop[future.get_loop()].append((future, outcome))
    for loop, delivered in of_loop.items():
        with contextlib.suppress(RuntimeError):  # that loop has closed: nobody waits there any more
            loop.call_soon_threadsafe(_settle, delivered)


def _settle(delivered: list[tuple[asyncio.Future[Any], _Outcome]]) -> None:
    for future, (value, error) in delivered:
        if not future.done():  # the caller has left meanwhile
            future.set_exception(error) if error else future.set_result(value)


def _in_savepoint(connection: Connection, driver: sqlite3.Connection, operation: Operation[T]) -> tuple[T | None, BaseException | None]:
    driver.execute("SAVEPOINT operation")
    try:
        value = operation(connection)
    except BaseException as error:  # noqa: BLE001 - handed to the caller that waits for it
        driver.execute("ROLLBACK TO operation")
        driver.execute("RELEASE operation")
        return None, _unavailable(error) if isinstance(error, OperationalError) else error
    driver.execute("RELEASE operation")
    return value, None


def _unavailable(cause: BaseException) -> Unavailable:
    failure = Unavailable("the record cannot be written")
    failure.__cause__ = cause
    return failure


def _driver_of(connection: Connection) -> sqlite3.Connection:
    driver = connection.connection.driver_connection
    if not isinstance(driver, sqlite3.Connection):
        raise TypeError("this is SQLite's own driver")
    return driver


def _engine(url: str, busy_timeout_s: float, pragma: str) -> Engine:
    """Make an engine whose connections leave transactions to us; an error's message never quotes a member."""
    engine = create_engine(url, connect_args={"timeout": busy_timeout_s, "check_same_thread": False}, poolclass=NullPool,
                           isolation_level="AUTOCOMMIT", hide_parameters=True)

    @event.listens_for(engine, "connect")
    def configure(connection: Any, _: Any) -> None:
        for setting in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", pragma):
            connection.execute(f"PRAGMA {setting}")

    return engine
