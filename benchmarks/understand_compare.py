"""
Our pipeline beside Rasa's own, in one run: trained by the same command on the same sentences, asked through the same
method, each in a process of its own; timed in turn. On our test sets, and on MTOP in French.
"""

from __future__ import annotations

import csv
import statistics
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks.measure import aligned
from benchmarks.parsing import Parsed, Pipeline, serving
from benchmarks.understand_rivals import DIET, EPOCHS_ADVISED, LOGISTIC, OURS, Trained, sentences_as_yaml, trained_on
from bot.nlu.quality import Figures, Labelled, figures
from kernel.paths import ROOT

MTOP = ROOT / "benchmarks" / "data" / "mtop-fr"
FASTER, TRAINS_FASTER = 2.0, 5.0  # times, than the pipeline with DIETClassifier
CONTENDERS = (OURS, DIET, LOGISTIC)


@dataclass(frozen=True)
class Compared:
    """One pipeline on our messages."""

    trained: Trained
    figures: Figures
    p50_ms: float
    p95_ms: float
    cpu_ms: float
    peak_memory_mb: int


def compare(models: Sequence[Trained], messages: Sequence[Labelled], spoken: Sequence[str], rounds: int) -> list[Compared]:
    """Let each of *models* (ours first) read *messages*, then take turns over *spoken* for *rounds*."""
    with ExitStack() as stack:
        pipelines = [stack.enter_context(serving(model.archive)) for model in models]
        told = [figures(pipeline.listen(messages)) for pipeline in pipelines]
        timed: list[list[Parsed]] = [[] for _ in pipelines]
        for _ in range(rounds):
            for taken, pipeline in zip(timed, pipelines, strict=True):
                taken.extend(pipeline.parse(spoken))
        return [_compared(*one) for one in zip(models, pipelines, told, timed, strict=True)]


def _compared(model: Trained, pipeline: Pipeline, told: Figures, timed: Sequence[Parsed]) -> Compared:
    ordered = sorted(one.seconds for one in timed)
    return Compared(model, told, 1000 * statistics.median(ordered), 1000 * ordered[int(0.95 * len(ordered))],
                    1000 * statistics.median(one.cpu_seconds for one in timed), pipeline.peak_memory_mb())


def show(compared: Sequence[Compared]) -> dict[str, Any]:
    """Print the table and our ratios; give it all as JSON."""
    rows = [("on our test sets", "first", "among 3", "macro-F1", "p50 ms", "p95 ms", "cpu ms", "memory MB",
             "training s", "cpu s", "peak MB", "learnt")]
    for one in compared:
        spent, told = one.trained.training, one.figures
        rows.append((one.trained.name, f"{told.first_right:.1%}", f"{told.among_three:.1%}", f"{told.macro_f1:.1%}", f"{one.p50_ms:.1f}",
                     f"{one.p95_ms:.1f}", f"{one.cpu_ms:.1f}", f"{one.peak_memory_mb}", f"{spent.seconds:.0f}", f"{spent.cpu_seconds:.0f}",
                     f"{spent.peak_memory_mb}", f"{one.trained.learnt:.1%}" if one.trained.learnt else "–"))
    print("\n" + aligned(rows) + "\n(everything through Agent.parse_message; training: `rasa train`, understanding and rules; learnt: of its own sentences, at the end of the training)")
    ours, *others = compared
    for theirs in others:
        print(f"ours beside {theirs.trained.name}: {100 * (ours.figures.first_right - theirs.figures.first_right):+.1f} points first, {_ratios(ours, theirs)}")
    return {one.trained.name: asdict(one.figures) | asdict(one.trained.training) | {
        "p50_ms": one.p50_ms, "p95_ms": one.p95_ms, "cpu_ms": one.cpu_ms, "serving_peak_memory_mb": one.peak_memory_mb} for one in compared}


def _ratios(ours: Compared, theirs: Compared) -> str:
    faster, on_core = theirs.p50_ms / ours.p50_ms, theirs.cpu_ms / ours.cpu_ms
    trains, trains_on_core = (getattr(theirs.trained.training, field) / getattr(ours.trained.training, field) for field in ("seconds", "cpu_seconds"))
    told = (f"{faster:.1f}× faster a message ({on_core:.1f}× in processor time)", f"trained {trains:.1f}× faster ({trains_on_core:.1f}×)")
    if not theirs.trained.name.startswith(DIET):
        return ", ".join(told)
    return (f"{told[0]} [≥ {FASTER:g}×: {'yes' if faster >= FASTER else 'NO'}], "
            f"{told[1]} [≥ {TRAINS_FASTER:g}×: {'yes' if trains >= TRAINS_FASTER else 'NO'}]")


def compare_on_mtop(folder: Path = MTOP) -> dict[str, Any]:
    """Train each on MTOP's 859 French sentences; print how well it understands the others, as they are and as typed on a phone."""
    sentences = sentences_as_yaml((row["intent"], row["text"]) for row in rows_of(folder / "train859.tsv"))
    rows, told = [("MTOP-fr, 859 → 1 237", "first", "macro-F1", "typed on a phone", "macro-F1", "training s", "cpu s")], {}
    for name in CONTENDERS:
        model = trained_on(sentences, name, EPOCHS_ADVISED)
        with serving(model.archive) as pipeline:
            clean, phone = (figures(pipeline.listen(_labelled(folder / file))) for file in ("test1237.tsv", "test1237-phone.tsv"))
        rows.append((model.name, f"{clean.first_right:.1%}", f"{clean.macro_f1:.1%}", f"{phone.first_right:.1%}", f"{phone.macro_f1:.1%}",
                     f"{model.training.seconds:.0f}", f"{model.training.cpu_seconds:.0f}"))
        told[name] = {"clean": asdict(clean), "phone": asdict(phone)} | asdict(model.training)
    print("\n" + aligned(rows))
    return told


def _labelled(path: Path) -> list[Labelled]:
    return [Labelled(row["text"], row["intent"], "public") for row in rows_of(path)]


def rows_of(path: Path) -> list[dict[str, str]]:
    """Read a tab-separated file with a header."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
