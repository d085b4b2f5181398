"""The documents of a member: statements, cards, contract papers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class DocumentKind(StrEnum):
    """What a document is."""

    STATEMENT = "statement"
    YEARLY_STATEMENT = "yearly_statement"
    MEMBER_CARD = "member_card"
    CONTRACT_TERMS = "contract_terms"
    PAYMENT_SCHEDULE = "payment_schedule"


@dataclass(frozen=True)
class Document:
    """A document kept for the member; its content is at ``/members/{id}/documents/{document_id}/content``."""

    id: str
    kind: DocumentKind
    title: str
    made_on: date
    media_type: str
    contract_id: str | None
    beneficiary_id: str | None


@dataclass(frozen=True)
class Documents:
    """A page of documents, latest first."""

    documents: tuple[Document, ...]
    next_cursor: str | None
