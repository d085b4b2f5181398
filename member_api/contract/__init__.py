"""
What the insurer's member API promises (``openapi.yml``), as values. Amounts are Decimal euros, days are ``date``.

One file for each area, all named here: callers import from ``member_api.contract``. Reading an answer that does not have
the shape promised raises `MemberApiNonsense`: a half-read file of a member is worse than none.
"""

from __future__ import annotations

from member_api.contract.caller import IDEMPOTENCY_KEY, OPAQUE_ID, Caller
from member_api.contract.codes import Channel, CodeCheck, CodeOutcome, SentCode
from member_api.contract.documents import (
    CertificateReason,
    Document,
    DocumentContent,
    DocumentKind,
    DocumentOrder,
    Documents,
)
from member_api.contract.members import Address, Beneficiary, Civility, Contacts, Contract, ContractKind, Member, Relationship
from member_api.contract.reading import MemberApiNonsense, parse
from member_api.contract.reimbursements import Reimbursement, ReimbursementStatus, Statements
from member_api.contract.requests import PROOF_LIMIT, AddressChange, Proof, Request, RequestKind, Requests, RequestStatus

__all__ = [
    "IDEMPOTENCY_KEY",
    "OPAQUE_ID",
    "PROOF_LIMIT",
    "Address",
    "AddressChange",
    "Beneficiary",
    "Caller",
    "CertificateReason",
    "Channel",
    "Civility",
    "CodeCheck",
    "CodeOutcome",
    "Contacts",
    "Contract",
    "ContractKind",
    "Document",
    "DocumentContent",
    "DocumentKind",
    "DocumentOrder",
    "Documents",
    "Member",
    "MemberApiNonsense",
    "Proof",
    "Reimbursement",
    "ReimbursementStatus",
    "Relationship",
    "Request",
    "RequestKind",
    "RequestStatus",
    "Requests",
    "SentCode",
    "Statements",
    "parse",
]
