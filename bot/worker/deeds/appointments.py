"""Appointments booked, moved, cancelled."""

from __future__ import annotations

from typing import Any

from bot.phrasing.appointments import place, when
from bot.worker.deeds import Deed, Request
from member_api.client import MemberApiClient
from member_api.contract import Caller


async def _appointment(members: MemberApiClient, caller: Caller, request: Request, key: str) -> dict[str, Any]:
    match request["do"]:
        case "move":
            booked = await members.move(caller, request["appointment_id"], request["slot_id"], key=key)
        case "cancel":
            booked = await members.cancel_appointment(caller, request["appointment_id"], key=key)
        case _:
            booked = await members.book(caller, request["slot_id"], request["subject"], key=key)
    return {"appointment_id": booked.id, "status": booked.status.value, "when": when(booked.slot), "place": place(booked.slot),
            "subject": booked.subject, "starts_at": booked.slot.starts_at.isoformat(), "ends_at": booked.slot.ends_at.isoformat()}


DEEDS = {"appointment": Deed(_appointment, "appointment")}
