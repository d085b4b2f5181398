"""Changes of contacts and bank details, by the deposit of a secure field: the values themselves never come here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.worker.deeds import Deed, Request
from kernel.french import day
from kernel.organisation import organisation
from member_api.client import MemberApiClient
from member_api.contract import Caller


async def _contact(members: MemberApiClient, caller: Caller, request: Request, key: str) -> dict[str, Any]:
    made = await members.change_contact(caller, request["deposit"], key=key)
    return {"request_id": made.id, "shown": made.masked or request["shown"]}


async def _bank(members: MemberApiClient, caller: Caller, request: Request, key: str) -> dict[str, Any]:
    made = await members.change_bank_details(caller, request["deposit"], key=key)
    return {"request_id": made.id, "ending": made.masked, "effective_at": made.effective_at.isoformat() if made.effective_at else None}


def _contact_told(request: Request, data: Mapping[str, Any]) -> dict[str, Any]:
    return {"what": request.get("field"), "shown": data.get("shown"), "code": data.get("code")}


def _bank_told(_: Request, data: Mapping[str, Any]) -> dict[str, Any]:
    from_on = datetime.fromisoformat(data["effective_at"]).astimezone(organisation().timezone).date() if data.get("effective_at") else None
    return {"ending": data.get("ending"), "from_on": day(from_on) if from_on else None, "code": data.get("code")}


DEEDS = {
    "change_contact": Deed(_contact, "contact", level=2, told=_contact_told),
    "change_bank_details": Deed(_bank, "bank", level=2, told=_bank_told),
}
