"""The member's file, as the desk wants it: a port. The composition connects it to the insurer's member API."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol


@dataclass(frozen=True)
class ContractLine:
    """One contract: « Santé Équilibre », its number as printed, « en cours »."""

    label: str
    number: str | None = None
    status: str | None = None


@dataclass(frozen=True)
class BeneficiaryLine:
    """Who is covered: « Léa Moreau », « enfant »."""

    name: str
    relation: str | None = None
    born_on: date | None = None


@dataclass(frozen=True)
class ReimbursementLine:
    """One line of a statement; *status* in French words (« versé le … » is made by the page from *paid_on*)."""

    care: str
    cared_on: date
    billed: Decimal
    paid_by_us: Decimal
    out_of_pocket: Decimal
    status: str
    paid_on: date | None = None


@dataclass(frozen=True)
class RequestLine:
    """Something the member asked for that is not finished: « Changement d'adresse », « justificatif attendu »."""

    label: str
    status: str
    asked_on: date | None = None


@dataclass(frozen=True)
class MemberSummary:
    """What an advisor needs beside a conversation. *address*: lines as on an envelope."""

    name: str
    member_number: str | None = None
    contracts: tuple[ContractLine, ...] = ()
    beneficiaries: tuple[BeneficiaryLine, ...] = ()
    address: tuple[str, ...] = ()
    reimbursements: tuple[ReimbursementLine, ...] = ()
    requests: tuple[RequestLine, ...] = ()


class MemberFile(Protocol):
    """Reads the insurer's system with the desk's own credential."""

    async def summary(self, member_id: str) -> MemberSummary | None:
        """Read a member's summary; None when the insurer does not know the member. Raises kernel.errors.Unavailable."""
        ...
