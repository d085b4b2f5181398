"""Reading the member's file, and the people around it."""

from __future__ import annotations

from member_api.client.calls import Calls
from member_api.contract import (
    AccessState,
    Caller,
    CoveredPeople,
    CoveredPerson,
    Member,
    Representation,
    Representations,
    parse,
)


class MemberCalls(Calls):
    """Who the member is, his contracts, the people they cover, those he represents."""

    async def member(self, caller: Caller) -> Member:
        """Read the member's file."""
        return parse(Member, await self._get(caller, ""))

    async def beneficiaries(self, caller: Caller) -> tuple[CoveredPerson, ...]:
        """Read who is covered, oldest first, with whose lines the caller may read."""
        return parse(CoveredPeople, await self._get(caller, "/beneficiaries")).beneficiaries

    async def representations(self, caller: Caller) -> tuple[Representation, ...]:
        """Read whose files the member may open for them (``Caller.file_id``)."""
        return parse(Representations, await self._get(caller, "/representations")).representations

    async def access_state(self, caller: Caller) -> AccessState:
        """Read the state of the member's access to his space; for advisors only."""
        return parse(AccessState, await self._get(caller, "/access-state"))
