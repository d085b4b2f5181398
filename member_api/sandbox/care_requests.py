"""Requests about care: sheets, quotes, the card, late lines. Operations on one connection (see kernel/database.py)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert

from kernel.calendar import PARIS
from kernel.errors import Conflict, NotFound
from kernel.ids import new_id
from member_api import shape
from member_api.contract import (
    CardReason,
    CareSheet,
    NeededDocument,
    Proof,
    QuoteKind,
    QuoteRequest,
    ReimbursementFilter,
    ReimbursementStatus,
    Request,
    RequestKind,
    RequestStatus,
)
from member_api.sandbox import reimbursements, schema
from member_api.sandbox.asking import Ask, check_not_asked, check_person, record
from member_api.sandbox.sight import own_reader

_QUOTE_SUBJECTS = {QuoteKind.QUOTE: "Devis", QuoteKind.PRIOR_AGREEMENT: "Demande de prise en charge préalable"}
_QUOTE = NeededDocument("quote", "Devis du professionnel de santé, sans compte rendu médical")


class AlreadyPaid(Conflict):
    """The line has been paid, or refused: there is nothing to follow up."""

    code = "already_paid"


@dataclass(frozen=True)
class SheetPhoto:
    """A feuille de soins and its photo."""

    sheet: CareSheet
    photo: Proof


def send_care_sheet(tx: Connection, member_id: str, sent: SheetPhoto, now: datetime) -> Request:
    """Record a feuille de soins with its photo; NotFound for the beneficiary."""
    check_person(tx, member_id, sent.sheet.beneficiary_id, now.astimezone(PARIS).date())
    asked = record(tx, member_id, Ask(RequestKind.CARE_SHEET, "Feuille de soins",
                                      details=shape.write(sent.sheet)), now)
    photo = sent.photo
    tx.execute(insert(schema.proof).values(id=new_id("p"), request_id=asked.id, name=photo.name,
                                           media_type=photo.media_type, content=photo.content, sent_at=now))
    return asked


def ask_about_quote(tx: Connection, member_id: str, quote: QuoteRequest, now: datetime) -> Request:
    """Open a request that waits for its quote; NotFound for the beneficiary."""
    check_person(tx, member_id, quote.beneficiary_id, now.astimezone(PARIS).date())
    asked = Ask(RequestKind(quote.kind), f"{_QUOTE_SUBJECTS[quote.kind]} : {quote.care}"[:120], RequestStatus.PROOF_EXPECTED,
                needed=(_QUOTE,), details=shape.write(quote))
    return record(tx, member_id, asked, now)


def reissue_card(tx: Connection, member_id: str, reason: CardReason, now: datetime) -> Request:
    """Have another card posted; AlreadyAsked while one is on its way."""
    check_not_asked(tx, member_id, RequestKind.MEMBER_CARD, "by", "post")
    asked = Ask(RequestKind.MEMBER_CARD, "Nouvelle carte de tiers payant", details={"reason": reason, "by": "post"})
    return record(tx, member_id, asked, now)


def follow_up(tx: Connection, member_id: str, reimbursement_id: str, now: datetime) -> Request:
    """Follow up a line that the member sees and that has not been paid; NotFound, AlreadyPaid (or refused), AlreadyAsked."""
    reader = own_reader(tx, member_id, now.astimezone(PARIS).date())
    line = next((one for one in reimbursements.lines(tx, reader, ReimbursementFilter()) if one.id == reimbursement_id), None)
    if line is None:
        raise NotFound
    if line.status in (ReimbursementStatus.PAID, ReimbursementStatus.REFUSED):
        raise AlreadyPaid
    check_not_asked(tx, member_id, RequestKind.FOLLOW_UP, "reimbursement_id", reimbursement_id)
    details = {"reimbursement_id": reimbursement_id, "beneficiary_id": line.beneficiary_id}
    return record(tx, member_id, Ask(RequestKind.FOLLOW_UP, "Relance d'un remboursement", details=details), now)
