"""Lists in pages: every item once, in order, whatever the size; a cursor of another list is refused."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from member_api.sandbox.forms import MalformedField
from member_api.sandbox.paging import Paging, page
from member_api.sandbox.web.queries import around_of, moment_of, paging_of, truth_of, year_of


@dataclass(frozen=True)
class Item:
    """Anything listed."""

    id: str


@given(st.lists(st.text(min_size=1, max_size=6), unique=True, max_size=30), st.integers(1, 40))
def test_pages_give_every_item_once_and_in_order(ids: list[str], limit: int) -> None:
    """A sum over pages must be the sum over the list."""
    items, found, cursor = [Item(name) for name in ids], [], None
    for _ in range(len(items) + 1):
        cut, cursor = page(items, Paging(limit, cursor))
        found += cut
        if cursor is None:
            break

    assert found == items
    assert cursor is None


def test_what_came_since_the_first_page_does_not_shift_the_second() -> None:
    """A refund paid between two pages: no line is told twice."""
    _, cursor = page([Item("b"), Item("c")], Paging(1))

    assert page([Item("a"), Item("b"), Item("c")], Paging(1, cursor)) == ((Item("c"),), None)


@pytest.mark.parametrize("cursor", ["", "é", "!!", "Yg", "YQ==", "A" * 300, "L3Y"])
def test_a_cursor_that_this_list_never_gave_is_refused(cursor: str) -> None:
    """Guessing cursors tells nothing."""
    with pytest.raises(MalformedField, match="cursor should be"):
        page([Item("c")], Paging(1, cursor))


REFUSED = [
    (paging_of, {"limit": "0"}), (paging_of, {"limit": "101"}), (paging_of, {"limit": "-1"}), (paging_of, {"limit": "²"}),
    (paging_of, {"limit": "1e1"}), (year_of, {"year": "99999999999"}), (year_of, {"year": "1999"}),
    (around_of, {"latitude": "46"}), (around_of, {"latitude": "91", "longitude": "0"}),
    (around_of, {"latitude": "nan", "longitude": "0"}), (around_of, {"within_km": "5"}), (around_of, {"town": ""}),
    (around_of, {"town": "a" * 81}), (around_of, {"town": "a\nb"}),
]


@pytest.mark.parametrize(("reader", "query"), REFUSED)
def test_a_parameter_that_cannot_be_understood_is_refused(reader: object, query: dict[str, str]) -> None:
    """Answered as if it had not been written, it would give another list than the one asked for."""
    with pytest.raises(MalformedField):
        reader(query)  # type: ignore[operator]


@pytest.mark.parametrize("text", ["demain", "2026-11-24", "2026-11-24T10:00:00"])
def test_a_moment_needs_its_zone(text: str) -> None:
    """Open at ten, but where?"""
    with pytest.raises(MalformedField):
        moment_of({"open_at": text}, "open_at")
    with pytest.raises(MalformedField):
        truth_of({"accessible": text}, "accessible")
