"""How much is understood with fewer training sentences: the learning curve of ours, run by ``benchmarks.understand --curve``."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.measure import draw
from benchmarks.understand_validate import training_sentences
from bot.nlu.classifier import Limits
from bot.nlu.fitting import SEED
from bot.nlu.quality import Figures, Labelled, figures, listen
from bot.nlu.understanding import Understanding

SIZES: tuple[int | None, ...] = (10, 20, 40, 80, None)  # None: all of them
Point = tuple[float, Figures]


def learning_curve(messages: Sequence[Labelled], limits: Limits, sizes: Sequence[int | None] = SIZES) -> list[Point]:
    """Train on *sizes* sentences a topic, drawn once, each holding the smaller. Gives the mean number a topic."""
    by_topic: dict[str, list[str]] = defaultdict(list)
    for text, topic in zip(*training_sentences(), strict=True):
        by_topic[topic].append(text)
    for texts in by_topic.values():
        random.Random(SEED).shuffle(texts)
    points = []
    print(f"\n{'sentences a topic':>20} sentences   first   among 3   macro-F1")
    for size in sizes:
        taught = [(text, topic) for topic, texts in by_topic.items() for text in texts[:size]]
        told = figures(listen(Understanding.train(taught, limits), messages))
        print(f"{size or 'all':>20} {len(taught):9} {told.first_right:7.1%} {told.among_three:9.1%} {told.macro_f1:10.1%}", flush=True)
        points.append((len(taught) / len(by_topic), told))
    return points


def draw_curve(path: Path, points: Sequence[Point], rivals: dict[str, float]) -> None:
    """Draw the curve, and *rivals* (share right first) where all sentences are used."""
    lines = {f"ours, {name}": [(size, 100 * getattr(told, field)) for size, told in points]
             for name, field in (("among the first three", "among_three"), ("first", "first_right"))}
    lines |= {name: [(points[-1][0], 100 * share)] for name, share in rivals.items()}
    draw(path, lines, xlabel="training sentences a topic", ylabel="right, % of the test sets", title="Understanding")


def as_json(points: Sequence[Point]) -> list[dict[str, Any]]:
    """Give the points, for other programs."""
    return [{"sentences_a_topic": size} | asdict(told) for size, told in points]
