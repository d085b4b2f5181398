"""
Changing a plan, ending a contract. Operations on one connection (see kernel/database.py).

After a year a health, home or car contract can be ended at any time, free, one month after it was asked for
(C. ass. L.113-15-2; docs/domain/regulation.md R14). Nobody is asked why.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal

from sqlalchemy import Connection, select, update

from kernel.calendar import PARIS, add_months
from kernel.errors import Conflict, NotFound
from member_api import shape
from member_api.contract import Contract, ContractKind, PlanWish, ReimbursementFilter, Request, RequestKind, Terminations, TerminationTerms
from member_api.sandbox import letters, mail, members, reimbursements, schema
from member_api.sandbox.asking import Ask, check_not_asked, record
from member_api.sandbox.contacts import contacts_to_tell
from member_api.sandbox.sight import own_reader

_ANY_TIME = frozenset({ContractKind.HEALTH, ContractKind.HOME, ContractKind.CAR})
_FIGURES = ("billed", "paid_by_public_scheme", "paid_by_us", "out_of_pocket")


class TooEarly(Conflict):
    """The contract's first year is not over."""

    code = "too_early"


def terms(tx: Connection, member_id: str, today: date) -> Terminations:
    """Say how each contract in force can be ended, if it was asked for *today*."""
    known = members.member(tx, own_reader(tx, member_id, today)).contracts
    return Terminations(tuple(_terms(one, today) for one in known if one.until_on is None or one.until_on >= today))


def terminate(tx: Connection, member_id: str, contract_id: str, now: datetime) -> Request:
    """End a contract one month from now; NotFound, TooEarly, AlreadyAsked."""
    today = now.astimezone(PARIS).date()
    term = next((one for one in terms(tx, member_id, today).terms if one.contract_id == contract_id), None)
    if term is None:
        raise NotFound("no such contract")
    check_not_asked(tx, member_id, RequestKind.TERMINATION, "contract_id", contract_id)
    if term.ends_on is None:
        raise TooEarly
    tx.execute(update(schema.contract).where(schema.contract.c.id == contract_id).values(until_on=term.ends_on))
    mail.send(tx, member_id, contacts_to_tell(tx, member_id, now), letters.terminated(term.ends_on), now)
    effective_at = datetime.combine(term.ends_on, time(), PARIS).astimezone(UTC)
    asked = Ask(RequestKind.TERMINATION, "Résiliation de contrat", effective_at=effective_at,
                details={"contract_id": contract_id})
    return record(tx, member_id, asked, now)


def undo_termination(tx: Connection, contract_id: str) -> None:
    """Let the contract go on."""
    tx.execute(update(schema.contract).where(schema.contract.c.id == contract_id).values(until_on=None))


def ask_plan_change(tx: Connection, member_id: str, contract_id: str, wish: PlanWish, now: datetime) -> Request:
    """Pass the wish to an advisor with the member's figures of the year: no advice here. NotFound, AlreadyAsked."""
    table = schema.contract
    mine = select(table.c.id).where(table.c.id == contract_id, table.c.member_id == member_id)
    if tx.execute(mine).one_or_none() is None:
        raise NotFound("no such contract")
    check_not_asked(tx, member_id, RequestKind.PLAN_CHANGE, "contract_id", contract_id)
    today = now.astimezone(PARIS).date()
    this_year = ReimbursementFilter(since=today.replace(month=1, day=1))
    lines = reimbursements.lines(tx, own_reader(tx, member_id, today), this_year)
    figures = {name: shape.write(sum((getattr(line, name) for line in lines), start=Decimal(0))) for name in _FIGURES}
    asked = Ask(RequestKind.PLAN_CHANGE, "Changement de formule : à voir avec un conseiller",
                details={"contract_id": contract_id, "wish": wish, "figures": figures})
    return record(tx, member_id, asked, now)


def _terms(contract: Contract, today: date) -> TerminationTerms:
    if contract.kind not in _ANY_TIME:
        return TerminationTerms(contract.id, None, None)
    from_on = add_months(contract.since_on, 12)
    return TerminationTerms(contract.id, from_on, add_months(today, 1) if from_on <= today else None)
