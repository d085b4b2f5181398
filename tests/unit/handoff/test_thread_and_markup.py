"""A conversation as it is shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from handoff.core import markup, thread
from journal.entries import AuthorKind, Kind
from tests.unit.handoff.makers import an_entry

PARIS = ZoneInfo("Europe/Paris")
MEMBER = AuthorKind.MEMBER


def test_a_name_is_not_repeated_above_each_of_ones_lines():
    """Two messages in a row by the same person are one breath."""
    first, second = (an_entry(number, MEMBER, Kind.TEXT, {"text": "x"}) for number in (1, 2))

    assert [line.goes_on for line in thread.lines([first, second], PARIS)] == [False, True]


def test_a_private_note_is_never_melted_into_what_the_member_reads():
    """A note under the same heading as a reply would one day be sent by mistake."""
    reply = an_entry(1, AuthorKind.ADVISOR, Kind.TEXT, {"text": "x"}, author_name="Camille")
    note = an_entry(2, AuthorKind.ADVISOR, Kind.NOTE, {"text": "y"}, author_name="Camille")

    assert [line.goes_on for line in thread.lines([reply, note, replace(reply, number=3)], PARIS)] == [False, False, False]


def test_each_day_is_shown_once_and_pages_join():
    """What arrives later continues the day already on the screen."""
    first = an_entry(1, MEMBER, Kind.TEXT, {"text": "x"})
    later = replace(first, number=2, moment=first.moment + timedelta(days=1))
    after = replace(later, number=3)

    assert [line.starts_day is not None for line in thread.lines([first, later, after], PARIS)] == [True, True, False]
    assert thread.lines([after], PARIS, after=later)[0].starts_day is None


def test_titles_of_buttons_survive_a_strange_body():
    """Only what is a button is shown as one."""
    assert thread.titles_of({"buttons": [{"title": "Oui"}, {"id": "x"}, 3]}) == ["Oui"]
    assert thread.titles_of({"buttons": "non"}) == []


def test_light_markup_gives_paragraphs_lists_and_bold():
    """The three things docs/entries.md allows, as pieces."""
    found = markup.blocks("Bonjour **vous**\nsuite\n\n- un\n- deux\n\n1. premier")

    assert [(block.shape, len(block.lines)) for block in found] == [("p", 2), ("ul", 2), ("ol", 1)]
    assert [span.is_bold for span in found[0].lines[0]] == [False, True]


@given(st.text(max_size=300))
def test_no_word_is_lost_by_the_markup(text):
    """Whatever somebody writes, its letters are all shown."""
    shown = markup.plain(text)

    assert [letter for letter in shown if letter.isalpha()] == [letter for letter in text if letter.isalpha()]
