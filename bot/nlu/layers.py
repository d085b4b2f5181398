"""
The upper layers of the sentence encoder: from what surrounds each token of a sentence to one unit vector. Pure numpy.

Tuning these layers on the training sentences was tried (docs/understanding.md): it gave nothing once there were enough
sentences, so they are the published ones.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from bot.nlu.arrays import Floats

SIZE = 512  # numbers of a token's embedding, and of a sentence's vector
BRANCH = 256
GATHERED = 1280  # numbers of a token among the others: its embedding and the three branches
BRANCHES = ((2, 0), (3, 1), (5, 2))  # the three branches: (tokens in the window, of which on the left)
_EPSILON = 1e-12


def gathered(net: Any, embeddings: Floats, hidden: Floats) -> Floats:
    """
    Give each token of a sentence as it stands among the others, `GATHERED` numbers a row: what is added up afterwards.

    *net*: the package's weights; *embeddings* (tokens × 512); *hidden* (tokens × 768): the first convolution.
    """
    bent = [np.maximum(_windows(of_branch(hidden, at), at) @ net.w2[at] + net.b2[at], 0) for at in range(len(BRANCHES))]
    return normalised(np.hstack([embeddings, np.hstack(bent) + hidden]), net.ln_g, net.ln_b, _EPSILON)


def summarised(net: Any, totals: Floats, tokens: Floats) -> Floats:
    """Turn sums of rows (texts × `GATHERED`) over so many *tokens* each into vectors of length 1."""
    root = np.sqrt(tokens)[:, None]
    mean = (totals @ net.cnn_W) / root + net.cnn_b * root
    y0 = np.maximum(mean @ net.d0, 0)
    y1 = np.maximum(mean @ net.p1 + y0 @ net.d1, 0)
    y2 = np.maximum(y1 @ net.d2, 0)
    last = np.tanh(y1 @ net.p3 + y2 @ net.d3)
    return np.asarray(last / np.sqrt(np.einsum("ij,ij->i", last, last) + _EPSILON)[:, None], np.float32)


def normalised(rows: Floats, gain: Floats, shift: Floats, epsilon: float) -> Floats:
    """Give *rows* centred and scaled, each by itself (layer normalisation)."""
    rows = rows - rows.mean(axis=1, keepdims=True)
    variance = np.einsum("ij,ij->i", rows, rows) / rows.shape[1]
    return np.asarray(rows * (1 / np.sqrt(variance + epsilon))[:, None] * gain + shift, np.float32)


def of_branch(rows: Floats, branch: int) -> Floats:
    """Give the part of *rows* that belongs to a branch."""
    return rows[:, branch * BRANCH:(branch + 1) * BRANCH]


def _windows(rows: Floats, branch: int) -> Floats:
    """Lay the neighbours of every token side by side; zeros beyond the sentence."""
    width, left = BRANCHES[branch]
    windows = np.zeros((len(rows), width, rows.shape[1]), np.float32)
    for place, shift in enumerate(range(-left, width - left)):
        first, last = max(0, -shift), min(len(rows), len(rows) - shift)
        if first < last:
            windows[first:last, place] = rows[first + shift:last + shift]
    return windows.reshape(len(rows), -1)
