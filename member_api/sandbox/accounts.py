"""
Accounts under protection: who reported a danger, and what stops then.

Operations on one connection (see kernel/database.py).
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from kernel.errors import Conflict
from member_api.contract import Danger, Request, RequestKind, RequestStatus
from member_api.sandbox import codes, letters, mail, requests, schema
from member_api.sandbox.asking import Ask, open_requests, record
from member_api.sandbox.contacts import contacts_to_tell
from member_api.sandbox.undo import OPEN


class AccountProtected(Conflict):
    """The account is protected: a person must lift the protection first."""

    code = "account_protected"


CHECKED_BY_ADVISOR = 3
_SUBJECTS = {
    Danger.PHISHING: "Hameçonnage signalé", Danger.TAKEOVER: "Accès frauduleux signalé",
    Danger.LOST_DEVICE: "Appareil perdu ou volé",
}


def is_protected(tx: Connection, member_id: str) -> bool:
    """Say whether an account is protected."""
    table = schema.account
    return tx.execute(select(table.c.member_id).where(table.c.member_id == member_id)).one_or_none() is not None


def check_not_protected(tx: Connection, member_id: str) -> None:
    """Raise AccountProtected."""
    if is_protected(tx, member_id):
        raise AccountProtected


def protect(tx: Connection, member_id: str, danger: Danger, now: datetime) -> Request:
    """Protect the account at once: sessions and codes end, changes of bank details freeze, every contact is told."""
    if not is_protected(tx, member_id):
        tx.execute(insert(schema.account).values(member_id=member_id, protected_at=now))
        mail.send(tx, member_id, contacts_to_tell(tx, member_id, now), letters.protected(), now)
    tx.execute(delete(schema.session).where(schema.session.c.member_id == member_id))
    codes.end_codes(tx, member_id, now)
    _freeze_bank_changes(tx, member_id, now)
    return record(tx, member_id, Ask(RequestKind.PROTECTION, _SUBJECTS[danger], details={"danger": danger}), now)


def lift(tx: Connection, member_id: str, now: datetime) -> None:
    """Lift the protection and the lock of too many attempts, once a person has checked who the member is; what was frozen stays so: it is asked for again."""
    tx.execute(delete(schema.account).where(schema.account.c.member_id == member_id))
    access = schema.access_state
    tx.execute(update(access).where(access.c.member_id == member_id).values(locked_at=None, failed_attempts=0))
    table = schema.request
    waiting = (table.c.member_id == member_id) & table.c.kind.in_((RequestKind.PROTECTION, RequestKind.UNLOCK))
    tx.execute(update(table).where(waiting, table.c.status.in_(OPEN)).values(status=RequestStatus.DONE, updated_at=now))
    mail.send(tx, member_id, contacts_to_tell(tx, member_id, now), letters.unprotected(), now)


def ask_unlock(tx: Connection, member_id: str, level: int, now: datetime) -> Request:
    """Ask for the account to be opened again: done at once when an advisor has checked the identity (*level* 3)."""
    known = open_requests(tx, member_id, RequestKind.UNLOCK)
    asked = None if known else record(tx, member_id, Ask(RequestKind.UNLOCK, "Déblocage du compte"), now)
    request_id = asked.id if asked else known[0].id
    if level >= CHECKED_BY_ADVISOR:
        lift(tx, member_id, now)
    return requests.request_of(tx, member_id, request_id)


def _freeze_bank_changes(tx: Connection, member_id: str, now: datetime) -> None:
    table = schema.request
    waiting = (table.c.member_id == member_id) & (table.c.kind == RequestKind.BANK_CHANGE) & table.c.status.in_(OPEN)
    frozen = {"status": RequestStatus.FROZEN, "updated_at": now, "cancellable_until": None}
    tx.execute(update(table).where(waiting).values(frozen))
