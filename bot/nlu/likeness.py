"""
How much a message resembles what its likely topic was taught with: the second opinion behind a refusal.

A classifier must choose among its topics, whatever it reads; its confidence says little about a message from elsewhere.
Two resemblances are averaged: of the sentence's meaning (USE) and of its words (spaCy's vectors). Pure numpy.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np

from bot.nlu.arrays import Floats, Indices
from bot.nlu.ngrams import NgramSpace

WordVector = Callable[[str], Floats]

ARRAYS = "examples.npz"
REMEMBERED = 10_000  # words whose weighed vector is kept, 1.2 KB each
NEAREST = 3  # training sentences of the topic that a message is compared with


class WordMeaning:
    """The meaning of a text as the mean of its words' vectors, rare words counting more."""

    def __init__(self, vector_of: WordVector, space: NgramSpace) -> None:
        """*vector_of* gives the vector of a word, zeros when unknown; *space* knows how rare each word is."""
        self._vector_of, self._space = vector_of, space
        self._nothing = np.zeros_like(vector_of(""))
        self._weighed = lru_cache(maxsize=REMEMBERED)(self._weigh)

    def of(self, spelt: str) -> Floats:
        """Give the unit vector of *spelt*; zeros when none of its words is known."""
        return unit(self.gather(spelt))

    def gather(self, spelt: str) -> Floats:
        """Add up the vectors of the words of *spelt*; sums of several parts may be added before `unit`."""
        total = self._nothing.copy()
        for word in spelt.replace("'", "' ").split():
            total += self._weighed(word)
        return total

    def _weigh(self, word: str) -> Floats:
        return self._space.rarity(word) * unit(self._vector_of(word))


class Examples:
    """The training sentences as two sets of unit vectors, grouped by topic."""

    def __init__(self, by_meaning: Floats, by_words: Floats, topics: Indices) -> None:
        """One row per sentence in both sets (*by_meaning* may have no columns); *topics*: the number of its topic."""
        order = np.argsort(topics, kind="stable")
        self._topics = topics[order]
        self._sets = [np.asarray(rows[order], np.float32) for rows in (by_meaning, by_words)]
        self._starts = np.searchsorted(self._topics, np.arange(self._topics.max() + 2))

    def likeness(self, topic: int, vectors: Sequence[Floats]) -> float:
        """
        Compare the two *vectors* of a message with the sentences of *topic*: from 1 (said before) to about 0 (foreign).
        """
        rows = slice(self._starts[topic], self._starts[topic + 1])
        return float(np.mean([
            np.sort(known[rows] @ vector)[-NEAREST:].mean()
            for known, vector in zip(self._sets, vectors, strict=True) if vector.size
        ]))

    def save(self, folder: Path) -> None:
        """Write the vectors into *folder*; the sentences themselves are not stored."""
        by_meaning, by_words = (rows.astype(np.float16) for rows in self._sets)
        np.savez(folder / ARRAYS, by_meaning=by_meaning, by_words=by_words, topics=self._topics)

    @classmethod
    def load(cls, folder: Path) -> Examples:
        """Read what *save* wrote; raise OSError, KeyError or ValueError when it cannot be read."""
        with np.load(folder / ARRAYS, allow_pickle=False) as stored:
            return cls(stored["by_meaning"].astype(np.float32), stored["by_words"].astype(np.float32), stored["topics"])


def unit(vector: Floats) -> Floats:
    """Give *vector* with length 1; zeros stay zeros."""
    length = np.sqrt(float(vector @ vector))
    return vector / length if length else vector
