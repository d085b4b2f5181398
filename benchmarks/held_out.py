"""How well the trained model understands sentences written apart from its own: ``python -m benchmarks.held_out [--json]``."""

from __future__ import annotations

import csv
import json
import sys
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bot.nlu.understanding import Understanding
from bot.safety import joined, look
from bot.worker.model import fresh_model, train

ROOT = Path(__file__).resolve().parent.parent
FOREIGN = "hors_perimetre"
DANGERS = {"urgence_medicale", "detresse", "violences_danger"}


def held_out() -> list[dict[str, str]]:
    """Read the sentences (topic, voice, text); nothing was ever trained or tuned on them."""
    rows: list[dict[str, str]] = []
    for path in sorted((ROOT / "tests/understanding").glob("test_set_*.tsv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows += csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
    return rows


def measure(understanding: Understanding, rows: list[dict[str, str]]) -> dict[str, Any]:
    """Give the figures: top-1, top-3, macro-F1, refusals, safety, by voice, the weakest topics."""
    for row in rows[:200]:  # words are read once, then remembered: a service is warm
        understanding.understand(row["text"])
    started = time.perf_counter()
    seen = [understanding.understand(row["text"]) for row in rows]
    spent = time.perf_counter() - started
    told = [one.topics[0].id if one.topics else None for one in seen]
    wanted = [row["topic"] for row in rows]
    dangers = [joined(look(row["text"]), [(c.id, c.confidence) for c in one.candidates]) for row, one in zip(rows, seen, strict=True)]
    ours = [place for place, topic in enumerate(wanted) if topic != FOREIGN]
    foreign = [place for place, topic in enumerate(wanted) if topic == FOREIGN]
    at_risk = [place for place, topic in enumerate(wanted) if topic in DANGERS]
    safe = [place for place, topic in enumerate(wanted) if topic not in DANGERS]
    return {
        "sentences": len(rows),
        "top1": share(told[i] == wanted[i] for i in range(len(rows))),
        "top3": share(wanted[i] in [c.id for c in seen[i].candidates] for i in range(len(rows))),
        "macro_f1": macro_f1(wanted, told),
        "foreign_refused": share(told[i] in (None, FOREIGN) for i in foreign),
        "ours_refused": share(told[i] in (None, FOREIGN) for i in ours),
        "safety_recall": share(dangers[i] is not None and not dangers[i].is_reminder for i in at_risk),  # type: ignore[union-attr]
        "safety_false_alarms": share(dangers[i] is not None and not dangers[i].is_reminder for i in safe),  # type: ignore[union-attr]
        "ms_per_message": round(spent / len(rows) * 1000, 2),
        "by_voice": by(rows, told, "voice"),
        "weakest": dict(sorted(by(rows, told, "topic").items(), key=lambda pair: pair[1])[:10]),
    }


def share(found: Iterable[bool]) -> float:
    """Give the share of true ones."""
    known = list(found)
    return round(sum(known) / len(known), 4)


def by(rows: list[dict[str, str]], told: list[str | None], column: str) -> dict[str, float]:
    """Give the top-1 share for each value of *column*."""
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for row, topic in zip(rows, told, strict=True):
        total[row[column]] += 1
        right[row[column]] += topic == row["topic"]
    return {value: round(right[value] / total[value], 3) for value in total}


def macro_f1(wanted: list[str], told: list[str | None]) -> float:
    """Give the mean over topics of F1."""
    scores = []
    for topic in set(wanted):
        true = sum(w == t == topic for w, t in zip(wanted, told, strict=True))
        scores.append(2 * true / (wanted.count(topic) + told.count(topic)))
    return round(sum(scores) / len(scores), 4)


def main() -> None:
    """Print the figures."""
    figures = measure(Understanding.load(fresh_model() or train(tell=lambda line: print(line, file=sys.stderr))), held_out())
    if "--json" in sys.argv:
        print(json.dumps(figures, ensure_ascii=False, indent=2))
        return
    for name, value in figures.items():
        print(f"{name:22} {value}")


if __name__ == "__main__":
    main()
