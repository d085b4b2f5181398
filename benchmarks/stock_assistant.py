"""
The stock assistant: the same training sentences and answers, in the project anybody would write from Rasa's documentation,
served by ``rasa run`` over the REST channel with the SQL tracker store on SQLite.

Where it differs from ours, the difference is in its favour: one rule and one written sentence a topic; no forms, no
actions, no files read, no journal, no watch for danger, no masking.
"""

from __future__ import annotations

import asyncio
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
import yaml

from benchmarks.understand_rivals import (
    DIET,
    EPOCHS,
    EPOCHS_ADVISED,
    FACTS,
    RIVALS_KEPT,
    SEED,
    Trained,
    digest,
    known_in,
    pipeline,
    title,
    train_once,
)
from benchmarks.understand_validate import training_sentences
from bot.phrasing.phrasebook import Phrasebook, Situation
from kernel.organisation import organisation
from kernel.paths import ROOT
from tests.servers import free_port

OUR_SENTENCES = ROOT / "bot" / "data" / "nlu"
READY_WITHIN_S = 180.0
LOOKS_EVERY_S = 0.05
_POLICIES: list[dict[str, Any]] = [
    {"name": "RulePolicy"},
    {"name": "TEDPolicy", "max_history": 5, "epochs": EPOCHS_ADVISED, "constrain_similarities": True, "random_seed": SEED},
]
_FALLBACK = "utter_default"
STORE = "tracker.db"


def trained_assistant(name: str = DIET, *, epochs: int = EPOCHS, older: bool = False) -> Trained:
    """
    Train the stock assistant with the pipeline *name*, or find it trained on these very sentences; with *older*, rather
    than train, give the last one trained. The wording of the answers may differ: it changes nothing that is measured.
    """
    files, told = project(name, epochs), title(name, epochs)
    asked = [files["config.yml"], files["domain.yml"]["intents"], files["rules.yml"], files["stories.yml"]]
    folder = RIVALS_KEPT / f"assistant-{digest(asked, *sorted(OUR_SENTENCES.glob('*.yml')))}"
    if older and not (folder / FACTS).exists() and (known := _last_trained(told)):
        return replace(known, name=f"{told} (on earlier sentences)")
    data = [str(OUR_SENTENCES), str(folder / "rules.yml"), str(folder / "stories.yml")]
    return train_once(told, folder, files, ["--config", str(folder / "config.yml"), "--domain", str(folder / "domain.yml"), "--data", *data])


def _last_trained(name: str) -> Trained | None:
    facts = sorted(RIVALS_KEPT.glob(f"assistant-*/{FACTS}"), key=lambda path: path.stat().st_mtime, reverse=True)
    return next((known for path in facts if (known := known_in(path.parent)).name == name), None)


def project(name: str = DIET, epochs: int = EPOCHS) -> dict[str, Any]:
    """Give the project's files: a rule a topic, its answer written out, our stories with these answers."""
    topics = sorted(set(training_sentences()[1]))
    return {
        "config.yml": {"recipe": "default.v1", "language": "fr", "assistant_id": "rival", "pipeline": pipeline(name, epochs), "policies": _POLICIES},
        "domain.yml": {"version": "3.1", "intents": topics, "responses": {utter: [{"text": text}] for utter, text in _answers(topics).items()}},
        "rules.yml": {"version": "3.1", "rules": [
            {"rule": f"answer {topic}", "steps": [{"intent": topic}, {"action": f"utter_{topic}"}]} for topic in topics]},
        "stories.yml": {"version": "3.1", "stories": _stories()},
    }


def _answers(topics: list[str]) -> dict[str, str]:
    """Give every topic the sentences our phrasebook says at noon to somebody unknown, and one sentence to words of dialogue control."""
    phrasebook, situation = Phrasebook(organisation()), Situation(datetime(2026, 11, 23, 12, 0, tzinfo=UTC))
    told = {f"utter_{topic}": phrasebook.phrase(topic, situation).text if topic in phrasebook else "D'accord." for topic in topics}
    return told | {_FALLBACK: "Je n'ai pas compris votre demande. Pouvez-vous la dire autrement ?"}


def _stories() -> list[dict[str, Any]]:
    """Give our stories, each intent answered by its own sentence: what TEDPolicy learns from."""
    stories: list[dict[str, Any]] = yaml.safe_load((ROOT / "bot" / "data" / "stories" / "journeys.yml").read_text(encoding="utf-8"))["stories"]
    return [{"story": story["story"], "steps": [step for intent in (step["intent"] for step in story["steps"] if "intent" in step)
                                               for step in ({"intent": intent}, {"action": f"utter_{intent}"})]} for story in stories]


@dataclass(frozen=True)
class StockServer:
    """A running ``rasa run``: its process, its address, and the member's side of its REST channel."""

    pid: int
    url: str
    session: aiohttp.ClientSession

    async def say(self, sender: str, text: str) -> list[str]:
        """Send one message and give the answers, which are stored by then."""
        async with self.session.post(f"{self.url}/webhooks/rest/webhook", json={"sender": sender, "message": text}) as response:
            response.raise_for_status()
            return [answer["text"] for answer in await response.json()]

    async def ping(self) -> None:
        """Ask for the one page that does nothing: what HTTP itself costs."""
        async with self.session.get(f"{self.url}/version") as response:
            await response.read()


@asynccontextmanager
async def starting(archive: Path, folder: Path) -> AsyncIterator[StockServer]:
    """Start ``rasa run`` on a new store in *folder*; it does not answer yet. Stopped afterwards."""
    port = free_port()
    (folder / "endpoints.yml").write_text(yaml.safe_dump({"tracker_store": {"type": "SQL", "url": f"sqlite:///{folder / STORE}"}}))
    (folder / "credentials.yml").write_text("rest:\n")
    command = [sys.executable, "-W", "ignore", "-m", "rasa", "run", "--model", str(archive), "--endpoints", str(folder / "endpoints.yml"),
               "--credentials", str(folder / "credentials.yml"), "--interface", "127.0.0.1", "--port", str(port)]
    environment = os.environ | {"RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3", "LOG_LEVEL": "WARNING"}
    with (folder / "run.log").open("wb") as log:
        process = await asyncio.to_thread(subprocess.Popen, command, cwd=folder, env=environment, stdout=log, stderr=log)
    try:
        async with aiohttp.ClientSession() as session:
            yield StockServer(process.pid, f"http://127.0.0.1:{port}", session)
    finally:
        process.terminate()
        await asyncio.to_thread(process.wait)


def stored_messages(folder: Path) -> int:
    """Count the members' messages in its store: Rasa falls back to memory without a word when it cannot write there."""
    with closing(sqlite3.connect(folder / STORE)) as store:
        return int(store.execute("SELECT count(*) FROM events WHERE type_name = 'user'").fetchone()[0])


async def first_answer(server: StockServer, text: str) -> list[str]:
    """Repeat *text* until it is answered; TimeoutError after READY_WITHIN_S."""
    until = time.monotonic() + READY_WITHIN_S
    while time.monotonic() < until:
        try:
            if answers := await server.say("first", text):
                return answers
        except aiohttp.ClientError:
            await asyncio.sleep(LOOKS_EVERY_S)
    raise TimeoutError(f"rasa run did not answer within {READY_WITHIN_S:.0f} s")
