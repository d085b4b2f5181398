"""
Links to documents: signed, short-lived, and good for one member only. Pure.

The signature covers the member, who is not in the link: whoever opens it must be signed in as him.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from kernel.errors import Forbidden

LIFE = timedelta(minutes=10)
ENDS, SEAL = "fin", "sceau"
_DIGITS = 12


class LinkRefused(Forbidden):
    """The link has expired, was changed, or is somebody else's: it says the same of all three."""

    code = "link_refused"


@dataclass(frozen=True)
class Links:
    """Makes and checks links under *site* with *secret*."""

    site: str
    secret: str

    def link(self, document_id: str, member_id: str, now: datetime) -> tuple[str, datetime]:
        """Give the link, and the moment it ends."""
        ends = int((now + LIFE).timestamp())
        path = f"/documents/{document_id}?{ENDS}={ends}&{SEAL}={self._seal(document_id, member_id, str(ends))}"
        return self.site + path, datetime.fromtimestamp(ends, UTC)

    def check(self, document_id: str, member_id: str, ends: str, seal: str, now: datetime) -> None:
        """Let *member_id* open it, or raise LinkRefused."""
        expected = self._seal(document_id, member_id, ends).encode()
        is_sealed = hmac.compare_digest(expected, seal.encode("utf-8", "surrogateescape"))
        if not is_sealed or not (ends.isdecimal() and len(ends) <= _DIGITS) or int(ends) <= now.timestamp():
            raise LinkRefused

    def _seal(self, document_id: str, member_id: str, ends: str) -> str:
        signed = f"{document_id}\n{member_id}\n{ends}".encode("utf-8", "surrogateescape")
        digest = hmac.new(self.secret.encode(), signed, hashlib.sha256).digest()
        return base64.urlsafe_b64encode(digest).decode().rstrip("=")
