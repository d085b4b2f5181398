"""What care cost and who paid it."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, ForeignKey, String, Table

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
        "paid_by_us", "out_of_pocket")),
    Column("is_direct_billing", Boolean, nullable=False),
    Column("received_on", Date, nullable=False),
    Column("processed_on", Date),
    Column("paid_on", Date),
)
