"""Reading what a client sent: JSON objects with known names and types, everything else refused."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, TypeVar

from kernel.errors import Malformed

T = TypeVar("T")
MAX_NUMBER = 2**31 - 1
Shape = Mapping[str, type]


def parse_object(raw: bytes | str) -> dict[str, Any]:
    """Read one JSON object in UTF-8; Malformed, without quoting what was sent."""
    try:
        value = json.loads(raw.decode() if isinstance(raw, bytes) else raw)
    except (ValueError, RecursionError):  # half a character, no JSON, digits without end, brackets without end
        raise Malformed("body: not JSON in UTF-8") from None
    if not isinstance(value, dict):
        raise Malformed("body: not a JSON object")
    return value


def check(value: Mapping[str, Any], required: Shape, optional: Shape | None = None) -> None:
    """Refuse unknown names, missing ones and wrong types; Malformed names the field."""
    known = {**required, **(optional or {})}
    for name in value:
        if name not in known:
            raise Malformed("unknown field")  # its name is the caller's text: not repeated
    for name, kind in known.items():
        if name not in value or (value[name] is None and name not in required):
            if name in required:
                raise Malformed(f"{name}: missing")
        elif not _is(value[name], kind):
            raise Malformed(f"{name}: {kind.__name__} expected")


def _is(value: Any, kind: type) -> bool:
    if kind is int:
        return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MAX_NUMBER
    return isinstance(value, kind)


def number(text: str, name: str) -> int:
    """Read a number from a query; Malformed."""
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(MAX_NUMBER)) and int(text) <= MAX_NUMBER):
        raise Malformed(f"{name}: a number expected")
    return int(text)
