"""
Weighted letters and words of a message (TF-IDF): groups of 2 to 5 letters inside words, words, and pairs of words.

The same figures as scikit-learn's ``char_wb`` and ``word`` analysers with sublinear counts, several times faster on one
message because the letter groups of a word are looked up once and remembered. Pure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix

from bot.nlu.arrays import Floats, Indices
from bot.nlu.text import fold

LETTERS = range(2, 6)
REMEMBERED = 20_000  # words whose letter groups are kept in memory


@dataclass(frozen=True)
class Weighted:
    """The features of one message: *indices*, each once, and their *weights*."""

    indices: Indices
    weights: Floats


class NgramSpace:
    """Known features, in two blocks that weigh the same: letter groups first, then words and pairs."""

    def __init__(self, features: Sequence[str], idf: Floats, letter_count: int) -> None:
        """*features*: names by index, the first *letter_count* being letter groups; *idf*: their weights."""
        if len(features) != len(idf):
            raise ValueError(f"{len(features)} features for {len(idf)} weights")
        self.features = list(features)
        self.idf = idf
        self.letter_count = letter_count
        self._letter_index = {name: index for index, name in enumerate(self.features[:letter_count])}
        self._word_index = {name: index for index, name in enumerate(self.features[letter_count:], letter_count)}
        self._rarest = float(idf.max()) if len(idf) else 1.0
        self._letters_of: dict[str, list[int]] = {}

    @classmethod
    def fit(cls, texts: Iterable[str], *, at_least: int = 2) -> NgramSpace:
        """Learn the features that *at_least* so many of *texts* have, and how rare each is."""
        letters: Counter[str] = Counter()
        terms: Counter[str] = Counter()
        total = 0
        for total, text in enumerate(texts, 1):
            split = text.split()
            letters.update({group for word in set(split) for group in letter_groups(word)})
            terms.update(set(_terms(split)))
        kept = [sorted(name for name, count in counts.items() if count >= at_least) for counts in (letters, terms)]
        counts = [letters[name] for name in kept[0]] + [terms[name] for name in kept[1]]
        idf = np.log((1 + total) / (1 + np.array(counts, dtype=np.float32))) + 1
        return cls(kept[0] + kept[1], idf.astype(np.float32), len(kept[0]))

    def weigh(self, text: str) -> Weighted:
        """Give the features of *text* (folded words between spaces); none for a text without any known one."""
        split = text.split()
        letters = [index for word in split for index in self._letters(word)]
        terms = [self._word_index[term] for term in _terms(split) if term in self._word_index]
        blocks = [self._block(indices) for indices in (letters, terms)]
        return Weighted(*(np.concatenate(parts) for parts in zip(*blocks, strict=True)))

    def matrix(self, texts: Iterable[str]) -> csr_matrix:
        """Give one row per text."""
        rows = [self.weigh(text) for text in texts]
        ends = np.cumsum([0, *(len(row.indices) for row in rows)])
        weights = np.concatenate([row.weights for row in rows]) if rows else np.empty(0, np.float32)
        indices = np.concatenate([row.indices for row in rows]) if rows else np.empty(0, np.int64)
        return csr_matrix((weights, indices, ends), shape=(len(rows), len(self.features)))

    def rarity(self, word: str) -> float:
        """Give how rare *word* is among the training sentences; an unknown one is as rare as can be."""
        index = self._word_index.get(fold(word).rstrip("'"))
        return self._rarest if index is None else float(self.idf[index])

    def knows_a_word_of(self, text: str) -> bool:
        """Whether a word of *text* (folded) stands in a training sentence: keyboard noise has none."""
        return any(word in self._word_index for word in text.split())

    def _letters(self, word: str) -> list[int]:
        known = self._letters_of.get(word)
        if known is None:
            index = self._letter_index
            known = [index[group] for group in letter_groups(word) if group in index]
            if len(self._letters_of) < REMEMBERED:
                self._letters_of[word] = known
        return known

    def _block(self, found: list[int]) -> tuple[Indices, Floats]:
        if not found:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        indices, counts = np.unique(np.array(found, dtype=np.int64), return_counts=True)
        weights = (1 + np.log(counts.astype(np.float32))) * self.idf[indices]
        return indices, (weights / np.sqrt(weights @ weights)).astype(np.float32)


def letter_groups(word: str) -> list[str]:
    """Give the groups of 2 to 5 letters of *word*, its edges marked by a space."""
    padded = f" {word} "
    return [padded[at:at + size] for size in LETTERS for at in range(len(padded) - size + 1)]


def _terms(split: list[str]) -> list[str]:
    return split + [f"{left} {right}" for left, right in zip(split, split[1:], strict=False)]
