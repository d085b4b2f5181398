"""The checks of login trouble, as rules on plain values."""

from __future__ import annotations

from typing import Any

import pytest

from bot.actions.login import asks_about_staying_connected, is_solved, questions, read_answer, tried


def play(*messages: tuple[str, str]) -> dict[str, Any]:
    """Give the slots after *messages* (words, topic understood), each read as the answer to the question then open."""
    slots: dict[str, Any] = {}
    for words, intent in messages:
        step = next((step for step in questions(slots) if slots.get(step) is None), None)
        slots |= read_answer(step, words, intent)
    return slots


def open_question(slots: dict[str, Any]) -> str | None:
    """Give the question asked next."""
    return next((step for step in questions(slots) if slots.get(step) is None), None)


def test_one_check_at_a_time_until_the_advisor() -> None:
    """Every check made is remembered for the advisor, who need not ask again."""
    slots = play(("mon numéro de contrat", ""), ("non", "deny"), ("toujours pas", ""), ("non", "deny"), ("je recois pas le lien", ""), ("non", "deny"))

    assert open_question(slots) is None
    assert not is_solved(slots)
    assert tried(slots)[0] == "Essayait avec le numéro de contrat (corrigé)"
    assert len(tried(slots)) == 6


def test_the_first_success_ends_the_checks() -> None:
    """Nobody wants to be asked about capitals once inside."""
    slots = play(("mon mail", ""), ("oui c'est bon", "affirm"))

    assert is_solved(slots)
    assert questions(slots) == []


def test_a_locked_account_skips_to_the_forgotten_password() -> None:
    """Fact F059: after three attempts the account locks; trying again would be bad advice."""
    slots = play(("mon numero de societaire", ""), ("il dit que mon compte est bloqué", "compte_bloque"))

    assert open_question(slots) == "login_reset"


def test_naming_the_forgotten_password_jumps_to_it() -> None:
    """A member who knows the cause should not walk through the other checks."""
    assert open_question(play(("mon mail", ""), ("en fait j'ai oublié mon mot de passe", "mdp_oublie"))) == "login_reset"


@pytest.mark.parametrize("words", ["C'est risqué de cocher rester connecté ?", "je trouve pas mon numero de sociétaire", "C'est quoi mon identifiant déjà ?"])
def test_a_question_about_signing_in_gets_an_answer_not_an_interrogation(words: str) -> None:
    """Same topic of the catalogue, but nothing is broken."""
    assert asks_about_staying_connected(words)


def test_a_question_on_the_side_answers_nothing() -> None:
    """The form steps aside, the question is answered, and the check comes back."""
    assert read_answer("login_identifier_ok", "c'est quoi la carence chez vous exactement dites moi", "carence") == {}
