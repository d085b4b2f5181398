"""The fixed test set: what the assistant understands today it must understand tomorrow. Accuracy is deterministic."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.held_out import held_out, measure
from bot.nlu.understanding import Understanding

pytestmark = pytest.mark.rasa


def test_understanding_stays_above_its_floors(trained_model: Path) -> None:
    """Sentences written apart from the training ones, in five voices; floors stand a little under what was measured."""
    figures = measure(Understanding.load(trained_model), held_out())

    assert figures["sentences"] == 1740
    assert figures["top1"] >= 0.87
    assert figures["top3"] >= 0.955
    assert figures["macro_f1"] >= 0.865
    assert figures["ours_refused"] <= 0.03
    assert min(figures["by_voice"].values()) >= 0.83
    assert min(figures["weakest"].values()) >= 0.5


def test_danger_is_seen_and_seldom_imagined(trained_model: Path) -> None:
    """A missed danger is the worst failure of all; a false alarm at every turn would make people stop reading."""
    figures = measure(Understanding.load(trained_model), held_out())

    assert figures["safety_recall"] >= 0.95
    assert figures["safety_false_alarms"] <= 0.03
