"""What care cost and who paid it."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Date, ForeignKey, Integer, String, Table

from member_api.sandbox.schema.base import Euros, belongs_to_member, metadata

reimbursement = Table(
    "sandbox_reimbursement", metadata,
    Column("id", String(40), primary_key=True),
    belongs_to_member(),
    Column("beneficiary_id", String(40), ForeignKey("sandbox_beneficiary.id"), nullable=False),
    Column("care_on", Date, nullable=False),
    Column("practitioner", String(120), nullable=False),
    Column("care", String(120), nullable=False),
    *(Column(name, Euros, nullable=False) for name in (
        "billed", "reimbursement_base", "paid_by_public_scheme", "flat_contribution", "pathway_surcharge",
        "paid_by_us", "out_of_pocket", "paid_by_other_insurer")),
    Column("is_direct_billing", Boolean, nullable=False),
    Column("received_on", Date),
    Column("processed_on", Date),
    Column("paid_on", Date),
    Column("is_refused", Boolean, nullable=False),
    Column("care_kind", String(40), nullable=False),
    Column("covered_as", String(40), nullable=False),
    Column("units", Integer, nullable=False),
    Column("rate", Integer, nullable=False),
    Column("rate_in_pathway", Integer, nullable=False),
    Column("guarantee", JSON, nullable=False),
    Column("limited_by", String(30)),
    Column("statement_id", String(40), ForeignKey("sandbox_statement.id")),
)

statement = Table(
    "sandbox_statement", metadata,
    Column("id", String(40), primary_key=True),
    belongs_to_member(),
    Column("beneficiary_id", String(40), ForeignKey("sandbox_beneficiary.id"), nullable=False),
    Column("contract_id", String(40), ForeignKey("sandbox_contract.id"), nullable=False),
    Column("issued_on", Date, nullable=False),
    Column("line_count", Integer, nullable=False),
    Column("paid_by_us", Euros, nullable=False),
    Column("paper_id", String(40), nullable=False),
)
