"""
Adapts the upper layers of the sentence encoder to the insurer's topics. Training only; plain numpy, no TensorFlow.

The published encoder knows French, not insurance: « le papier avec 1 200 € » and « le devis » are far apart for it. A
softmax over the topics is put on top of the sentence vectors, both are trained together for a few rounds with Adam, and
the softmax is thrown away. With the same sentences and seed the result is the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from bot.nlu.layers import BRANCH, BRANCHES, SIZE, TUNED, Batch, Floats, Indices, Layers, Trace, forward

SEED = 20261123


@dataclass(frozen=True)
class Recipe:
    """How to tune: chosen by cross-validation (docs/understanding.md)."""

    rounds: int = 5
    batch: int = 32
    pace: float = 3e-4  # Adam's learning rate for the encoder; the softmax on top learns ten times as fast
    dropped: float = 0.1  # share of the sentence's mean that is left out at random
    sharpness: float = 12.0  # scale of the cosine between a sentence and a topic


def tune(published: Layers, tokens: Sequence[Sequence[int]], topics: Indices, lay: Callable[[Sequence[Sequence[int]]], Batch],
         recipe: Recipe = Recipe()) -> Layers:
    """
    Give the layers after training on sentences (*tokens* of each) and their *topics* (numbers from 0).

    *lay* makes the batch of some sentences: their embeddings and first convolutions, which do not change.
    """
    rng = np.random.default_rng(SEED)
    layers = {name: array.copy() for name, array in published.items()}
    layers["head"] = rng.normal(0, 0.05, (SIZE, int(topics.max()) + 1)).astype(np.float32)
    layers["head_bias"] = np.zeros(layers["head"].shape[1], np.float32)
    adam = _Adam({name: layers[name] for name in (*TUNED, "head", "head_bias")})
    steps = recipe.rounds * -(-len(tokens) // recipe.batch)
    for step, chosen in enumerate(_batches(tokens, recipe, rng)):
        batch = lay([tokens[index] for index in chosen])
        kept = (rng.random((len(chosen), SIZE)) >= recipe.dropped).astype(np.float32) / np.float32(1 - recipe.dropped)
        slopes = _slopes(layers, batch, topics[chosen], kept, recipe)
        pace = recipe.pace * min(1.0, 10 * (step + 1) / steps) * max(0.02, 1 - step / steps)
        adam.step(slopes, pace)
    return {name: layers[name] for name in published}


def _batches(tokens: Sequence[Sequence[int]], recipe: Recipe, rng: np.random.Generator) -> Iterator[Indices]:
    for _ in range(recipe.rounds):
        order = rng.permutation(len(tokens))
        yield from (order[at:at + recipe.batch] for at in range(0, len(order), recipe.batch))


def _slopes(layers: Layers, batch: Batch, topics: Indices, kept: Floats, recipe: Recipe) -> Layers:
    """Give the slope of the loss (cross-entropy) along every trained layer: the forward pass, then the way back."""
    trace = forward(layers, batch, kept)
    scores = recipe.sharpness * (trace.vectors @ layers["head"]) + layers["head_bias"]
    shares = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    shares[np.arange(len(topics)), topics] -= 1
    shares /= len(topics)
    slopes = {"head": recipe.sharpness * (trace.vectors.T @ shares), "head_bias": shares.sum(axis=0)}
    return slopes | _back(layers, batch, trace, recipe.sharpness * (shares @ layers["head"].T), kept)


def _back(layers: Layers, batch: Batch, trace: Trace, vectors: Floats, kept: Floats) -> Layers:
    slopes: Layers = {}
    bent = (vectors - trace.vectors * np.einsum("ij,ij->i", vectors, trace.vectors)[:, None]) / trace.norms
    last = bent * (1 - trace.bent ** 2)
    y2 = (last @ layers["d3"].T) * (trace.y2 > 0)
    y1 = (last @ layers["p3"].T + y2 @ layers["d2"].T) * (trace.y1 > 0)
    y0 = (y1 @ layers["d1"].T) * (trace.y0 > 0)
    for name, before, after in (("d3", trace.y2, last), ("p3", trace.y1, last), ("d2", trace.y1, y2), ("d1", trace.y0, y1),
                                ("p1", trace.mean, y1), ("d0", trace.mean, y0)):
        slopes[name] = before.T @ after
    mean = (y1 @ layers["p1"].T + y0 @ layers["d0"].T) * kept
    return slopes | _back_to_tokens(layers, batch, trace, mean)


def _back_to_tokens(layers: Layers, batch: Batch, trace: Trace, mean: Floats) -> Layers:
    roots = np.sqrt(batch.lengths)[:, None]
    sums = np.add.reduceat(trace.centred, batch.starts[:-1], axis=0) * layers["gain"] + roots ** 2 * layers["shift"]
    slopes: Layers = {"gather": (sums / roots).T @ mean, "gather_bias": (mean * roots).sum(axis=0)}
    each = (mean / roots) @ layers["gather"].T * layers["gain"]
    rows = np.repeat(each, np.diff(batch.starts), axis=0)
    inward = np.einsum("ij,ij->i", rows, trace.centred)[:, None] / rows.shape[1]
    rows = (rows - rows.mean(axis=1, keepdims=True) - trace.centred * inward) / trace.spread
    for at in range(len(BRANCHES)):
        part = rows[:, SIZE + at * BRANCH:SIZE + (at + 1) * BRANCH] * (trace.second[at] > 0)
        slopes[f"second{at}"], slopes[f"bias{at}"] = trace.windows[at].T @ part, part.sum(axis=0)
    return slopes


class _Adam:
    """Adam, in place, with the published constants."""

    def __init__(self, layers: Layers) -> None:
        self._layers, self._count = layers, 0
        self._first = {name: np.zeros_like(array) for name, array in layers.items()}
        self._second = {name: np.zeros_like(array) for name, array in layers.items()}

    def step(self, slopes: Layers, pace: float) -> None:
        """Move every layer against its *slopes*, at *pace*."""
        self._count += 1
        correction = np.sqrt(1 - 0.999 ** self._count) / (1 - 0.9 ** self._count)
        for name, layer in self._layers.items():
            first, second, slope = self._first[name], self._second[name], slopes[name]
            first += 0.1 * (slope - first)
            second += 0.001 * (slope * slope - second)
            layer -= (10 if name.startswith("head") else 1) * pace * correction * first / (np.sqrt(second) + 1e-7)
