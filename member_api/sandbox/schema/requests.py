"""What members asked for, its documents, and the answers given under each idempotency key."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Date, ForeignKey, LargeBinary, String, Table

from kernel.moment import Moment
from member_api.sandbox.schema.base import belongs_to_member, metadata

request = Table(
    "sandbox_request", metadata,
    Column("id", String(40), primary_key=True),
    belongs_to_member(),
    Column("kind", String(20), nullable=False),
    Column("subject", String(120), nullable=False),
    Column("status", String(20), nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False),
    Column("acknowledged_on", Date),
    Column("due_on", Date),
    Column("new_address", JSON(none_as_null=True)),
    Column("from_on", Date),
    Column("notice_on", Date),
    Column("details", JSON(none_as_null=True)),
    Column("effective_at", Moment),
    Column("cancellable_until", Moment),
)

proof = Table(
    "sandbox_proof", metadata,
    Column("id", String(40), primary_key=True),
    Column("request_id", String(40), ForeignKey("sandbox_request.id"), nullable=False, index=True),
    Column("name", String(120), nullable=False),
    Column("media_type", String(40), nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("sent_at", Moment, nullable=False),
)

answered = Table(
    "sandbox_answered", metadata,
    Column("member_id", String(80), primary_key=True),
    Column("key", String(200), primary_key=True),
    Column("digest", String(64), nullable=False),
    Column("answer", JSON, nullable=False),
    Column("at", Moment, nullable=False),
)
