"""Appointments with an advisor."""

from __future__ import annotations

from datetime import date

from member_api.client.calls import Calls, known_id
from member_api.contract import Appointment, Appointments, Caller, Slot, Slots, Way, parse


class AppointmentCalls(Calls):
    """Free slots, and what is booked. Conflict ``slot_taken`` when another was quicker, ``too_late`` to change."""

    async def slots(self, caller: Caller, *, way: Way | None = None, agency: str | None = None,
                    since: date | None = None) -> tuple[Slot, ...]:
        """Read free slots, soonest first: of one way, in one agency (its town), from a day on."""
        query = {"way": way, "agency": agency, "since": since.isoformat() if since else None}
        return parse(Slots, await self._get(caller, "/slots", query)).slots

    async def appointments(self, caller: Caller) -> tuple[Appointment, ...]:
        """Read what is booked from now on, soonest first."""
        return parse(Appointments, await self._get(caller, "/appointments")).appointments

    async def book(self, caller: Caller, slot_id: str, subject: str, *, key: str) -> Appointment:
        """Book a slot, once for *key*."""
        return parse(Appointment, await self._post(caller, "/appointments", {"slot_id": slot_id, "subject": subject}, key))

    async def move(self, caller: Caller, appointment_id: str, slot_id: str, *, key: str) -> Appointment:
        """Move an appointment, once for *key*; the first slot is kept when the other is taken."""
        path = f"/appointments/{known_id(appointment_id)}/move"
        return parse(Appointment, await self._post(caller, path, {"slot_id": slot_id}, key))

    async def cancel_appointment(self, caller: Caller, appointment_id: str, *, key: str) -> Appointment:
        """Cancel an appointment, once for *key*."""
        path = f"/appointments/{known_id(appointment_id)}/cancellation"
        return parse(Appointment, await self._post(caller, path, {}, key))
