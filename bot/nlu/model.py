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
from bot.nlu.sentences import Gathered, SentenceEncoder

ARRAYS, NAMES = "topics.npz", "topics.json"
WORDS_SIZE = 300  # numbers of a word's vector in spaCy's French models


class ModelDamaged(ValueError):
    """The stored model lacks a part, or its parts do not fit together: train it again."""


@dataclass(frozen=True)
class Part:
    """
    A message, or a part of it, before its words are brought together: its *folded* words, what the encoder *gathered* of it
    and the sum of its *words* (from spaCy). Parts beside each other may be added.
    """

    folded: str
    gathered: Gathered
    words: Floats

    def __add__(self, following: Part) -> Part:
        """Give this part and the *following* one as one."""
        return Part(f"{self.folded} {following.folded}", self.gathered + following.gathered, self.words + following.words)


@dataclass(frozen=True)
class Sights:
    """
    Messages as the model sees them, one row each: *weighted* letters and words, the unit vectors of their meaning as
    *sentences* (no columns without an encoder) and those of their *words*.
    """

    weighted: Sequence[Weighted]
    sentences: Floats
    words: Floats


class TopicModel:
    """A trained classifier."""

    def __init__(self, topics: Sequence[str], space: NgramSpace, weights: Floats, intercepts: Floats,
                 encoder: SentenceEncoder | None) -> None:
        """
        *weights*: a row per feature of *space*, per number of the sentence's vector, per number of the words' vector; a
        column per topic, and a last one for danger. Raise ModelDamaged when they do not fit: above all when the encoder it was trained with is missing.
        """
        expected = (len(space.features) + (SIZE if encoder else 0) + WORDS_SIZE, len(topics) + 1)
        if weights.shape != expected or intercepts.shape != expected[1:]:
            raise ModelDamaged(f"weights are {weights.shape} and intercepts {intercepts.shape}, expected {expected}")
        self.topics = list(topics)
        self.space = space
        self._encoder, self._intercepts = encoder, intercepts
        self._by_feature, self._by_vectors = weights[:len(space.features)], weights[len(space.features):]

    def gather(self, pieces: Sequence[Reading]) -> list[Gathered]:
        """Let the encoder read the *pieces* of one message."""
        if self._encoder is None:
            return [Gathered.nothing()] * len(pieces)
        return self._encoder.gather([piece.spelt for piece in pieces])

    def see(self, parts: Sequence[Part]) -> Sights:
        """Bring the words of each of *parts* together."""
        gathered = [part.gathered for part in parts]
        sentences = self._encoder.vectors(gathered) if self._encoder else np.empty((len(parts), 0), np.float32)
        return Sights([self.space.weigh(part.folded) for part in parts], sentences, np.stack([unit(part.words) for part in parts]))

    def margins(self, sights: Sights) -> tuple[Floats, Floats]:
        """Weigh *sights* for every topic, a row each, and for danger, one figure each: the larger, the likelier."""
        by_feature = np.stack([one.weights @ self._by_feature[one.indices] for one in sights.weighted])
        margins = np.asarray(self._intercepts + by_feature + np.hstack([sights.sentences, sights.words]) @ self._by_vectors)
        return margins[:, :-1], margins[:, -1]

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
