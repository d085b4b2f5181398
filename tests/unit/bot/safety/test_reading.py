"""Reading what was meant: sounds, misspellings, and words that must be left alone."""

from __future__ import annotations

import warnings

import pytest

from bot.safety.leaning import BASE, TOPICS, leanings
from bot.safety.patterns import UnknownIdea, compiled, needed_by, words_of
from bot.safety.signs import rule_book
from bot.safety.sound import fold, sound, words

warnings.filterwarnings("ignore", message="pkg_resources")
IDEAS = {"pain": ["mal", "douleur"], "all": ["{pain}", "en feu"]}


@pytest.mark.parametrize(("one", "other"), [
    ("frappe", "frape"), ("frapper", "frappait"), ("poitrine", "poitrin"), ("etouffe", "etoufe"), ("saigne", "segne"), ("avale", "avaler"),
    ("mourir", "mourire"), ("respire", "respir"),
])
def test_words_that_sound_alike_have_one_sound(one: str, other: str) -> None:
    """A telephone writes what it hears."""
    assert sound(one) == sound(other)


def test_words_are_folded_and_cut_at_every_sign() -> None:
    """Capitals, accents, ligatures and apostrophes change nothing; letters held down neither."""
    assert words("L'ŒDÈME, c’est noooon !") == ["l", "oedeme", "c", "est", "noon"]
    assert fold("Ça Gêne") == "ca gene"


@pytest.mark.parametrize(("written", "meant"), [
    ("jarive pu a respiré", " j arrive plus a respire "),
    ("poitrin", " poitrine "),
    ("infractus", " infarctus "),
    ("jveux", " je veux "),
    ("dasme", " d asthme "),
    ("je soigne ma fille", " je soigne ma fille "),
    ("le site de Poitiers", " le site de poitiers "),
])
def test_a_message_is_read_as_it_was_meant(written: str, meant: str) -> None:
    """Misspelled words are mended, words of their own are not."""
    assert rule_book().vocabulary.lines(written)[0].replace("respirer", "respire") == meant


def test_a_pattern_reads_as_it_is_written() -> None:
    """Gaps, choices, absences, ends of a sentence."""
    pattern = compiled("{all} .. poitrine !remboursee", IDEAS)

    assert pattern.search(" mal a la poitrine ")
    assert pattern.search(" en feu la poitrine ")
    assert not pattern.search(" mal a la poitrine remboursee ")
    assert not pattern.search(" mal un deux trois quatre cinq poitrine ")
    assert compiled("^ mourir $", IDEAS).search(" mourir ")
    assert not compiled("mourir $", IDEAS).search(" mourir de rire ")
    assert list(words_of("{all} .. frapp*|a_bout?", IDEAS)) == ["mal", "douleur", "en", "feu", "frapp*", "a", "bout"]


@pytest.mark.parametrize(("pattern", "needed"), [
    ("{pain} .. poitrine", {"poitrine"}), ("frapp* {pain}", {"mal", "douleur"}), ("frapp* mal? !poitrine", set()), ("en_feu .. a|b|c", {"en"}),
])
def test_the_words_a_pattern_cannot_do_without_are_known(pattern: str, needed: set[str]) -> None:
    """Most patterns are not even tried on a message; one wrongly left out would hide a danger."""
    assert needed_by(pattern, IDEAS) == needed


def test_leaving_out_impossible_patterns_changes_nothing() -> None:
    """The narrowed rule book finds what the whole one finds."""
    line = " mon mari me frappe et j ai mal a la poitrine "
    whole = {sign.reason for sign in rule_book().signs if sign.is_in(line)}

    assert whole
    assert {sign.reason for sign in rule_book().possible(set(line.split())).signs if sign.is_in(line)} == whole


def test_a_pattern_with_an_unknown_idea_stops_the_start() -> None:
    """A slip in a file of rules must not make a danger invisible."""
    with pytest.raises(UnknownIdea):
        compiled("{pane}", IDEAS)


def test_no_common_french_word_is_mistaken_for_a_word_of_danger() -> None:
    """« soigne » is not « saigne ». A word reported here goes to real_words.txt, or is another form of the word read."""
    from wordfreq import top_n_list

    vocabulary = rule_book().vocabulary
    mistaken = {}
    for word in {part for entry in top_n_list("fr", 6000) for part in words(entry) if len(part) > 1}:
        meant = vocabulary.meant_by(word)
        is_form = sound(word) == sound(meant) and word[:4] == meant[:4]
        if meant != word and not is_form and not vocabulary.is_known(word) and not vocabulary.is_spelling(word):
            mistaken[word] = meant

    assert len(mistaken) <= 12, mistaken


def test_every_sign_says_why() -> None:
    """Whoever reviews an alarm must find the reason for it."""
    assert all(sign.reason and sign.weight in {1, 2, 3} and sign.wordings for sign in rule_book().signs)


def test_words_lean_towards_what_they_tell() -> None:
    """The table is in the project: the same words always lean the same way."""
    danger = leanings(["vivre", "envie", "plus", "mourir"])
    ordinary = leanings(["remboursement", "mutuelle", "carte", "facture"])

    assert set(danger) == set(TOPICS)
    assert danger["detresse"] > 0 > max(ordinary.values())
    assert leanings(["ca", "me", "va"]) == {}
    assert BASE not in rule_book().vocabulary.lines(BASE)[0]
