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
from bot.safety.danger import DANGERS

SEED = 20261123
SENTENCE, WORDS = 0.7, 0.7  # weights of the two vectors beside letters and words (all have length 1)
STRENGTH = 1.0  # C of the support-vector machine
ALARM_STRENGTH, ALARM_WEIGHT = 0.5, 2  # of danger against everything else: a missed danger costs twice a needless alarm
NEVER = -10.0


def fit(readings: Sequence[Reading], topics: Sequence[str], dangers: Sequence[tuple[Reading, bool]],
        encoder: SentenceEncoder | None, vector_of: WordVector) -> Trained:
    """
    Learn from *readings* and the topic of each; danger, also from *dangers*, which are of no topic.

    A linear support-vector machine, each topic against the others, weighs letters, words and meaning (*encoder* None: no
    meaning of sentences). The same readings in the same order give the same model. ValueError with fewer than three topics.
    """
    names = sorted(set(topics))
    if len(names) < 3:
        raise ValueError(f"a classifier needs three topics or more, not {len(names)}")
    numbers = np.array([names.index(topic) for topic in topics], dtype=np.int64)
    space = NgramSpace.fit((reading.folded for reading in readings), at_least=1)
    everything = [*readings, *(reading for reading, _ in dangers)]
    sentences, words = sentences_of(everything, encoder), words_of(everything, WordMeaning(vector_of, space))
    letters = space.matrix(reading.folded for reading in everything)
    seen, own = hstack([letters, csr_matrix(sentences * SENTENCE), csr_matrix(words * WORDS)], format="csr"), len(readings)
    by_topic = LinearSVC(C=STRENGTH, random_state=SEED).fit(seen[:own], numbers)
    alarm = _alarm(seen, [*(topic in DANGERS for topic in topics), *(is_danger for _, is_danger in dangers)])
    scales = np.concatenate([np.ones(len(space.features)), np.full(sentences.shape[1], SENTENCE), np.full(words.shape[1], WORDS)])
    weights = (np.vstack([by_topic.coef_, alarm[:-1]]) * scales).T.astype(np.float32)  # serving then need not know of the scales
    model = TopicModel(names, space, weights, np.append(by_topic.intercept_, alarm[-1]).astype(np.float32), encoder)
    return Trained(model, Examples(sentences[:own], words[:own], numbers))


def _alarm(seen: csr_matrix, in_danger: Sequence[bool]) -> Floats:
    """Give the weights of danger, the intercept last; without an example of both, no danger is ever suspected."""
    if len(set(in_danger)) < 2:
        return np.append(np.zeros(seen.shape[1]), NEVER)
    machine = LinearSVC(C=ALARM_STRENGTH, class_weight={True: ALARM_WEIGHT, False: 1}, random_state=SEED).fit(seen, np.array(in_danger))
    return np.append(machine.coef_[0], machine.intercept_)


def sentences_of(readings: Sequence[Reading], encoder: SentenceEncoder | None) -> Floats:
    """Give the vector of each reading as a sentence, one row each; rows without numbers when there is no encoder."""
    if encoder is None:
        return np.empty((len(readings), 0), np.float32)
    return encoder.encode_all(reading.spelt for reading in readings)


def words_of(readings: Sequence[Reading], meaning: WordMeaning) -> Floats:
    """Give the mean vector of each reading's words, one row each."""
    return np.stack([meaning.of(reading.spelt) for reading in readings])
