"""
Changing contacts and bank details, against somebody who took the account over.

The old contacts are told of everything; new bank details wait 48 business hours, can be cancelled until then, and are
refused just after a contact changed (docs/domain/regulation.md R09). Operations on one connection (kernel/database.py).
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, insert, select, update

from kernel.calendar import PARIS, due_after_business_hours
from kernel.errors import Conflict
from member_api.contract import FieldName, Request, RequestKind, RequestStatus
from member_api.sandbox import letters, mail, schema
from member_api.sandbox.accounts import check_not_protected
from member_api.sandbox.asking import Ask, open_requests, record
from member_api.sandbox.contacts import KINDS, contacts_to_tell, replaced_since
from member_api.sandbox.fields import take

WAIT_HOURS = 48
CALM_AFTER_CONTACT_CHANGE = timedelta(days=3)
_CONTACTS = {
    FieldName.EMAIL: (RequestKind.EMAIL_CHANGE, "Changement d'adresse e-mail"),
    FieldName.PHONE: (RequestKind.PHONE_CHANGE, "Changement de numéro de téléphone"),
}
_COLUMNS = {RequestKind.EMAIL_CHANGE: "email", RequestKind.PHONE_CHANGE: "phone"}


class RecentContactChange(Conflict):
    """A contact changed in the last three days: bank details wait."""

    code = "recent_contact_change"


def change_contact(tx: Connection, member_id: str, deposit_id: str, now: datetime) -> Request:
    """Put the deposited contact in place of the old one, at once; the old ones are told, and the new one."""
    check_not_protected(tx, member_id)
    value = take(tx, member_id, deposit_id, tuple(_CONTACTS), now)
    kind, subject = _CONTACTS[value.name]
    column = schema.member.c[_COLUMNS[kind]]
    before = tx.execute(select(column).where(schema.member.c.id == member_id)).scalar_one()
    told = contacts_to_tell(tx, member_id, now)
    _write_contact(tx, member_id, kind, value.text)
    mail.send(tx, member_id, (*told, mail.Contact(KINDS[kind], value.text)), letters.contact_changed(subject, value.masked), now)
    asked = Ask(kind, subject, RequestStatus.DONE, notice_on=now.astimezone(PARIS).date(),
                details={"masked": value.masked, "before": before})
    return record(tx, member_id, asked, now)


def undo_contact(tx: Connection, member_id: str, kind: RequestKind, before: str | None) -> None:
    """Put the old contact back."""
    _write_contact(tx, member_id, kind, before)


def change_bank_details(tx: Connection, member_id: str, deposit_id: str, now: datetime) -> Request:
    """Have refunds paid to the deposited account after the waiting time; the sandbox pays nobody, so only its end is kept."""
    check_not_protected(tx, member_id)
    if replaced_since(tx, member_id, now - CALM_AFTER_CONTACT_CHANGE):
        raise RecentContactChange
    value = take(tx, member_id, deposit_id, (FieldName.BANK_DETAILS,), now)
    for row in open_requests(tx, member_id, RequestKind.BANK_CHANGE):  # the latest wins
        tx.execute(update(schema.request).where(schema.request.c.id == row.id).values(
            status=RequestStatus.CANCELLED, updated_at=now, cancellable_until=None))
    effective_at = due_after_business_hours(now, WAIT_HOURS).at
    mail.send(tx, member_id, contacts_to_tell(tx, member_id, now), letters.bank_changed(value.masked, effective_at), now)
    asked = Ask(RequestKind.BANK_CHANGE, "Changement de coordonnées bancaires", effective_at=effective_at,
                notice_on=now.astimezone(PARIS).date(), details={"masked": value.masked})
    return record(tx, member_id, asked, now)


def put_bank_details(tx: Connection, member_id: str, ending: str, now: datetime) -> None:
    """Make the new account the one refunds are paid to."""
    table, member, since_on = schema.bank_account, schema.member, now.astimezone(PARIS).date()
    changed = tx.execute(update(table).where(table.c.member_id == member_id).values(number_ending=ending, since_on=since_on))
    if not changed.rowcount:
        holder = tx.execute(select(member.c.first_name + " " + member.c.last_name).where(member.c.id == member_id)).scalar_one()
        tx.execute(insert(table).values(member_id=member_id, holder=holder, number_ending=ending, since_on=since_on))


def _write_contact(tx: Connection, member_id: str, kind: RequestKind, value: str | None) -> None:
    tx.execute(update(schema.member).where(schema.member.c.id == member_id).values({_COLUMNS[kind]: value}))
