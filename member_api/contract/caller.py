"""For whom a call is made, and the forms of what identifies a call."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from kernel.errors import Malformed

OPAQUE_ID = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._~-]{0,79}")
IDEMPOTENCY_KEY = re.compile(r"[\x21-\x7e]{8,200}")


@dataclass(frozen=True)
class Caller:
    """
    For whom a call is made: the member, the level of proof (0 to 3) and the moment it ends (aware).

    *advisor_id* is set when an advisor reads the file at the desk: his proof replaces the member's, for reading only.
    *file_id* is the member whose file is read, when he is somebody the member represents (guardian, proxy).
    """

    member_id: str
    level: int
    expires_at: datetime | None
    advisor_id: str | None = None
    file_id: str | None = None

    def __post_init__(self) -> None:
        """Refuse an id that could change the address called, or slip into a header; raises Malformed."""
        for known in (self.member_id, self.advisor_id, self.file_id):
            if known is not None and not OPAQUE_ID.fullmatch(known):
                raise Malformed("the caller's id is not one")
