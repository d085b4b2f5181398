"""The tables of the record. Changing them needs a migration in deploy/migrations (a test compares both)."""

from __future__ import annotations

from sqlalchemy import (
    JSON as JSON_WITH_NULL,
)
from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from kernel.moment import Moment

JSON = JSON_WITH_NULL(none_as_null=True)  # None is "no body" (erased), not the JSON value null

metadata = MetaData(naming_convention={
    "ix": "ix_%(column_0_label)s", "uq": "uq_%(table_name)s_%(column_0_name)s", "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
})

conversation = Table(
    "conversation", metadata,
    Column("id", String(40), primary_key=True),
    Column("created_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False),
    Column("access_digest", String(64)),
    Column("member_id", String(80), index=True),
    Column("identity_level", Integer, nullable=False, default=0),
    Column("identity_expires_at", Moment),
    Column("mode", String(10), nullable=False),
    Column("floor_holder", String(10), nullable=False),
    Column("floor_advisor_id", String(40)),
    Column("floor_advisor_name", String(80)),
    Column("fencing", Integer, nullable=False),
    Column("floor_since", Integer, nullable=False),
    Column("floor_at", Moment, nullable=False),
    Column("is_closed", Boolean, nullable=False, default=False),
    Column("last_number", Integer, nullable=False),
    Column("head", String(64), nullable=False),
    Column("position", Integer, nullable=False),
    Column("next_turn", Integer),
    Column("next_turn_at", Moment),
    Column("claim_worker", String(60)),
    Column("claim_until", Moment),
    Column("claim_attempt", Integer, nullable=False, default=0),
    Column("queue", String(40)),
    Column("priority", Integer, nullable=False, default=0),
    Column("due_at", Moment),
    Column("due_on", Date),
    Column("subject", Text),
    Column("topics", JSON, nullable=False, default=list),
    Index("ix_conversation_turn", "next_turn_at"),
    Index("ix_conversation_floor", "floor_holder", "is_closed", "queue"),
    Index("ix_conversation_advisor", "floor_advisor_id", "is_closed"),
)

# The latest closed ones, among any number; open conversations, which move all the time, do not pay for it.
Index("ix_conversation_closed", conversation.c.updated_at,
      sqlite_where=conversation.c.is_closed.is_(True), postgresql_where=conversation.c.is_closed.is_(True))

# Kept for an hour (journal/openings.py): the key is known by its digest only.
opening = Table(
    "opening", metadata,
    Column("key_digest", String(64), primary_key=True),
    Column("conversation_id", ForeignKey("conversation.id"), nullable=False, index=True),
    Column("salt", String(32), nullable=False),
    Column("opened_at", Moment, nullable=False, index=True),
)

entry = Table(
    "entry", metadata,
    Column("conversation_id", ForeignKey("conversation.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("moment", Moment, nullable=False),
    Column("author", String(10), nullable=False),
    Column("author_id", String(40)),
    Column("author_name", String(80)),
    Column("kind", String(30), nullable=False),
    Column("body", JSON),
    Column("client_id", String(100)),  # an act's result: its key (80) with a prefix
    Column("salt", String(32)),
    Column("digest", String(64), nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    Column("starts_turn", Boolean, nullable=False, default=False),
    UniqueConstraint("conversation_id", "author", "client_id"),  # a member cannot use up the system's client ids
)

snapshot = Table(
    "snapshot", metadata,
    Column("conversation_id", ForeignKey("conversation.id"), primary_key=True),
    Column("position", Integer, nullable=False),
    Column("dialogue", Text, nullable=False),
    Column("saved_at", Moment, nullable=False),
)

act = Table(
    "act", metadata,
    Column("key", String(80), primary_key=True),
    Column("conversation_id", ForeignKey("conversation.id"), nullable=False, index=True),
    Column("kind", String(40), nullable=False),
    Column("member_id", String(80), nullable=False),
    Column("identity_level", Integer, nullable=False),
    Column("request", JSON),
    Column("digest", String(64), nullable=False),
    Column("status", String(10), nullable=False),
    Column("result", JSON),
    Column("attempts", Integer, nullable=False, default=0),
    Column("created_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False),
    Index("ix_act_pending", "status", "updated_at"),
)

cursor = Table(
    "cursor", metadata,
    Column("reader", String(80), primary_key=True),
    Column("conversation_id", ForeignKey("conversation.id"), primary_key=True),
    Column("number", Integer, nullable=False),
)

desk_status = Table(
    "desk_status", metadata,
    Column("queue", String(40), primary_key=True),
    Column("is_open", Boolean, nullable=False),
    Column("advisors", Integer, nullable=False),
    Column("estimated_wait_s", Integer),
    Column("updated_at", Moment, nullable=False),
)

audit = Table(
    "audit", metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", Moment, nullable=False),
    Column("who", String(80), nullable=False),
    Column("what", String(60), nullable=False),
    Column("conversation_id", String(40), index=True),
    Column("member_id", String(80), index=True),
    Column("detail", JSON),
)
