"""What the sandbox sends to its members' telephones and mailboxes, and its one-time codes."""

from __future__ import annotations

from sqlalchemy import Column, Integer, String, Table, Text

from kernel.moment import Moment
from member_api.sandbox.schema.base import belongs_to_member, metadata

mail = Table(
    "sandbox_mail", metadata,
    Column("id", String(40), primary_key=True),
    belongs_to_member(),
    Column("channel", String(10), nullable=False),
    Column("sent_to", String(120), nullable=False),
    Column("subject", String(120), nullable=False),
    Column("text", Text, nullable=False),
    Column("sent_at", Moment, nullable=False),
)

code = Table(
    "sandbox_code", metadata,
    Column("id", String(40), primary_key=True),
    belongs_to_member(),
    Column("digest", String(64), nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("ended_at", Moment),
)
