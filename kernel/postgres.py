"""
PostgreSQL: asyncpg pools that belong to the event loop that first uses them; PostgreSQL groups commits itself.

An operation is run again when PostgreSQL stopped it to break a deadlock, or when its connection was lost before the commit
was asked for (a restart, a connection the server closed meanwhile): then nothing of it can have been written.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import AsyncAdaptedQueuePool, Engine
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.util import greenlet_spawn

from kernel.errors import Unavailable
from kernel.operation import Operation, T

RUNS = 3  # of one operation
_TRY_AGAIN = frozenset({"40001", "40P01"})  # SQLSTATE: serialization failure, deadlock
_OUTAGES = ("08", "53", "57P", "58")  # SQLSTATE: connection, no room, shutdown or start, input/output
_TROUBLE = (DBAPIError, PoolTimeoutError, OSError)


class PostgresDatabase:
    """Two asyncpg pools, one that writes and one that cannot. See Database."""

    def __init__(self, url: str, *, pool_size: int = 10, pool_timeout_s: float = 10, statement_timeout_s: float | None = 20) -> None:
        """*url* names the asyncpg driver; at most *pool_size* connections in each pool, waited for *pool_timeout_s* seconds."""
        def engine(**connect_args: Any) -> AsyncEngine:
            return create_async_engine(
                url, poolclass=AsyncAdaptedQueuePool, pool_size=pool_size, max_overflow=0, pool_timeout=pool_timeout_s, hide_parameters=True,
                connect_args={"timeout": 10, "command_timeout": statement_timeout_s, **connect_args})

        self._writing = engine()
        self._reading = engine(server_settings={"default_transaction_read_only": "on"})
        self._each_statement = self._reading.execution_options(isolation_level="AUTOCOMMIT")
        self._one_moment = self._reading.execution_options(isolation_level="REPEATABLE READ")
        self._is_closed = False

    async def write(self, operation: Operation[T]) -> T:
        """See Database."""
        return await self._run(self._writing, operation, commits=True)

    async def read(self, operation: Operation[T]) -> T:
        """See Database."""
        return await self._run(self._each_statement, operation)

    async def snapshot(self, operation: Operation[T]) -> T:
        """See Database."""
        return await self._run(self._one_moment, operation)

    async def close(self) -> None:
        """See Database."""
        self._is_closed = True
        await self._writing.dispose()
        await self._reading.dispose()

    async def _run(self, engine: AsyncEngine, operation: Operation[T], *, commits: bool = False) -> T:
        if self._is_closed:
            raise Unavailable("the record is closed")
        try:
            return await greenlet_spawn(_until_it_runs, engine.sync_engine, operation, commits)
        except _TROUBLE as cause:
            if _is_outage(cause):
                raise Unavailable("the record does not answer") from cause
            raise


def _until_it_runs(engine: Engine, operation: Operation[T], commits: bool) -> T:
    for run in range(1, RUNS + 1):
        with engine.connect() as connection:
            try:
                value = operation(connection)
            except DBAPIError as cause:
                if run < RUNS and _may_run_again(cause):
                    continue
                raise
            if commits:
                connection.commit()  # what fails here is not run again, for it may have been written
            return value
    raise AssertionError("the last run returns or raises")


def _may_run_again(error: DBAPIError) -> bool:
    return error.connection_invalidated or _sqlstate(error) in _TRY_AGAIN


def _sqlstate(error: BaseException) -> str:
    return getattr(getattr(error, "orig", None), "sqlstate", None) or ""


def _is_outage(error: BaseException) -> bool:
    if not isinstance(error, DBAPIError):
        return True
    state = _sqlstate(error)
    return (error.connection_invalidated or isinstance(error, OperationalError | InterfaceError)
            or state in _TRY_AGAIN or state.startswith(_OUTAGES))
