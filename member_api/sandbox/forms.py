"""What callers may send us, read and checked. Pure: everything wrong is a Malformed that names its field."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, TypeVar

from kernel.errors import Malformed, TooLarge
from member_api import shape
from member_api.contract import OPAQUE_ID, PROOF_LIMIT, Address, AddressChange, Channel, Proof
from member_api.sniff import FileKind, UnknownFile, sniff

_LINE_LIMIT = 38  # characters of an address line, AFNOR XP Z10-011
_FURTHEST = timedelta(days=366)
_NAME_LIMIT = 120
_IDS_LIMIT = 20
_DIGITS = re.compile(r"[0-9]{6}")
C = TypeVar("C", bound=StrEnum)


class MalformedField(Malformed):
    """One field cannot be accepted; *field* names it."""

    def __init__(self, field: str, expected: str) -> None:
        """Name the field and say what it should be, *expected*, never what was sent."""
        super().__init__(f"{field} should be {expected}")
        self.field = field


def read_address_change(body: Mapping[str, Any], today: date) -> AddressChange:
    """Read an address change: lines of at most 38 characters, a postal code of five digits, a day within a year."""
    only(body, {"line1", "line2", "postal_code", "town", "from_on"})
    line2 = _line(body, "line2") if body.get("line2") else None
    address = Address(_line(body, "line1"), line2, _postal_code(body), _line(body, "town"))
    return AddressChange(address, _day_near(body, "from_on", today))


def read_proof(body: Mapping[str, Any]) -> Proof:
    """Read a supporting document: base64 of a PDF, JPEG or PNG that is one; HeicRefused, UnknownFile, TooLarge."""
    only(body, {"name", "media_type", "content"})
    media_type, name = read_text(body, "media_type", 40), read_text(body, "name", _NAME_LIMIT)
    content = _base64(body)
    if len(content) > PROOF_LIMIT:
        raise TooLarge(f"a proof has at most {PROOF_LIMIT} bytes")
    if sniff(content) != media_type:
        raise UnknownFile("content should be a document of its media_type: " + ", ".join(FileKind))
    return Proof(name, media_type, content)


def read_channel(body: Mapping[str, Any]) -> Channel | None:
    """Read how a code should go, if it is said."""
    only(body, {"channel"})
    return read_choice(body, "channel", Channel) if body.get("channel") is not None else None


def read_choice(body: Mapping[str, Any], field: str, kind: type[C]) -> C:
    """Read one value of *kind*."""
    value = body.get(field)
    if not isinstance(value, str) or value not in list(kind):
        raise MalformedField(field, "one of " + ", ".join(kind))
    return kind(value)


def read_ids(body: Mapping[str, Any], field: str) -> tuple[str, ...]:
    """Read a list of ids, at most twenty; absent is empty."""
    ids = body.get(field, [])
    if not isinstance(ids, list) or len(ids) > _IDS_LIMIT or not all(isinstance(one, str) and OPAQUE_ID.fullmatch(one) for one in ids):
        raise MalformedField(field, f"at most {_IDS_LIMIT} ids")
    return tuple(dict.fromkeys(ids))


def read_digits(body: Mapping[str, Any]) -> str:
    """Read the six digits of a code, spaces left out."""
    only(body, {"digits"})
    given = body.get("digits")
    digits = "".join(given.split()) if isinstance(given, str) else ""
    if not _DIGITS.fullmatch(digits):
        raise MalformedField("digits", "six digits")
    return digits


def only(body: Mapping[str, Any], known: set[str]) -> None:
    """Refuse any field that is not *known*."""
    if unknown := set(body) - known:
        raise MalformedField(str(min(unknown))[:40], "absent")


def read_text(body: Mapping[str, Any], field: str, limit: int) -> str:
    """Read one line of text, its spaces made single."""
    value = body.get(field)
    text = " ".join(value.split()) if isinstance(value, str) else ""
    if not text or len(text) > limit or not text.isprintable():
        raise MalformedField(field, f"a text of 1 to {limit} characters")
    return text


def _line(body: Mapping[str, Any], field: str) -> str:
    return read_text(body, field, _LINE_LIMIT)


def _postal_code(body: Mapping[str, Any]) -> str:
    code = body.get("postal_code")
    if not isinstance(code, str) or len(code) != 5 or not (code.isascii() and code.isdigit()):
        raise MalformedField("postal_code", "five digits")
    return code


def read_day(text: object, field: str) -> date:
    """Read a day; MalformedField naming *field*."""
    try:
        return shape.day(text if isinstance(text, str) else "")
    except ValueError:
        raise MalformedField(field, "a day such as 2026-11-24") from None


def _day_near(body: Mapping[str, Any], field: str, today: date) -> date:
    day = read_day(body.get(field), field)
    if abs(day - today) > _FURTHEST:
        raise MalformedField(field, "a day within a year")
    return day


def _base64(body: Mapping[str, Any]) -> bytes:
    content = body.get("content")
    try:
        return base64.b64decode(content if isinstance(content, str) else "!", validate=True)
    except (binascii.Error, ValueError):
        raise MalformedField("content", "base64") from None
