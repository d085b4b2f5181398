"""The trained model: is it there, is it that of today's data, how to train it. Rasa is imported only when training."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from kernel.errors import SettingsError
from kernel.paths import MODELS, ROOT

SOURCES = ("config.yml", "bot/domain", "bot/data", "bot/nlu", "bot/safety/examples")
LEARNT_AFTERWARDS = ("several", "learn_requests")
"""Learned with a trained model and read when serving: no part of the archive (bot/nlu/learn_requests.py)."""
KINDS = frozenset({".yml", ".py", ".txt", ".tsv", ".json"})
STAMP = "fingerprint.json"


def fingerprint() -> str:
    """Give the digest of everything the model is made of."""
    digest = hashlib.sha256()
    for path in sorted(_sources()):
        digest.update(str(path.relative_to(ROOT)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _sources() -> Iterator[Path]:
    for name in SOURCES:
        path = ROOT / name
        files = [path] if path.is_file() else path.rglob("*")
        yield from (file for file in files if file.is_file() and file.suffix in KINDS and not file.name.startswith(LEARNT_AFTERWARDS))


def fresh_model(folder: Path = MODELS) -> Path | None:
    """Give the archive trained from today's data; None when there is none or it is stale."""
    stamp = folder / STAMP
    if not stamp.exists():
        return None
    known = json.loads(stamp.read_text())
    archive = folder / str(known.get("archive"))
    return archive if known.get("fingerprint") == fingerprint() and archive.is_file() else None


def train(folder: Path = MODELS, tell: Callable[[str], None] = print) -> Path:
    """
    Train with the stock `rasa train` in a process of its own (it leaves nothing in ours) and give the archive.

    SettingsError with the place of the log when it fails. Takes one to two minutes on two cores.
    """
    folder.mkdir(parents=True, exist_ok=True)
    log, wanted = folder / "train.log", fingerprint()
    tell("Entraînement du modèle (une à deux minutes)…")
    command = [sys.executable, "-m", "rasa", "train", "--force", "-c", "config.yml", "-d", "bot/domain", "--data", "bot/data",
               "--out", str(folder), "--fixed-model-name", f"assistant-{wanted[:12]}"]
    environment = os.environ | {"RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3", "PYTHONHASHSEED": "0"}
    with log.open("w") as output:
        done = subprocess.run(command, cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT, check=False)  # noqa: S603
    archive = folder / f"assistant-{wanted[:12]}.tar.gz"
    if done.returncode or not archive.is_file():
        raise SettingsError(f"L'entraînement a échoué : voyez {log}.")
    (folder / STAMP).write_text(json.dumps({"archive": archive.name, "fingerprint": wanted}))
    for old in folder.glob("assistant-*.tar.gz"):
        if old != archive:
            old.unlink()
    tell(f"Modèle prêt : {archive.name}")
    return archive
