"""
A benchmark is not a test: no time fails here, only a benchmark that no longer runs.

The rivals are played by Rasa's smallest pipeline over a few sentences, trained in seconds: the way to ask them is the same.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from benchmarks import start, stock_assistant, turn, understand, understand_compare, understand_rivals
from benchmarks.understand_rivals import OURS, sentences_as_yaml
from benchmarks.understand_validate import training_sentences

TAUGHT = 2  # sentences a topic
SMALLEST = [{"name": "WhitespaceTokenizer"}, {"name": "CountVectorsFeaturizer"}, {"name": "LogisticRegressionClassifier"}]
pytestmark = [pytest.mark.long, pytest.mark.rasa]


@pytest.fixture(scope="module", autouse=True)
def small_rivals(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Rivals that are trained in seconds, kept apart from those of the benchmarks; trained once for this file."""
    by_topic: dict[str, list[str]] = {}
    for text, topic in zip(*training_sentences(), strict=True):
        by_topic.setdefault(topic, []).append(text)
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("rivals")
        for module in (understand_rivals, stock_assistant):
            patch.setattr(module, "RIVALS_KEPT", folder)
            patch.setattr(module, "pipeline", lambda *_: SMALLEST)
        patch.setattr(stock_assistant, "_POLICIES", [{"name": "RulePolicy"}])
        sentences = folder / "taught"
        sentences.mkdir()
        sentences_as_yaml((topic, text) for topic, texts in by_topic.items() for text in texts[:TAUGHT]).rename(sentences / "nlu.yml")
        patch.setattr(stock_assistant, "OUR_SENTENCES", sentences)
        patch.setattr(understand, "trained_ours", lambda: replace(stock_assistant.trained_assistant(), name=OURS))
        yield


def run(benchmark: Any, patch: pytest.MonkeyPatch, found: Path, *options: str) -> dict[str, Any]:
    """Run a benchmark as its command does and give its JSON."""
    patch.setattr(sys, "argv", [benchmark.__name__, "--quick", *options, "--json", str(found), "--plot", str(found.with_suffix(".png"))])
    benchmark.main()
    assert found.with_suffix(".png").stat().st_size > 1000
    return dict(json.loads(found.read_text()))


def test_the_benchmark_of_turns_still_runs(tmp_path: Path, trained_model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both give every answer, and the rival stores it."""
    found = run(turn, monkeypatch, tmp_path / "turn.json", "--rounds", "1", "--marks", "1,5")

    ours, theirs = found["turns"].values()
    assert set(ours) == set(theirs) == {"1", "5"}
    assert found["http_ms"] > 0


def test_the_benchmark_of_starts_still_runs(tmp_path: Path, trained_model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every process starts, answers once and is gone."""
    found = run(start, monkeypatch, tmp_path / "start.json")

    assert len(found["starts"]) == 3
    assert all(one["memory_mb"] > 50 for (one,) in found["starts"].values())


def test_the_benchmark_of_understanding_still_runs_beside_rivals(tmp_path: Path, trained_model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ours, two rivals, public data, the first point of the learning curve."""
    public = tmp_path / "mtop"
    public.mkdir()
    for name in ("train859.tsv", "test1237.tsv", "test1237-phone.tsv"):
        lines = (understand_compare.MTOP / name).read_text(encoding="utf-8").splitlines()
        (public / name).write_text("\n".join(lines[:1] + lines[1::40]) + "\n", encoding="utf-8")
    monkeypatch.setattr(understand_compare.compare_on_mtop, "__defaults__", (public,))

    found = run(understand, monkeypatch, tmp_path / "understand.json", "--rivals", "--curve")

    assert len(found["mtop"]) == 3
    assert len(found["rivals"]) >= 2  # the small rivals are one archive under one name
    assert [round(point["sentences_a_topic"]) for point in found["curve"]] == [10]
