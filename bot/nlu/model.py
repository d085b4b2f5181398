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
from zipfile import BadZipFile

import numpy as np

from bot.nlu.arrays import Floats
from bot.nlu.layers import SIZE
from bot.nlu.likeness import unit
from bot.nlu.ngrams import NgramSpace, Weighted
from bot.nlu.normaliser import Reading
from bot.nlu.sentences import SentenceEncoder

ARRAYS, NAMES = "topics.npz", "topics.json"
WORDS_SIZE = 300  # numbers of a word's vector in spaCy's French models


class ModelDamaged(ValueError):
    """The stored model lacks a part, or its parts do not fit together: train it again."""


@dataclass(frozen=True)
class Part:
    """
    A message, or a part of it, before its words are brought together: its *folded* words, the sums over its *tokens* (of
    the encoder) and over its *words* (from spaCy). Parts beside each other may be added.
    """

    folded: str
    sentence: Floats
    tokens: int
    words: Floats

    def __add__(self, following: Part) -> Part:
        """Give this part and the *following* one as one."""
        return Part(f"{self.folded} {following.folded}", self.sentence + following.sentence, self.tokens + following.tokens,
                    self.words + following.words)


@dataclass(frozen=True)
class Sight:
    """
    A message as the model sees it: *weighted* letters and words, the unit vector of its meaning as a *sentence* (empty
    without an encoder) and that of its *words*.
    """

    weighted: Weighted
    sentence: Floats
    words: Floats


class TopicModel:
    """A trained classifier of one message at a time."""

    def __init__(self, topics: Sequence[str], space: NgramSpace, weights: Floats, intercepts: Floats,
                 encoder: SentenceEncoder | None) -> None:
        """
        *weights*: a row per feature of *space*, per number of the sentence's vector, per number of the words' vector; a
        column per topic. Raise ModelDamaged when they do not fit: above all when the encoder it was trained with is missing.
        """
        expected = (len(space.features) + (SIZE if encoder else 0) + WORDS_SIZE, len(topics))
        if weights.shape != expected or intercepts.shape != expected[1:]:
            raise ModelDamaged(f"weights are {weights.shape} and intercepts {intercepts.shape}, expected {expected}")
        self.topics = list(topics)
        self.space = space
        self._encoder, self._intercepts = encoder, intercepts
        self._by_feature, self._by_vectors = weights[:len(space.features)], weights[len(space.features):]

    def part(self, reading: Reading, words: Floats) -> Part:
        """Gather *reading*, the vectors of whose words add up to *words*."""
        gathered = self._encoder.gather(reading.spelt) if self._encoder else (np.empty(0, np.float32), 0)
        return Part(reading.folded, *gathered, words)

    def see(self, part: Part) -> Sight:
        """Bring the words of *part* together."""
        sentence = self._encoder.vector(part.sentence, part.tokens) if self._encoder else part.sentence
        return Sight(self.space.weigh(part.folded), sentence, unit(part.words))

    def margins(self, sight: Sight) -> Floats:
        """Weigh *sight* for every topic: the larger, the likelier."""
        by_feature = sight.weighted.weights @ self._by_feature[sight.weighted.indices]
        return np.asarray(self._intercepts + by_feature + np.concatenate([sight.sentence, sight.words]) @ self._by_vectors)

    def save(self, folder: Path) -> None:
        """Write the model into *folder*."""
        np.savez(folder / ARRAYS, by_feature=self._by_feature.astype(np.float16), by_vectors=self._by_vectors,
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
            weights = np.vstack([arrays["by_feature"], arrays["by_vectors"]])
            encoder = SentenceEncoder() if names["has_encoder"] else None
            return cls(names["topics"], space, weights, arrays["intercepts"], encoder)
        except (OSError, KeyError, ValueError, BadZipFile) as cause:
            raise ModelDamaged(f"the model of topics in {folder.name} cannot be read: {cause}") from cause
