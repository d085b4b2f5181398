"""Where a message may be cut, when it is, and in which order its requests are served."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.classifier import Guess, Verdict
from bot.nlu.normaliser import Piece, Reading
from bot.nlu.pieces import MOST, pieces
from bot.nlu.requests import Request, Separator, Table
from bot.nlu.serving import in_order
from bot.phrasing.phrasebook import topics
from bot.safety import Suspicion

EAGER = Table({"base": 9.0, **dict.fromkeys(
    ("first", "second", "third", "likeness", "score", "weaker", "weaker_likeness", "weaker_in_whole", "crossed", "crossed_less", "doubt", "first_is_a_side", "link", "and",
     "sentence", "both_ask", "questions", "shorter", "length"), 0.0)}, 0.5)
WORDS = {"carte": "carte_tp", "horaires": "horaires", "rib": "rib_changer", "bonjour": "salutation"}


class KeyWords:
    """A classifier of key words: the first one it finds is likeliest, the others come after."""

    def parts(self, pieces: Sequence[Reading]) -> list[str]:
        """Take the words."""
        return [f"{piece.folded} " for piece in pieces]

    def verdicts(self, parts: Sequence[str]) -> list[Verdict]:
        """Judge each."""
        return [self.verdict(part) for part in parts]

    def verdict(self, part: str) -> Verdict:
        """Look for the key words."""
        found = [topic for word, topic in WORDS.items() if word in part.split()] or ["garanties"]
        others = [topic for topic in (*WORDS.values(), "garanties") if topic not in found]
        shares = {topic: 0.8 / len(found) for topic in found} | {topic: 0.2 / len(others) for topic in others}
        ranking = sorted(shares, key=lambda topic: -shares[topic])
        return Verdict(tuple(Guess(topic, shares[topic]) for topic in ranking), 0.8, is_understood=True, suspicion=Suspicion("detresse", 0.0))


def read(*texts: str) -> list[Piece]:
    """Pieces that read as they are written."""
    return [Piece(text, Reading(text, text)) for text in texts]


def topics_of(*texts: str, table: Table = EAGER) -> list[str]:
    """What is separated in a message of these pieces."""
    return [one.topic for one in Separator(KeyWords(), table).separate(read(*texts))[1]]


@pytest.mark.parametrize(("text", "cut"), [
    ("envoyez-moi mon attestation et ma carte", ["envoyez-moi mon attestation", "et ma carte"]),
    ("j'ai perdu ma carte. Quels sont vos horaires ?", ["j'ai perdu ma carte.", "Quels sont vos horaires ?"]),
    ("votre site est en panne page blanche donnez moi le numéro", ["votre site est en panne page blanche", "donnez moi le numéro"]),
    ("deux points : 1) mon rib 2) ma carte", ["deux points :", "1) mon rib", "2) ma carte"]),
    ("changer mon rib + le numero", ["changer mon rib", "+ le numero"]),
    ("je change de nom", ["je change de nom"]),
    ("", []),
])
def test_a_message_may_be_cut_where_another_request_may_begin(text: str, cut: list[str]) -> None:
    """With punctuation, without, by a number, by a sign."""
    assert pieces(text) == cut


@given(st.text(max_size=300))
def test_nothing_is_lost_by_cutting(text: str) -> None:
    """Whatever was typed: the pieces together are the message, and they are few."""
    from bot.nlu.text import plain

    cut = pieces(text)

    assert "".join("".join(cut).split()) == "".join(plain(text).split())
    assert len(cut) <= MOST


def test_two_requests_are_both_found() -> None:
    """The second is not forgotten."""
    assert topics_of("bonjour ma carte est perdue", "et vos horaires") == ["carte_tp", "horaires"]


def test_three_requests_are_found_by_cutting_a_part_again() -> None:
    """Each part is a message of its own."""
    assert sorted(topics_of("ma carte", "vos horaires", "mon rib")) == ["carte_tp", "horaires", "rib_changer"]


def test_one_request_told_in_two_sentences_stays_one() -> None:
    """Two parts with one topic are one request."""
    assert topics_of("ma carte est perdue", "il me faut une carte") == ["carte_tp"]


def test_a_greeting_is_not_a_request() -> None:
    """« bonjour » beside a request is courtesy."""
    assert topics_of("bonjour", "ma carte") == ["carte_tp"]


def test_the_weights_decide() -> None:
    """A cut that is not likely enough is not made."""
    assert topics_of("ma carte", "vos horaires", table=Table({**EAGER.weights, "base": -9.0}, 0.5)) == ["carte_tp"]


def test_what_matters_most_is_served_first() -> None:
    """Danger, then an account at risk, a complaint, a person, access, acts, information, small talk."""
    said = ["salutation", "horaires", "adresse_changer", "mdp_oublie", "parler_humain", "reclamation_deposer", "compte_piratage", "detresse"]

    assert [one.topic for one in in_order([Request("", topic, 1.0) for topic in said])] == said[::-1]


def test_as_important_means_as_it_was_said() -> None:
    """Nobody likes his second question answered first for no reason."""
    assert [one.topic for one in in_order([Request("", topic, 1.0) for topic in ("telephone", "horaires", "carence")])] == ["telephone", "horaires", "carence"]


def test_the_order_names_topics_that_exist() -> None:
    """A topic renamed in the catalogue must not lose its place."""
    from bot.nlu.serving import _ranks

    assert set(_ranks()) <= set(topics())
