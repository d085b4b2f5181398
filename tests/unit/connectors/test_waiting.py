"""A place is a fact, a wait is a range."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from connectors.core.waiting import position, wait_range


def test_the_first_is_the_first():
    """And who does not wait has no place."""
    assert [position(["a", "b"], one) for one in ("a", "b", "c")] == [1, 2, None]


def test_nothing_is_said_without_a_basis():
    """An invented wait is a lie."""
    assert wait_range(1, 3, None) is None


def test_the_range_is_in_whole_minutes_around_the_estimate():
    """Nine minutes for one who would come as tenth; the third waits a third of it."""
    assert wait_range(3, 9, 600) == (60, 300)


@given(st.integers(1, 200), st.integers(0, 200), st.integers(0, 20_000))
def test_a_range_is_never_a_point_nor_upside_down(place, others, estimate):
    """At least two minutes wide, from zero up."""
    low, high = wait_range(place, place + others, estimate)

    assert 0 <= low <= high - 120
    assert low % 60 == high % 60 == 0


@given(st.integers(2, 100), st.integers(0, 10_000))
def test_moving_forward_never_lengthens_the_wait(place, estimate):
    """The member before you has left."""
    before, after = wait_range(place, 100, estimate), wait_range(place - 1, 100, estimate)

    assert after[0] <= before[0]
    assert after[1] <= before[1]
