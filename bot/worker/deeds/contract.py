"""The card, another plan, a quote, and the search in the partner directory."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.phrasing.places import LANGUAGES, practitioner_row
from bot.worker.deeds import Deed, Request
from kernel.errors import NotFound
from kernel.french import day
from member_api.client import MemberApiClient
from member_api.contract import (
    Around,
    Caller,
    CardReason,
    DocumentKind,
    DocumentOrder,
    PlanWish,
    PractitionerFilter,
    PractitionerKind,
    QuoteKind,
    QuoteRequest,
)
from member_api.contract import Request as Asked

NEAREST = 3
WITHIN_KM = 50


async def _card(members: MemberApiClient, caller: Caller, request: Request, key: str) -> dict[str, Any]:
    if request["way"] == "post":
        return _asked(await members.reissue_card(caller, CardReason(request["reason"]), key=key))
    document = await members.make_document(caller, DocumentOrder(DocumentKind.MEMBER_CARD), key=key)
    return {"document": {"title": document.title, "url": document.url, "size": document.size}}


async def _plan(members: MemberApiClient, caller: Caller, request: Request, key: str) -> dict[str, Any]:
    return _asked(await members.ask_plan_change(caller, request["contract_id"], PlanWish(request["wish"]), key=key))


async def _quote(members: MemberApiClient, caller: Caller, request: Request, key: str) -> dict[str, Any]:
    quote = QuoteRequest(QuoteKind(request["kind"]), request["beneficiary_id"], request["care"])
    return _asked(await members.ask_about_quote(caller, quote, key=key))


def _asked(request: Asked) -> dict[str, Any]:
    return {"request_id": request.id, "status": request.status.value, "due_on": day(request.due_on) if request.due_on else None}


async def _search(members: MemberApiClient, caller: Caller, request: Request, _: str) -> dict[str, Any]:
    """Search around the place named, or the member's address; nothing is changed, so that no key is needed."""
    place = request["place"]
    town, code = place.get("town"), place.get("postal_code")
    if not town and not code:
        town = (await members.member(caller)).address.town
    around = Around(town=town, postal_code=None if town else code, within_km=WITHIN_KM)
    wanted = PractitionerFilter(PractitionerKind(request["trade"]), around, request.get("language"), request.get("accessible"))
    try:
        found = (await members.practitioners(wanted, limit=NEAREST)).practitioners
    except NotFound:
        return {"place": town or code, "is_known": False, "lines": []}
    return {"place": town or code, "is_known": True, "lines": [list(practitioner_row(one)) for one in found]}


def _found(request: Request, data: Mapping[str, Any]) -> dict[str, Any]:
    """Give what the answer to a search reads."""
    wanted = [f"qui parle {LANGUAGES[code]}"] if (code := request.get("language")) in LANGUAGES else []
    wanted += ["accessible en fauteuil"] if request.get("accessible") else []
    return {"trade": str(request.get("label", "")).lower(), "wanted": " et ".join(wanted), "place": data.get("place"),
            "is_known": data.get("is_known"), "lines": data.get("lines") or [], "code": data.get("code")}


DEEDS = {
    "renew_card": Deed(_card, "card"), "ask_plan_change": Deed(_plan, "plan"), "ask_about_quote": Deed(_quote, "quote"),
    "search_directory": Deed(_search, "directory", told=_found),
}
