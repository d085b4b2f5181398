"""Statements and their lines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class ReimbursementStatus(StrEnum):
    """How far our share is: *received* (from the public scheme), *processed* (transfer ordered), *paid*."""

    RECEIVED = "received"
    PROCESSED = "processed"
    PAID = "paid"


@dataclass(frozen=True)
class Reimbursement:
    """
    A line of a statement (décompte). ``billed = paid_by_public_scheme + paid_by_us + out_of_pocket``.

    *flat_contribution* (participation forfaitaire, franchise) is already deducted from *paid_by_public_scheme*;
    *pathway_surcharge* is what the public scheme pays less outside the pathway. *paid_by_us* is our share, transferred
    or not: *status* and *paid_on* tell. With *is_direct_billing* (tiers payant) it went to the practitioner.
    """

    id: str
    beneficiary_id: str
    care_on: date
    practitioner: str
    care: str
    billed: Decimal
    reimbursement_base: Decimal
    paid_by_public_scheme: Decimal
    flat_contribution: Decimal
    pathway_surcharge: Decimal
    paid_by_us: Decimal
    out_of_pocket: Decimal
    is_direct_billing: bool
    status: ReimbursementStatus
    received_on: date
    processed_on: date | None
    paid_on: date | None


@dataclass(frozen=True)
class Statements:
    """The answer that lists reimbursements, latest care first."""

    lines: tuple[Reimbursement, ...]
