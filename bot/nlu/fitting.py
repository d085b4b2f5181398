"""Training of the classifier of topics. The only module that needs scikit-learn, and it is not imported when serving."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.svm import LinearSVC

from bot.nlu.classifier import Trained
from bot.nlu.likeness import Examples, Floats, WordMeaning, WordVector
from bot.nlu.model import TopicModel
from bot.nlu.ngrams import NgramSpace
from bot.nlu.normaliser import Reading
from bot.nlu.sentences import SentenceEncoder

SEED = 20261123
STRENGTH = 0.5  # C of the machine


def fit(readings: Sequence[Reading], topics: Sequence[str], encoder: SentenceEncoder | None,
        vector_of: WordVector) -> Trained:
    """
    Learn from *readings* and the topic of each: a linear support-vector machine, each topic against the others.

    Features are learnt from *readings* too. With the same readings the model is the same, to the last digit.
    """
    space = NgramSpace.fit((reading.folded for reading in readings), at_least=1)
    meanings = _meanings(readings, encoder)
    machine = LinearSVC(C=STRENGTH, random_state=SEED)
    machine.fit(hstack([space.matrix(reading.folded for reading in readings), csr_matrix(meanings)], format="csr"),
                np.array(topics))
    model = TopicModel([str(topic) for topic in machine.classes_], space, machine.coef_.T.astype(np.float32),
                       machine.intercept_.astype(np.float32), encoder)
    return Trained(model, _examples(model, readings, topics, meanings, vector_of))


def _meanings(readings: Sequence[Reading], encoder: SentenceEncoder | None) -> Floats:
    if encoder is None:
        return np.empty((len(readings), 0), np.float32)
    return encoder.encode_all(reading.spelt for reading in readings)


def _examples(model: TopicModel, readings: Sequence[Reading], topics: Sequence[str], meanings: Floats,
              vector_of: WordVector) -> Examples:
    words = WordMeaning(vector_of, model.space)
    number = {topic: position for position, topic in enumerate(model.topics)}
    return Examples(meanings, np.stack([words.of(reading.spelt) for reading in readings]),
                    [number[topic] for topic in topics])
