"""
A trained pipeline of Rasa in a process of its own, so that each one's time and memory are its alone.

The child (``python -m benchmarks.parsing MODEL.tar.gz``) reads a JSON list of messages a line and answers a JSON line; it
calls what ``rasa run`` and our worker both call, ``Agent.parse_message``.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from benchmarks.processes import memory_mb
from bot.nlu.quality import Heard, Labelled
from bot.nlu.understanding import SUGGESTED, Topic, Understood
from kernel.paths import ROOT

FALLBACK = "nlu_fallback"


@dataclass(frozen=True)
class Parsed:
    """What was understood of a message, and the *seconds* and processor time it took."""

    understood: Understood
    seconds: float
    cpu_seconds: float


class Pipeline:
    """The parent's end of a child that understands messages."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        """Use `serving`."""
        self._process = process

    def parse(self, texts: Sequence[str]) -> list[Parsed]:
        """Let it read *texts*, one by one."""
        if self._process.stdin is None or self._process.stdout is None:
            raise AssertionError("started without pipes")
        self._process.stdin.write(json.dumps(texts) + "\n")
        self._process.stdin.flush()
        answers = json.loads(self._process.stdout.readline())
        return [Parsed(_understood(one["intent"], one["ranking"]), one["seconds"], one["cpu_seconds"]) for one in answers]

    def listen(self, messages: Sequence[Labelled]) -> list[Heard]:
        """Let it read every one of *messages*."""
        parsed = self.parse([message.text for message in messages])
        return [Heard(message, one.understood) for message, one in zip(messages, parsed, strict=True)]

    def peak_memory_mb(self) -> int:
        """Give the most memory it ever held."""
        return memory_mb(self._process.pid)[1]


@contextmanager
def serving(archive: Path) -> Iterator[Pipeline]:
    """Load *archive* in a child, and end it afterwards."""
    command = [sys.executable, "-W", "ignore", "-m", "benchmarks.parsing", str(archive)]
    environment = os.environ | {"RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3"}
    with subprocess.Popen(command, cwd=ROOT, env=environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        try:
            yield Pipeline(process)
        finally:
            process.terminate()


def _understood(intent: str, ranking: list[tuple[str, float]]) -> Understood:
    """Read Rasa's answer as ours; a stock pipeline refuses nothing unless it is told to."""
    known = dict(ranking)
    topics = () if intent == FALLBACK else (Topic(intent, known.get(intent, 0.0)),)
    return Understood(topics, tuple(Topic(name, confidence) for name, confidence in ranking if name != FALLBACK)[:SUGGESTED], 1.0)


async def _answer(archive: str, out: TextIO) -> None:
    from bot.worker.quiet import quieten

    quieten()
    from rasa.core.agent import Agent

    agent = Agent.load(archive)
    for line in sys.stdin:
        out.write(json.dumps([await _parse(agent, text) for text in json.loads(line)]) + "\n")
        out.flush()


async def _parse(agent: Any, text: str) -> dict[str, Any]:
    cpu, began = time.process_time(), time.perf_counter()
    parsed = await agent.parse_message(text)
    took, used = time.perf_counter() - began, time.process_time() - cpu
    return {"intent": parsed["intent"]["name"], "ranking": [(one["name"], float(one["confidence"])) for one in parsed["intent_ranking"]],
            "seconds": took, "cpu_seconds": used}


def main() -> None:
    """Serve the archive named on the command line; what libraries print goes to the error stream."""
    with os.fdopen(os.dup(1), "w") as out:
        os.dup2(2, 1)
        asyncio.run(_answer(sys.argv[1], out))


if __name__ == "__main__":
    main()
