"""What goes with a contract: waiting periods, tiers payant cards, instalments, papers."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Integer, String, Table

from member_api.sandbox.schema.base import Euros, belongs_to_member, metadata


def _of_contract() -> Column[str]:
    return Column("contract_id", String(40), ForeignKey("sandbox_contract.id"), nullable=False)


waiting_period = Table(
    "sandbox_waiting_period", metadata,
    Column("id", String(60), primary_key=True),
    belongs_to_member(),
    _of_contract(),
    Column("beneficiary_id", String(40), ForeignKey("sandbox_beneficiary.id"), nullable=False),
    Column("covered_as", String(40), nullable=False),
    Column("months", Integer, nullable=False),
    Column("ends_on", Date, nullable=False),
)

member_card = Table(
    "sandbox_member_card", metadata,
    Column("id", String(60), primary_key=True),
    belongs_to_member(),
    _of_contract(),
    Column("valid_from_on", Date, nullable=False),
    Column("valid_until_on", Date, nullable=False),
    Column("cancelled_on", Date),
    Column("paper_id", String(60), nullable=False),
)

instalment = Table(
    "sandbox_instalment", metadata,
    Column("id", String(60), primary_key=True),
    belongs_to_member(),
    _of_contract(),
    Column("due_on", Date, nullable=False),
    Column("amount", Euros, nullable=False),
    Column("method", String(12), nullable=False),
    Column("settles_on", Date),
    Column("rejected_on", Date),
)

paper = Table(
    "sandbox_paper", metadata,
    Column("id", String(60), primary_key=True),
    belongs_to_member(),
    Column("kind", String(20), nullable=False),
    Column("title", String(160), nullable=False),
    Column("made_on", Date, nullable=False),
    Column("contract_id", String(40), ForeignKey("sandbox_contract.id")),
    Column("beneficiary_id", String(40), ForeignKey("sandbox_beneficiary.id")),
)
