"""
Where a member can be reached and, more narrowly, where a code may prove who he is.

A contact changed less than thirty days ago proves nothing: whoever took an account over would have put his own. Codes go
to the one before, and both are told what happens (docs/domain/regulation.md R09).
Operations on one connection (see kernel/database.py).
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from kernel.errors import Forbidden
from member_api.contract import Channel, RequestKind, RequestStatus
from member_api.sandbox import schema
from member_api.sandbox.mail import Contact

PROVES_AFTER = timedelta(days=30)
KINDS = {RequestKind.PHONE_CHANGE: Channel.SMS, RequestKind.EMAIL_CHANGE: Channel.EMAIL}


def contacts_of(tx: Connection, member_id: str) -> tuple[Contact, ...]:
    """Give every contact on file, the telephone first; Forbidden for an unknown member."""
    table = schema.member
    row = tx.execute(select(table.c.phone, table.c.email).where(table.c.id == member_id)).one_or_none()
    if row is None:
        raise Forbidden
    known = ((Channel.SMS, row.phone), (Channel.EMAIL, row.email))
    return tuple(Contact(channel, value) for channel, value in known if value)


def contacts_that_prove(tx: Connection, member_id: str, now: datetime) -> tuple[Contact, ...]:
    """Give the contacts known for thirty days: those on file but for the ones changed since, which give way to the old."""
    current = {contact.channel: contact for contact in contacts_of(tx, member_id)}
    for channel, old in replaced_since(tx, member_id, now - PROVES_AFTER):
        current.pop(channel, None)
        if old:
            current[channel] = Contact(channel, old)
    return tuple(current[channel] for channel in Channel if channel in current)


def contacts_to_tell(tx: Connection, member_id: str, now: datetime) -> tuple[Contact, ...]:
    """Give every contact on file, and those replaced in the last thirty days."""
    known = (*contacts_of(tx, member_id), *contacts_that_prove(tx, member_id, now))
    return tuple(dict.fromkeys(known))


def replaced_since(tx: Connection, member_id: str, moment: datetime) -> list[tuple[Channel, str | None]]:
    """Give (channel, the value before) for each change that holds since *moment*, latest first: the oldest value wins."""
    table = schema.request
    rows = tx.execute(select(table.c.kind, table.c.details).where(
        table.c.member_id == member_id, table.c.kind.in_(KINDS), table.c.status == RequestStatus.DONE,
        table.c.asked_at > moment).order_by(table.c.asked_at.desc()))
    return [(KINDS[RequestKind(row.kind)], row.details["before"]) for row in rows]
