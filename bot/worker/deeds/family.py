"""Family events told to the insurer."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.worker.deeds import Deed, Request
from member_api.client import MemberApiClient
from member_api.contract import Caller, FamilyEvent, FamilyEventKind, NewBeneficiary


async def _tell(members: MemberApiClient, caller: Caller, request: Request, key: str) -> dict[str, Any]:
    person = request.get("joins")
    joins = NewBeneficiary(person["first_name"], person["last_name"], date.fromisoformat(person["birth_on"])) if person else None
    event = FamilyEvent(FamilyEventKind(request["kind"]), date.fromisoformat(request["happened_on"]), joins, request.get("leaves"))
    asked = await members.tell_family_event(caller, event, key=key)
    return {"request_id": asked.id, "status": asked.status.value, "needed": [one.label for one in asked.needed]}


DEEDS = {"add_child": Deed(_tell, "child"), "tell_family_event": Deed(_tell, "family")}
