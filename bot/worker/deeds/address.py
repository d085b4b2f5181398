"""Address change."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.worker.deeds import Deed, Request
from kernel.french import day
from member_api.client import MemberApiClient
from member_api.contract import Address, AddressChange, Caller


async def _change(members: MemberApiClient, caller: Caller, request: Request, key: str) -> dict[str, Any]:
    address = Address(line1=request["line1"], line2=request.get("line2"), postal_code=request["postal_code"], town=request["town"])
    answer = await members.change_address(caller, AddressChange(address, date.fromisoformat(request["from_on"])), key=key)
    return {"request_id": answer.id, "status": answer.status.value, "from_on": request["from_on"]}


def _told(request: Request, _: Mapping[str, Any]) -> dict[str, Any]:
    street = ", ".join(line for line in (request.get("line2"), request.get("line1")) if line)
    from_on = day(date.fromisoformat(request["from_on"])) if request.get("from_on") else None
    return {"street": street, "postal_code": request.get("postal_code"), "town": request.get("town"), "from_on": from_on}


DEEDS = {"change_address": Deed(_change, "address", told=_told)}
