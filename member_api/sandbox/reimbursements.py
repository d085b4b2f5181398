"""Reading reimbursements, statements and the year they make. Operations on one connection (see kernel/database.py)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Row, Select, or_, select

from member_api import shape
from member_api.contract import (
    AppliedGuarantee,
    CareTotal,
    Limit,
    Reimbursement,
    ReimbursementFilter,
    Reimbursements,
    ReimbursementStatus,
    Statement,
    Statements,
    YearlyOverview,
)
from member_api.sandbox import premiums, schema
from member_api.sandbox.lateness import late_reason
from member_api.sandbox.matrix import Resource
from member_api.sandbox.paging import Paging, page
from member_api.sandbox.sight import Reader
from member_api.sandbox.world.catalogue import load_world, names_of

ZERO = Decimal("0.00")


def reimbursements(tx: Connection, reader: Reader, wanted: ReimbursementFilter, paging: Paging) -> Reimbursements:
    """Read a page of what *reader* sees, latest care first; nothing for a beneficiary he does not see."""
    return Reimbursements(*page(lines(tx, reader, wanted), paging))


def lines(tx: Connection, reader: Reader, wanted: ReimbursementFilter) -> list[Reimbursement]:
    """Read every line *wanted* that *reader* sees, latest care first."""
    table = schema.reimbursement
    query = (_joined().where(table.c.beneficiary_id.in_(_seen(reader, wanted.beneficiary_id)))
             .order_by(table.c.care_on.desc(), table.c.id))
    if wanted.since is not None:
        query = query.where(table.c.care_on >= wanted.since)
    if wanted.until is not None:
        query = query.where(table.c.care_on <= wanted.until)
    if wanted.care is not None:
        query = query.where(or_(table.c.care_kind.in_(names_of(wanted.care)), table.c.covered_as == wanted.care))
    found = (_reimbursement(row, reader.today) for row in tx.execute(query))
    return [line for line in found if wanted.status in (None, line.status)]


def statements(tx: Connection, reader: Reader, wanted: ReimbursementFilter, paging: Paging) -> Statements:
    """Read a page of the statements *reader* sees, latest first; *wanted* is of a beneficiary and of days of issue."""
    table = schema.statement
    query = (select(table).where(table.c.beneficiary_id.in_(_seen(reader, wanted.beneficiary_id)))
             .order_by(table.c.issued_on.desc(), table.c.id.desc()))
    if wanted.since is not None:
        query = query.where(table.c.issued_on >= wanted.since)
    if wanted.until is not None:
        query = query.where(table.c.issued_on <= wanted.until)
    found = [Statement(row.id, row.beneficiary_id, row.contract_id, row.issued_on, row.line_count, row.paid_by_us, row.paper_id)
             for row in tx.execute(query)]
    return Statements(*page(found, paging))


def overview(tx: Connection, reader: Reader, year: int, beneficiary_id: str | None) -> YearlyOverview:
    """Add up the care of a civil year, by benefit, largest cost first."""
    wanted = ReimbursementFilter(beneficiary_id, date(year, 1, 1), date(year, 12, 31))
    by_benefit: defaultdict[str, list[Reimbursement]] = defaultdict(list)
    for line in lines(tx, reader, wanted):
        by_benefit[line.covered_as].append(line)
    totals = sorted((_total(name, found) for name, found in by_benefit.items()), key=lambda total: (-total.billed, total.covered_as))
    paid = premiums.paid_in(tx, reader, year) if reader.may_read(Resource.PREMIUMS) else None
    return YearlyOverview(year, tuple(totals), paid)


def _seen(reader: Reader, beneficiary_id: str | None) -> list[str]:
    return [known for known in reader.sights if beneficiary_id in (None, known)]


def _joined() -> Select[Any]:
    """Read lines with what their lateness depends on: the beneficiary's link, the holder's bank details."""
    line, beneficiary, bank = schema.reimbursement, schema.beneficiary, schema.bank_account
    joined = line.join(beneficiary, beneficiary.c.id == line.c.beneficiary_id).outerjoin(bank, bank.c.member_id == line.c.member_id)
    return select(line, beneficiary.c.has_noemie_link, bank.c.number_ending).select_from(joined)


def _total(covered_as: str, found: Iterable[Reimbursement]) -> CareTotal:
    listed = list(found)
    sums = {name: sum((getattr(line, name) for line in listed), ZERO)
            for name in ("billed", "paid_by_public_scheme", "paid_by_us", "paid_by_other_insurer", "out_of_pocket")}
    return CareTotal(covered_as, load_world()["benefits"][covered_as]["label"], len(listed), **sums)


def _reimbursement(row: Row[Any], today: date) -> Reimbursement:
    status = _status(row)
    late = late_reason(status, row.care_on, row.received_on, today, has_noemie_link=row.has_noemie_link,
                       has_bank_details=row.number_ending is not None or row.is_direct_billing)
    return Reimbursement(
        id=row.id, beneficiary_id=row.beneficiary_id, care_on=row.care_on, practitioner=row.practitioner, care=row.care,
        billed=row.billed, reimbursement_base=row.reimbursement_base, paid_by_public_scheme=row.paid_by_public_scheme,
        flat_contribution=row.flat_contribution, pathway_surcharge=row.pathway_surcharge, paid_by_us=row.paid_by_us,
        out_of_pocket=row.out_of_pocket, is_direct_billing=row.is_direct_billing, status=status, received_on=row.received_on,
        processed_on=row.processed_on, paid_on=row.paid_on, care_kind=row.care_kind, covered_as=row.covered_as,
        units=row.units, rate=Decimal(row.rate), rate_in_pathway=Decimal(row.rate_in_pathway), guarantee=shape.read(AppliedGuarantee, row.guarantee),
        limited_by=Limit(row.limited_by) if row.limited_by else None, paid_by_other_insurer=row.paid_by_other_insurer,
        late_reason=late, statement_id=row.statement_id,
    )


def _status(row: Row[Any]) -> ReimbursementStatus:
    if row.received_on is None:
        return ReimbursementStatus.EXPECTED
    if row.is_refused:
        return ReimbursementStatus.REFUSED
    if row.paid_on:
        return ReimbursementStatus.PAID
    return ReimbursementStatus.PROCESSED if row.processed_on else ReimbursementStatus.RECEIVED
