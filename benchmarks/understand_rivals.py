"""
Rasa's own pipelines on our training sentences: what anybody would start with, from Rasa's documentation for a language
with a spaCy model. Trained once per state of the data (kept in ``var/rivals``), with the stock ``rasa train nlu``.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from rasa.core.agent import Agent

from bot.nlu.quality import Heard, Labelled
from bot.nlu.understanding import SUGGESTED, Topic, Understood
from kernel.paths import ROOT

_FEATURES: list[dict[str, Any]] = [
    {"name": "rasa.nlu.utils.spacy_utils.SpacyNLP", "model": "fr_core_news_md"},
    {"name": "SpacyTokenizer"},
    {"name": "SpacyFeaturizer"},
    {"name": "RegexFeaturizer"},
    {"name": "LexicalSyntacticFeaturizer"},
    {"name": "CountVectorsFeaturizer"},
    {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
]
RIVALS: dict[str, list[dict[str, Any]]] = {
    "Rasa DIETClassifier (100 epochs)": [*_FEATURES, {"name": "DIETClassifier", "epochs": 100, "constrain_similarities": True, "random_seed": 20261123}],
    "Rasa LogisticRegressionClassifier": [*_FEATURES, {"name": "LogisticRegressionClassifier"}],
}


@dataclass
class Rival:
    """A trained stock pipeline, and how long its training took."""

    name: str
    agent: Agent
    training_seconds: float

    async def understand(self, text: str) -> Understood:
        """Say what *text* is about, as ours does; a stock pipeline has no refusal unless one is configured."""
        parsed = await self.agent.parse_message(text)
        ranking = [Topic(str(intent["name"]), float(intent["confidence"])) for intent in parsed["intent_ranking"]]
        return Understood(tuple(ranking[:1]), tuple(ranking[:SUGGESTED]), 1.0)

    async def listen(self, messages: list[Labelled]) -> list[Heard]:
        """Let it read every message."""
        return [Heard(message, await self.understand(message.text)) for message in messages]


def trained(name: str) -> Rival:
    """Train the rival *name*, or find it trained on this very data."""
    folder = ROOT / "var" / "rivals" / _digest(RIVALS[name])
    facts = folder / "facts.json"
    if not facts.exists():
        seconds = _train(RIVALS[name], folder)
        facts.write_text(json.dumps({"name": name, "training_seconds": seconds}), encoding="utf-8")
    return Rival(name, Agent.load(str(next(folder.glob("*.tar.gz")))), json.loads(facts.read_text(encoding="utf-8"))["training_seconds"])


def _train(pipeline: list[dict[str, Any]], folder: Path) -> float:
    folder.mkdir(parents=True, exist_ok=True)
    config = folder / "config.yml"
    config.write_text(yaml.safe_dump({"recipe": "default.v1", "language": "fr", "assistant_id": "rival", "pipeline": pipeline, "policies": []}))
    environment = os.environ | {"RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3", "RASA_CACHE_DIRECTORY": str(folder / "cache")}
    command = [sys.executable, "-m", "rasa", "train", "nlu", "--config", str(config), "--nlu", "bot/data/nlu", "--out", str(folder)]
    began = time.perf_counter()
    with (folder / "train.log").open("w") as log:
        subprocess.run(command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT, check=True)
    return time.perf_counter() - began


def _digest(pipeline: list[dict[str, Any]]) -> str:
    digest = hashlib.sha256(json.dumps(pipeline).encode())
    for path in sorted((ROOT / "bot" / "data" / "nlu").glob("*.yml")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
