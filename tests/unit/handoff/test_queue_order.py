"""Who is served first, and how the queues are shown."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from handoff.core import queue
from handoff.core.due import Urgency
from journal.entries import Mode
from tests.unit.handoff.makers import NOW, a_conversation, a_written_one

LABELS = {"live": "En direct", "written": "Messages", "complaints": "Réclamations", "urgent": "Urgences"}
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def ids(conversations: list) -> list[str]:
    return [one.id for one in conversations]


def test_danger_goes_before_everybody():
    """Somebody in danger never waits behind a question on a statement, whatever queue he was put into."""
    waiting = [a_conversation("long", waited=HOUR), a_conversation("danger", priority=10), a_written_one("late", due_in=-HOUR)]

    assert ids(queue.next_in_line(waiting, NOW))[0] == "danger"


def test_a_broken_written_promise_goes_before_live_ones_and_a_kept_one_after():
    """A date given in writing is a promise; as long as it holds, the person in front of the screen comes first."""
    waiting = [a_written_one("due", due_in=HOUR), a_conversation("live", waited=MINUTE), a_written_one("late", due_in=-MINUTE)]

    assert ids(queue.next_in_line(waiting, NOW)) == ["late", "live", "due"]


def test_whoever_was_sent_back_to_the_queue_does_not_start_again_at_the_end():
    """A member whose advisor went away has already waited once."""
    waiting = [a_conversation("first", waited=9 * MINUTE), a_conversation("returned", waited=MINUTE, priority=queue.RETURNED_PRIORITY)]

    assert ids(queue.next_in_line(waiting, NOW)) == ["returned", "first"]


def test_written_requests_are_read_by_due_date_and_those_without_one_come_last():
    """The inbox answers the question « which promise breaks first? »."""
    waiting = [a_written_one("none", due_in=None), a_written_one("later", due_in=9 * HOUR), a_written_one("soon", due_in=HOUR)]
    shown = next(one for one in queue.queues(waiting, LABELS, NOW) if one.id == "written")

    assert [place.conversation.id for place in shown.places] == ["soon", "later", "none"]


def test_a_queue_taken_out_of_the_configuration_keeps_its_people_in_sight():
    """No change of organisation.yml may make a member disappear from the desk."""
    shown = queue.queues([a_conversation("orphan", queue="sinistres")], LABELS, NOW)

    assert [one.places[0].conversation.id for one in shown if one.id == "sinistres"] == ["orphan"]


def test_the_position_told_counts_only_people_who_wait_live_in_the_same_queue():
    """A number that includes written requests would frighten for nothing."""
    waiting = [a_written_one("w", due_in=HOUR), a_conversation("a", waited=2 * MINUTE), a_conversation("b", waited=MINUTE)]

    assert queue.position("b", waiting, "live", NOW) == 2
    assert queue.position("w", waiting, "live", NOW) is None


def test_words_of_waiting_turn_from_calm_to_late():
    """Five minutes alone in front of a screen is long, ten is too long."""
    states = [queue.place(a_conversation(waited=minutes * MINUTE), NOW).urgency for minutes in (0, 4, 5, 9, 10)]

    assert states == [Urgency.ON_TRACK, Urgency.ON_TRACK, Urgency.AT_RISK, Urgency.AT_RISK, Urgency.OVERDUE]


def test_the_worst_state_of_a_queue_is_the_one_shown_beside_its_name():
    """One late promise among fifty must show when the list is scrolled away."""
    shown = queue.queues([a_written_one("ok", due_in=20 * HOUR), a_written_one("late", due_in=-HOUR)], LABELS, NOW)

    assert next(one for one in shown if one.id == "written").worst is Urgency.OVERDUE


@given(st.lists(st.tuples(st.integers(0, 120), st.sampled_from([0, 0, 1, 10]), st.booleans()), max_size=30))
def test_nobody_is_lost_or_doubled_by_the_order(drawn):
    """Whatever waits, the line holds each one exactly once, and the queues show the same people."""
    waiting = [a_conversation(f"c{n}", waited=minutes * MINUTE, priority=priority, mode=Mode.WRITTEN if written else Mode.LIVE)
               for n, (minutes, priority, written) in enumerate(drawn)]
    shown = [place.conversation.id for one in queue.queues(waiting, LABELS, NOW) for place in one.places]

    assert sorted(ids(queue.next_in_line(waiting, NOW))) == sorted(shown) == sorted(ids(waiting))
