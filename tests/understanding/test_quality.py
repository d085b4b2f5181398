"""
The quality gate: messages nobody trained on, written by other people than the training sentences, in five voices.

The floors stand a little under what was measured when they were last raised (docs/understanding.md). Raise them when
understanding gets better; when one breaks, the new training sentences did harm. The model is the one of today's data.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import pytest

from benchmarks.understand_validate import training_sentences
from bot.nlu.quality import (
    FOREIGN,
    Heard,
    Labelled,
    calibration_error,
    figures,
    figures_by,
    listen,
    read_labelled,
    read_several,
    refusals,
    several,
)
from bot.nlu.requests import STEERING
from bot.nlu.text import fold, words
from bot.nlu.understanding import Understanding
from bot.phrasing.phrasebook import topics
from bot.safety import joined, look
from kernel.paths import ROOT

TESTS = ROOT / "tests" / "understanding"
SETS = sorted(TESTS.glob("test_set_*.tsv"))
pytestmark = pytest.mark.rasa


@pytest.fixture(scope="module")
def understanding(trained_model: Path) -> Understanding:
    """Today's model, without the dialogue."""
    return Understanding.load(trained_model)


@pytest.fixture(scope="module")
def heard(understanding: Understanding) -> Sequence[Heard]:
    """Every message of the test sets, and what is understood of it."""
    return listen(understanding, read_labelled(SETS))


def read_foreign() -> list[Labelled]:
    """Messages that are none of our business."""
    with (TESTS / "foreign_test.tsv").open(encoding="utf-8", newline="") as file:
        return [Labelled(row["text"], FOREIGN, row["voice"]) for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]


def test_the_first_topic_is_right_often_enough(heard: Sequence[Heard]) -> None:
    """What members feel: the answer is about what they asked."""
    told = figures(heard)

    assert told.first_right >= 0.92
    assert told.macro_f1 >= 0.92


def test_the_right_topic_is_among_the_three_suggested(heard: Sequence[Heard]) -> None:
    """When the assistant asks « Voulez-vous parler de… », the right button should be there."""
    assert figures(heard).among_three >= 0.97


def test_what_is_answered_at_once_is_more_often_right(heard: Sequence[Heard]) -> None:
    """The gate must keep back wrong answers rather than right ones."""
    told = figures(heard)

    assert told.answered_right >= told.first_right
    assert told.answered >= 0.95


def test_no_voice_is_left_behind(heard: Sequence[Heard]) -> None:
    """A foreign speaker or a student on a phone deserves an answer as much as a retired teacher."""
    apart = figures_by(heard, lambda message: message.voice)

    assert {name: told.first_right for name, told in apart.items() if told.first_right < 0.89} == {}


def test_no_topic_is_left_behind(heard: Sequence[Heard]) -> None:
    """Complaints matter as much as opening hours; twenty messages a topic leave some chance."""
    apart = figures_by(heard, lambda message: message.topic)

    assert {name: told.first_right for name, told in apart.items() if told.first_right < 0.6} == {}


def test_no_group_of_topics_is_left_behind(heard: Sequence[Heard]) -> None:
    """Nor a whole part of the catalogue."""
    groups = {topic.id: topic.group for topic in topics().values()}
    apart = figures_by(heard, lambda message: groups[message.topic])

    assert {name: told.among_three for name, told in apart.items() if told.among_three < 0.94} == {}


def test_our_own_messages_are_seldom_refused(heard: Sequence[Heard]) -> None:
    """Being asked again when one was clear is worse than being offered three buttons too many."""
    foreign, ours = refusals(heard)

    assert ours <= 0.03
    assert foreign >= 0.85


def test_messages_from_elsewhere_are_refused(understanding: Understanding) -> None:
    """Weather, trains, other people's passwords: said not to be ours, rather than answered beside the point."""
    foreign = listen(understanding, read_foreign())

    assert sum(one.is_refused for one in foreign) >= 0.88 * len(foreign)


def test_several_requests_are_found_and_one_is_not_cut(understanding: Understanding) -> None:
    """The single ones of this set are hard on purpose: stories, reasons, two sentences for one thing."""
    told = several(understanding, read_several(TESTS / "several_test.tsv"))

    assert told.found >= 0.79
    assert told.split <= 0.08


def test_hidden_dangers_are_seen(understanding: Understanding) -> None:
    """Half of these dangers hide in an ordinary message; the harmless ones look like danger on purpose."""
    rows = read_labelled([TESTS / "danger_test.tsv"])
    seen = {row.text: joined(look(row.text), understanding.understand(row.text).suspicion) for row in rows}
    alarming = {text for text, danger in seen.items() if danger is not None and not danger.is_reminder}
    dangers, harmless = ({row.text for row in rows if (row.topic == "none") is wanted} for wanted in (False, True))

    assert len(alarming & dangers) >= 0.93 * len(dangers)
    assert len(alarming & harmless) <= 0.155 * len(harmless)


def test_confidence_means_what_it_says(heard: Sequence[Heard]) -> None:
    """Advisors see it, and the dialogue decides by it."""
    assert calibration_error(heard) <= 0.05


def test_dialogue_control_steals_no_message(heard: Sequence[Heard]) -> None:
    """« oui », « annule »… are taught in a few words; whole requests must never be taken for one of them."""
    stolen = [one for one in heard if one.understood.topics and one.understood.topics[0].id in STEERING]

    assert len(stolen) <= len(heard) * 0.005


def test_no_message_of_the_test_sets_was_trained_on() -> None:
    """One copied sentence and the measure lies (the words compared without case, accents or punctuation)."""
    taught = {tuple(words(fold(text))) for text in training_sentences()[0] if len(text.split()) > 2}
    asked = {tuple(words(fold(message.text))) for message in read_labelled(SETS)}

    assert not taught & asked


def test_every_topic_is_tested_and_taught() -> None:
    """A topic of the catalogue that nobody measures gets worse unseen."""
    asked, taught = {message.topic for message in read_labelled(SETS)}, set(training_sentences()[1])

    assert asked == set(topics())
    assert taught == set(topics()) | STEERING
    assert FOREIGN in asked
