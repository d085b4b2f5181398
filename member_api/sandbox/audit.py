"""Who read what of whom: a line for each call, allowed or not. Operations on one connection (see kernel/database.py)."""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from member_api.contract import Caller
from member_api.sandbox import schema

_ID_LIMIT = 80


@dataclass(frozen=True)
class Audited:
    """One line: *reader_id* (an advisor's too when he read) read *ids* of *what* in the file *file_id*, or was refused."""

    at: datetime
    reader_id: str
    advisor_id: str | None
    file_id: str
    what: str
    allowed: bool
    ids: tuple[str, ...]


def note(tx: Connection, caller: Caller, file_id: str, what: str, at: datetime, *, found: object = None, allowed: bool = True) -> None:
    """Write who read what; *found* is the answer, of which the ids are kept and nothing else."""
    tx.execute(insert(schema.audit).values(
        at=at, reader_id=caller.member_id, advisor_id=caller.advisor_id, file_id=file_id[:_ID_LIMIT], what=what, allowed=allowed,
        ids=ids_of(found)))


def audited(tx: Connection, file_id: str) -> list[Audited]:
    """List the lines of a file, oldest first."""
    table = schema.audit
    rows = tx.execute(select(table).where(table.c.file_id == file_id).order_by(table.c.id))
    return [Audited(row.at, row.reader_id, row.advisor_id, row.file_id, row.what, row.allowed, tuple(row.ids)) for row in rows]


def ids_of(found: object) -> list[str]:
    """Give the ids in an answer: its own, and those of what it lists."""
    own = getattr(found, "id", None)
    ids = [own] if isinstance(own, str) else []
    if is_dataclass(found):
        for field in fields(found):
            value = getattr(found, field.name)
            ids += [inner for one in value for inner in ids_of(one)] if isinstance(value, tuple) else []
    return ids
