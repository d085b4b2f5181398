"""Care: sheets, quotes, the card, a late reimbursement."""

from __future__ import annotations

import base64

from kernel.errors import TooLarge
from member_api import shape
from member_api.client.calls import Calls, known_id
from member_api.contract import PROOF_LIMIT, Caller, CardReason, CareSheet, Proof, QuoteRequest, Request, parse


class CareCalls(Calls):
    """Requests about care. NotFound for a beneficiary or a line that is not the member's."""

    async def send_care_sheet(self, caller: Caller, sheet: CareSheet, photo: Proof, *, key: str) -> Request:
        """Send a feuille de soins as a photo or a PDF, once for *key*; TooLarge, Malformed ``file_heic``."""
        if len(photo.content) > PROOF_LIMIT:
            raise TooLarge(f"a photo has at most {PROOF_LIMIT} bytes")
        body = {**shape.write(sheet), "name": photo.name, "media_type": photo.media_type,
                "content": base64.b64encode(photo.content).decode()}
        return parse(Request, await self._post(caller, "/care-sheets", body, key))

    async def ask_about_quote(self, caller: Caller, quote: QuoteRequest, *, key: str) -> Request:
        """Open a request about a quote or a prior agreement, once for *key*; the quote follows by `send_proof`."""
        return parse(Request, await self._post(caller, "/quotes", shape.write(quote), key))

    async def reissue_card(self, caller: Caller, reason: CardReason, *, key: str) -> Request:
        """Have another tiers payant card posted, once for *key*; its PDF is made at once by `make_document`."""
        return parse(Request, await self._post(caller, "/member-cards", {"reason": reason}, key))

    async def follow_up(self, caller: Caller, reimbursement_id: str, *, key: str) -> Request:
        """Follow up a late reimbursement, once for *key*; Conflict ``already_paid`` or ``already_asked``."""
        path = f"/reimbursements/{known_id(reimbursement_id)}/follow-ups"
        return parse(Request, await self._post(caller, path, {}, key))
