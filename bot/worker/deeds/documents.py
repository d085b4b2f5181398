"""Documents made at once."""

from __future__ import annotations

from typing import Any

from bot.worker.deeds import Deed, Request
from member_api.client import MemberApiClient
from member_api.contract import Caller, CertificateReason, DocumentKind, DocumentOrder


async def _certificate(members: MemberApiClient, caller: Caller, request: Request, key: str) -> dict[str, Any]:
    order = DocumentOrder(DocumentKind.CERTIFICATE, tuple(request["beneficiary_ids"]), CertificateReason(request["reason"]))
    document = await members.make_document(caller, order, key=key)
    return {"document": {"title": document.title, "url": document.url, "size": document.size}}


DEEDS = {"make_certificate": Deed(_certificate, "certificate")}
