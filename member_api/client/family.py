"""Family events."""

from __future__ import annotations

from member_api import shape
from member_api.client.calls import Calls
from member_api.contract import Caller, FamilyEvent, FamilyNeeds, Needs, Request, parse


class FamilyCalls(Calls):
    """Who joins or leaves the contract."""

    async def family_needs(self, caller: Caller) -> tuple[Needs, ...]:
        """Read the documents that each kind of event needs."""
        return parse(FamilyNeeds, await self._get(caller, "/family-events/needs")).needs

    async def tell_family_event(self, caller: Caller, event: FamilyEvent, *, key: str) -> Request:
        """Record an event, once for *key*; its ``needed`` documents then go by `send_proof`. NotFound for who leaves."""
        return parse(Request, await self._post(caller, "/family-events", shape.write(event), key))
