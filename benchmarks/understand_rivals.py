"""
Rasa's own pipelines on our training sentences: what anybody would start with, from Rasa's documentation for a language
with a spaCy model (https://rasa.com/docs/rasa/tuning-your-model). Ours is trained by the same command, so that seconds,
processor time and memory compare.

Each is trained once per state of its data, in a process of its own, and kept in ``var/rivals`` with what it cost.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import sys
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
OUR_SENTENCES = ROOT / "bot" / "data" / "nlu"
EPOCHS = 20
"""Of DIETClassifier on our sentences. Rasa's documentation says 100: four hours on two busy cores (150 s each), see ``--epochs``."""
EPOCHS_ADVISED = 100
SEED = 20261123

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


def trained(name: str, sentences: Path = OUR_SENTENCES, *, epochs: int = EPOCHS) -> Trained:
    """Train the pipeline *name* on *sentences* (a file or a folder of Rasa's), or find it trained on these very ones."""
    parts = pipeline(name, epochs)
    learnt = sorted(sentences.rglob("*.yml")) if sentences.is_dir() else [sentences]
    ours = (fingerprint(),) if name == OURS else ()  # our components' code and tables count too
    folder = RIVALS_KEPT / f"nlu-{digest([parts, *ours], *learnt)}"
    config = {"recipe": "default.v1", "language": "fr", "assistant_id": "rival", "pipeline": parts, "policies": []}
    told = f"{name}, {epochs} epochs" if name == DIET else name
    return train_once(told, folder, {"config.yml": config}, ["nlu", "--nlu", str(sentences)])


def train_once(name: str, folder: Path, files: dict[str, Any], train: list[str], *, cache: Path | None = None) -> Trained:
    """
    Write *files* (YAML) into *folder* and run ``rasa train`` over its ``config.yml``; a folder already trained is left
    as it is. *cache*: where Rasa keeps parts already trained, for another training to take up.
    """
    facts = folder / "facts.json"
    if not facts.exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for file, content in files.items():
            (folder / file).write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")
        spent = _train(folder, [*train, "--config", str(folder / "config.yml"), "--out", str(folder)], cache or folder / "cache")
        facts.write_text(json.dumps({"name": name, "rasa": version("rasa"), "cores": os.cpu_count()} | asdict(spent)), encoding="utf-8")
    known = json.loads(facts.read_text(encoding="utf-8"))
    said = _ACCURACY.findall((folder / "train.log").read_text(encoding="utf-8", errors="replace"))
    spent = Spent(**{field: known[field] for field in Spent.__dataclass_fields__})
    return Trained(name, next(folder.glob("*.tar.gz")), spent, float(said[-1]) if said else None)


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


def _train(folder: Path, arguments: list[str], cache: Path) -> Spent:
    environment = os.environ | {"RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3", "PYTHONHASHSEED": "0", "RASA_CACHE_DIRECTORY": str(cache)}
    return run_to_end([sys.executable, "-W", "ignore", "-m", "rasa", "train", *arguments], folder=ROOT, environment=environment, log=folder / "train.log")


def digest(settings: Any, *files: Path) -> str:
    """Name what a training depends on: its settings, the version of Rasa, its files."""
    known = hashlib.sha256(json.dumps([settings, version("rasa")]).encode())
    for path in files:
        known.update(path.read_bytes())
    return known.hexdigest()[:16]
