"""
The classifier of topics: letters, words and meaning of a message, weighed by a linear model. Pure numpy.

What is kept of the training (``fitting.py``) is one matrix, so that an answer is the sum of a few hundred of its rows.
Stored as plain arrays and JSON: no pickle, nothing is executed when a model is opened.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.nlu.ngrams import NgramSpace
from bot.nlu.normaliser import Reading
from bot.nlu.sentences import SIZE, SentenceEncoder

Floats = NDArray[np.float32]
ARRAYS, NAMES = "topics.npz", "topics.json"


class ModelDamaged(ValueError):
    """The stored model lacks a part, or its parts do not fit together: train it again."""


@dataclass(frozen=True)
class Scores:
    """What the model thinks of one message: *margins* by topic, and its meaning as a unit *vector* (empty: no encoder)."""

    margins: Floats
    vector: Floats


class TopicModel:
    """A trained classifier of one message at a time."""

    def __init__(self, topics: Sequence[str], space: NgramSpace, weights: Floats, intercepts: Floats,
                 encoder: SentenceEncoder | None) -> None:
        """
        *weights*: a row per feature of *space*, then a row per number of the sentence vector; a column per topic.
        Raise ModelDamaged when they do not fit: above all when the model was trained with an encoder and has none.
        """
        expected = (len(space.features) + (SIZE if encoder else 0), len(topics))
        if weights.shape != expected or intercepts.shape != expected[1:]:
            raise ModelDamaged(f"weights are {weights.shape} and intercepts {intercepts.shape}, expected {expected}")
        self.topics = list(topics)
        self.space = space
        self._encoder, self._intercepts = encoder, intercepts
        self._by_feature, self._by_meaning = weights[:len(space.features)], weights[len(space.features):]

    def score(self, reading: Reading) -> Scores:
        """Weigh *reading* for every topic."""
        seen = self.space.weigh(reading.folded)
        vector = self.meaning(reading)
        margins = self._intercepts + seen.weights @ self._by_feature[seen.indices] + vector @ self._by_meaning
        return Scores(margins, vector)

    def meaning(self, reading: Reading) -> Floats:
        """Give the unit vector of *reading*'s meaning; an empty one without an encoder."""
        return self._encoder.encode(reading.spelt) if self._encoder else np.empty(0, np.float32)

    def save(self, folder: Path) -> None:
        """Write the model into *folder*."""
        np.savez_compressed(folder / ARRAYS, by_feature=self._by_feature.astype(np.float16), by_meaning=self._by_meaning,
                            intercepts=self._intercepts, idf=self.space.idf)
        names = {"topics": self.topics, "features": self.space.features, "letter_count": self.space.letter_count,
                 "has_encoder": self._encoder is not None}
        (folder / NAMES).write_text(json.dumps(names, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> TopicModel:
        """Read what *save* wrote; raise ModelDamaged when a part is missing, EncoderMissing without the encoder it needs."""
        try:
            names = json.loads((folder / NAMES).read_text(encoding="utf-8"))
            with np.load(folder / ARRAYS, allow_pickle=False) as stored:
                arrays = {name: stored[name].astype(np.float32) for name in stored.files}
            space = NgramSpace(names["features"], arrays["idf"], names["letter_count"])
            weights = np.vstack([arrays["by_feature"], arrays["by_meaning"]])
            topics, intercepts, has_encoder = names["topics"], arrays["intercepts"], names["has_encoder"]
        except (OSError, KeyError, ValueError) as cause:
            raise ModelDamaged(f"the model of topics in {folder.name} cannot be read: {cause}") from cause
        return cls(topics, space, weights, intercepts, SentenceEncoder() if has_encoder else None)
