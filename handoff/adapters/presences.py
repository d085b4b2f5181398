"""Presence of advisors in SQL."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, update

from handoff.adapters import schema
from handoff.adapters.rows import insert_once
from handoff.core.presence import Presence, Said
from kernel.database import Database

_TABLE = schema.advisor_presence


class SqlPresences:
    """See ports.PresenceStore."""

    def __init__(self, database: Database) -> None:
        """Work on the tables of handoff/adapters/schema.py."""
        self._database = database

    async def say(self, advisor_id: str, said: Said, now: datetime, *, is_new_page: bool = False) -> None:
        """See PresenceStore."""
        values: dict[str, Any] = {"said": said.value, "said_at": now, "active_at": now}
        if is_new_page:
            values["live_at"] = None
        await self._database.write(lambda tx: _save(tx, advisor_id, values))

    async def active(self, advisor_id: str, now: datetime) -> None:
        """See PresenceStore."""
        await self._set(advisor_id, active_at=now)

    async def live(self, advisor_id: str, now: datetime) -> None:
        """See PresenceStore."""
        await self._set(advisor_id, live_at=now)

    async def all(self) -> list[Presence]:
        """See PresenceStore."""
        rows = await self._database.read(lambda tx: tx.execute(select(_TABLE)).all())
        return [Presence(row.advisor_id, Said(row.said), row.said_at, row.active_at, row.live_at) for row in rows]

    async def _set(self, advisor_id: str, **values: datetime) -> None:
        await self._database.write(lambda tx: tx.execute(update(_TABLE).where(_TABLE.c.advisor_id == advisor_id).values(**values)))


def _save(tx: Connection, advisor_id: str, values: dict[str, Any]) -> None:
    mine = update(_TABLE).where(_TABLE.c.advisor_id == advisor_id).values(**values)
    if not tx.execute(mine).rowcount and not insert_once(tx, _TABLE, {"advisor_id": advisor_id, **values}):
        tx.execute(mine)
