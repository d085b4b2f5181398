"""Reading the audit trail kept by the journal."""

from __future__ import annotations

from sqlalchemy import select

from handoff.adapters import schema as desk
from handoff.service.ports import AuditLine
from journal.schema import audit
from kernel.database import Database


class SqlAuditTrail:
    """See ports.AuditTrail."""

    def __init__(self, database: Database) -> None:
        """*database* holds the journal and the advisors."""
        self._database = database

    async def latest(self, limit: int) -> list[AuditLine]:
        """See AuditTrail."""
        query = (
            select(audit, desk.advisor.c.name)
            .join(desk.advisor, desk.advisor.c.id == audit.c.who, isouter=True)
            .order_by(audit.c.id.desc())
            .limit(limit)
        )
        rows = await self._database.read(lambda tx: tx.execute(query).all())
        return [AuditLine(row.at, row.name or row.who, row.what, row.conversation_id, row.member_id) for row in rows]
