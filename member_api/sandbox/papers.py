"""Reading the list of papers. Operations on one connection (see kernel/database.py)."""

from __future__ import annotations

from sqlalchemy import Connection, and_, or_, select

from member_api.contract import Paper, PaperKind, PaperList
from member_api.sandbox import schema
from member_api.sandbox.matrix import Resource
from member_api.sandbox.paging import Paging, page
from member_api.sandbox.sight import Reader

PDF = "application/pdf"
_OF_CONTRACTS = (PaperKind.MEMBER_CARD, PaperKind.CONTRACT_TERMS)


def papers(tx: Connection, reader: Reader, kind: PaperKind | None, year: int | None, paging: Paging) -> PaperList:
    """Read a page of the papers *reader* sees, latest first: those of people he sees, and of contracts he sees."""
    table = schema.paper
    kinds = [*_OF_CONTRACTS, *([PaperKind.PAYMENT_SCHEDULE] if reader.may_read(Resource.PREMIUMS) else [])]
    of_contract = and_(table.c.beneficiary_id.is_(None), table.c.contract_id.in_(reader.contract_ids), table.c.kind.in_(kinds))
    query = (select(table).where(or_(table.c.beneficiary_id.in_(reader.sights), of_contract))
             .order_by(table.c.made_on.desc(), table.c.id))
    if kind is not None:
        query = query.where(table.c.kind == kind)
    found = [Paper(row.id, PaperKind(row.kind), row.title, row.made_on, PDF, row.contract_id, row.beneficiary_id)
             for row in tx.execute(query)]
    return PaperList(*page([one for one in found if year in (None, one.made_on.year)], paging))
