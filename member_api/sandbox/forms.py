"""What callers may send us, read and checked. Pure: everything wrong is a Malformed that names its field."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from kernel.errors import Malformed, TooLarge
from member_api import shape
from member_api.contract import PROOF_LIMIT, Address, AddressChange, Proof

_LINE_LIMIT = 38  # characters of an address line, AFNOR XP Z10-011
_FURTHEST = timedelta(days=366)
_NAME_LIMIT = 120
_SIGNATURES = {"application/pdf": b"%PDF-", "image/jpeg": b"\xff\xd8\xff", "image/png": b"\x89PNG\r\n\x1a\n"}


class MalformedField(Malformed):
    """One field cannot be accepted; *field* names it."""

    def __init__(self, field: str, expected: str) -> None:
        """Name the field and say what it should be, *expected*, never what was sent."""
        super().__init__(f"{field} should be {expected}")
        self.field = field


def read_address_change(body: Mapping[str, Any], today: date) -> AddressChange:
    """Read an address change: lines of at most 38 characters, a postal code of five digits, a day within a year."""
    _only(body, {"line1", "line2", "postal_code", "town", "from_on"})
    line2 = _line(body, "line2") if body.get("line2") else None
    address = Address(_line(body, "line1"), line2, _postal_code(body), _line(body, "town"))
    return AddressChange(address, _day_near(body, "from_on", today))


def read_proof(body: Mapping[str, Any]) -> Proof:
    """Read a supporting document: base64 of a PDF, JPEG or PNG that is one; TooLarge over the limit."""
    _only(body, {"name", "media_type", "content"})
    media_type, name = _text(body, "media_type", 40), _text(body, "name", _NAME_LIMIT)
    if media_type not in _SIGNATURES:
        raise MalformedField("media_type", "one of " + ", ".join(_SIGNATURES))
    content = _base64(body)
    if len(content) > PROOF_LIMIT:
        raise TooLarge(f"a proof has at most {PROOF_LIMIT} bytes")
    if not content.startswith(_SIGNATURES[media_type]):
        raise MalformedField("content", "a document of its media_type")
    return Proof(name, media_type, content)


def _only(body: Mapping[str, Any], known: set[str]) -> None:
    if unknown := set(body) - known:
        raise MalformedField(str(min(unknown))[:40], "absent")


def _text(body: Mapping[str, Any], field: str, limit: int) -> str:
    value = body.get(field)
    text = " ".join(value.split()) if isinstance(value, str) else ""
    if not text or len(text) > limit or not text.isprintable():
        raise MalformedField(field, f"a text of 1 to {limit} characters")
    return text


def _line(body: Mapping[str, Any], field: str) -> str:
    return _text(body, field, _LINE_LIMIT)


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
