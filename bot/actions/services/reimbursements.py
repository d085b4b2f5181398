"""Following up a late reimbursement."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.actions.ports import Ports
from bot.actions.services import Given, Heard, Option, Question, Service
from bot.actions.services.reading import choice_of
from bot.phrasing.phrasebook import Button
from bot.phrasing.reimbursements import late, short_title, title_of
from member_api.contract import LateReason, Reimbursement, RequestKind, RequestStatus

OPENS = "follow_up:"
"""Starts the option of a button that names the line to follow up."""
_OVER = frozenset({RequestStatus.DONE, RequestStatus.REFUSED, RequestStatus.CANCELLED})


def follow_button(line_id: str) -> Button:
    """Give the quick answer that opens the service on a line."""
    return Button("Relancer", payload="/remb_retard" + json.dumps({"option": OPENS + line_id}))


async def followed_ids(ports: Ports) -> set[str]:
    """Give the lines whose follow-up is being dealt with."""
    if ports.file is None:
        return set()
    asked = await ports.file.read("requests", lambda members, caller: members.requests(caller))
    return {one.reimbursement_id for one in asked
            if one.kind is RequestKind.FOLLOW_UP and one.status not in _OVER and one.reimbursement_id is not None}


async def _late_lines(ports: Ports) -> list[Reimbursement]:
    if ports.file is None:
        return []
    return late(await ports.file.read("reimbursements", lambda members, caller: members.reimbursements(caller)))


async def _to_follow(ports: Ports) -> list[Reimbursement]:
    """Give the late lines that a follow-up would help: not followed yet, and not waiting for the member's own bank details."""
    lines = [line for line in await _late_lines(ports) if line.late_reason is not LateReason.BANK_DETAILS_MISSING]
    followed = await followed_ids(ports) if lines else set()
    return [line for line in lines if line.id not in followed]


async def may_follow(ports: Ports) -> str | None:
    """Say why nothing can be followed up: nothing late, bank details missing, all asked already."""
    if await _to_follow(ports):
        return None
    lines = await _late_lines(ports)
    if not lines:
        return "follow_up_nothing_late"
    is_ours = any(line.late_reason is not LateReason.BANK_DETAILS_MISSING for line in lines)
    return "follow_up_asked_before" if is_ours else "follow_up_bank_details"


async def offer_lines(ports: Ports, _: Given) -> Sequence[Option]:
    """Offer the late lines."""
    return [Option(line.id, short_title(line)) for line in await _to_follow(ports)]


async def prefill(ports: Ports) -> dict[str, Any]:
    """Take the only late line as known."""
    lines = await _to_follow(ports)
    return {"line": _value(lines[0])} if len(lines) == 1 else {}


def read_line(heard: Heard) -> dict[str, str] | None:
    """Read which line, among those offered."""
    found = choice_of(heard, {one.id: (one.label, None) for one in heard.options}) if heard.is_asked else None
    return next(({"id": one.id, "title": one.label} for one in heard.options if one.id == found), None)


def _value(line: Reimbursement) -> dict[str, str]:
    return {"id": line.id, "title": title_of(line)}


def follow_up_of(line_id: str) -> Service:
    """Give the service, opened on the line that a button named; if it is no longer late, the line is asked."""
    async def this_one(ports: Ports) -> dict[str, Any]:
        return next(({"line": _value(line)} for line in await _to_follow(ports) if line.id == line_id), {})
    return replace(FOLLOW_UP, prefill=this_one)


FOLLOW_UP = Service(
    id="follow_up", topic="remb_retard", act="follow_up", title="Relance d'un remboursement",
    questions=(Question("line", "Soin", read_line, show=lambda value: str(value["title"]), offer=offer_lines),),
    may_start=may_follow, prefill=prefill,
    request=lambda given: {"reimbursement_id": given["line"]["id"], "title": given["line"]["title"]},
)
SERVICES = [FOLLOW_UP]
