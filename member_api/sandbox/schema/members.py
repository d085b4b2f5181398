"""The people of the world: members, their contracts, those they cover."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, ForeignKey, Integer, String, Table

from kernel.moment import Moment
from member_api.sandbox.schema.base import Euros, belongs_to_member, metadata

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
    belongs_to_member(),
    Column("kind", String(20), nullable=False),
    Column("label", String(80), nullable=False),
    Column("plan", String(40)),
    Column("number", String(20), nullable=False),
    Column("since_on", Date, nullable=False),
    Column("until_on", Date),
    Column("premium", Euros),
    Column("frequency", String(10)),
    Column("method", String(12)),
)

beneficiary = Table(
    "sandbox_beneficiary", metadata,
    Column("id", String(40), primary_key=True),
    belongs_to_member(),
    Column("contract_id", String(40), ForeignKey("sandbox_contract.id"), nullable=False),
    Column("first_name", String(80), nullable=False),
    Column("last_name", String(80), nullable=False),
    Column("birth_on", Date, nullable=False),
    Column("relationship", String(10), nullable=False),
    Column("account_id", String(80), ForeignKey("sandbox_member.id")),
    Column("has_noemie_link", Boolean, nullable=False),
    Column("since_on", Date, nullable=False),
    Column("until_on", Date),
)

bank_account = Table(
    "sandbox_bank_account", metadata,
    Column("member_id", String(80), ForeignKey("sandbox_member.id"), primary_key=True),
    Column("holder", String(80), nullable=False),
    Column("number_ending", String(4), nullable=False),
    Column("since_on", Date, nullable=False),
)

access_state = Table(
    "sandbox_access_state", metadata,
    Column("member_id", String(80), ForeignKey("sandbox_member.id"), primary_key=True),
    Column("locked_at", Moment),
    Column("failed_attempts", Integer, nullable=False),
    Column("last_reset_at", Moment),
    Column("last_sign_in_at", Moment),
    Column("has_confirmed_email", Boolean, nullable=False),
)
