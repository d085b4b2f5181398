"""The tables of the sandbox insurer: its own database, made at first start, never migrated (« repartir de zéro »)."""

from __future__ import annotations

from member_api.sandbox.schema.acts import account, appointment, event, field, reset_link, taken_slot
from member_api.sandbox.schema.base import Euros, metadata
from member_api.sandbox.schema.documents import document
from member_api.sandbox.schema.identity import session, signing_key
from member_api.sandbox.schema.mail import code, mail
from member_api.sandbox.schema.members import beneficiary, contract, member, world
from member_api.sandbox.schema.reimbursements import reimbursement
from member_api.sandbox.schema.requests import answered, proof, request

__all__ = [
    "Euros",
    "account",
    "answered",
    "appointment",
    "beneficiary",
    "code",
    "contract",
    "document",
    "event",
    "field",
    "mail",
    "member",
    "metadata",
    "proof",
    "reimbursement",
    "request",
    "reset_link",
    "session",
    "signing_key",
    "taken_slot",
    "world",
]
