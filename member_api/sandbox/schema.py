"""The tables of the sandbox insurer: its own database, made at first start, never migrated (« repartir de zéro »)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    TypeDecorator,
)

from kernel.moment import Moment

metadata = MetaData()


class Euros(TypeDecorator[Decimal]):
    """An amount, kept as whole cents: SQLite has no decimal type."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, _: Any) -> int | None:
        """Store cents."""
        return None if value is None else int(value * 100)

    def process_result_value(self, value: int | None, _: Any) -> Decimal | None:
        """Give back euros."""
        return None if value is None else Decimal(value).scaleb(-2)


def _belongs_to_member() -> Column[str]:
    return Column("member_id", String(80), ForeignKey("sandbox_member.id"), nullable=False, index=True)


world = Table(
    "sandbox_world", metadata,
    Column("id", Integer, primary_key=True),
    Column("seeded_at", Moment, nullable=False),
)

member = Table(
    "sandbox_member", metadata,
    Column("id", String(80), primary_key=True),
    Column("civility", String(4), nullable=False),
    Column("first_name", String(80), nullable=False),
    Column("last_name", String(80), nullable=False),
    Column("birth_on", Date, nullable=False),
    Column("email", String(120)),
    Column("phone", String(20)),
    Column("line1", String(38), nullable=False),
    Column("line2", String(38)),
    Column("postal_code", String(5), nullable=False),
    Column("town", String(38), nullable=False),
    Column("story", String(200), nullable=False),
)

contract = Table(
    "sandbox_contract", metadata,
    Column("id", String(40), primary_key=True),
    _belongs_to_member(),
    Column("kind", String(20), nullable=False),
    Column("label", String(80), nullable=False),
    Column("plan", String(40)),
    Column("number", String(20), nullable=False),
    Column("since_on", Date, nullable=False),
    Column("until_on", Date),
)

beneficiary = Table(
    "sandbox_beneficiary", metadata,
    Column("id", String(40), primary_key=True),
    _belongs_to_member(),
    Column("contract_id", String(40), ForeignKey("sandbox_contract.id"), nullable=False),
    Column("first_name", String(80), nullable=False),
    Column("last_name", String(80), nullable=False),
    Column("birth_on", Date, nullable=False),
    Column("relationship", String(10), nullable=False),
)

reimbursement = Table(
    "sandbox_reimbursement", metadata,
    Column("id", String(40), primary_key=True),
    _belongs_to_member(),
    Column("beneficiary_id", String(40), ForeignKey("sandbox_beneficiary.id"), nullable=False),
    Column("care_on", Date, nullable=False),
    Column("practitioner", String(120), nullable=False),
    Column("care", String(120), nullable=False),
    *(Column(name, Euros, nullable=False) for name in (
        "billed", "reimbursement_base", "paid_by_public_scheme", "flat_contribution", "pathway_surcharge",
        "paid_by_us", "out_of_pocket")),
    Column("is_direct_billing", Boolean, nullable=False),
    Column("received_on", Date, nullable=False),
    Column("processed_on", Date),
    Column("paid_on", Date),
)

request = Table(
    "sandbox_request", metadata,
    Column("id", String(40), primary_key=True),
    _belongs_to_member(),
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
    _belongs_to_member(),
    Column("expires_at", Moment, nullable=False),
)
