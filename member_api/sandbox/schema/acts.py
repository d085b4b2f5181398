"""Values deposited, accounts protected, appointments, password links, events to send."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, String, Table

from kernel.moment import Moment
from member_api.sandbox.schema.base import belongs_to_member, metadata

field = Table(
    "sandbox_field", metadata,
    Column("id", String(40), primary_key=True),
    belongs_to_member(),
    Column("name", String(20), nullable=False),
    Column("value", String(120), nullable=False),
    Column("masked", String(120), nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
)

account = Table(
    "sandbox_account", metadata,
    Column("member_id", String(80), ForeignKey("sandbox_member.id"), primary_key=True),
    Column("protected_at", Moment, nullable=False),
)

appointment = Table(
    "sandbox_appointment", metadata,
    Column("id", String(40), primary_key=True),
    belongs_to_member(),
    Column("slot_id", String(60), nullable=False),
    Column("subject", String(120), nullable=False),
    Column("status", String(20), nullable=False),
    Column("starts_at", Moment, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("updated_at", Moment, nullable=False),
)

# A slot stands here once, whoever asks and however many at once: the database says who was first.
taken_slot = Table(
    "sandbox_taken_slot", metadata,
    Column("slot_id", String(60), primary_key=True),
    Column("appointment_id", String(40), nullable=False, index=True),
)

reset_link = Table(
    "sandbox_reset_link", metadata,
    Column("key", String(200), primary_key=True),
    Column("digest", String(64), nullable=False),
    Column("member_id", String(80)),
    Column("token_digest", String(64)),
    Column("asked_at", Moment, nullable=False),
    Column("used_at", Moment),
)

event = Table(
    "sandbox_event", metadata,
    Column("id", String(40), primary_key=True),
    Column("kind", String(30), nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("at", Moment, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_at", Moment),
    Column("delivered_at", Moment),
    Index("sandbox_event_next", "next_at"),
)
