"""Rights and safety: complaints mirrored, personal data, accounts protected and unlocked."""

from __future__ import annotations

from aiohttp import hdrs
from yarl import URL

from member_api import shape
from member_api.client.calls import Calls, checked_key
from member_api.contract import Caller, ComplaintRecord, Danger, DataRight, Neutral, Request, parse
from member_api.transport import Call


class RightsCalls(Calls):
    """Rights and safety."""

    async def mirror_complaint(self, caller: Caller, complaint: ComplaintRecord, *, key: str) -> Request:
        """Copy a registered complaint into the member's requests; the same number twice is one. Open to advisors."""
        return parse(Request, await self._post(caller, "/complaints", shape.write(complaint), key))

    async def ask_data(self, caller: Caller, right: DataRight, *, key: str) -> Request:
        """Ask for a copy or the erasure of personal data, once for *key*; answered within a month (``due_on``)."""
        return parse(Request, await self._post(caller, "/data-requests", {"right": right}, key))

    async def protect(self, caller: Caller, danger: Danger, *, key: str) -> Request:
        """Protect the account at once: sessions end, changes of bank details freeze, codes stop until a person lifts it."""
        return parse(Request, await self._post(caller, "/protection", {"danger": danger}, key))

    async def ask_unlock(self, caller: Caller, *, key: str) -> Request:
        """Ask for the account to be opened again: at once at level 3 (identity checked), else an advisor decides."""
        return parse(Request, await self._post(caller, "/unlocks", {}, key))

    async def ask_reset_link(self, identifier: str, *, key: str) -> None:
        """Ask for a password link for whoever *identifier* is; nothing tells whether that is somebody."""
        url = URL(f"{self._base_url}/v1/reset-links")
        headers = {"Authorization": f"Bearer {self._service_token}", "Idempotency-Key": checked_key(key)}
        parse(Neutral, await self._transport.send(Call(hdrs.METH_POST, url, headers, {"identifier": identifier})))
