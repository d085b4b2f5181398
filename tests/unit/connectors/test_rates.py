"""Token buckets: so many at once, then evenly."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.core.rates import Bucket, Limit, forget_after, take

MINUTE, HOUR = Limit(3, 60), Limit(5, 3600)


def attempts(limits, moments):
    """Try at each of *moments*; give the waits asked for."""
    buckets, waits = None, []
    for moment in moments:
        taken = take(buckets, limits, moment)
        buckets = taken.buckets
        waits.append(taken.retry_after)
    return waits


def test_a_quiet_caller_may_do_all_at_once_then_waits():
    """Three a minute: the fourth comes twenty seconds later."""
    assert attempts([MINUTE], [0, 0, 0, 0]) == [0, 0, 0, 20]


def test_waiting_as_told_is_enough():
    """The time told is a promise."""
    waits = attempts([MINUTE], [0, 0, 0, 0, 20])

    assert waits[-1] == 0


def test_being_refused_does_not_make_one_wait_longer():
    """An impatient member is not punished."""
    assert attempts([MINUTE], [0, 0, 0, *[1] * 50, 20])[-1] == 0


def test_every_limit_holds_and_none_is_used_up_by_a_refusal_of_another():
    """Three a minute and five an hour."""
    waits = attempts([MINUTE, HOUR], [0, 0, 0, 30, 60, 90])

    assert waits[:4] == [0, 0, 0, 0]
    assert waits[4] == 0
    assert waits[5] == pytest.approx(720 - 90)


def test_a_clock_that_goes_back_gives_nothing_and_takes_nothing():
    """Machines correct their clocks."""
    assert attempts([MINUTE], [100, 100, 100, 0])[-1] == 20


def test_an_untouched_bucket_may_be_forgotten_once_full():
    """Memory is not kept for callers who left."""
    empty = Bucket(0, 0)

    assert empty.at_moment(HOUR, forget_after([MINUTE, HOUR])).tokens == HOUR.count


@given(st.lists(st.floats(0, 600), max_size=80).map(sorted))
def test_never_more_than_the_burst_and_the_refill(moments):
    """Whatever the rhythm, nobody gets more than his due."""
    accepted = sum(wait == 0 for wait in attempts([MINUTE], moments))

    span = moments[-1] - moments[0] if moments else 0
    assert accepted <= MINUTE.count + span * MINUTE.refill + 1e-6


@given(st.lists(st.floats(0, 600), max_size=40).map(sorted), st.floats(0, 600))
def test_a_later_try_never_waits_until_later(moments, last):
    """The moment at which one is welcome does not move back by trying."""
    before = attempts([MINUTE], [*moments, 600.0])[-1]
    after = attempts([MINUTE], [*moments, 600.0, 600.0 + last])[-1]

    assert before == 0 or after <= max(0.0, before - last) + 1e-6
