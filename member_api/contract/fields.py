"""Values that go past the conversation: bank details, a new e-mail address, a new telephone number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class FieldName(StrEnum):
    """A secure field: the value is deposited with the insurer, and only named afterwards."""

    BANK_DETAILS = "bank_details"
    EMAIL = "email"
    PHONE = "phone"


@dataclass(frozen=True)
class Deposit:
    """A value deposited, checked, and good for one change until *expires_at*; *masked* is all that may be shown."""

    id: str
    name: FieldName
    masked: str
    expires_at: datetime
