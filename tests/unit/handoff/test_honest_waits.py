"""What the desk dares to say about waiting, and when it says it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handoff.core import letters, reception
from handoff.core.reception import Staff, TellAway, TellLate, TellRange, Wait, next_step
from handoff.core.waiting_time import ENOUGH, Served, estimate
from kernel.calendar import due_after_business_hours
from kernel.organisation import organisation
from tests.unit.handoff.makers import NOW

MINUTE = timedelta(minutes=1)
OPEN, CLOSED, NOBODY = Staff(True, 2), Staff(False, 0), Staff(True, 0)


def served(*minutes: float, ahead: int = 0, advisors: int = 1) -> list[Served]:
    return [Served(one * MINUTE, ahead, advisors) for one in minutes]


def a_wait(**changes) -> Wait:
    return replace(Wait("c1", 2, "live", NOW, 0, 1), **changes)


def test_no_number_is_told_without_a_basis():
    """Four past waits are an anecdote, and with nobody there any number is a lie."""
    assert estimate(1, 1, served(1, 2, 3, 4)) is None
    assert estimate(1, 0, served(1, 2, 3, 4, 5)) is None


def test_the_range_runs_from_the_quicker_quarter_to_nine_in_ten():
    """Told in whole minutes, rounded outwards: the member is more often pleased than disappointed."""
    assert estimate(1, 1, served(2, 3, 4, 5, 6)) == (180, 360)


def test_twice_the_advisors_halve_the_wait_and_twice_the_line_doubles_it():
    """Past waits are brought back to one place and one advisor before they are used."""
    assert estimate(1, 2, served(2, 4, 6, 8, 10)) == estimate(1, 1, served(1, 2, 3, 4, 5))
    assert estimate(2, 1, served(4, 4, 4, 4, 4, ahead=1)) == estimate(1, 1, served(4, 4, 4, 4, 4))


def test_beyond_an_hour_nothing_is_promised():
    """Nobody should plan his afternoon on such a guess: the written answer is offered instead."""
    assert estimate(9, 1, served(10, 10, 10, 10, 10)) is None


@given(st.lists(st.floats(0, 15), min_size=ENOUGH, max_size=60), st.integers(1, 4), st.integers(1, 5))
def test_a_range_is_always_whole_minutes_in_order(minutes, position, advisors):
    """« entre 0 et 0 minute » is never said."""
    told = estimate(position, advisors, served(*minutes))

    assert told is None or (60 <= told[0] < told[1] <= 3660 and told[0] % 60 == told[1] % 60 == 0)


def test_a_closed_desk_is_said_at_once():
    """Waiting in front of nobody is the worst: the member learns it with the ways out, not after ten minutes."""
    assert next_step(a_wait(), CLOSED, None, NOW) == TellAway()


def test_a_desk_open_by_the_clock_but_empty_is_said_after_a_minute():
    """An advisor who fetches a coffee is not an absence."""
    assert next_step(a_wait(), NOBODY, None, NOW + 30 * timedelta(seconds=1)) is None
    assert next_step(a_wait(), NOBODY, None, NOW + MINUTE) == TellAway()


def test_a_range_is_promised_once_and_only_at_the_beginning():
    """A promise renewed every minute is no promise."""
    assert next_step(a_wait(), OPEN, (60, 120), NOW) == TellRange(60, 120)
    assert next_step(a_wait(promised_until=NOW + 2 * MINUTE), OPEN, (60, 120), NOW) is None
    assert next_step(a_wait(), OPEN, (60, 120), NOW + 2 * MINUTE) is None


def test_a_broken_promise_is_owned_up_to_once():
    """The member learns that it takes longer, with another way to be answered."""
    promised = a_wait(promised_until=NOW + 2 * MINUTE)

    assert next_step(promised, OPEN, None, NOW + 3 * MINUTE) == TellLate(promise_broken=True)
    assert next_step(replace(promised, late_told_at=NOW), OPEN, None, NOW + 9 * MINUTE) is None


def test_nobody_waits_unseen_even_without_a_promise():
    """With no basis for a range, five minutes of silence are broken all the same."""
    assert next_step(a_wait(), OPEN, None, NOW + 5 * MINUTE) == TellLate(promise_broken=False)


@given(st.integers(0, 60), st.sampled_from([OPEN, CLOSED, NOBODY]), st.booleans())
def test_the_desk_never_says_the_same_thing_twice(minutes, staff, has_basis):
    """Whatever happens, each thing is told at most once in a wait."""
    told, wait, now = [], a_wait(), NOW
    for _ in range(minutes):
        now += MINUTE
        step = next_step(wait, staff, (60, 120) if has_basis else None, now)
        told.append(type(step))
        match step:
            case TellRange(_, high_s):
                wait = replace(wait, promised_until=now + timedelta(seconds=high_s))
            case TellAway():
                wait = replace(wait, away_told_at=now)
            case TellLate():
                wait = replace(wait, late_told_at=now)

    assert all(told.count(kind) <= 1 for kind in (TellRange, TellAway, TellLate))


def test_by_presence_the_desk_is_open_as_soon_as_somebody_is_there():
    """The demonstration can be tried at midnight."""
    assert reception.staff(organisation(), 1, NOW) == Staff(True, 1)
    assert reception.staff(organisation(), 0, NOW) == Staff(False, 0)


@pytest.mark.parametrize(("hour", "is_open"), [(7, False), (10, True), (18, False)])
def test_by_the_clock_the_desk_is_open_at_its_hours(hour, is_open):
    """An insurer who gives a week gets that week, holidays excepted."""
    by_clock = replace(organisation(), opening_hours={"mon": ["09:00-18:00"]}, raw=type(organisation().raw)(
        organisation().raw | {"desk_opening": "hours"}))

    assert reception.staff(by_clock, 1, datetime(2026, 11, 23, hour, 30, tzinfo=UTC)).is_open is is_open


def test_the_card_says_the_day_the_ways_out_and_the_numbers_when_life_is_at_stake():
    """« Aucun conseiller » alone would be an abandonment."""
    due = due_after_business_hours(datetime(2026, 11, 20, 15, 30, tzinfo=UTC), 48)
    card = letters.away(letters.WayOut(due.by, {"samu": "15", "europe": "112"}))

    assert "au plus tard mardi 24 novembre 2026" in card["text"]
    assert "15" in card["text"]
    assert "112" in card["text"]
    assert [button.get("act") for button in card["buttons"]] == ["write", None, "back"]
