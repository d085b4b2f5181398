"""Appointments and free slots, as words. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from kernel.calendar import PARIS
from kernel.french import clock_time, day, moment
from member_api.contract import Appointment, Slot, Way

PER_DAY, MOST = 2, 6
WAYS = {Way.PHONE: "par téléphone", Way.VIDEO: "en visioconférence"}


def place(slot: Slot) -> str:
    """Say how one meets: « par téléphone », « à l'agence de Poitiers »."""
    return WAYS.get(slot.way) or f"à l'agence de {slot.agency}"


def when(slot: Slot) -> str:
    """Say the moment of *slot*."""
    return moment(slot.starts_at, PARIS)


def short_when(slot: Slot) -> str:
    """Say the moment of *slot* on a button: without its year."""
    told = day(local_day(slot)).rsplit(" ", 1)[0]
    return f"{told} à {clock_time(slot.starts_at, PARIS)}"


def local_day(slot: Slot) -> date:
    """Give the day of *slot* in France."""
    return slot.starts_at.astimezone(PARIS).date()


def chosen_slots(slots: Sequence[Slot]) -> list[Slot]:
    """Choose a few slots to offer, soonest first: two a day, the first and the last, so that there is a real choice."""
    days: dict[date, list[Slot]] = {}
    for slot in sorted(slots, key=lambda one: one.starts_at):
        days.setdefault(local_day(slot), []).append(slot)
    return [slot for one in days.values() for slot in (one[:1] + one[1:][-1:])[:PER_DAY]][:MOST]


def appointment_rows(appointment: Appointment, now: datetime) -> list[tuple[str, str]]:
    """Give an appointment, line by line."""
    slot = appointment.slot
    until = appointment.changeable_until
    change = f"jusqu'au {moment(until, PARIS)}" if now < until else "ce n'est plus possible ici"
    return [("Date", when(slot)), ("Où", place(slot)), ("Sujet", appointment.subject), ("Le déplacer ou l'annuler", change)]
