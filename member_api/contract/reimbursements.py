"""Reimbursements and the statements (décomptes) that tell them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class ReimbursementStatus(StrEnum):
    """
    How far our share is.

    *expected*: announced by the member or the practitioner, the public scheme has not told us yet, so that the shares are
    an estimate; *received* from the public scheme; *processed* (transfer ordered); *paid*; *refused*: we pay nothing.
    """

    EXPECTED = "expected"
    RECEIVED = "received"
    PROCESSED = "processed"
    PAID = "paid"
    REFUSED = "refused"


class LateReason(StrEnum):
    """Why a reimbursement is late; given only when it is."""

    NO_NOEMIE_LINK = "no_noemie_link"
    BANK_DETAILS_MISSING = "bank_details_missing"
    WAITING_PUBLIC_SCHEME = "waiting_public_scheme"
    IN_PROGRESS = "in_progress"


class Limit(StrEnum):
    """What keeps our share below the plan's guarantee, or refuses it."""

    NOT_COVERED = "not_covered"
    WAITING_PERIOD = "waiting_period"
    YEARLY_LIMIT = "yearly_limit"
    OTHER_INSURER = "other_insurer"
    CONTRACT_ENDED = "contract_ended"
    CONTRACT_NOT_STARTED = "contract_not_started"
    RENEWED_TOO_EARLY = "renewed_too_early"


@dataclass(frozen=True)
class AppliedGuarantee:
    """
    Garantie: percent of the base, or euros when *is_flat*; the public share included, or beside it; None: no ceiling.

    *text* says all of it, as `kernel.reimbursement.guarantee.Guarantee.parse` reads it: ``150 % incl``.

    *excess_cap*, in percent of the base, limits the extra fee refunded of a doctor outside Optam.
    """

    text: str
    amount: Decimal | None
    is_flat: bool
    includes_public_share: bool
    excess_cap: Decimal | None


@dataclass(frozen=True)
class Reimbursement:
    """
    A line of a statement. ``billed = paid_by_public_scheme + paid_by_other_insurer + paid_by_us + out_of_pocket``.

    *flat_contribution* (participation forfaitaire, franchise) is already deducted from *paid_by_public_scheme*;
    *pathway_surcharge* is what the public scheme pays less outside the pathway. *paid_by_us* is our share, transferred
    or not: *status* and *paid_on* tell. With *is_direct_billing* (tiers payant) it went to the practitioner.

    *rate* (applied by the public scheme) and *rate_in_pathway* are percents; with *billed*, *reimbursement_base*,
    *flat_contribution* and *guarantee* they give the shares again. *guarantee* is the one applied: when *limited_by* says
    so, it is lower than the plan's. *care_kind* is one of the kinds of kernel/tables/care.yml, *covered_as* its heading, the
    benefit's name; *units* counts boxes, sessions, days. So `kernel.reimbursement` checks a line and explains it.
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
    received_on: date | None
    processed_on: date | None
    paid_on: date | None
    care_kind: str
    covered_as: str
    units: int
    rate: Decimal
    rate_in_pathway: Decimal
    guarantee: AppliedGuarantee
    limited_by: Limit | None
    paid_by_other_insurer: Decimal
    late_reason: LateReason | None
    statement_id: str | None


@dataclass(frozen=True)
class Reimbursements:
    """A page of reimbursements, latest care first; *next_cursor* asks for the following one, None after the last."""

    lines: tuple[Reimbursement, ...]
    next_cursor: str | None


@dataclass(frozen=True)
class ReimbursementFilter:
    """
    Which reimbursements are asked for: of one beneficiary, for care from *since* to *until* (both included).

    *care* is a kind of care (``glasses``, its variants with it) or a benefit (``optical``).
    """

    beneficiary_id: str | None = None
    since: date | None = None
    until: date | None = None
    care: str | None = None
    status: ReimbursementStatus | None = None


@dataclass(frozen=True)
class Statement:
    """Décompte: the lines of one beneficiary that were paid on one day; *paper_id* is its PDF."""

    id: str
    beneficiary_id: str
    contract_id: str
    issued_on: date
    line_count: int
    paid_by_us: Decimal
    paper_id: str


@dataclass(frozen=True)
class Statements:
    """A page of statements, latest first."""

    statements: tuple[Statement, ...]
    next_cursor: str | None


@dataclass(frozen=True)
class CareTotal:
    """What one benefit's care cost in a year, and who paid it."""

    covered_as: str
    label: str
    count: int
    billed: Decimal
    paid_by_public_scheme: Decimal
    paid_by_us: Decimal
    paid_by_other_insurer: Decimal
    out_of_pocket: Decimal


@dataclass(frozen=True)
class YearlyOverview:
    """
    A civil year of care, by benefit, largest cost first; care still expected or received counts, refused too.

    *premiums_paid* is None for who may not read the premiums.
    """

    year: int
    totals: tuple[CareTotal, ...]
    premiums_paid: Decimal | None
