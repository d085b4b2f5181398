"""
Where a member can be reached and, more narrowly, where a code may prove who he is.

Operations on one connection (see kernel/database.py).
"""

from __future__ import annotations

from sqlalchemy import Connection, select

from kernel.errors import Forbidden
from member_api.contract import Channel
from member_api.sandbox import schema
from member_api.sandbox.mail import Contact


def contacts_of(tx: Connection, member_id: str) -> tuple[Contact, ...]:
    """Give every contact on file, the telephone first; Forbidden for an unknown member."""
    table = schema.member
    row = tx.execute(select(table.c.phone, table.c.email).where(table.c.id == member_id)).one_or_none()
    if row is None:
        raise Forbidden
    known = ((Channel.SMS, row.phone), (Channel.EMAIL, row.email))
    return tuple(Contact(channel, value) for channel, value in known if value)
