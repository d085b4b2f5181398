"""What each part of the features is worth by itself, by cross-validation. Run by ``benchmarks.understand_validate``."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix, hstack, vstack
from sklearn.svm import LinearSVC

from benchmarks.noise import noisy
from bot.nlu.arrays import Floats, Indices
from bot.nlu.fitting import SEED, STRENGTH, sentences_of, words_of
from bot.nlu.french_words import load_spacy, word_vectors
from bot.nlu.likeness import WordMeaning
from bot.nlu.ngrams import NgramSpace
from bot.nlu.normaliser import Normaliser, Reading
from bot.nlu.sentences import SentenceEncoder
from bot.nlu.text import fold, words

Folds = Sequence[tuple[Indices, Indices]]


@dataclass(frozen=True)
class Variant:
    """
    Sentences as a variant sees them: their *readings*, their vectors (*dense*), whether *letters* and words count, and
    *more* sentences of the same topics to learn from.
    """

    readings: Sequence[Reading]
    dense: Floats
    letters: bool = True
    more: Variant | None = None

    def rows(self, space: NgramSpace, chosen: Indices) -> csr_matrix:
        """Give the features of the *chosen* sentences."""
        blocks = [csr_matrix(self.dense[chosen])]
        if self.letters:
            blocks.append(space.matrix(self.readings[at].folded for at in chosen))
        return hstack(blocks, format="csr")


def held_out(variant: Variant, topics: Indices, folds: Folds) -> tuple[Floats, Floats]:
    """Say of every sentence, held out in turn, whether its topic came first, and whether it was among the first three."""
    first, among_three = np.zeros(len(topics), bool), np.zeros(len(topics), bool)
    for train, test in folds:
        space = NgramSpace.fit((variant.readings[at].folded for at in train), at_least=1)
        learnt = [some.rows(space, train) for some in (variant, variant.more) if some]
        machine = LinearSVC(C=STRENGTH, random_state=SEED).fit(vstack(learnt, format="csr"), np.tile(topics[train], len(learnt)))
        ranked = np.argsort(-machine.decision_function(variant.rows(space, test)), axis=1)
        first[test], among_three[test] = ranked[:, 0] == topics[test], (ranked[:, :3] == topics[test, None]).any(axis=1)
    return first, among_three


def variants(texts: Sequence[str]) -> dict[str, Variant]:
    """Name what is tried."""
    normaliser, encoder, rng = Normaliser.train(texts), SentenceEncoder(), random.Random(SEED)
    typed = [Reading(" ".join(words(fold(text))), text) for text in texts]
    read = [normaliser.read(text) for text in texts]
    hurried = [normaliser.read(noisy(text, rng)) for text in texts]
    meant_typed, meant, meant_hurried = (sentences_of(readings, encoder) for readings in (typed, read, hurried))
    spacy = WordMeaning(word_vectors(load_spacy("fr_core_news_md")), NgramSpace.fit(reading.folded for reading in read))
    by_words = words_of(read, spacy)
    none = np.empty((len(texts), 0), np.float32)
    return {
        "letters and words, as typed": Variant(typed, none),
        "letters and words, normalised": Variant(read, none),
        "spaCy vectors (fr_core_news_md) alone, normalised": Variant(read, by_words, letters=False),
        "published encoder alone, as typed": Variant(typed, meant_typed, letters=False),
        "published encoder alone, normalised": Variant(read, meant, letters=False),
        "letters, words, published encoder, as typed": Variant(typed, meant_typed),
        "letters, words, published encoder, normalised": Variant(read, meant),
        "… with spaCy vectors": Variant(read, np.hstack([meant, by_words])),
        "… with a noisy copy of every sentence": Variant(read, meant, more=Variant(hurried, meant_hurried)),
    }
