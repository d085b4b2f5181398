"""
How far the words of a message lean towards each danger: a second look, for what no sign says outright.

``weights.tsv`` gives each word's weight for each topic, learned from the sentences of bot/data/nlu and of the tests by
``python -m bot.safety.learn``. A message leans by the sum of its words' weights over the square root of their number.
Pure but for reading the table; the table is in the project, so that the same message always leans the same way.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from functools import lru_cache
from math import sqrt
from pathlib import Path

TABLE = Path(__file__).parent / "weights.tsv"
TOPICS = ("urgence_medicale", "detresse", "violences_danger")
BASE = "(base)"
FEWEST_WORDS = 4  # « ça me va » leans nowhere


@lru_cache(maxsize=1)
def _weights() -> dict[str, tuple[float, ...]]:
    with TABLE.open(encoding="utf-8", newline="") as lines:
        rows = csv.reader((line for line in lines if not line.startswith("#")), delimiter="\t")
        return {word: tuple(float(weight) for weight in weights) for word, *weights in rows}


def leanings(words: Iterable[str]) -> dict[str, float]:
    """
    Give how far *words*, as the vocabulary reads them, lean towards each topic; below 0 is away from it.

    Nothing when they are too few to tell.
    """
    distinct = set(words)
    if len(distinct) < FEWEST_WORDS:
        return {}
    weights, none = _weights(), (0.0,) * len(TOPICS)
    scale = sqrt(len(distinct))
    return {topic: weights[BASE][place] + sum(weights.get(word, none)[place] for word in distinct) / scale
            for place, topic in enumerate(TOPICS)}
