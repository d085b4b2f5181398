"""Documents the insurer makes at once for a member: certificate, card, statements."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class DocumentKind(StrEnum):
    """Attestation, carte de tiers payant, décompte, relevé annuel."""

    CERTIFICATE = "certificate"
    MEMBER_CARD = "member_card"
    STATEMENT = "statement"
    YEARLY_STATEMENT = "yearly_statement"


class CertificateReason(StrEnum):
    """Why a certificate is asked for; it is printed."""

    SCHOOL = "school"
    EMPLOYER = "employer"
    LANDLORD = "landlord"
    CARE = "care"
    PERSONAL = "personal"


@dataclass(frozen=True)
class DocumentOrder:
    """
    What to make. *beneficiary_ids* empty: everybody the contract covers (certificate, card) or everybody's lines.

    *reason* is for a certificate; *since* and *until* (days of care, both within) for a statement; *year* for a yearly one.
    """

    kind: DocumentKind
    beneficiary_ids: tuple[str, ...] = ()
    reason: CertificateReason | None = None
    since: date | None = None
    until: date | None = None
    year: int | None = None


@dataclass(frozen=True)
class Document:
    """
    A document made: *url* opens it until *url_expires_at*, for this member signed in at the insurer's site and nobody else.

    *size* is in bytes.
    """

    id: str
    kind: DocumentKind
    title: str
    name: str
    media_type: str
    size: int
    made_at: datetime
    url: str
    url_expires_at: datetime


@dataclass(frozen=True)
class Documents:
    """The answer that lists documents, latest first."""

    documents: tuple[Document, ...]


@dataclass(frozen=True)
class DocumentContent:
    """A document itself, *content* in base64: for a channel that shows it without the insurer's site."""

    name: str
    media_type: str
    content: str
