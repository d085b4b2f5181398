"""What members ask for, and the documents that go with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from member_api.contract.members import Address

PROOF_LIMIT = 5 * 1024 * 1024


class RequestKind(StrEnum):
    """What a member asked for."""

    ADDRESS_CHANGE = "address_change"
    EMAIL_CHANGE = "email_change"
    PHONE_CHANGE = "phone_change"
    BANK_CHANGE = "bank_change"
    FAMILY_EVENT = "family_event"
    MEMBER_CARD = "member_card"
    CARE_SHEET = "care_sheet"
    QUOTE = "quote"
    PRIOR_AGREEMENT = "prior_agreement"
    FOLLOW_UP = "follow_up"
    PLAN_CHANGE = "plan_change"
    TERMINATION = "termination"
    DATA_COPY = "data_copy"
    DATA_ERASURE = "data_erasure"
    PROTECTION = "protection"
    UNLOCK = "unlock"
    COMPLAINT = "complaint"
    WRITTEN = "written"


class RequestStatus(StrEnum):
    """How far a request is; *frozen*: stopped while an account is protected, a person decides."""

    PROOF_EXPECTED = "proof_expected"
    PROOF_RECEIVED = "proof_received"
    IN_PROGRESS = "in_progress"
    ACKNOWLEDGED = "acknowledged"
    FROZEN = "frozen"
    DONE = "done"
    REFUSED = "refused"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class NeededDocument:
    """A supporting document that a request needs; *label* is French, as the insurer words it."""

    code: str
    label: str


@dataclass(frozen=True)
class Request:
    """
    Something a member asked for.

    *due_on* is the day the answer was promised by, *new_address* and *from_on* are those of an address change,
    *notice_on* the day the previous address or contacts were told. *number* is a complaint's, *masked* shows a value
    that went past the conversation (``06 •• •• •• 42``, the last four characters of bank details), *effective_at* is the
    moment it takes effect, *cancellable_until* the moment until which the member may cancel it (None: no more),
    *decision* what the insurer said of it, in French.
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
    number: str | None = None
    masked: str | None = None
    effective_at: datetime | None = None
    cancellable_until: datetime | None = None
    beneficiary_id: str | None = None
    reimbursement_id: str | None = None
    needed: tuple[NeededDocument, ...] = ()
    decision: str | None = None


@dataclass(frozen=True)
class Requests:
    """The answer that lists requests, latest first."""

    requests: tuple[Request, ...]


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
