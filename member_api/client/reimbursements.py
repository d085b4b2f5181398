"""Reading the lines of statements."""

from __future__ import annotations

from datetime import date

from member_api.client.calls import Calls
from member_api.contract import Caller, Reimbursement, Statements, parse


class ReimbursementCalls(Calls):
    """Reimbursements."""

    async def reimbursements(self, caller: Caller, *, beneficiary_id: str | None = None,
                             since: date | None = None) -> tuple[Reimbursement, ...]:
        """Read the lines of the statements, latest care first: of one beneficiary, for care since a day."""
        query = {"beneficiary": beneficiary_id, "since": since.isoformat() if since else None}
        return parse(Statements, await self._get(caller, "/statements", query)).lines
