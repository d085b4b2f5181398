"""The tables of the sandbox insurer: its own database, made at first start, never migrated (« repartir de zéro »)."""

from __future__ import annotations

from member_api.sandbox.schema.acts import account, appointment, event, field, reset_link, taken_slot
from member_api.sandbox.schema.base import Euros, metadata
from member_api.sandbox.schema.coverage import instalment, member_card, paper, waiting_period
from member_api.sandbox.schema.documents import document
from member_api.sandbox.schema.identity import session, signing_key
from member_api.sandbox.schema.mail import code, mail
from member_api.sandbox.schema.members import access_state, bank_account, beneficiary, contract, member, world
from member_api.sandbox.schema.places import agency, outage, practitioner
from member_api.sandbox.schema.reimbursements import reimbursement, statement
from member_api.sandbox.schema.requests import answered, proof, request
from member_api.sandbox.schema.sight import audit, representation, sight

__all__ = [
    "Euros",
    "access_state",
    "account",
    "agency",
    "answered",
    "appointment",
    "audit",
    "bank_account",
    "beneficiary",
    "code",
    "contract",
    "document",
    "event",
    "field",
    "instalment",
    "mail",
    "member",
    "member_card",
    "metadata",
    "outage",
    "paper",
    "practitioner",
    "proof",
    "reimbursement",
    "representation",
    "request",
    "reset_link",
    "session",
    "sight",
    "signing_key",
    "statement",
    "taken_slot",
    "waiting_period",
    "world",
]
