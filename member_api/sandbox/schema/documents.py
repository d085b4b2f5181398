"""Documents made for members."""

from __future__ import annotations

from sqlalchemy import Column, LargeBinary, String, Table

from kernel.moment import Moment
from member_api.sandbox.schema.base import belongs_to_member, metadata

document = Table(
    "sandbox_document", metadata,
    Column("id", String(40), primary_key=True),
    belongs_to_member(),
    Column("kind", String(20), nullable=False),
    Column("title", String(120), nullable=False),
    Column("name", String(120), nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("made_at", Moment, nullable=False),
)
