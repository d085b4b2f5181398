"""
Every act of one shape: a POST under the member's file, whose body is read, that runs one operation, once for its key.

An act is a row of `ACTS`; nothing else has to be written to add one but its form and its operation.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from aiohttp import web
from sqlalchemy import Connection

from member_api import shape
from member_api.contract import Caller
from member_api.sandbox import (
    accounts,
    act_forms,
    appointments,
    cancelling,
    care_requests,
    changes,
    contracts,
    family,
    fields,
    rights,
)
from member_api.sandbox.access import Action
from member_api.sandbox.web.member_api.calls import MemberApiCalls, body_of, caller_of

_MEMBER = "/members/{member_id}"


@dataclass(frozen=True)
class Given:
    """What an operation gets: who calls, the body as read, the ids of the address, the moment."""

    caller: Caller
    value: Any
    ids: Mapping[str, str]
    now: datetime


@dataclass(frozen=True)
class Act:
    """One act: its address under the member's file, the proof it needs, how its body is read, what it does."""

    path: str
    action: Action
    read: Callable[[Mapping[str, Any], date], Any]
    do: Callable[[Connection, str, Given], object]


ACTS = (
    Act("/fields", Action.DEPOSIT, act_forms.field_value, lambda tx, who, given: fields.deposit(tx, who, given.value, given.now)),
    Act("/contact-changes", Action.CHANGE_CONTACT, act_forms.deposit_id,
        lambda tx, who, given: changes.change_contact(tx, who, given.value, given.now)),
    Act("/bank-changes", Action.CHANGE_BANK, act_forms.deposit_id,
        lambda tx, who, given: changes.change_bank_details(tx, who, given.value, given.now)),
    Act("/requests/{request_id}/cancellation", Action.CANCEL, act_forms.nothing,
        lambda tx, who, given: cancelling.cancel(tx, who, given.ids["request_id"], given.now)),
    Act("/family-events", Action.ASK, act_forms.family_event,
        lambda tx, who, given: family.tell(tx, who, given.value, given.now)),
    Act("/care-sheets", Action.ASK, act_forms.care_sheet,
        lambda tx, who, given: care_requests.send_care_sheet(tx, who, given.value, given.now)),
    Act("/quotes", Action.ASK, act_forms.quote,
        lambda tx, who, given: care_requests.ask_about_quote(tx, who, given.value, given.now)),
    Act("/member-cards", Action.ASK, act_forms.card_reason,
        lambda tx, who, given: care_requests.reissue_card(tx, who, given.value, given.now)),
    Act("/reimbursements/{reimbursement_id}/follow-ups", Action.ASK, act_forms.nothing,
        lambda tx, who, given: care_requests.follow_up(tx, who, given.ids["reimbursement_id"], given.now)),
    Act("/plan-changes", Action.ASK, act_forms.plan_wish,
        lambda tx, who, given: contracts.ask_plan_change(tx, who, given.value[0], given.value[1], given.now)),
    Act("/terminations", Action.END_CONTRACT, act_forms.contract_id,
        lambda tx, who, given: contracts.terminate(tx, who, given.value, given.now)),
    Act("/complaints", Action.MIRROR_COMPLAINT, act_forms.complaint,
        lambda tx, who, given: rights.mirror_complaint(tx, who, given.value, given.now)),
    Act("/data-requests", Action.ASK, act_forms.data_right,
        lambda tx, who, given: rights.ask_data(tx, who, given.value, given.now)),
    Act("/protection", Action.PROTECT, act_forms.danger,
        lambda tx, who, given: accounts.protect(tx, who, given.value, given.now)),
    Act("/unlocks", Action.ASK, act_forms.nothing,
        lambda tx, who, given: accounts.ask_unlock(tx, who, given.caller.level, given.now)),
    Act("/appointments", Action.ASK, act_forms.booking,
        lambda tx, who, given: appointments.book(tx, who, given.value[0], given.value[1], given.now)),
    Act("/appointments/{appointment_id}/move", Action.ASK, act_forms.slot_id,
        lambda tx, who, given: appointments.move(tx, who, given.ids["appointment_id"], given.value, given.now)),
    Act("/appointments/{appointment_id}/cancellation", Action.CANCEL, act_forms.nothing,
        lambda tx, who, given: appointments.cancel(tx, who, given.ids["appointment_id"], given.now)),
)


class ActRoutes(MemberApiCalls):
    """Handlers of `ACTS`."""

    def routes(self) -> list[web.RouteDef]:
        """List the routes, without the version."""
        return [web.post(_MEMBER + act.path, self._handler(act)) for act in ACTS]

    def _handler(self, act: Act) -> Callable[[web.Request], Awaitable[web.Response]]:
        async def handle(request: web.Request) -> web.Response:
            member_id, body = self._allowed(request, act.action), await body_of(request)
            value, caller = act.read(body, self._today), caller_of(request)
            return await self._once(request, member_id, shape.write(body), lambda tx, now: act.do(
                tx, member_id, Given(caller, value, request.match_info, now)))
        return handle
