"""Who is signed in at the website, and the keys that prove it."""

from __future__ import annotations

from sqlalchemy import JSON, Column, String, Table

from kernel.moment import Moment
from member_api.sandbox.schema.base import belongs_to_member, metadata

signing_key = Table(
    "sandbox_signing_key", metadata,
    Column("id", String(40), primary_key=True),
    Column("private", JSON, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("retired_at", Moment),
)

session = Table(
    "sandbox_session", metadata,
    Column("digest", String(64), primary_key=True),
    belongs_to_member(),
    Column("expires_at", Moment, nullable=False),
)
