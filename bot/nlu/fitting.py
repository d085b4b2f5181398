"""Training of the classifier of topics. The only module that needs scikit-learn, and it is not imported when serving."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_matrix, hstack, vstack
from sklearn.svm import LinearSVC

from bot.nlu.model import TopicModel
from bot.nlu.ngrams import NgramSpace
from bot.nlu.normaliser import Reading
from bot.nlu.sentences import SentenceEncoder

SEED = 20261123
STRENGTH = 0.5  # C of the machine


def fit(readings: Sequence[Reading], topics: Sequence[str], encoder: SentenceEncoder | None) -> TopicModel:
    """
    Learn from *readings* and the topic of each: a linear support-vector machine, each topic against the others.

    Features are learnt from *readings* too. With the same readings the model is the same, to the last digit.
    """
    space = NgramSpace.fit((reading.folded for reading in readings), at_least=1)
    machine = LinearSVC(C=STRENGTH, random_state=SEED)
    machine.fit(feature_rows(readings, space, encoder), np.array(topics))
    return TopicModel([str(topic) for topic in machine.classes_], space, machine.coef_.T.astype(np.float32),
                      machine.intercept_.astype(np.float32), encoder)


def feature_rows(readings: Sequence[Reading], space: NgramSpace, encoder: SentenceEncoder | None) -> csr_matrix:
    """Give one row per reading: its letters and words, then its meaning."""
    rows = space.matrix(reading.folded for reading in readings)
    if encoder is None:
        return rows
    meanings = csr_matrix(encoder.encode_all(reading.spelt for reading in readings))
    return hstack([rows, meanings], format="csr")
