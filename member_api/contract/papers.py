"""The papers the insurer keeps for a member: statements, cards, terms; whoever wants one asks for its document."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class PaperKind(StrEnum):
    """What a paper is."""

    STATEMENT = "statement"
    YEARLY_STATEMENT = "yearly_statement"
    MEMBER_CARD = "member_card"
    CONTRACT_TERMS = "contract_terms"
    PAYMENT_SCHEDULE = "payment_schedule"


@dataclass(frozen=True)
class Paper:
    """A paper kept for the member: of a contract, or of one beneficiary's care."""

    id: str
    kind: PaperKind
    title: str
    made_on: date
    media_type: str
    contract_id: str | None
    beneficiary_id: str | None


@dataclass(frozen=True)
class PaperList:
    """A page of papers, latest first."""

    papers: tuple[Paper, ...]
    next_cursor: str | None
