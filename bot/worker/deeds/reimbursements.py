"""Reimbursements: a late one followed up, statements made at once."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.phrasing.acronyms import fold
from bot.worker.deeds import Deed, Request
from kernel.errors import NotFound
from member_api.client import MemberApiClient
from member_api.contract import Caller, DocumentKind, DocumentOrder


async def _follow_up(members: MemberApiClient, caller: Caller, request: Request, key: str) -> dict[str, Any]:
    asked = await members.follow_up(caller, request["reimbursement_id"], key=key)
    return {"request_id": asked.id, "due_on": asked.due_on.isoformat() if asked.due_on else None}


async def _statement(members: MemberApiClient, caller: Caller, request: Request, key: str) -> dict[str, Any]:
    people = await _people(members, caller, request)
    if request.get("year"):
        order = DocumentOrder(DocumentKind.YEARLY_STATEMENT, people, year=int(request["year"]))
    else:
        order = DocumentOrder(DocumentKind.STATEMENT, people, since=_day(request.get("since")), until=_day(request.get("until")))
    document = await members.make_document(caller, order, key=key)
    return {"document": {"title": document.title, "url": document.url, "size": document.size}}


async def _people(members: MemberApiClient, caller: Caller, request: Request) -> tuple[str, ...]:
    """Give whose lines are printed: nobody's id for everybody; NotFound for a first name that is not on the contract."""
    if request.get("beneficiary_id"):
        return (str(request["beneficiary_id"]),)
    if not request.get("first_name"):
        return ()
    wanted = fold(str(request["first_name"]))
    found = tuple(one.id for one in await members.beneficiaries(caller) if fold(one.first_name) == wanted)
    if not found:
        raise NotFound("no such first name")
    return found


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


DEEDS = {"follow_up": Deed(_follow_up, "follow_up"), "make_statement": Deed(_statement, "statement")}
