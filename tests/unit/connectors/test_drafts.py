"""What the gateway writes for a member."""

from __future__ import annotations

import pytest

from connectors.core import drafts
from journal.entries import AuthorKind, Kind
from kernel.errors import Malformed

from .makers import a_conversation, an_entry


def said(number, text, author=AuthorKind.MEMBER, kind=Kind.TEXT):
    """Make an entry somebody said."""
    return an_entry(number, author=author, kind=kind, body={"text": text})


def passed(conversation, *latest):
    """Give the lines shown to the member."""
    return drafts.handoff_draft(conversation, latest, "h", lambda topic: topic.title()).body["passed"]


def test_the_last_thing_the_member_said_is_passed_on():
    """Not the assistant's words, nor what only advisors see."""
    lines = passed(a_conversation(), said(1, "Premier"), said(2, "Second"), said(3, "Réponse", AuthorKind.ASSISTANT),
                   said(4, "Très bien", kind=Kind.RATING))

    assert lines == ["Dernier message\u00a0: «\u00a0Second\u00a0»"]


def test_topics_are_named_in_french_and_come_first():
    """As the composition names them."""
    assert passed(a_conversation(topics=("carte", "retard")))[0] == "Sujet\u00a0: Carte, Retard"


def test_a_long_message_is_shortened_on_one_line():
    """The advisor has the whole conversation beside it."""
    line, = passed(a_conversation(), said(1, "mot\n" * 500))

    assert len(line) < 340
    assert "\n" not in line
    assert line.endswith("…\u00a0»")


def test_with_nothing_said_nothing_is_passed_on():
    """The button works on an empty conversation, and on an erased one."""
    assert passed(a_conversation(), an_entry(1, author=AuthorKind.MEMBER)) == []


def test_danger_keeps_its_queue():
    """Whatever button is pressed after it."""
    assert drafts.queue_for(a_conversation(queue="urgent")) == "urgent"
    assert drafts.queue_for(a_conversation(queue="written")) == "live"


def test_a_rating_without_words_has_none():
    """An empty comment is no comment."""
    assert drafts.rating_draft(4, "  ", "r").body == {"score": 4}
    assert drafts.rating_draft(4, None, "r").body == {"score": 4}
    assert drafts.rating_draft(1, " Trop long ", "r").body == {"score": 1, "comment": "Trop long"}


@pytest.mark.parametrize(("author", "kind"), [(AuthorKind.MEMBER, Kind.TEXT), (AuthorKind.SYSTEM, Kind.CLOSED), (AuthorKind.ADVISOR, Kind.NOTE)])
def test_only_an_answer_can_be_useful(author, kind):
    """A note is not even known to exist."""
    with pytest.raises(Malformed):
        drafts.useful_draft(an_entry(2, author=author, kind=kind), "u", useful=True)
