"""Changing contacts and bank details: values deposited past the conversation, then changes under a code."""

from __future__ import annotations

from member_api.client.calls import Calls, known_id
from member_api.contract import Caller, Deposit, FieldName, Request, parse


class ChangeCalls(Calls):
    """Contacts and bank details. CodeNeeded below level 2; Conflict ``field_expired``, ``account_protected``."""

    async def deposit(self, caller: Caller, name: FieldName, value: str, *, key: str) -> Deposit:
        """Deposit the *value* of a secure field, once for *key*; Malformed (``iban_invalid``…) when it cannot be right."""
        return parse(Deposit, await self._post(caller, "/fields", {"name": name, "value": value}, key))

    async def change_contact(self, caller: Caller, deposit_id: str, *, key: str) -> Request:
        """Replace the e-mail address or the telephone number by the one deposited: at once, the old contacts are told."""
        return parse(Request, await self._post(caller, "/contact-changes", {"deposit_id": known_id(deposit_id)}, key))

    async def change_bank_details(self, caller: Caller, deposit_id: str, *, key: str) -> Request:
        """Have refunds paid to the account deposited, from ``effective_at`` on; Conflict ``recent_contact_change``."""
        return parse(Request, await self._post(caller, "/bank-changes", {"deposit_id": known_id(deposit_id)}, key))

    async def cancel_request(self, caller: Caller, request_id: str, *, key: str) -> Request:
        """Cancel a request within its ``cancellable_until``; Conflict ``too_late``, NotFound."""
        return parse(Request, await self._post(caller, f"/requests/{known_id(request_id)}/cancellation", {}, key))
