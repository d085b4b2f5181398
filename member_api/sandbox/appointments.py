"""
Appointments: booked, moved, cancelled; a slot is taken once even when two ask for it at the same moment.

Operations on one connection (see kernel/database.py).
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from kernel.errors import Conflict, NotFound
from kernel.ids import new_id
from member_api.contract import Appointment, Appointments, AppointmentStatus, Slot, Slots, Way
from member_api.sandbox import agenda, letters, mail, schema
from member_api.sandbox.calendar_file import calendar_file
from member_api.sandbox.cancelling import TooLate
from member_api.sandbox.contacts import contacts_of

CHANGEABLE_BEFORE = timedelta(hours=2)
SLOTS_SHOWN = 60
_PLACES = {Way.PHONE: "Par téléphone", Way.VIDEO: "En visioconférence"}


class SlotTaken(Conflict):
    """Somebody was quicker, or it is not offered any more."""

    code = "slot_taken"


def slots(tx: Connection, now: datetime, *, way: Way | None, agency: str | None, since: date | None) -> Slots:
    """Give the free slots, soonest first."""
    taken = set(tx.execute(select(schema.taken_slot.c.slot_id)).scalars())
    free = (slot for slot in agenda.offered(now, since) if slot.id not in taken
            and way in (None, slot.way) and (agency is None or _is_same_town(slot, agency)))
    return Slots(tuple(islice(free, SLOTS_SHOWN)))


def appointments(tx: Connection, member_id: str, now: datetime) -> Appointments:
    """Give what is booked from now on, soonest first."""
    table = schema.appointment
    rows = tx.execute(select(table).where(
        table.c.member_id == member_id, table.c.status == AppointmentStatus.BOOKED, table.c.starts_at > now,
    ).order_by(table.c.starts_at))
    return Appointments(tuple(_appointment(row) for row in rows))


def book(tx: Connection, member_id: str, slot_id: str, subject: str, now: datetime) -> Appointment:
    """Book a slot; SlotTaken."""
    appointment_id = new_id("a")
    slot = _take(tx, slot_id, appointment_id, now)
    tx.execute(insert(schema.appointment).values(
        id=appointment_id, member_id=member_id, slot_id=slot.id, subject=subject, status=AppointmentStatus.BOOKED,
        starts_at=slot.starts_at, sequence=0, updated_at=now))
    return _told(tx, member_id, appointment_id, "confirmé", now)


def move(tx: Connection, member_id: str, appointment_id: str, slot_id: str, now: datetime) -> Appointment:
    """Move an appointment: the new slot is taken before the first is given back. NotFound, TooLate, SlotTaken."""
    row = _changeable(tx, member_id, appointment_id, now)
    slot = _take(tx, slot_id, appointment_id, now)
    _give_back(tx, row.slot_id)
    _change(tx, row, now, slot_id=slot.id, starts_at=slot.starts_at)
    return _told(tx, member_id, appointment_id, "déplacé", now)


def cancel(tx: Connection, member_id: str, appointment_id: str, now: datetime) -> Appointment:
    """Cancel an appointment, which frees its slot; cancelled twice is cancelled. NotFound, TooLate."""
    row = _row(tx, member_id, appointment_id)
    if row.status == AppointmentStatus.CANCELLED:
        return _appointment(row)
    row = _changeable(tx, member_id, appointment_id, now)
    _give_back(tx, row.slot_id)
    _change(tx, row, now, status=AppointmentStatus.CANCELLED)
    return _told(tx, member_id, appointment_id, "annulé", now)


def _take(tx: Connection, slot_id: str, appointment_id: str, now: datetime) -> Slot:
    slot = agenda.find(slot_id, now)
    if slot is None:
        raise SlotTaken
    try:
        tx.execute(insert(schema.taken_slot).values(slot_id=slot.id, appointment_id=appointment_id))
    except IntegrityError:
        raise SlotTaken from None
    return slot


def _give_back(tx: Connection, slot_id: str) -> None:
    tx.execute(delete(schema.taken_slot).where(schema.taken_slot.c.slot_id == slot_id))


def _changeable(tx: Connection, member_id: str, appointment_id: str, now: datetime) -> Row[Any]:
    row = _row(tx, member_id, appointment_id)
    if row.status != AppointmentStatus.BOOKED or now >= row.starts_at - CHANGEABLE_BEFORE:
        raise TooLate
    return row


def _change(tx: Connection, row: Row[Any], now: datetime, **values: object) -> None:
    table = schema.appointment
    tx.execute(update(table).where(table.c.id == row.id).values(sequence=row.sequence + 1, updated_at=now, **values))


def _told(tx: Connection, member_id: str, appointment_id: str, done: str, now: datetime) -> Appointment:
    changed = _appointment(_row(tx, member_id, appointment_id))
    mail.send(tx, member_id, contacts_of(tx, member_id), letters.appointment(changed.subject, changed.slot.starts_at, done), now)
    return changed


def _row(tx: Connection, member_id: str, appointment_id: str) -> Row[Any]:
    table = schema.appointment
    mine = (table.c.id == appointment_id) & (table.c.member_id == member_id)
    row = tx.execute(select(table).where(mine).with_for_update()).one_or_none()
    if row is None:
        raise NotFound
    return row


def _appointment(row: Row[Any]) -> Appointment:
    slot = agenda.read(row.slot_id)
    is_cancelled = row.status == AppointmentStatus.CANCELLED
    calendar = calendar_file(
        row.id, starts_at=slot.starts_at, ends_at=slot.ends_at, summary=f"Rendez-vous avec un conseiller : {row.subject}",
        place=_PLACES.get(slot.way) or f"Agence de {slot.agency}", sequence=row.sequence, is_cancelled=is_cancelled,
        written_at=row.updated_at)
    return Appointment(row.id, AppointmentStatus(row.status), row.subject, slot, slot.starts_at - CHANGEABLE_BEFORE, calendar)


def _is_same_town(slot: Slot, agency: str) -> bool:
    return slot.agency is not None and slot.agency.casefold() == agency.strip().casefold()
