"""Reading reimbursements, statements and the year they make."""

from __future__ import annotations

from datetime import date

from member_api.client.calls import Calls, Query, told
from member_api.client.paging import LARGEST_PAGE, every
from member_api.contract import (
    Caller,
    Reimbursement,
    ReimbursementFilter,
    Reimbursements,
    ReimbursementStatus,
    Statements,
    YearlyOverview,
    parse,
)


class ReimbursementCalls(Calls):
    """Reimbursements and statements."""

    async def reimbursements(self, caller: Caller, *, beneficiary_id: str | None = None, since: date | None = None,
                             until: date | None = None, care: str | None = None,
                             status: ReimbursementStatus | None = None) -> tuple[Reimbursement, ...]:
        """
        Read every line asked for, latest care first, page after page.

        Of one beneficiary, for care from *since* to *until*, of a kind of *care* or a benefit, of a *status*.
        """
        wanted = ReimbursementFilter(beneficiary_id, since, until, care, status)

        async def following(cursor: str | None) -> tuple[tuple[Reimbursement, ...], str | None]:
            page = await self.reimbursement_page(caller, wanted, limit=LARGEST_PAGE, cursor=cursor)
            return page.lines, page.next_cursor
        return await every(following)

    async def reimbursement_page(self, caller: Caller, wanted: ReimbursementFilter, *, limit: int = 20,
                                 cursor: str | None = None) -> Reimbursements:
        """Read a page of the lines *wanted*, latest care first."""
        query = {**_query(wanted), "limit": limit, "cursor": cursor}
        return parse(Reimbursements, await self._get(caller, "/reimbursements", query))

    async def statements(self, caller: Caller, *, beneficiary_id: str | None = None, since: date | None = None,
                         until: date | None = None, limit: int = 20, cursor: str | None = None) -> Statements:
        """Read a page of statements issued from *since* to *until*, latest first."""
        query = {**_query(ReimbursementFilter(beneficiary_id, since, until)), "limit": limit, "cursor": cursor}
        return parse(Statements, await self._get(caller, "/statements", query))

    async def overview(self, caller: Caller, *, year: int | None = None, beneficiary_id: str | None = None) -> YearlyOverview:
        """Read what a civil year of care cost and who paid, this year's by default."""
        query: Query = {"year": year, "beneficiary": beneficiary_id}
        return parse(YearlyOverview, await self._get(caller, "/overview", query))


def _query(wanted: ReimbursementFilter) -> dict[str, str | int | None]:
    return {"beneficiary": wanted.beneficiary_id, "since": told(wanted.since), "until": told(wanted.until), "care": wanted.care,
            "status": wanted.status}
