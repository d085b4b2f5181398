"""What the words say and what the classifier understands, weighed together."""

from __future__ import annotations

import pytest

from bot.safety import Danger, joined
from bot.safety.danger import SEEN_BY_THE_CLASSIFIER_ALONE, SEEN_BY_THE_CLASSIFIER_TOO

SURE, UNSURE, HARDLY = SEEN_BY_THE_CLASSIFIER_ALONE, SEEN_BY_THE_CLASSIFIER_ALONE - 0.01, SEEN_BY_THE_CLASSIFIER_TOO - 0.01
ORDINARY = [("remb_suivi", 0.9), ("salutation", 0.05)]
OUTRIGHT = Danger("violences_danger", "child", also=("urgence_medicale",))
LEANS = Danger("detresse", is_leaning=True)
LEANS_A_LITTLE = Danger("detresse", is_reminder=True, is_leaning=True)
OVER = Danger("urgence_medicale", is_reminder=True)


@pytest.mark.parametrize("likely", [[], ORDINARY, [("detresse", 0.99)], [("urgence_medicale", HARDLY)]], ids=["silent", "ordinary", "another danger", "hardly"])
def test_what_is_said_outright_stands_whatever_the_classifier_thinks(likely: list[tuple[str, float]]) -> None:
    """A statistical model is never what decides that somebody beaten is not in danger."""
    assert joined(OUTRIGHT, likely) == OUTRIGHT


def test_words_that_only_lean_are_believed_when_the_classifier_sees_some_danger() -> None:
    """Even another danger, even far behind: two weak witnesses agree that something is wrong."""
    assert joined(LEANS, [("remb_suivi", 0.7), ("urgence_medicale", SEEN_BY_THE_CLASSIFIER_TOO)]) == LEANS


@pytest.mark.parametrize("likely", [[], ORDINARY, [("remb_suivi", 0.7), ("detresse", HARDLY)]], ids=["silent", "ordinary", "hardly"])
@pytest.mark.parametrize("danger", [LEANS, LEANS_A_LITTLE], ids=["answer", "reminder"])
def test_words_that_only_lean_are_let_go_when_the_classifier_sees_none(danger: Danger, likely: list[tuple[str, float]]) -> None:
    """« J'ai été frappé par votre accueil » gets its thanks, not the 17."""
    assert joined(danger, likely) is None


def test_a_little_leaning_stays_a_reminder_when_the_classifier_is_not_sure() -> None:
    """One line, then the normal answer: the least that may help."""
    assert joined(LEANS_A_LITTLE, [("remb_suivi", 0.6), ("detresse", UNSURE)]) == LEANS_A_LITTLE


def test_a_danger_that_only_the_classifier_sees_is_answered_when_it_is_sure() -> None:
    """Words nobody put in a rule."""
    assert joined(None, [("detresse", SURE), ("remb_suivi", 0.3)]) == Danger("detresse")


@pytest.mark.parametrize("likely", [
    [], ORDINARY, [("detresse", UNSURE)], [("remb_suivi", 0.55), ("detresse", SURE)]], ids=["silent", "ordinary", "unsure", "second"])
def test_a_danger_that_only_the_classifier_sees_is_not_answered_otherwise(likely: list[tuple[str, float]]) -> None:
    """Unsure, or surer of something else: the normal answer."""
    assert joined(None, likely) is None


@pytest.mark.parametrize(("reminder", "topic"), [(OVER, "urgence_medicale"), (LEANS_A_LITTLE, "detresse"), (LEANS_A_LITTLE, "violences_danger")])
def test_a_reminder_is_raised_to_the_whole_answer_when_the_classifier_is_sure(reminder: Danger, topic: str) -> None:
    """The words thought it was over; the classifier is sure that it is now, and of what."""
    assert joined(reminder, [(topic, SURE)]) == Danger(topic)


@pytest.mark.parametrize("likely", [[], ORDINARY, [("urgence_medicale", UNSURE)]], ids=["silent", "ordinary", "unsure"])
def test_a_reminder_of_what_is_over_stays_one_otherwise(likely: list[tuple[str, float]]) -> None:
    """A sign was there: the line is said even when the classifier thinks only of reimbursements."""
    assert joined(OVER, likely) == OVER


def test_a_reminder_raised_keeps_what_the_words_knew_of_the_same_danger() -> None:
    """A child, a poison: the numbers differ, and the classifier does not know the difference."""
    over = Danger("violences_danger", "child", is_reminder=True, also=("detresse",))

    assert joined(over, [("violences_danger", SURE)]) == Danger("violences_danger", "child", also=("detresse",))


def test_a_reminder_raised_to_another_danger_names_both() -> None:
    """The variant belongs to the danger the words saw, not to the classifier's; its numbers are told too."""
    over = Danger("urgence_medicale", "poisoning", is_reminder=True)

    assert joined(over, [("violences_danger", SURE)]) == Danger("violences_danger", also=("urgence_medicale",))
