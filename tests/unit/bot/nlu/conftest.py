"""A small French lexicon, without the big dictionary: these tests say what the rules do, not which words exist."""

from __future__ import annotations

import pytest

from bot.nlu.lexicon import Lexicon, build_lexicon
from bot.nlu.normaliser import Normaliser, load_spellings

FRENCH = {
    "je": 1e-2, "me": 1e-2, "pas": 1e-2, "arrive": 1e-4, "reçu": 1e-4, "recu": 1e-6, "connecter": 1e-5, "peux": 1e-4, "école": 1e-4,
    "marche": 1e-4, "marché": 1e-4, "remboursement": 1e-6, "application": 1e-5, "merci": 1e-4, "baguette": 1e-5, "bonjour": 1e-4,
    "télétransmission": 1e-8, "vous": 1e-2, "carte": 1e-4, "a": 1e-2, "ne": 1e-2, "est": 1e-2, "mon": 1e-2,
}
SENTENCES = ["la télétransmission ne marche pas", "c'est quoi la teletransmission", "mon remboursement", "remboursement svp", "jrecu", "jrecu ma carte"]


@pytest.fixture
def lexicon() -> Lexicon:
    """Twenty words of French and those of six training sentences."""
    return build_lexicon(SENTENCES, FRENCH)


@pytest.fixture
def normaliser(lexicon: Lexicon) -> Normaliser:
    """A normaliser over them, with the real table of phone spellings."""
    return Normaliser(lexicon, load_spellings())
