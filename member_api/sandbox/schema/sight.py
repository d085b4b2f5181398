"""Who may read what, and who did: beneficiaries in sight, represented files, the audit."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Date, ForeignKey, Integer, String, Table

from kernel.moment import Moment
from member_api.sandbox.schema.base import metadata

sight = Table(
    "sandbox_sight", metadata,
    Column("reader_id", String(80), ForeignKey("sandbox_member.id"), primary_key=True),
    Column("beneficiary_id", String(40), ForeignKey("sandbox_beneficiary.id"), primary_key=True),
    Column("why", String(10), nullable=False),
    Column("until_on", Date),
)

representation = Table(
    "sandbox_representation", metadata,
    Column("reader_id", String(80), ForeignKey("sandbox_member.id"), primary_key=True),
    Column("member_id", String(80), ForeignKey("sandbox_member.id"), primary_key=True),
    Column("kind", String(10), nullable=False),
    Column("until_on", Date, nullable=False),
    Column("may_act", Boolean, nullable=False),
)

audit = Table(
    "sandbox_audit", metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Moment, nullable=False, index=True),
    Column("reader_id", String(80), nullable=False),
    Column("advisor_id", String(80)),
    Column("file_id", String(80), nullable=False, index=True),
    Column("what", String(40), nullable=False),
    Column("allowed", Boolean, nullable=False),
    Column("ids", JSON, nullable=False),
)
