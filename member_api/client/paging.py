"""Reading a whole list that comes in pages."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

from member_api.contract import MemberApiNonsense

T = TypeVar("T")
LARGEST_PAGE = 100
MOST_PAGES = 50

NextPage = Callable[[str | None], Awaitable[tuple[tuple[T, ...], str | None]]]
"""Gives the items after a cursor (None: the first ones) and the next cursor, None at the end."""


async def every(next_page: NextPage[T]) -> tuple[T, ...]:
    """Read every page; MemberApiNonsense when there is no end to them."""
    found: list[T] = []
    cursor: str | None = None
    for _ in range(MOST_PAGES):
        items, cursor = await next_page(cursor)
        found += items
        if cursor is None:
            return tuple(found)
    raise MemberApiNonsense("the list has no end")
