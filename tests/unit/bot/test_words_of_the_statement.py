"""Finding the words of a statement, however they are typed."""

from __future__ import annotations

import pytest

from bot.phrasing.acronyms import MOST, card, example_card, find_terms


@pytest.mark.parametrize(("message", "terms"), [
    ("cé koi TM é BR sur mon papier", ["TM", "BR"]),
    ("C'est quoi BR et RO sur mon relevé ?", ["BR", "RO"]),
    ("Ça veut dire quoi TM, PF, DE ?", ["TM", "PF", "DE"]),
    ("brss c koi", ["BRSS"]),
    ("optamm ca veut dire koi", ["OPTAM"]),
    ("et la fameuse noemi c est quoi", ["NOEMIE"]),
    ("c'est quoi le ticket moderateur", ["TM"]),
    ("depassement d'honoraire", ["DH"]),
    ("sa ve dire koi rac 0", ["RAC 0"]),
    ("C EST QUOI LE TM SUR MON RELEVE", ["TM"]),
    ("je comprends rien aux abréviations", []),
    ("bonjour, le mot sur mon papier de la mutuelle", []),
])
def test_terms_are_found_as_people_type_them(message: str, terms: list[str]) -> None:
    """Members copy acronyms in lower case, with a letter too many, several at once."""
    assert [term.term for term in find_terms(message)] == terms


def test_an_acronym_with_two_meanings_gives_both() -> None:
    """AMO is the public scheme and also a speech therapy act: choosing for the member would be a guess."""
    assert [term.term for term in find_terms("et AMO c'est quoi")] == ["AMO", "AMO (acte)"]


def test_rc_is_told_with_its_two_meanings_and_the_check_by_figures() -> None:
    """Caution D06: next to RO, RC is most often the insurer's share, sometimes what is left to pay."""
    text = str(card(find_terms("RC c'est quoi"))["text"]).replace("\u00a0", " ")

    assert "part de votre mutuelle" in text
    assert "reste à payer" in text
    assert "si RO + RC + reste = total payé" in text


def test_never_more_than_five_terms_at_once() -> None:
    """A lesson of twelve acronyms is no answer (rule of the topic)."""
    assert len(find_terms("BR RO RC TM PF PEC TP NOEMIE OPTAM")) == MOST


def test_the_worked_example_is_told_as_it_is_with_its_note() -> None:
    """Fact F065 is quoted to the euro, and caution D07 says what it leaves out."""
    text = str(example_card()["text"]).replace("\u00a0", " ")

    for amount in ("50,00 €", "30,00 €", "21,00 €", "9,00 €", "20,00 €", "2 €", "19 €", "22 €"):
        assert amount in text
