"""Care: sheets sent as photos, quotes, the card."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class CardReason(StrEnum):
    """Why another card is asked for."""

    LOST = "lost"
    NOT_RECEIVED = "not_received"
    DAMAGED = "damaged"
    EXPIRED = "expired"


class QuoteKind(StrEnum):
    """Devis, or demande de prise en charge préalable."""

    QUOTE = "quote"
    PRIOR_AGREEMENT = "prior_agreement"


@dataclass(frozen=True)
class CareSheet:
    """Feuille de soins sent as a photo, for care of the day *care_on*; the original goes to the public scheme."""

    beneficiary_id: str
    care_on: date


@dataclass(frozen=True)
class QuoteRequest:
    """What is asked about: *care* as the member says it; the quote itself follows as a proof."""

    kind: QuoteKind
    beneficiary_id: str
    care: str
    amount: Decimal | None = None
