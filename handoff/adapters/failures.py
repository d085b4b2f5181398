"""Failed sign-ins in SQL: shared by every desk process, so that trying another one does not help."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, delete, select, update

from handoff.adapters import schema
from handoff.adapters.rows import insert_once
from handoff.core.lockout import PAIR, Failures, Rule
from kernel.database import Database

_TABLE = schema.sign_in_failure


class SqlFailures:
    """See ports.FailureStore. Keys are stored as digests: people type passwords into the wrong field."""

    def __init__(self, database: Database) -> None:
        """Work on the tables of handoff/adapters/schema.py."""
        self._database = database

    async def begin(self, keys: Mapping[Rule, str], now: datetime) -> datetime | None:
        """See FailureStore."""

        def operation(tx: Connection) -> datetime | None:
            known = {rule: _locked(tx, _digest(rule, key), now) for rule, key in keys.items()}
            locked = [failures.until for failures in known.values() if failures.until and failures.is_locked(now)]
            if locked:
                return max(locked)
            for rule, failures in known.items():
                _save(tx, _digest(rule, keys[rule]), failures.and_another(rule, now), now)
            return None

        return await self._database.write(operation)

    async def forgive(self, keys: Mapping[Rule, str]) -> None:
        """See FailureStore."""

        def operation(tx: Connection) -> None:
            for rule, key in keys.items():
                mine = _TABLE.c.key == _digest(rule, key)
                if rule is PAIR:
                    tx.execute(delete(_TABLE).where(mine))
                else:  # only this attempt: one good account must not wash an address clean
                    tx.execute(update(_TABLE).where(mine).values(failed=_TABLE.c.failed - 1, until=None))

        await self._database.write(operation)

    async def remove_old(self, before: datetime) -> None:
        """See FailureStore."""
        await self._database.write(lambda tx: tx.execute(delete(_TABLE).where(_TABLE.c.last_at < before)))


def _digest(rule: Rule, key: str) -> str:
    return f"{rule.kind}:{hashlib.sha256(key.encode()).hexdigest()}"


def _locked(tx: Connection, key: str, now: datetime) -> Failures:
    """Read a key's row and hold it to the end of the transaction; made first if need be, since nothing cannot be held."""
    query = select(_TABLE).where(_TABLE.c.key == key).with_for_update()
    row = tx.execute(query).one_or_none()
    if row is None:
        insert_once(tx, _TABLE, {"key": key, "failed": 0, "last_at": now})
        row = tx.execute(query).one()
    return Failures(row.failed, row.until, row.last_at)


def _save(tx: Connection, key: str, failures: Failures, now: datetime) -> None:
    tx.execute(update(_TABLE).where(_TABLE.c.key == key).values(failed=failures.count, until=failures.until, last_at=now))
