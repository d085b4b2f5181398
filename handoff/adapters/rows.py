"""Small operations every table of the desk needs."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Table, insert
from sqlalchemy.exc import IntegrityError


def insert_once(tx: Connection, table: Table, values: dict[str, Any]) -> bool:
    """Insert a row unless its key exists already, even when another process is doing the same; say whether it did."""
    try:
        with tx.begin_nested():
            tx.execute(insert(table).values(**values))
    except IntegrityError:
        return False
    return True
