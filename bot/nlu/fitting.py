"""Training of the classifier of topics. The only module that needs scikit-learn; it is not imported when serving."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.svm import LinearSVC

from bot.nlu.arrays import Floats
from bot.nlu.classifier import Trained
from bot.nlu.likeness import Examples, WordMeaning, WordVector
from bot.nlu.model import TopicModel
from bot.nlu.ngrams import NgramSpace
from bot.nlu.normaliser import Reading
from bot.nlu.sentences import SentenceEncoder

SEED = 20261123
SENTENCE, WORDS = 0.7, 0.7  # weights of the two vectors beside letters and words (all have length 1)
STRENGTH = 1.0  # C of the support-vector machine


def fit(readings: Sequence[Reading], topics: Sequence[str], encoder: SentenceEncoder | None,
        vector_of: WordVector) -> Trained:
    """
    Learn from *readings* and the topic of each.

    A linear support-vector machine, each topic against the others, weighs letters, words and meaning (*encoder* None: no
    meaning of sentences). The same readings in the same order give the same model. ValueError with fewer than three topics.
    """
    names = sorted(set(topics))
    if len(names) < 3:
        raise ValueError(f"a classifier needs three topics or more, not {len(names)}")
    numbers = np.array([names.index(topic) for topic in topics], dtype=np.int64)
    space = NgramSpace.fit((reading.folded for reading in readings), at_least=1)
    sentences, words = sentences_of(readings, encoder), words_of(readings, WordMeaning(vector_of, space))
    machine = LinearSVC(C=STRENGTH, random_state=SEED)
    letters = space.matrix(reading.folded for reading in readings)
    machine.fit(hstack([letters, csr_matrix(sentences * SENTENCE), csr_matrix(words * WORDS)], format="csr"), numbers)
    scales = np.concatenate([np.ones(len(space.features)), np.full(sentences.shape[1], SENTENCE), np.full(words.shape[1], WORDS)])
    weights = (machine.coef_ * scales).T.astype(np.float32)  # serving then need not know of the scales
    model = TopicModel(names, space, weights, machine.intercept_.astype(np.float32), encoder)
    return Trained(model, Examples(sentences, words, numbers))


def sentences_of(readings: Sequence[Reading], encoder: SentenceEncoder | None) -> Floats:
    """Give the vector of each reading as a sentence, one row each; rows without numbers when there is no encoder."""
    if encoder is None:
        return np.empty((len(readings), 0), np.float32)
    return encoder.encode_all(reading.spelt for reading in readings)


def words_of(readings: Sequence[Reading], meaning: WordMeaning) -> Floats:
    """Give the mean vector of each reading's words, one row each."""
    return np.stack([meaning.of(reading.spelt) for reading in readings])
