"""Documents made at once: a certificate, the card, statements."""

from __future__ import annotations

import base64
import binascii

from member_api import shape
from member_api.client.calls import Calls, known_id
from member_api.contract import Caller, Document, DocumentContent, DocumentOrder, Documents, MemberApiNonsense, parse


class DocumentCalls(Calls):
    """Documents."""

    async def make_document(self, caller: Caller, order: DocumentOrder, *, key: str) -> Document:
        """Have a PDF made, once for *key*; NotFound for a beneficiary that is not his, Conflict ``nothing_to_print``."""
        return parse(Document, await self._post(caller, "/documents", shape.write(order), key))

    async def documents(self, caller: Caller) -> tuple[Document, ...]:
        """Read the documents made, latest first, each with a fresh link."""
        return parse(Documents, await self._get(caller, "/documents")).documents

    async def document_content(self, caller: Caller, document_id: str) -> tuple[str, bytes]:
        """Give the name and the bytes of a document; NotFound, also for somebody else's."""
        found = parse(DocumentContent, await self._get(caller, f"/documents/{known_id(document_id)}/content"))
        try:
            return found.name, base64.b64decode(found.content, validate=True)
        except (binascii.Error, ValueError) as cause:
            raise MemberApiNonsense("answer.content should be base64") from cause
