"""
Rasa's own pipelines on our training sentences: what anybody would start with, from Rasa's documentation for a language
with a spaCy model (https://rasa.com/docs/rasa/tuning-your-model). Ours is trained by the same command, so that seconds,
processor time and memory compare.

Each is trained once per state of its data, in a process of its own, and kept in ``var/rivals`` with what it cost.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import yaml

from benchmarks.processes import Spent, run_to_end
from bot.worker.model import fingerprint
from kernel.paths import ROOT

RIVALS_KEPT = ROOT / "var" / "rivals"
EPOCHS = 20
"""Of DIETClassifier on our sentences. Rasa's documentation says 100: four hours on two busy cores (150 s each), see ``--epochs``."""
EPOCHS_ADVISED = 100
SEED = 20261123
FACTS = "facts.json"

_FEATURES: list[dict[str, Any]] = [
    {"name": "rasa.nlu.utils.spacy_utils.SpacyNLP", "model": "fr_core_news_md"},
    {"name": "SpacyTokenizer"},
    {"name": "SpacyFeaturizer"},
    {"name": "RegexFeaturizer"},
    {"name": "LexicalSyntacticFeaturizer"},
    {"name": "CountVectorsFeaturizer"},
    {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
]
OURS, DIET, LOGISTIC = "ours (config.yml)", "Rasa, spaCy + DIETClassifier", "Rasa, spaCy + LogisticRegressionClassifier"
_ACCURACY = re.compile(r"i_acc=([0-9.]+)")  # in the progress bar of DIETClassifier


@dataclass(frozen=True)
class Trained:
    """
    A model *archive* of Rasa, and what its training cost. *learnt*: the share of its own training sentences that a
    classifier got right at the end, where it says so.
    """

    name: str
    archive: Path
    training: Spent
    learnt: float | None


def pipeline(name: str, epochs: int) -> list[dict[str, Any]]:
    """Give the pipeline *name*: ours as in ``config.yml``, or a stock one."""
    if name == OURS:
        ours: list[dict[str, Any]] = yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8"))["pipeline"]
        return ours
    if name == DIET:
        return [*_FEATURES, {"name": "DIETClassifier", "epochs": epochs, "constrain_similarities": True, "random_seed": SEED}]
    return [*_FEATURES, {"name": "LogisticRegressionClassifier"}]


def trained_on(sentences: Path, name: str, epochs: int) -> Trained:
    """Train the understanding of pipeline *name* alone on a file of Rasa's, or find it trained on this very one."""
    parts = pipeline(name, epochs)
    config = {"recipe": "default.v1", "language": "fr", "assistant_id": "rival", "pipeline": parts, "policies": []}
    ours = (fingerprint(),) if name == OURS else ()  # our components' code and tables count too
    folder = RIVALS_KEPT / f"nlu-{digest([parts, *ours], sentences)}"
    return train_once(title(name, epochs), folder, {"config.yml": config}, ["nlu", "--config", str(folder / "config.yml"), "--nlu", str(sentences)])


def trained_ours() -> Trained:
    """Train our assistant with the stock command, as the rivals are, or find it trained on this very state."""
    return train_once(OURS, RIVALS_KEPT / f"ours-{fingerprint()[:16]}", {}, ["--config", "config.yml", "--domain", "bot/domain", "--data", "bot/data"])


def title(name: str, epochs: int) -> str:
    """Name a pipeline as the tables do: with the epochs where there are some."""
    return f"{name}, {epochs} epochs" if name == DIET else name


def train_once(name: str, folder: Path, files: dict[str, Any], arguments: list[str]) -> Trained:
    """Write *files* (YAML) into *folder* and run ``rasa train`` with *arguments*; a folder already trained is left as it is."""
    if not (folder / FACTS).exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for file, content in files.items():
            (folder / file).write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")
        spent = _train(folder, [*arguments, "--out", str(folder)])
        (folder / FACTS).write_text(json.dumps({"name": name, "cores": os.cpu_count(), "spent": asdict(spent)}), encoding="utf-8")
    return known_in(folder)


def known_in(folder: Path) -> Trained:
    """Give what was trained in *folder*."""
    facts = json.loads((folder / FACTS).read_text(encoding="utf-8"))
    said = _ACCURACY.findall((folder / "train.log").read_text(encoding="utf-8", errors="replace"))
    return Trained(facts["name"], next(folder.glob("*.tar.gz")), Spent(**facts["spent"]), float(said[-1]) if said else None)


def sentences_as_yaml(rows: Iterable[tuple[str, str]]) -> Path:
    """Keep (intent, sentence) pairs as a file that ``rasa train`` reads, named by what it holds."""
    by_intent: dict[str, list[str]] = {}
    for intent, text in rows:
        by_intent.setdefault(intent, []).append(" ".join(text.split()))
    written = yaml.safe_dump({"version": "3.1", "nlu": [
        {"intent": intent, "examples": "".join(f"- {text}\n" for text in texts)} for intent, texts in by_intent.items()]}, allow_unicode=True)
    path = RIVALS_KEPT / f"sentences-{hashlib.sha256(written.encode()).hexdigest()[:16]}.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(written, encoding="utf-8")
    return path


def rival_options(parser: argparse.ArgumentParser) -> None:
    """Let the command line say which rival is met."""
    parser.add_argument("--epochs", type=int, default=EPOCHS, help=f"how long its DIETClassifier is trained (default {EPOCHS}; documentation: {EPOCHS_ADVISED})")
    parser.add_argument("--older-rival", action="store_true", help="take the last one trained, though the sentences have changed since; its name says so")


def _train(folder: Path, arguments: list[str]) -> Spent:
    """Run ``rasa train`` from nothing: what Rasa would take up from an earlier training would not be charged."""
    with tempfile.TemporaryDirectory() as cache:
        environment = os.environ | {"RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3", "PYTHONHASHSEED": "0", "RASA_CACHE_DIRECTORY": cache}
        return run_to_end([sys.executable, "-W", "ignore", "-m", "rasa", "train", *arguments], folder=ROOT, environment=environment, log=folder / "train.log")


def digest(settings: Any, *files: Path) -> str:
    """Name what a training depends on: its settings, the version of Rasa, its files."""
    known = hashlib.sha256(json.dumps([settings, version("rasa")]).encode())
    for path in files:
        known.update(path.read_bytes())
    return known.hexdigest()[:16]
