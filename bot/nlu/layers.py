"""
The upper layers of the sentence encoder: from what surrounds each token to one unit vector per sentence. Pure numpy.

These are the layers that training adapts to the insurer's subjects (``tuning.py``); those below depend on the token and
its neighbours alone and stay as published (``sentences.py``). Many sentences lie end to end in one array of tokens.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Indices = NDArray[np.int64]
Layers = dict[str, Floats]

SIZE = 512  # numbers of a token's embedding, and of a sentence's vector
BRANCH = 256
BRANCHES = ((2, 0), (3, 1), (5, 2))  # the three branches: (tokens in the window, of which on the left)
WIDE = SIZE + len(BRANCHES) * BRANCH
TUNED = ("second0", "second1", "second2", "bias0", "bias1", "bias2", "gather", "gather_bias", "d0", "d1", "d2", "d3", "p1", "p3")
FIXED = ("gain", "shift")
_EPSILON = 1e-12


@dataclass(frozen=True)
class Batch:
    """
    Sentences laid end to end: the published *embeddings* (tokens × 512) and first convolutions, *hidden* (tokens × 768),
    of every token; *starts*: where each sentence begins, and the end of the last.
    """

    embeddings: Floats
    hidden: Floats
    starts: Indices

    @property
    def lengths(self) -> Floats:
        """How many tokens each sentence has."""
        return np.diff(self.starts).astype(np.float32)

    def windows(self, branch: int) -> Floats:
        """Give the neighbours of every token side by side, zeros beyond its sentence."""
        width, left = BRANCHES[branch]
        hidden = self.hidden[:, branch * BRANCH:(branch + 1) * BRANCH]
        windows = np.zeros((len(hidden), width, BRANCH), np.float32)
        for start, end in pairwise(self.starts):
            for shift in range(-left, width - left):
                first, last = max(start, start - shift), min(end, end - shift)
                if first < last:
                    windows[first:last, shift + left] = hidden[first + shift:last + shift]
        return windows.reshape(len(hidden), width * BRANCH)


@dataclass(frozen=True)
class Trace:
    """Every step of a forward pass, kept for the way back. *vectors* is its result."""

    windows: list[Floats]
    second: list[Floats]
    spread: Floats
    centred: Floats
    mean: Floats
    y0: Floats
    y1: Floats
    y2: Floats
    bent: Floats
    norms: Floats
    vectors: Floats


def forward(layers: Layers, batch: Batch, kept: Floats | None = None) -> Trace:
    """
    Give the unit vectors of the sentences of *batch*, one row each, and how they came about.

    *kept*: while training, which of the means' numbers are kept (drop-out); all of them when None.
    """
    windows = [batch.windows(branch) for branch in range(len(BRANCHES))]
    second = [np.maximum(rows @ layers[f"second{at}"] + layers[f"bias{at}"], 0) for at, rows in enumerate(windows)]
    wide = np.concatenate([batch.embeddings, np.hstack(second) + batch.hidden], axis=1)
    centred = wide - wide.mean(axis=1, keepdims=True)
    spread = np.sqrt(np.einsum("ij,ij->i", centred, centred)[:, None] / WIDE + _EPSILON)
    centred /= spread
    roots = np.sqrt(batch.lengths)[:, None]
    sums = np.add.reduceat(centred, batch.starts[:-1], axis=0) * layers["gain"] + roots ** 2 * layers["shift"]
    mean = (sums @ layers["gather"]) / roots + layers["gather_bias"] * roots
    mean = mean if kept is None else mean * kept
    y0 = np.maximum(mean @ layers["d0"], 0)
    y1 = np.maximum(mean @ layers["p1"] + y0 @ layers["d1"], 0)
    y2 = np.maximum(y1 @ layers["d2"], 0)
    bent = np.tanh(y1 @ layers["p3"] + y2 @ layers["d3"])
    norms = np.sqrt(np.einsum("ij,ij->i", bent, bent)[:, None] + _EPSILON)
    return Trace(windows, second, spread, centred, mean, y0, y1, y2, bent, norms, bent / norms)
