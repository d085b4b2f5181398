"""Proving once more who one is, with a code sent to a contact the insurer has known for a while."""

from __future__ import annotations

from member_api.client.calls import Calls, known_id
from member_api.contract import Caller, Channel, CodeCheck, SentCode, parse


class CodeCalls(Calls):
    """One-time codes. The digits come from a secure field, never from the conversation."""

    async def send_code(self, caller: Caller, *, channel: Channel | None = None, key: str) -> SentCode:
        """Have a code sent, once for *key*; Conflict ``no_contact`` or ``account_protected``, TooMany."""
        return parse(SentCode, await self._post(caller, "/codes", {"channel": channel} if channel else {}, key))

    async def check_code(self, caller: Caller, code_id: str, digits: str, *, key: str) -> CodeCheck:
        """Have *digits* checked; each try counts, a try repeated under its *key* counts once."""
        return parse(CodeCheck, await self._post(caller, f"/codes/{known_id(code_id)}/checks", {"digits": digits}, key))
