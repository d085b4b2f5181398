"""What members type becomes ordinary French, and what they meant is never changed into something else."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.nlu.lexicon import Lexicon
from bot.nlu.normaliser import Normaliser, Reading, load_spellings
from bot.nlu.text import fold, plain, shapes, words


@pytest.mark.parametrize(("typed", "meant"), [
    ("jarrive pa a me co", "j'arrive pas a me connecter"),
    ("jpeux pas", "je peux pas"),
    ("lapplication", "l'application"),
    ("lécole", "l'école"),
    ("merciiiii", "merci"),
    ("slt g recu mon rembousement", "salut j'ai reçu mon remboursement"),
    ("C'EST QUOI", "c'est quoi"),
])
def test_phone_spelling_reads_as_french(normaliser: Normaliser, typed: str, meant: str) -> None:
    """One member in five writes like this; the encoder of meanings knows ordinary French only."""
    assert normaliser.read(typed).spelt == meant


def test_without_any_accent_the_usual_ones_come_back(normaliser: Normaliser) -> None:
    """« recu » typed on a phone is « reçu »."""
    assert normaliser.read("mon remboursement recu").spelt == "mon remboursement reçu"


def test_who_types_accents_is_believed_where_there_is_none(normaliser: Normaliser) -> None:
    """« marche » and « marché » are two words: a writer who types accents has chosen."""
    assert normaliser.read("la télétransmission marche").spelt == "la télétransmission marche"


def test_a_word_of_the_insurer_wins_over_a_nearer_stranger(normaliser: Normaliser) -> None:
    """At two edits only our own words are a safe guess."""
    assert normaliser.read("la teletranmision").spelt == "la télétransmission"
    assert normaliser.read("la dagueite").spelt == "la dagueite"


def test_names_are_left_alone(normaliser: Normaliser) -> None:
    """« Huguette » is a person, not a « baguette »."""
    assert normaliser.read("bonjour Baguetta").spelt == "bonjour baguetta"


def test_a_word_glued_to_its_subject_is_not_learnt_as_one(lexicon: Lexicon) -> None:
    """« jrecu » twice in the training sentences is still « je » and « reçu »."""
    assert "jrecu" not in lexicon


@pytest.mark.parametrize(("typed", "shape"), [
    ("mon iban FR76 3000 6000 0112 3456 7890 189", "xiban"), ("mon iban [IBAN masqué]", "xiban"),
    ("1 85 05 78 006 084 36", "xnir"), ("c'est le [n° de Sécurité sociale masqué]", "xnir"),
    ("4970 1012 3456 7890", "xcard"), ("moi@exemple.fr", "xmail"), ("06 12 34 56 78", "xphone"),
    ("le 12/03/2026", "xdate"), ("49,90 €", "xeuro"), ("60 balles", "xeuro"), ("à 16 h 30", "xhour"), ("en 2025", "xyear"),
    ("200 % BR", "xpercent200"), ("100 pour cent", "xpercent100"),
])
def test_numbers_with_a_shape_become_their_shape(typed: str, shape: str) -> None:
    """No amount is learnt by heart, and a message reads the same before and after masking."""
    assert shape in words(shapes(plain(typed)))


@pytest.mark.parametrize("typed", ["", "   ", "🙂", "…", "''"])
def test_nothing_to_read_gives_nothing(normaliser: Normaliser, typed: str) -> None:
    """An empty bubble is not an error."""
    assert normaliser.read(typed).folded.strip("'") == ""


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    """Whatever a hostile or sleepy visitor sends, reading never fails and gives words without accents."""
    reading = Normaliser(Lexicon({}), load_spellings()).read(text)

    assert reading.folded == fold(reading.folded)


def test_a_long_message_is_read_in_no_time(normaliser: Normaliser) -> None:
    """Nested patterns on digits could take minutes on a message made for that; ten thousand characters must not."""
    for text in ("1 " * 5000, "FR76" + "A1B2 " * 2000, "a" * 10_000, "1.1/" * 2500, "0 6" * 3000):
        assert isinstance(normaliser.read(text), Reading)


def test_what_was_learnt_survives_storage(normaliser: Normaliser, tmp_path) -> None:
    """The model is trained in one process and served in another."""
    normaliser.save(tmp_path)

    assert Normaliser.load(tmp_path).read("jpeux pa, g recu mon rembousement") == normaliser.read("jpeux pa, g recu mon rembousement")
