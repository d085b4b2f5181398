"""
What the insurer's member API promises (``openapi.yml``), as values. Amounts are Decimal euros, days are ``date``.

One file for each area, all named here: callers import from ``member_api.contract``. Reading an answer that does not have
the shape promised raises `MemberApiNonsense`: a half-read file of a member is worse than none.
"""

from __future__ import annotations

from member_api.contract.appointments import Appointment, Appointments, AppointmentStatus, Slot, Slots, Way
from member_api.contract.caller import IDEMPOTENCY_KEY, OPAQUE_ID, Caller
from member_api.contract.care import CardReason, CareSheet, QuoteKind, QuoteRequest
from member_api.contract.codes import Channel, CodeCheck, CodeOutcome, SentCode
from member_api.contract.contracts import PlanWish, Terminations, TerminationTerms
from member_api.contract.documents import CertificateReason, Document, DocumentContent, DocumentKind, DocumentOrder, Documents
from member_api.contract.family import FamilyEvent, FamilyEventKind, FamilyNeeds, Needs, NewBeneficiary
from member_api.contract.fields import Deposit, FieldName
from member_api.contract.members import Address, Beneficiary, Civility, Contacts, Contract, ContractKind, Member, Relationship
from member_api.contract.reading import MemberApiNonsense, parse
from member_api.contract.refusals import CodeNeeded
from member_api.contract.reimbursements import Reimbursement, ReimbursementStatus, Statements
from member_api.contract.requests import (
    PROOF_LIMIT,
    AddressChange,
    NeededDocument,
    Proof,
    Request,
    RequestKind,
    Requests,
    RequestStatus,
)
from member_api.contract.rights import ComplaintRecord, Danger, DataRight, Neutral

__all__ = [
    "IDEMPOTENCY_KEY",
    "OPAQUE_ID",
    "PROOF_LIMIT",
    "Address",
    "AddressChange",
    "Appointment",
    "AppointmentStatus",
    "Appointments",
    "Beneficiary",
    "Caller",
    "CardReason",
    "CareSheet",
    "CertificateReason",
    "Channel",
    "Civility",
    "CodeCheck",
    "CodeNeeded",
    "CodeOutcome",
    "ComplaintRecord",
    "Contacts",
    "Contract",
    "ContractKind",
    "Danger",
    "DataRight",
    "Deposit",
    "Document",
    "DocumentContent",
    "DocumentKind",
    "DocumentOrder",
    "Documents",
    "FamilyEvent",
    "FamilyEventKind",
    "FamilyNeeds",
    "FieldName",
    "Member",
    "MemberApiNonsense",
    "NeededDocument",
    "Needs",
    "Neutral",
    "NewBeneficiary",
    "PlanWish",
    "Proof",
    "QuoteKind",
    "QuoteRequest",
    "Reimbursement",
    "ReimbursementStatus",
    "Relationship",
    "Request",
    "RequestKind",
    "RequestStatus",
    "Requests",
    "SentCode",
    "Slot",
    "Slots",
    "Statements",
    "TerminationTerms",
    "Terminations",
    "Way",
    "parse",
]
