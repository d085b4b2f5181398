"""Personal data asked for, a request taken back, an account protected or opened again."""

from __future__ import annotations

from typing import Any

from bot.worker.deeds import Deed, Request
from kernel.french import day
from member_api import contract
from member_api.client import MemberApiClient
from member_api.contract import Caller, Danger, DataRight


def _kept(asked: contract.Request) -> dict[str, Any]:
    return {"request_id": asked.id, "status": asked.status.value, "subject": asked.subject, "due": day(asked.due_on) if asked.due_on else None}


async def _ask_data(members: MemberApiClient, caller: Caller, request: Request, key: str) -> dict[str, Any]:
    return _kept(await members.ask_data(caller, DataRight(request["right"]), key=key))


async def _cancel(members: MemberApiClient, caller: Caller, request: Request, key: str) -> dict[str, Any]:
    return _kept(await members.cancel_request(caller, request["request_id"], key=key))


async def _protect(members: MemberApiClient, caller: Caller, request: Request, key: str) -> dict[str, Any]:
    return _kept(await members.protect(caller, Danger(request["danger"]), key=key))


async def _unlock(members: MemberApiClient, caller: Caller, _: Request, key: str) -> dict[str, Any]:
    return _kept(await members.ask_unlock(caller, key=key))


DEEDS = {
    "ask_data": Deed(_ask_data, "data_right"), "cancel_request": Deed(_cancel, "cancel_request"),
    "protect_account": Deed(_protect, "protect"), "ask_unlock": Deed(_unlock, "unlock"),
}
