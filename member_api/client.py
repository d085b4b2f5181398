"""
Our client of the insurer's member API.

Every call ends within `Patience.total_s` and may be made twice without harm (a GET, a POST with an idempotency key), so
it is tried again when the insurer's system is late, cut or away. What is raised is of kernel.errors:

* SignInNeeded   the proof is too low or has expired      * Conflict     the key was used for another request
* Forbidden      not this member's, or unknown            * Malformed    a field of ours was refused
* NotFound       an unknown request                       * TooLarge     a proof over the limit
* Unavailable    late, cut, away, or it does not know us; MemberApiNonsense when it answers something else than promised
"""

from __future__ import annotations

import base64
from datetime import date
from typing import Any

import aiohttp
from aiohttp import hdrs
from yarl import URL

from kernel.clock import Clock
from kernel.errors import Malformed, NotFound, SignInNeeded, TooLarge
from kernel.settings import Settings, embedded_secret
from member_api import shape
from member_api.contract import (
    IDEMPOTENCY_KEY,
    OPAQUE_ID,
    PROOF_LIMIT,
    AddressChange,
    Caller,
    Member,
    Proof,
    Reimbursement,
    Request,
    Requests,
    Statements,
    parse,
)
from member_api.transport import USUAL_PATIENCE, Call, Patience, Transport


class MemberApiClient:
    """Calls the insurer's system for one member at a time; belongs to the event loop of *session*."""

    def __init__(self, base_url: str, service_token: str, session: aiohttp.ClientSession, clock: Clock, *,
                 patience: Patience = USUAL_PATIENCE) -> None:
        """*base_url* has no version; *service_token* is ours and goes to no other address (redirects are refused)."""
        self._base_url = base_url.rstrip("/")
        self._service_token = service_token
        self._clock = clock
        self._transport = Transport(session, patience)

    async def member(self, caller: Caller) -> Member:
        """Read the member's file."""
        return parse(Member, await self._get(caller, ""))

    async def reimbursements(self, caller: Caller, *, beneficiary_id: str | None = None,
                             since: date | None = None) -> tuple[Reimbursement, ...]:
        """Read the lines of the statements, latest care first: of one beneficiary, for care since a day."""
        query = {"beneficiary": beneficiary_id, "since": since.isoformat() if since else None}
        wanted = {name: value for name, value in query.items() if value is not None}
        return parse(Statements, await self._get(caller, "/statements", wanted)).lines

    async def requests(self, caller: Caller) -> tuple[Request, ...]:
        """Read what the member asked for, latest first."""
        return parse(Requests, await self._get(caller, "/requests")).requests

    async def change_address(self, caller: Caller, change: AddressChange, *, key: str) -> Request:
        """Ask for an address change, once for *key*: a proof is then expected."""
        body = {**shape.write(change.address), "from_on": change.from_on.isoformat()}
        return parse(Request, await self._post(caller, "/address-changes", body, key))

    async def send_proof(self, caller: Caller, request_id: str, proof: Proof, *, key: str) -> Request:
        """Send the supporting document of a request, once for *key*."""
        if not OPAQUE_ID.fullmatch(request_id):
            raise NotFound("no request has such an id")
        if len(proof.content) > PROOF_LIMIT:
            raise TooLarge(f"a proof has at most {PROOF_LIMIT} bytes")
        body = {"name": proof.name, "media_type": proof.media_type, "content": base64.b64encode(proof.content).decode()}
        return parse(Request, await self._post(caller, f"/requests/{request_id}/proofs", body, key))

    async def _get(self, caller: Caller, path: str, query: dict[str, str] | None = None) -> object:
        url = self._url(caller, path).with_query(query or {})
        return await self._transport.send(Call(hdrs.METH_GET, url, self._headers(caller)))

    async def _post(self, caller: Caller, path: str, body: dict[str, Any], key: str) -> object:
        if not IDEMPOTENCY_KEY.fullmatch(key):
            raise Malformed("an idempotency key has 8 to 200 visible characters")
        headers = {**self._headers(caller), "Idempotency-Key": key}
        return await self._transport.send(Call(hdrs.METH_POST, self._url(caller, path), headers, body))

    def _url(self, caller: Caller, path: str) -> URL:
        return URL(f"{self._base_url}/v1/members/{caller.member_id}{path}", encoded=True)

    def _headers(self, caller: Caller) -> dict[str, str]:
        if caller.advisor_id is None and (caller.expires_at is None or caller.expires_at <= self._clock.now()):
            raise SignInNeeded("the member's proof has expired")
        expires = shape.write(caller.expires_at) if caller.expires_at else None
        given = {
            "Authorization": f"Bearer {self._service_token}", "X-Member-Id": caller.member_id,
            "X-Identity-Level": str(caller.level), "X-Advisor-Id": caller.advisor_id,
            "X-Identity-Expires": expires,
        }
        return {name: value for name, value in given.items() if value is not None}


def open_client(settings: Settings, session: aiohttp.ClientSession, clock: Clock) -> MemberApiClient:
    """Make the client of the configured insurer; of the sandbox when none is."""
    return MemberApiClient(settings.member_api_url or settings.sandbox_url, service_token(settings), session, clock)


def service_token(settings: Settings) -> str:
    """Give the token by which the insurer's system knows us: the one configured, or the embedded installation's."""
    return settings.member_api_token or embedded_secret(settings, "member_api_token")
