"""Asking the insurer for something, and reading what was asked."""

from __future__ import annotations

import base64

from kernel.errors import TooLarge
from member_api import shape
from member_api.client.calls import Calls, known_id
from member_api.contract import PROOF_LIMIT, AddressChange, Caller, Proof, Request, Requests, parse


class RequestCalls(Calls):
    """Requests and their proofs."""

    async def requests(self, caller: Caller) -> tuple[Request, ...]:
        """Read what the member asked for, latest first."""
        return parse(Requests, await self._get(caller, "/requests")).requests

    async def change_address(self, caller: Caller, change: AddressChange, *, key: str) -> Request:
        """Ask for an address change, once for *key*: a proof is then expected."""
        body = {**shape.write(change.address), "from_on": change.from_on.isoformat()}
        return parse(Request, await self._post(caller, "/address-changes", body, key))

    async def send_proof(self, caller: Caller, request_id: str, proof: Proof, *, key: str) -> Request:
        """Send the supporting document of a request, once for *key*."""
        path = f"/requests/{known_id(request_id)}/proofs"
        if len(proof.content) > PROOF_LIMIT:
            raise TooLarge(f"a proof has at most {PROOF_LIMIT} bytes")
        body = {"name": proof.name, "media_type": proof.media_type, "content": base64.b64encode(proof.content).decode()}
        return parse(Request, await self._post(caller, path, body, key))
