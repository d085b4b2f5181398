"""
The figures that the choices in ``config.yml`` rest on: five-fold cross-validation of the training sentences, nothing else.

    python -m benchmarks.understand_validate [--folds 5] [--json FILE]

First each part of the features by itself, then the whole as it is trained, which gives the two figures of ``config.yml``: the temperature and the limit of what is understood.
About fifteen minutes on two cores.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import yaml
from scipy.optimize import minimize_scalar
from sklearn.model_selection import StratifiedKFold

from benchmarks.noise import noisy
from benchmarks.understand_parts import Folds, held_out, variants
from bot.nlu.classifier import Limits, Verdict
from bot.nlu.fitting import SEED
from bot.nlu.understanding import Understanding
from kernel.paths import ROOT

LOST = 0.05  # share of the rightly recognised messages that the gate may refuse


def main() -> None:
    """Print the figures, and write them as JSON when asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    texts, topics = training_sentences()
    numbers = np.unique(topics, return_inverse=True)[1]
    folds = list(StratifiedKFold(asked.folds, shuffle=True, random_state=SEED).split(numbers, numbers))
    print(f"{len(texts)} sentences, {len(set(topics))} intents, {asked.folds} folds\n{'':58}   first   among three")
    result = {name: _show(name, *held_out(variant, numbers, folds)) for name, variant in variants(texts).items()}
    result |= _whole(texts, topics, folds)
    if asked.json:
        asked.json.write_text(json.dumps(result, indent=2, ensure_ascii=False), encoding="utf-8")


def training_sentences() -> tuple[list[str], list[str]]:
    """Read every training sentence and its topic, in the order of the files."""
    files = sorted((ROOT / "bot" / "data" / "nlu").glob("*.yml"))
    blocks = [block for file in files for block in yaml.safe_load(file.read_text(encoding="utf-8"))["nlu"]]
    pairs = [(line[2:].strip(), block["intent"]) for block in blocks for line in block["examples"].splitlines() if line.startswith("- ")]
    return [text for text, _ in pairs], [topic for _, topic in pairs]


def _whole(texts: Sequence[str], topics: Sequence[str], folds: Folds) -> dict[str, dict[str, float]]:
    """Train as the product does, once per fold; listen to the sentences held out, clean and noisy."""
    rng, verdicts, slips, right = random.Random(SEED), [], [], []
    limits = Limits(temperature=1.0, understood_from=0.0)
    began = time.perf_counter()
    for train, test in folds:
        understanding = Understanding.train([(texts[at], topics[at]) for at in train], limits)
        verdicts += [understanding.verdict(texts[at]) for at in test]
        slips += [understanding.verdict(noisy(texts[at], rng)) for at in test]
        right += [topics[at] for at in test]
    print(f"\ntrained {len(folds)} times in {time.perf_counter() - began:.0f} s")
    limits = _limits(verdicts, right)
    print(f"temperature {limits.temperature:.3f} · understood_from {limits.understood_from:.3f}")
    result = {"limits": limits.__dict__}
    for name, ones in (("the whole", verdicts), ("the whole, on noisy copies of the sentences", slips)):
        result[name] = _show(name, [verdict.ranking[0].topic == topic for verdict, topic in zip(ones, right, strict=True)],
                             [topic in {guess.topic for guess in verdict.ranking[:3]} for verdict, topic in zip(ones, right, strict=True)])
    return result


def _limits(verdicts: Sequence[Verdict], right: Sequence[str]) -> Limits:
    """Give the temperature that makes the right topics likeliest, and the product under which LOST of the right are lost."""
    margins = np.array([[np.log(guess.confidence + 1e-30) for guess in verdict.ranking] for verdict in verdicts])
    places = np.array([[guess.topic for guess in verdict.ranking].index(topic) for verdict, topic in zip(verdicts, right, strict=True)])

    def loss(temperature: float) -> float:
        scaled = margins / temperature
        return float(np.mean(np.log(np.exp(scaled - scaled.max(axis=1, keepdims=True)).sum(axis=1)) + scaled.max(axis=1)
                             - scaled[np.arange(len(places)), places]))

    temperature = float(minimize_scalar(loss, bounds=(0.02, 2), method="bounded").x)
    scaled = margins / temperature
    best = 1 / np.exp(scaled - scaled.max(axis=1, keepdims=True)).sum(axis=1)
    products = best * np.array([verdict.likeness for verdict in verdicts])
    return Limits(temperature, float(np.quantile(products[places == 0], LOST)))


def _show(name: str, first: Sequence[bool], among_three: Sequence[bool]) -> dict[str, float]:
    shares = {"first": float(np.mean(first)), "among_three": float(np.mean(among_three))}
    print(f"{name:58} {shares['first']:7.1%} {shares['among_three']:13.1%}", flush=True)
    return shares


if __name__ == "__main__":
    main()
