"""The figures that say how well messages are understood."""

from __future__ import annotations

import pytest
from sklearn.metrics import f1_score

from bot.nlu.quality import Heard, Labelled, calibration_error, confusions, figures, figures_by, macro_f1, read_labelled, refusals
from bot.nlu.understanding import Topic, Understood


def heard(right: str, *candidates: str, confidence: float = 0.9, understood: bool = True, voice: str = "student") -> Heard:
    """A message about *right*, of which *candidates* were understood, best first."""
    topics = tuple(Topic(name, confidence if not at else 0.01) for at, name in enumerate(candidates))
    return Heard(Labelled("…", right, voice), Understood(topics[:1] if understood else (), topics[:3], 0.5))


HEARD = [
    heard("rib_changer", "rib_changer", "cotisation", "deces"),
    heard("deces", "cotisation", "deces", "fiscal", voice="retired"),
    heard("hors_perimetre", "hors_perimetre", "deces", "fiscal"),
    heard("hors_perimetre", "deces", "fiscal", "cotisation", understood=False),
]


def test_figures_count_first_and_among_three() -> None:
    """Two of four first; three of four among the suggestions; three of four answered, two of these rightly."""
    told = figures(HEARD)

    assert (told.count, told.first_right, told.among_three, told.answered) == (4, 0.5, 0.75, 0.75)
    assert told.answered_right == pytest.approx(2 / 3)


def test_each_voice_apart() -> None:
    """A mean may hide that one kind of member is never understood."""
    assert figures_by(HEARD, lambda message: message.voice)["retired"].first_right == 0


def test_foreign_messages_count_as_refused_when_said_foreign_or_not_understood() -> None:
    """Both ways the member is told that this is not for us, or asked again."""
    assert refusals(HEARD) == (1.0, 0.0)


def test_confusions_come_most_frequent_first() -> None:
    """Where a sentence more would help most."""
    assert confusions([*HEARD, HEARD[1]])[0] == (2, "deces", "cotisation")


def test_the_f1_is_that_of_scikit_learn() -> None:
    """Over the topics that should have been found."""
    right, chosen = ["a", "a", "b", "c", "c"], ["a", "b", "b", "c", "d"]

    assert macro_f1(right, chosen) == pytest.approx(f1_score(right, chosen, average="macro", labels=["a", "b", "c"]))


def test_honest_confidence_has_no_calibration_error() -> None:
    """Nine right out of ten at 0.9."""
    ones = [heard("a", "a", "b", "c") for _ in range(9)] + [heard("b", "a", "b", "c")]

    assert calibration_error(ones) == pytest.approx(0)
    assert calibration_error([ones[-1]]) == pytest.approx(0.9)


def test_a_test_set_is_read_with_its_quotes(tmp_path) -> None:
    """Messages hold quotes and apostrophes; they are not the file's."""
    file = tmp_path / "set.tsv"
    file.write_text('topic\tvoice\ttext\nfiscal\tretired\tle papier "impôts" svp\n', encoding="utf-8")

    assert read_labelled([file]) == [Labelled('le papier "impôts" svp', "fiscal", "retired")]
