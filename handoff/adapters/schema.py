"""The desk's own tables. Changing them needs a migration in deploy/migrations."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, MetaData, String, Table

from kernel.moment import Moment

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

advisor = Table(
    "advisor",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("login", String(80), nullable=False, unique=True),
    Column("name", String(80), nullable=False),
    Column("role", String(20), nullable=False),
    Column("password_hash", String(200), nullable=False),
    Column("is_active", Boolean, nullable=False, default=True),
    Column("created_at", Moment, nullable=False),
)

advisor_session = Table(
    "advisor_session",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("advisor_id", ForeignKey("advisor.id"), nullable=False, index=True),
    Column("form_token", String(64), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
)

sign_in_failure = Table(
    "sign_in_failure",
    metadata,
    Column("key", String(80), primary_key=True),
    Column("failed", Integer, nullable=False),
    Column("until", Moment),
    Column("last_at", Moment, nullable=False),
)

advisor_presence = Table(
    "advisor_presence",
    metadata,
    Column("advisor_id", ForeignKey("advisor.id"), primary_key=True),
    Column("said", String(12), nullable=False),
    Column("said_at", Moment, nullable=False),
    Column("active_at", Moment, nullable=False),
    Column("live_at", Moment),
)

# One row each time a conversation waited at the desk. No foreign key to the journal: another part's table.
desk_wait = Table(
    "desk_wait",
    metadata,
    Column("conversation_id", String(40), primary_key=True),
    Column("fencing", Integer, primary_key=True),
    Column("queue", String(40), nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("ahead", Integer, nullable=False),
    Column("advisors", Integer, nullable=False),
    Column("is_live", Boolean, nullable=False),
    Column("promised_until", Moment),
    Column("away_told_at", Moment),
    Column("late_told_at", Moment),
    Column("taken_at", Moment),
    Column("taken_by", String(40)),
    Index("ix_desk_wait_recent", "queue", "taken_at"),
    Index("ix_desk_wait_taker", "taken_by", "conversation_id"),
)
