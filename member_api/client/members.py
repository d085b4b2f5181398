"""Reading the member's file."""

from __future__ import annotations

from member_api.client.calls import Calls
from member_api.contract import Caller, Member, parse


class MemberCalls(Calls):
    """Who the member is, his contracts, the people they cover."""

    async def member(self, caller: Caller) -> Member:
        """Read the member's file."""
        return parse(Member, await self._get(caller, ""))
