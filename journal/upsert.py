"""Insert or update in one statement, so that two writers at once never meet a duplicate key. Both databases."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def upsert(tx: Connection, table: Table, keys: dict[str, Any], values: dict[str, Any],
           *, only_if: ColumnElement[bool] | None = None) -> None:
    """Set *values* on the row of *table* named by *keys*, writing it if needed; an existing row only when *only_if*."""
    insert = postgresql.insert if tx.dialect.name == "postgresql" else sqlite.insert
    statement = insert(table).values(**keys, **values)
    tx.execute(statement.on_conflict_do_update(index_elements=list(keys), set_=values, where=only_if))
