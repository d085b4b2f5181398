"""Silence makes absent; failures make slow."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from handoff.core.lockout import ACCOUNT, LONGEST_DELAY, PAIR, Failures, delay_after
from handoff.core.presence import LOST_AFTER, RELEASE_AFTER, RELEASE_WRITTEN_AFTER, SILENT_AFTER, Presence, Said, State
from tests.unit.handoff.makers import NOW

SECOND = timedelta(seconds=1)


def present(said: Said = Said.AVAILABLE, **changes) -> Presence:
    return Presence("camille", said, NOW, **({"active_at": NOW} | changes))


def test_an_advisor_is_what_he_said_while_something_is_heard_from_him():
    """Presence is chosen, not guessed."""
    assert present().state(NOW) is State.AVAILABLE
    assert present(Said.PAUSED).state(NOW) is State.PAUSED


def test_silence_makes_absent_without_anybody_saying_so():
    """A member must not wait for somebody who went to lunch « disponible »."""
    assert present().state(NOW + SILENT_AFTER - SECOND) is State.AVAILABLE
    assert present().state(NOW + SILENT_AFTER) is State.ABSENT


def test_a_closed_page_makes_absent_much_sooner_than_silence():
    """The open page is heard every few seconds; when it stops, the laptop is closed."""
    listening = present(live_at=NOW)

    assert listening.state(NOW + LOST_AFTER - SECOND) is State.AVAILABLE
    assert listening.state(NOW + LOST_AFTER) is State.ABSENT


def test_a_browser_without_script_is_not_taken_for_a_closed_page():
    """Links and forms are enough to work here: only what the person does counts then."""
    assert present(live_at=None).state(NOW + LOST_AFTER + SECOND) is State.AVAILABLE


def test_written_requests_are_kept_longer_than_chats_in_absent_hands():
    """Nobody watches the screen for a letter; a chat goes back to the queue in minutes."""
    gone = present(Said.GONE)

    assert gone.has_lost(NOW + RELEASE_AFTER, is_written=False)
    assert not gone.has_lost(NOW + RELEASE_AFTER, is_written=True)
    assert gone.has_lost(NOW + RELEASE_WRITTEN_AFTER, is_written=True)


def test_the_delay_between_tries_grows_and_stops_at_a_quarter_of_an_hour():
    """Guessing becomes hopeless; an advisor who comes back from holidays is not locked out for the day."""
    delays = [delay_after(count, PAIR) for count in range(1, 20)]

    assert delays[:3] == [timedelta(0)] * 3
    assert delays == sorted(delays)
    assert delays[-1] == LONGEST_DELAY


def test_yesterdays_failures_are_forgotten():
    """A forgotten password on Monday must not slow Wednesday down."""
    known = Failures(12, None, NOW)

    assert known.and_another(PAIR, NOW + timedelta(hours=25)).count == 1


@given(st.integers(0, 200))
def test_failing_in_a_colleagues_name_from_elsewhere_locks_later_than_failing_from_one_place(count):
    """Nobody may keep a colleague out by typing his login wrong all day."""
    assert delay_after(count, ACCOUNT) <= delay_after(count, PAIR)
