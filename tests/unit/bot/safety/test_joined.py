"""What the words say and what the classifier suspects, weighed together."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.safety import Danger, Suspicion, joined
from bot.safety.danger import DOUBTED_BY_THE_CLASSIFIER, SEEN_BY_THE_CLASSIFIER_ALONE, SEEN_BY_THE_CLASSIFIER_TOO

SURE, UNSURE, HARDLY = SEEN_BY_THE_CLASSIFIER_ALONE, SEEN_BY_THE_CLASSIFIER_ALONE - 0.01, SEEN_BY_THE_CLASSIFIER_TOO - 0.01
OUTRIGHT = Danger("violences_danger", "child", also=("urgence_medicale",))
LEANS = Danger("detresse", is_leaning=True)
LEANS_A_LITTLE = Danger("detresse", is_reminder=True, is_leaning=True)
OVER = Danger("urgence_medicale", is_reminder=True)


@pytest.mark.parametrize("share", [DOUBTED_BY_THE_CLASSIFIER, HARDLY, 0.99])
def test_what_is_said_outright_stands_unless_the_classifier_is_certain_of_the_contrary(share: float) -> None:
    """A doubt is not enough to leave somebody beaten without the numbers."""
    assert joined(OUTRIGHT, Suspicion("detresse", share)) == OUTRIGHT


def test_what_is_said_outright_is_never_dropped() -> None:
    """« Vous voulez ma mort » gets its answer, with one line above it: a statistical model never has the last word."""
    assert joined(OUTRIGHT, Suspicion("detresse", DOUBTED_BY_THE_CLASSIFIER / 2)) == replace(OUTRIGHT, is_reminder=True)


@pytest.mark.parametrize("danger", [None, OUTRIGHT, LEANS, LEANS_A_LITTLE, OVER])
def test_without_a_classifier_the_words_decide(danger: Danger | None) -> None:
    """No model, a model that fails, a pipeline that does not look for danger."""
    assert joined(danger, None) == danger


def test_words_that_only_lean_are_believed_when_the_classifier_suspects_something() -> None:
    """Even another danger: two weak witnesses agree that something is wrong."""
    assert joined(LEANS, Suspicion("urgence_medicale", SEEN_BY_THE_CLASSIFIER_TOO)) == LEANS


@pytest.mark.parametrize("danger", [LEANS, LEANS_A_LITTLE], ids=["answer", "reminder"])
def test_words_that_only_lean_are_let_go_when_the_classifier_suspects_nothing(danger: Danger) -> None:
    """« J'ai été frappé par votre accueil » gets its thanks, not the 17."""
    assert joined(danger, Suspicion("detresse", HARDLY)) is None


def test_a_little_leaning_stays_a_reminder_when_the_classifier_is_not_sure() -> None:
    """One line, then the normal answer: the least that may help."""
    assert joined(LEANS_A_LITTLE, Suspicion("detresse", UNSURE)) == LEANS_A_LITTLE


def test_a_danger_that_only_the_classifier_sees_is_answered_when_it_is_sure() -> None:
    """Words nobody put in a rule."""
    assert joined(None, Suspicion("detresse", SURE)) == Danger("detresse")


def test_a_danger_that_only_the_classifier_sees_is_not_answered_otherwise() -> None:
    """Unsure: the normal answer."""
    assert joined(None, Suspicion("detresse", UNSURE)) is None


@pytest.mark.parametrize(("reminder", "topic"), [(OVER, "urgence_medicale"), (LEANS_A_LITTLE, "detresse"), (LEANS_A_LITTLE, "violences_danger")])
def test_a_reminder_is_raised_to_the_whole_answer_when_the_classifier_is_sure(reminder: Danger, topic: str) -> None:
    """The words thought it was over; the classifier is sure that it is now, and of what."""
    assert joined(reminder, Suspicion(topic, SURE)) == Danger(topic)


@pytest.mark.parametrize("share", [0.0, UNSURE])
def test_a_reminder_of_what_is_over_stays_one_otherwise(share: float) -> None:
    """A sign was there: the line is said even when the classifier thinks only of reimbursements."""
    assert joined(OVER, Suspicion("urgence_medicale", share)) == OVER


def test_a_reminder_raised_keeps_what_the_words_knew_of_the_same_danger() -> None:
    """A child, a poison: the numbers differ, and the classifier does not know the difference."""
    over = Danger("violences_danger", "child", is_reminder=True, also=("detresse",))

    assert joined(over, Suspicion("violences_danger", SURE)) == Danger("violences_danger", "child", also=("detresse",))


def test_a_reminder_raised_to_another_danger_names_both() -> None:
    """The variant belongs to the danger the words saw, not to the classifier's; its numbers are told too."""
    over = Danger("urgence_medicale", "poisoning", is_reminder=True)

    assert joined(over, Suspicion("violences_danger", SURE)) == Danger("violences_danger", also=("urgence_medicale",))
