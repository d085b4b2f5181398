"""
Messages to members, which the mailbox page shows: nothing leaves this machine.

Operations on one connection (see kernel/database.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from kernel.ids import new_id
from member_api.contract import Channel
from member_api.sandbox import schema
from member_api.sandbox.letters import Letter
from member_api.sandbox.masking import masked_email, masked_phone

LATEST = 50


@dataclass(frozen=True)
class Contact:
    """Where a member is reached: *value* is the whole number or address, for sending only."""

    channel: Channel
    value: str

    @property
    def masked(self) -> str:
        """As it may be shown."""
        return masked_phone(self.value) if self.channel is Channel.SMS else masked_email(self.value)


@dataclass(frozen=True)
class Sent:
    """A message as the mailbox page shows it."""

    member_id: str
    channel: Channel
    sent_to: str
    subject: str
    text: str
    sent_at: datetime


def send(tx: Connection, member_id: str, contacts: tuple[Contact, ...], letter: Letter, now: datetime) -> None:
    """Send *letter* to each of *contacts*; part of the transaction, so it goes if and only if the act is done."""
    for contact in contacts:
        tx.execute(insert(schema.mail).values(
            id=new_id("m"), member_id=member_id, channel=contact.channel, sent_to=contact.value,
            subject=letter.subject, text=letter.text, sent_at=now))


def latest(tx: Connection) -> list[Sent]:
    """Read the messages of everybody, latest first."""
    table = schema.mail
    rows = tx.execute(select(table).order_by(table.c.sent_at.desc(), table.c.id).limit(LATEST))
    return [Sent(row.member_id, Channel(row.channel), row.sent_to, row.subject, row.text, row.sent_at) for row in rows]
