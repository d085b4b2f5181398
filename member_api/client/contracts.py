"""Changing a plan, ending a contract."""

from __future__ import annotations

from member_api.client.calls import Calls
from member_api.contract import Caller, PlanWish, Request, Terminations, TerminationTerms, parse


class ContractCalls(Calls):
    """Contracts. NotFound for a contract that is not the member's."""

    async def ask_plan_change(self, caller: Caller, contract_id: str, wish: PlanWish, *, key: str) -> Request:
        """Ask an advisor about another plan, once for *key*; the member's figures of the year go with it."""
        return parse(Request, await self._post(caller, "/plan-changes", {"contract_id": contract_id, "wish": wish}, key))

    async def termination_terms(self, caller: Caller) -> tuple[TerminationTerms, ...]:
        """Read how each contract in force can be ended, and when it would end if asked for today."""
        return parse(Terminations, await self._get(caller, "/terminations")).terms

    async def terminate(self, caller: Caller, contract_id: str, *, key: str) -> Request:
        """End a contract, once for *key*, at level 2; Conflict ``too_early`` or ``already_asked``."""
        return parse(Request, await self._post(caller, "/terminations", {"contract_id": contract_id}, key))
