"""Who waited, how long, what was said to them: in SQL."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select, update

from handoff.adapters import schema
from handoff.adapters.rows import insert_once
from handoff.core.reception import Wait
from handoff.core.waiting_time import Served
from kernel.database import Database

_TABLE = schema.desk_wait
_SAMPLES = 60


class SqlWaits:
    """See ports.WaitStore."""

    def __init__(self, database: Database) -> None:
        """Work on the tables of handoff/adapters/schema.py."""
        self._database = database

    async def open(self) -> list[Wait]:
        """See WaitStore."""
        rows = await self._database.read(lambda tx: tx.execute(select(_TABLE).where(_TABLE.c.taken_at.is_(None))).all())
        return [_as_wait(row) for row in rows]

    async def start(self, waits: Iterable[Wait]) -> None:
        """See WaitStore."""
        rows = [_as_row(wait) for wait in waits]
        if rows:
            await self._database.write(lambda tx: [insert_once(tx, _TABLE, row) for row in rows])

    async def told(self, wait: Wait, **moments: datetime) -> None:
        """See WaitStore."""
        await self._database.write(lambda tx: tx.execute(_mine(wait.conversation_id, wait.fencing).values(**moments)))

    async def taken(self, wait: Wait, advisor_id: str, now: datetime) -> None:
        """See WaitStore."""

        def operation(tx: Connection) -> None:
            insert_once(tx, _TABLE, _as_row(wait))
            tx.execute(_mine(wait.conversation_id, wait.fencing).values(taken_at=now, taken_by=advisor_id))

        await self._database.write(operation)

    async def remove(self, ended: Iterable[Wait]) -> None:
        """See WaitStore."""
        keys = [(wait.conversation_id, wait.fencing) for wait in ended]

        def operation(tx: Connection) -> None:
            for conversation_id, fencing in keys:
                tx.execute(
                    _TABLE.delete().where(
                        _TABLE.c.conversation_id == conversation_id,
                        _TABLE.c.fencing == fencing,
                        _TABLE.c.taken_at.is_(None),
                    )
                )

        if keys:
            await self._database.write(operation)

    async def served_since(self, queue: str, since: datetime) -> list[Served]:
        """See WaitStore."""
        query = (
            select(_TABLE)
            .where(_TABLE.c.queue == queue, _TABLE.c.is_live.is_(True), _TABLE.c.taken_at > since)
            .order_by(_TABLE.c.taken_at.desc())
            .limit(_SAMPLES)
        )
        rows = await self._database.read(lambda tx: tx.execute(query).all())
        return [Served(row.taken_at - row.asked_at, row.ahead, row.advisors) for row in rows]

    async def takers(self, conversation_id: str) -> set[str]:
        """See WaitStore."""
        query = select(_TABLE.c.taken_by).where(_TABLE.c.conversation_id == conversation_id, _TABLE.c.taken_by.is_not(None))
        return set(await self._database.read(lambda tx: tx.execute(query).scalars().all()))


def _mine(conversation_id: str, fencing: int) -> Any:
    return update(_TABLE).where(_TABLE.c.conversation_id == conversation_id, _TABLE.c.fencing == fencing)


def _as_row(wait: Wait) -> dict[str, Any]:
    return {
        "conversation_id": wait.conversation_id,
        "fencing": wait.fencing,
        "queue": wait.queue,
        "is_live": wait.is_live,
        "asked_at": wait.asked_at,
        "ahead": wait.ahead,
        "advisors": wait.advisors,
    }


def _as_wait(row: Row[Any]) -> Wait:
    return Wait(
        row.conversation_id,
        row.fencing,
        row.queue,
        row.asked_at,
        row.ahead,
        row.advisors,
        row.is_live,
        row.promised_until,
        row.away_told_at,
        row.late_told_at,
    )
