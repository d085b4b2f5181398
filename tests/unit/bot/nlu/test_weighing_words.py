"""Letters and words as figures: the same as scikit-learn's, found faster."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import hstack
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.nlu.ngrams import NgramSpace

TEXTS = ["je veux ma carte", "ma carte de tiers payant", "le remboursement de ma carte carte", "le le le", "x", "a b a b"]


def test_the_weights_are_those_of_scikit_learn() -> None:
    """The published method, not a home-made variant: columns may stand in another order."""
    space = NgramSpace.fit(TEXTS, at_least=1)
    letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True).fit(TEXTS)
    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, token_pattern=r"\S+").fit(TEXTS)
    names = [*letters.get_feature_names_out(), *words.get_feature_names_out()]

    ours, theirs = space.matrix(TEXTS).toarray(), hstack([letters.transform(TEXTS), words.transform(TEXTS)]).toarray()

    assert names == space.features
    assert np.allclose(ours, theirs, atol=1e-6)


def test_unknown_words_weigh_nothing() -> None:
    """A message in another alphabet is an empty row, not an error."""
    seen = NgramSpace.fit(TEXTS, at_least=1).weigh("жжж")

    assert not len(seen.indices)


def test_features_seen_once_can_be_left_out() -> None:
    """What one sentence only has may be a slip."""
    assert "tiers" not in NgramSpace.fit(TEXTS, at_least=2).features


def test_an_unknown_word_is_as_rare_as_can_be() -> None:
    """Rare words carry the meaning of a sentence; a new one is rare."""
    space = NgramSpace.fit(TEXTS, at_least=1)

    assert space.rarity("carte") < space.rarity("payant") == space.rarity("jamais-vu")


def test_weights_and_names_must_fit() -> None:
    """A truncated file is refused rather than misread."""
    with pytest.raises(ValueError, match="features"):
        NgramSpace(["a"], np.ones(2, np.float32), 1)
