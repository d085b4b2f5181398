"""Reading what contracts cover and cost, and their papers."""

from __future__ import annotations

from datetime import date

from member_api.client.calls import Calls, told
from member_api.contract import (
    Benefits,
    Caller,
    MemberCard,
    MemberCards,
    PaperKind,
    PaperList,
    PaymentSchedule,
    Premium,
    Premiums,
    PreventionItem,
    PreventionItems,
    WaitingPeriod,
    WaitingPeriods,
    parse,
)


class CoverageCalls(Calls):
    """Benefits, waiting periods, prevention, cards, premiums, papers."""

    async def benefits(self, caller: Caller, *, contract_id: str | None = None, care: str | None = None) -> Benefits:
        """Read the benefits of a health contract (the first by default), only those for *care* when given; NotFound."""
        return parse(Benefits, await self._get(caller, "/benefits", {"contract": contract_id, "care": care}))

    async def waiting_periods(self, caller: Caller) -> tuple[WaitingPeriod, ...]:
        """Read the waiting periods still running, first to end first."""
        return parse(WaitingPeriods, await self._get(caller, "/waiting-periods")).waiting_periods

    async def prevention(self, caller: Caller) -> tuple[PreventionItem, ...]:
        """Read what contracts in force include to stay well."""
        return parse(PreventionItems, await self._get(caller, "/prevention")).items

    async def member_cards(self, caller: Caller) -> tuple[MemberCard, ...]:
        """Read the tiers payant cards, latest first."""
        return parse(MemberCards, await self._get(caller, "/member-cards")).cards

    async def premiums(self, caller: Caller) -> tuple[Premium, ...]:
        """Read what each contract costs."""
        return parse(Premiums, await self._get(caller, "/premiums")).premiums

    async def payment_schedule(self, caller: Caller, *, since: date | None = None, until: date | None = None, limit: int = 50,
                               cursor: str | None = None) -> PaymentSchedule:
        """Read a page of payments due from *since* (the first of January by default) to *until*, earliest first."""
        query = {"since": told(since), "until": told(until), "limit": limit, "cursor": cursor}
        return parse(PaymentSchedule, await self._get(caller, "/payment-schedule", query))

    async def papers(self, caller: Caller, *, kind: PaperKind | None = None, year: int | None = None, limit: int = 20,
                        cursor: str | None = None) -> PaperList:
        """Read a page of papers, latest first: of a kind, made in a year."""
        query = {"kind": kind, "year": year, "limit": limit, "cursor": cursor}
        return parse(PaperList, await self._get(caller, "/papers", query))
