"""Partner practitioners, agencies, outages: nobody's personal file."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Float, String, Table

from kernel.moment import Moment
from member_api.sandbox.schema.base import metadata


def _place() -> list[Column[str] | Column[float]]:
    return [Column("line1", String(80), nullable=False), Column("postal_code", String(5), nullable=False, index=True),
            Column("town", String(60), nullable=False), Column("latitude", Float, nullable=False),
            Column("longitude", Float, nullable=False)]


practitioner = Table(
    "sandbox_practitioner", metadata,
    Column("id", String(40), primary_key=True),
    Column("kind", String(30), nullable=False, index=True),
    Column("name", String(80), nullable=False),
    Column("trade", String(80), nullable=False),
    *_place(),
    Column("phone", String(20), nullable=False),
    Column("is_accessible", Boolean, nullable=False),
    Column("languages", JSON, nullable=False),
    Column("advantages", JSON, nullable=False),
    Column("hours", JSON, nullable=False),
)

agency = Table(
    "sandbox_agency", metadata,
    Column("id", String(40), primary_key=True),
    Column("name", String(80), nullable=False),
    *_place(),
    Column("phone", String(20), nullable=False),
    Column("hours", JSON, nullable=False),
)

outage = Table(
    "sandbox_outage", metadata,
    Column("id", String(40), primary_key=True),
    Column("service", String(20), nullable=False),
    Column("what", String(200), nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("expected_end_at", Moment),
    Column("ended_at", Moment),
)
