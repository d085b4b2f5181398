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
