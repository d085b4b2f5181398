"""Reading what contracts cover, and whom. Operations on one connection (see kernel/database.py)."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Row, func, select

from kernel.errors import NotFound
from member_api import shape
from member_api.contract import (
    AppliedGuarantee,
    Benefit,
    Benefits,
    CardStatus,
    ContractKind,
    CoveredPeople,
    CoveredPerson,
    MemberCard,
    MemberCards,
    PreventionItem,
    PreventionItems,
    Relationship,
    WaitingPeriod,
    WaitingPeriods,
    YearlyUse,
)
from member_api.sandbox import schema
from member_api.sandbox.sight import Reader
from member_api.sandbox.world import catalogue
from member_api.sandbox.world.lines import written

ZERO = Decimal("0.00")


def benefits(tx: Connection, reader: Reader, contract_id: str | None, care: str | None) -> Benefits:
    """
    Read the benefits of a health contract, the first one by default; only those for *care*, a kind of care or a benefit.

    NotFound when *reader* sees no such contract, or it is not of health.
    """
    row = _health_contract(tx, reader, contract_id)
    used, seen = _used(tx, reader), _covered(tx, reader, row.id)
    known = catalogue.benefits_of(row.plan).values()
    found = [_benefit(benefit, seen, used) for benefit in known]
    wanted = [benefit for benefit in found if care in (None, benefit.covered_as) or catalogue.names_of(care).intersection(benefit.care_kinds)]
    return Benefits(row.id, row.plan, date(reader.today.year + 1, 1, 1), tuple(wanted))


def waiting_periods(tx: Connection, reader: Reader) -> WaitingPeriods:
    """Read the waiting periods still running of the people *reader* sees, first to end first."""
    table = schema.waiting_period
    rows = tx.execute(select(table).where(table.c.beneficiary_id.in_(reader.sights), table.c.ends_on > reader.today)
                      .order_by(table.c.ends_on, table.c.id))
    labels = catalogue.load_world()["benefits"]
    return WaitingPeriods(tuple(
        WaitingPeriod(row.contract_id, row.beneficiary_id, row.covered_as, labels[row.covered_as]["label"], row.months, row.ends_on)
        for row in rows))


def prevention(tx: Connection, reader: Reader) -> PreventionItems:
    """Read what the contracts in force include to stay well."""
    return PreventionItems(tuple(
        PreventionItem(name, row.id, item["label"], item["conditions"], Decimal(item["yearly"]) if item["yearly"] else None)
        for row in _contracts(tx, reader) if row.until_on is None or row.until_on >= reader.today
        for name, item in catalogue.prevention_of(row.plan)))


def cards(tx: Connection, reader: Reader) -> MemberCards:
    """Read the tiers payant cards, latest first."""
    table = schema.member_card
    rows = tx.execute(select(table).where(table.c.contract_id.in_(reader.contract_ids))
                      .order_by(table.c.valid_from_on.desc(), table.c.id))
    return MemberCards(tuple(
        MemberCard(row.id, row.contract_id, _covered(tx, reader, row.contract_id), row.valid_from_on, row.valid_until_on,
                   _card_status(row, reader.today), row.paper_id) for row in rows))


def people(tx: Connection, reader: Reader) -> CoveredPeople:
    """Read the beneficiaries with their rights, oldest first: a holder knows everybody on his contract, others whom they see."""
    table = schema.beneficiary
    query = select(table).where(table.c.contract_id.in_(reader.contract_ids)).order_by(table.c.birth_on, table.c.id)
    if not _holds(tx, reader):
        query = query.where(table.c.id.in_(reader.sights))
    return CoveredPeople(tuple(
        CoveredPerson(row.id, row.first_name, row.last_name, row.birth_on, Relationship(row.relationship), row.contract_id,
                      row.since_on, row.until_on, row.has_noemie_link, row.account_id is not None,
                      reader.sights.get(row.id)) for row in tx.execute(query)))


def _holds(tx: Connection, reader: Reader) -> bool:
    table = schema.contract
    return tx.execute(select(table.c.id).where(table.c.member_id == reader.file_id)).first() is not None


def _contracts(tx: Connection, reader: Reader) -> list[Row[Any]]:
    table = schema.contract
    return list(tx.execute(select(table).where(table.c.id.in_(reader.contract_ids), table.c.kind == ContractKind.HEALTH)
                           .order_by(table.c.id)))


def _health_contract(tx: Connection, reader: Reader, contract_id: str | None) -> Row[Any]:
    for row in _contracts(tx, reader):
        if contract_id in (None, row.id):
            return row
    raise NotFound


def _covered(tx: Connection, reader: Reader, contract_id: str) -> tuple[str, ...]:
    table = schema.beneficiary
    rows = tx.execute(select(table.c.id).where(table.c.contract_id == contract_id, table.c.id.in_(reader.sights))
                      .order_by(table.c.birth_on, table.c.id))
    return tuple(row.id for row in rows)


def _used(tx: Connection, reader: Reader) -> defaultdict[tuple[str, str], Decimal]:
    """Add up what each person seen has received of each benefit since the first of January."""
    table = schema.reimbursement
    total = func.sum(table.c.paid_by_us, type_=schema.Euros).label("total")
    rows = tx.execute(select(table.c.beneficiary_id, table.c.covered_as, total).where(
        table.c.beneficiary_id.in_(reader.sights), table.c.care_on >= date(reader.today.year, 1, 1),
    ).group_by(table.c.beneficiary_id, table.c.covered_as))
    return defaultdict(lambda: ZERO, {(row.beneficiary_id, row.covered_as): row.total for row in rows})


def _benefit(benefit: catalogue.Benefit, seen: tuple[str, ...], used: defaultdict[tuple[str, str], Decimal]) -> Benefit:
    limit = benefit.yearly
    uses = () if limit is None else tuple(
        YearlyUse(one, used[one, benefit.covered_as], max(limit - used[one, benefit.covered_as], ZERO)) for one in seen)
    return Benefit(benefit.covered_as, benefit.label, benefit.printed, shape.read(AppliedGuarantee, written(benefit.guarantee)),
                   catalogue.kinds_covered_as(benefit.covered_as), benefit.conditions, limit, uses)


def _card_status(row: Row[Any], today: date) -> CardStatus:
    if row.cancelled_on is not None and row.cancelled_on <= today:
        return CardStatus.CANCELLED
    if today > row.valid_until_on:
        return CardStatus.EXPIRED
    return CardStatus.VALID if row.valid_from_on <= today else CardStatus.COMING
