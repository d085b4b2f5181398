"""
What the insurer's member API promises (``openapi.yml``), as values. Amounts are Decimal euros, days are ``date``.

Reading an answer that does not have the shape promised raises `MemberApiNonsense`: a half-read file of a member is
worse than none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from kernel.errors import Malformed, Unavailable
from member_api import shape

T = TypeVar("T")
OPAQUE_ID = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._~-]{0,79}")
IDEMPOTENCY_KEY = re.compile(r"[\x21-\x7e]{8,200}")
PROOF_LIMIT = 5 * 1024 * 1024


class MemberApiNonsense(Unavailable):
    """The insurer's system answered something else than promised; *detail* names the place, not the value."""

    code = "member_api_nonsense"


@dataclass(frozen=True)
class Caller:
    """
    For whom a call is made: the member, the level of proof (0 to 3) and the moment it ends (aware).

    *advisor_id* is set when an advisor reads the file at the desk: his proof replaces the member's, for reading only.
    """

    member_id: str
    level: int
    expires_at: datetime | None
    advisor_id: str | None = None

    def __post_init__(self) -> None:
        """Refuse an id that could change the address called, or slip into a header; raises Malformed."""
        for known in (self.member_id, self.advisor_id):
            if known is not None and not OPAQUE_ID.fullmatch(known):
                raise Malformed("the caller's id is not one")


class Civility(StrEnum):
    """Civilité."""

    MADAME = "mme"
    MONSIEUR = "m"


@dataclass(frozen=True)
class Contacts:
    """How the member is reached, masked by the insurer: ``c•••••@exemple.fr``, ``06 •• •• •• 42``."""

    email: str | None
    phone: str | None


@dataclass(frozen=True)
class Address:
    """A postal address in France; *line2* is the building, the floor, the lieu-dit."""

    line1: str
    line2: str | None
    postal_code: str
    town: str


class ContractKind(StrEnum):
    """Branche."""

    HEALTH = "health"
    HOME = "home"
    CAR = "car"
    PROVIDENT = "provident"


@dataclass(frozen=True)
class Contract:
    """Contrat: *label* is its name as printed; *plan* its formule; *number_ending* the last digits of its number."""

    id: str
    kind: ContractKind
    label: str
    plan: str | None
    number_ending: str
    since_on: date
    until_on: date | None


class Relationship(StrEnum):
    """What a beneficiary is to the member."""

    SELF = "self"
    SPOUSE = "spouse"
    CHILD = "child"


@dataclass(frozen=True)
class Beneficiary:
    """Bénéficiaire: a person whose care a health contract covers."""

    id: str
    first_name: str
    last_name: str
    birth_on: date
    relationship: Relationship
    contract_id: str


@dataclass(frozen=True)
class Member:
    """Sociétaire, as his file is on the day of the call; *address* is the one in force."""

    id: str
    civility: Civility
    first_name: str
    last_name: str
    contacts: Contacts
    address: Address
    contracts: tuple[Contract, ...]
    beneficiaries: tuple[Beneficiary, ...]


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


class RequestKind(StrEnum):
    """What a member asked for."""

    ADDRESS_CHANGE = "address_change"
    COMPLAINT = "complaint"
    WRITTEN = "written"


class RequestStatus(StrEnum):
    """How far a request is."""

    PROOF_EXPECTED = "proof_expected"
    PROOF_RECEIVED = "proof_received"
    IN_PROGRESS = "in_progress"
    ACKNOWLEDGED = "acknowledged"
    DONE = "done"
    REFUSED = "refused"


@dataclass(frozen=True)
class Request:
    """
    Something a member asked for.

    *due_on* is the day the answer was promised by, *new_address* and *from_on* are those of an address change,
    *notice_on* the day a letter told the previous address about it.
    """

    id: str
    kind: RequestKind
    subject: str
    status: RequestStatus
    asked_at: datetime
    updated_at: datetime
    acknowledged_on: date | None
    due_on: date | None
    new_address: Address | None
    from_on: date | None
    notice_on: date | None


@dataclass(frozen=True)
class AddressChange:
    """What is asked: *address* from the day *from_on*."""

    address: Address
    from_on: date


@dataclass(frozen=True)
class Proof:
    """Justificatif: a PDF, a JPEG or a PNG of at most `PROOF_LIMIT` bytes."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class Statements:
    """The answer that lists reimbursements, latest care first."""

    lines: tuple[Reimbursement, ...]


@dataclass(frozen=True)
class Requests:
    """The answer that lists requests, latest first."""

    requests: tuple[Request, ...]


def parse(kind: type[T], answer: object) -> T:
    """Read an answer of the member API; MemberApiNonsense when it does not have the shape promised."""
    try:
        return shape.read(kind, answer)
    except shape.Misshapen as cause:
        raise MemberApiNonsense(str(cause)) from cause
