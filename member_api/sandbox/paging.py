"""Long lists, a page at a time: the cursor names the last item of the page before. Pure."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from member_api.sandbox.forms import MalformedField

USUAL_LIMIT, LIMIT = 50, 100


class Listed(Protocol):
    """Anything a list may hold."""

    @property
    def id(self) -> str:
        """Its id, unique in the list."""
        ...


T = TypeVar("T", bound=Listed)


@dataclass(frozen=True)
class Paging:
    """Which page is asked for: at most *limit* items after *cursor*."""

    limit: int = USUAL_LIMIT
    cursor: str | None = None


EVERYTHING = Paging(limit=10_000)


def page(items: Sequence[T], paging: Paging) -> tuple[tuple[T, ...], str | None]:
    """Cut the page out of *items* and give the cursor of the next one, None after the last; MalformedField for a foreign cursor."""
    start = 0 if paging.cursor is None else _after(items, _read(paging.cursor))
    cut = tuple(items[start:start + paging.limit])
    return cut, _write(cut[-1].id) if start + paging.limit < len(items) else None


def _after(items: Sequence[Listed], last_id: str) -> int:
    for index, item in enumerate(items):
        if item.id == last_id:
            return index + 1
    raise MalformedField("cursor", "one that this list has given")


def _write(item_id: str) -> str:
    return base64.urlsafe_b64encode(item_id.encode()).decode().rstrip("=")


def _read(cursor: str) -> str:
    try:
        return base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
    except (binascii.Error, ValueError):
        raise MalformedField("cursor", "one that this list has given") from None
