"""Premiums (cotisations) and their schedule (échéancier)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class PaymentMethod(StrEnum):
    """How premiums are paid."""

    DIRECT_DEBIT = "direct_debit"
    CARD = "card"
    CHEQUE = "cheque"


class Frequency(StrEnum):
    """How often premiums are paid."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    YEARLY = "yearly"


class InstalmentStatus(StrEnum):
    """*coming*: not due yet; *paid*; *due*: due and not received yet; *rejected*: the bank sent it back."""

    COMING = "coming"
    PAID = "paid"
    DUE = "due"
    REJECTED = "rejected"


@dataclass(frozen=True)
class Premium:
    """
    Cotisation of a contract: *amount* each *frequency*, *monthly* whatever it is; *next_on* the next instalment's day.

    *unpaid* is what is due or was sent back.
    """

    contract_id: str
    amount: Decimal
    monthly: Decimal
    frequency: Frequency
    method: PaymentMethod
    next_on: date | None
    unpaid: Decimal


@dataclass(frozen=True)
class Premiums:
    """The answer that lists premiums, one a contract in force."""

    premiums: tuple[Premium, ...]


@dataclass(frozen=True)
class Instalment:
    """One payment of a schedule."""

    id: str
    contract_id: str
    due_on: date
    amount: Decimal
    method: PaymentMethod
    status: InstalmentStatus
    paid_on: date | None


@dataclass(frozen=True)
class PaymentSchedule:
    """A page of instalments, earliest first."""

    instalments: tuple[Instalment, ...]
    next_cursor: str | None
