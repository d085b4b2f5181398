"""Appointments with an advisor: free slots, bookings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Way(StrEnum):
    """How one meets."""

    AGENCY = "agency"
    PHONE = "phone"
    VIDEO = "video"


@dataclass(frozen=True)
class Slot:
    """A free half hour; *agency* is its town, for a meeting there."""

    id: str
    way: Way
    agency: str | None
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Slots:
    """The answer that lists free slots, soonest first."""

    slots: tuple[Slot, ...]


class AppointmentStatus(StrEnum):
    """Whether it still holds."""

    BOOKED = "booked"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Appointment:
    """
    An appointment; *calendar* is its iCalendar file (RFC 5545), which also moves or cancels it in the member's calendar.

    It can be moved or cancelled until *changeable_until*.
    """

    id: str
    status: AppointmentStatus
    subject: str
    slot: Slot
    changeable_until: datetime
    calendar: str


@dataclass(frozen=True)
class Appointments:
    """The answer that lists appointments, soonest first."""

    appointments: tuple[Appointment, ...]
