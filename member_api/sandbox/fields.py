"""Values deposited past the conversation. Operations on one connection (see kernel/database.py)."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, insert, select, update

from kernel.errors import Conflict
from kernel.ids import new_id
from member_api.contract import Deposit, FieldName
from member_api.sandbox import schema
from member_api.sandbox.field_values import Value

LIFE = timedelta(minutes=15)


class FieldExpired(Conflict):
    """The value was deposited too long ago, is another kind of value, has been used, or is somebody else's."""

    code = "field_expired"


def deposit(tx: Connection, member_id: str, value: Value, now: datetime) -> Deposit:
    """Keep a value for one change."""
    made = Deposit(new_id("v"), value.name, value.masked, now + LIFE)
    tx.execute(insert(schema.field).values(id=made.id, member_id=member_id, name=value.name, value=value.text,
                                           masked=value.masked, expires_at=made.expires_at))
    return made


def take(tx: Connection, member_id: str, deposit_id: str, names: tuple[FieldName, ...], now: datetime) -> Value:
    """Take a value, once; it is forgotten here."""
    table = schema.field
    mine = (table.c.id == deposit_id) & (table.c.member_id == member_id)
    row = tx.execute(select(table).where(mine).with_for_update()).one_or_none()
    if row is None or row.used_at is not None or row.expires_at <= now or row.name not in names:
        raise FieldExpired
    tx.execute(update(table).where(mine).values(used_at=now, value=""))
    return Value(FieldName(row.name), row.value, row.masked)
