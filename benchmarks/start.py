"""
From nothing to the first answer, and the memory held then.

    python -m benchmarks.start [--rounds 5] [--quick] [--no-rival] [--epochs N] [--older-rival] [--json FILE] [--plot FILE.png]

Ours, as production runs it: ``assistant worker`` on PostgreSQL and Redis, with a message that waits in the journal; and,
as one tries it: ``assistant run``, everything in one process (gateway, desk, demo insurer, worker) on SQLite. The rival:
``rasa run`` with the stock kind of model (``benchmarks/stock_assistant.py``). Each is a new process, in turn. Time counts from the
start of the process until the answer is there, looked for every 50 ms (``assistant run`` tells by itself).
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import aiohttp

from assistant.compose import all_metadata, bell_of
from benchmarks import stock_assistant
from benchmarks.measure import aligned, draw, machine
from benchmarks.processes import cpu_seconds, memory_mb
from benchmarks.stock_assistant import LOOKS_EVERY_S, READY_WITHIN_S
from benchmarks.understand_rivals import Trained, rival_options
from bot.worker.model import fresh_model, train
from journal.entries import AuthorKind, Draft, Kind
from journal.journal import Journal
from journal.migrate import upgrade
from kernel.clock import SystemClock
from kernel.database import open_database
from kernel.ids import new_id
from kernel.paths import ROOT
from kernel.settings import Settings
from tests.servers import free_port, running_postgres, running_redis

TEXT = "bonjour, comment je fais pour avoir mon attestation ?"
REACH = 0.7  # of what the rival takes
WORKER, WHOLE = "ours: assistant worker (PostgreSQL, Redis)", "ours: assistant run (everything in one process)"


@dataclass(frozen=True)
class Started:
    """A process that has given its first answer: after how many seconds, how much processor time; its memory now and at its highest."""

    seconds: float
    cpu_seconds: float
    memory_mb: int
    peak_memory_mb: int


Start = Callable[[], Awaitable[Started]]


def main() -> None:
    """Measure, print, write what the command line asks for."""
    asked = _arguments()
    fresh_model() or train()
    facts = machine(("rasa", "tensorflow-cpu", "spacy"))
    rival = None if asked.no_rival else stock_assistant.trained_assistant(epochs=asked.epochs, older=asked.older_rival)
    found = asyncio.run(_measure(rival, asked.rounds))
    medians = {name: Started(*(statistics.median(column) for column in zip(*(asdict(one).values() for one in rounds), strict=True)))
               for name, rounds in found.items()}
    print("Benchmark: start", *(f"{name}: {value}" for name, value in facts.items()), sep="\n  ")
    print("\n" + _table(medians, asked.rounds, f"rasa run: {rival.name}" if rival else None))
    if asked.json:
        told = {name: [asdict(one) for one in rounds] for name, rounds in found.items()}
        asked.json.write_text(json.dumps({"machine": facts, "starts": told}, indent=2, ensure_ascii=False), encoding="utf-8")
    if asked.plot:
        points = {name: [(float(one.memory_mb), one.seconds) for one in rounds] for name, rounds in found.items()}
        draw(asked.plot, points, xlabel="memory, MB", ylabel="seconds to the first answer", title="Cold start", xlim=(0, None), ylim=(0, None))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--quick", action="store_true", help="one round: does it run?")
    parser.add_argument("--no-rival", action="store_true")
    rival_options(parser)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--plot", type=Path)
    asked = parser.parse_args()
    if asked.quick:
        asked.rounds = 1
    return asked


async def _measure(rival: Trained | None, rounds: int) -> dict[str, list[Started]]:
    async with AsyncExitStack() as stack:
        settings = Settings(
            database_url=stack.enter_context(running_postgres(durable=True)).url, redis_url=stack.enter_context(running_redis()).url,
            # Whom it serves must be said; nobody is asked anything before the first answer.
            member_api_url="http://127.0.0.1:9", member_api_token="none", identity_issuer="none", identity_jwks_url="http://127.0.0.1:9/jwks")
        await asyncio.to_thread(upgrade, settings.journal_url, all_metadata())
        contenders: dict[str, Start] = {WORKER: lambda: _start_worker(settings), WHOLE: _start_whole}
        if rival:
            contenders[f"rasa run: {rival.name}"] = lambda: _start_rival(rival.archive)
        found: dict[str, list[Started]] = {name: [] for name in contenders}
        for _ in range(rounds):
            for name, start in contenders.items():
                found[name].append(await start())
    return found


async def _start_worker(settings: Settings) -> Started:
    database, bell = open_database(settings.journal_url), bell_of(settings)
    journal = Journal(database, bell, SystemClock())
    try:
        conversation = await journal.open_conversation()
        await journal.append(conversation.id, Draft(AuthorKind.MEMBER, Kind.TEXT, {"text": TEXT}, client_id=new_id("m")))

        async def is_answered() -> bool:
            return any(one.author is AuthorKind.ASSISTANT for one in await journal.read(conversation.id))

        async with _process("worker", settings) as (pid, began):
            await _until(is_answered)
            return _started(pid, began)
    finally:
        await bell.close()
        await database.close()


async def _start_whole() -> Started:
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(state_dir=Path(folder), port=free_port(), sandbox_port=free_port())
        async with aiohttp.ClientSession(f"{settings.base_url}/api/v1/") as session, _process("run", settings) as (pid, began):
            opened = await _opened(session)
            url, headers = f"conversations/{opened['id']}/entries", {"Authorization": f"Bearer {opened['secret']}"}
            async with session.post(url, json={"client_id": new_id("m"), "text": TEXT}, headers=headers) as said:
                said.raise_for_status()
                number = (await said.json())["entry"]["number"]

            async def is_answered() -> bool:
                async with session.get(f"{url}?since={number}&wait=25", headers=headers) as response:
                    response.raise_for_status()
                    return bool((await response.json())["entries"])

            await _until(is_answered)
            return _started(pid, began)


async def _opened(session: aiohttp.ClientSession) -> dict[str, str]:
    """Open a conversation as soon as the gateway listens."""
    while True:
        try:
            async with session.post("conversations", json={}) as response:
                response.raise_for_status()
                return await response.json()
        except aiohttp.ClientConnectionError:
            await asyncio.sleep(LOOKS_EVERY_S)


async def _start_rival(archive: Path) -> Started:
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        async with stock_assistant.starting(archive, Path(folder)) as server:
            await stock_assistant.first_answer(server, TEXT)
            return _started(server.pid, began)


@asynccontextmanager
async def _process(command: str, settings: Settings) -> AsyncIterator[tuple[int, float]]:
    """Start ``assistant *command*`` with *settings*; gives its number and when it was started. Stopped afterwards."""
    known = {f"ASSISTANT_{name.upper()}": str(value) for name, value in asdict(settings).items() if value not in ("", ())}
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ASSISTANT_")} | known
    began = time.perf_counter()
    with tempfile.TemporaryFile() as log:
        process = await asyncio.to_thread(subprocess.Popen, [sys.executable, "-m", "assistant", command], cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            yield process.pid, began
        finally:
            process.terminate()
            await asyncio.to_thread(process.wait)


async def _until(holds: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(READY_WITHIN_S):
        while not await holds():  # noqa: ASYNC110  another process does it
            await asyncio.sleep(LOOKS_EVERY_S)


def _started(pid: int, began: float) -> Started:
    return Started(time.perf_counter() - began, cpu_seconds(pid), *memory_mb(pid))


def _table(medians: dict[str, Started], rounds: int, rival: str | None) -> str:
    rows = [(f"median of {rounds}", "first answer s", "cpu s", "memory MB", "peak MB", "time ÷ rival", "memory ÷ rival", "reach")]
    for name, mine in medians.items():
        row = (name, f"{mine.seconds:.1f}", f"{mine.cpu_seconds:.1f}", f"{mine.memory_mb:.0f}", f"{mine.peak_memory_mb:.0f}")
        rows.append((*row, *(_beside(mine, medians[rival]) if rival and name != rival else ("–", "–", "–"))))
    return aligned(rows)


def _beside(mine: Started, theirs: Started) -> tuple[str, str, str]:
    time_share, memory_share = mine.seconds / theirs.seconds, mine.memory_mb / theirs.memory_mb
    return f"{time_share:.2f}", f"{memory_share:.2f}", f"≤ {REACH:g} {'yes' if max(time_share, memory_share) <= REACH else 'NO'}"


if __name__ == "__main__":
    main()
