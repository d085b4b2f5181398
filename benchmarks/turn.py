"""
A member's message to its stored answer, at the first turn of a conversation and at the two hundredth.

    python -m benchmarks.turn [--rounds 7] [--marks 1,5,20,50,100,200] [--quick] [--no-rival]
                              [--epochs N] [--older-rival] [--json FILE] [--plot FILE.png]

Ours: the message is appended to the journal on SQLite, the worker claims it, answers and commits, and the member's page
reads the answer; all in this process. The rival: Rasa's stock pipeline and policies learnt from the same sentences,
``rasa run`` with the REST channel and the SQL tracker store on SQLite (``benchmarks/stock_assistant.py``). Both get the
same messages, which nobody trained on, conversation by conversation in turn. What HTTP costs the rival is told beside.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import asdict, dataclass, field
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from benchmarks import stock_assistant
from benchmarks.measure import aligned, draw, flush_cost, machine
from benchmarks.our_assistant import plain_questions, working
from benchmarks.processes import cpu_seconds
from benchmarks.understand_rivals import rival_options
from bot.nlu.quality import read_labelled
from bot.worker.model import fresh_model, train
from kernel.ids import new_id
from kernel.paths import ROOT

MARKS = (1, 5, 20, 50, 100, 200)
AROUND = 2  # turns on each side of a mark that count for it
SHORT = 8  # conversations of one turn in a round: what turn 1 is measured on
QUESTIONS = 40
PINGS = 50
REACHES = {1: 3.0, 100: 8.0}  # times faster than the rival
FLAT = 1.2  # times what turn 5 costs, that turn 200 may cost
OURS = "ours"


@dataclass
class Contender:
    """Who answers: how a conversation is opened, how a message is said in it, and the process that does the work."""

    name: str
    open: Callable[[], Awaitable[str]]
    say: Callable[[str, str], Awaitable[Any]]
    pid: int
    seconds: dict[int, list[float]] = field(default_factory=dict)
    cpu: dict[int, list[float]] = field(default_factory=dict)

    async def converse(self, texts: Sequence[str], marks: Sequence[int]) -> None:
        """Hold one conversation of *texts*; keep what the turns around each of *marks* took."""
        conversation_id = await self.open()
        for number, text in enumerate(texts, 1):
            cpu, began = cpu_seconds(self.pid), time.perf_counter()
            await self.say(conversation_id, text)
            took, used = time.perf_counter() - began, cpu_seconds(self.pid) - cpu
            for mark in marks:
                if mark == number == 1 or (mark > 1 and abs(mark - number) <= AROUND):
                    self.seconds.setdefault(mark, []).append(took)
                    self.cpu.setdefault(mark, []).append(used)

    def figures(self) -> dict[int, Figures]:
        """Sum up each mark."""
        return {mark: Figures(1000 * statistics.median(taken), 1000 * _share(taken, 0.95), 1 / statistics.median(self.cpu[mark]), len(taken))
                for mark, taken in sorted(self.seconds.items())}


@dataclass(frozen=True)
class Figures:
    """Milliseconds of a turn (median, 95th percentile), turns that one core can do in a second, how many were measured."""

    p50_ms: float
    p95_ms: float
    per_core_second: float
    count: int


def main() -> None:
    """Measure, print, write what the command line asks for."""
    asked = _arguments()
    contenders, ping_ms, facts = asyncio.run(_measure(asked))
    found = {one.name: one.figures() for one in contenders}
    print("Benchmark: turn", *(f"{name}: {value}" for name, value in facts.items()), sep="\n  ")
    print("\n" + _table(found, ping_ms) + "\n\n" + "\n".join(_growth(found)))
    if asked.json:
        told = {name: {mark: asdict(row) for mark, row in rows.items()} for name, rows in found.items()}
        asked.json.write_text(json.dumps({"machine": facts, "http_ms": ping_ms, "turns": told}, indent=2, ensure_ascii=False), encoding="utf-8")
    if asked.plot:
        lines = {name: [(float(mark), row.p50_ms) for mark, row in rows.items()] for name, rows in found.items()}
        draw(asked.plot, lines, xlabel="turn of the conversation", ylabel="milliseconds (median)", title="A message to its stored answer", ylim=(0, None))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7, help="long conversations held by each, in turn")
    parser.add_argument("--marks", type=lambda text: tuple(int(one) for one in text.split(",")), default=MARKS, help="turns told, ascending")
    parser.add_argument("--quick", action="store_true", help="two rounds up to turn 20: does it run?")
    parser.add_argument("--no-rival", action="store_true")
    rival_options(parser)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--plot", type=Path)
    asked = parser.parse_args()
    if asked.quick:
        asked.rounds, asked.marks = min(asked.rounds, 2), tuple(mark for mark in asked.marks if mark <= 20)
    return asked


async def _measure(asked: argparse.Namespace) -> tuple[list[Contender], float | None, dict[str, str]]:
    facts, ping_ms = machine(("rasa", "sqlalchemy", "spacy", "tensorflow-cpu")), None
    archive, rival = fresh_model() or train(), None if asked.no_rival else stock_assistant.trained_assistant(epochs=asked.epochs, older=asked.older_rival)
    async with AsyncExitStack() as stack:
        ours_in, theirs_in = (Path(stack.enter_context(tempfile.TemporaryDirectory())) for _ in range(2))
        ours = await stack.enter_async_context(working(archive, ours_in))
        messages = read_labelled(sorted((ROOT / "tests" / "understanding").glob("test_set_*.tsv")))
        questions = await plain_questions(ours, messages, QUESTIONS if not asked.quick else QUESTIONS // 4)
        contenders = [Contender(OURS, ours.open, ours.say, os.getpid())]
        facts |= {"messages": f"{len(questions)} in turn, from tests/understanding", "one flush to disk": flush_cost(ours_in)}
        if rival:
            server = await stack.enter_async_context(stock_assistant.starting(rival.archive, theirs_in))
            await stock_assistant.first_answer(server, questions[0])
            contenders.append(Contender(f"rasa run: {rival.name}", _new_sender, server.say, server.pid))
            ping_ms = await _ping(server)
        await _rounds(contenders, questions, asked)
        if rival and stock_assistant.stored_messages(theirs_in) < asked.rounds * asked.marks[-1]:
            raise AssertionError("the rival did not store its conversations")
    return contenders, ping_ms, facts


async def _rounds(contenders: Sequence[Contender], questions: Sequence[str], asked: argparse.Namespace) -> None:
    """Let each hold the same conversations in turn; the first ones, which warm caches, do not count."""
    longest = max(asked.marks) + AROUND
    for contender in contenders:
        await contender.converse(questions[:5], ())
    for number in range(asked.rounds):
        texts = list(islice(cycle([*questions[number:], *questions[:number]]), longest))
        for contender in contenders:
            for text in texts[:SHORT]:
                await contender.converse([text], [1])
            await contender.converse(texts, [mark for mark in asked.marks if mark > 1])


async def _new_sender() -> str:
    return new_id("s")


async def _ping(server: stock_assistant.StockServer) -> float:
    taken = []
    for _ in range(PINGS):
        began = time.perf_counter()
        await server.ping()
        taken.append(time.perf_counter() - began)
    return 1000 * statistics.median(taken)


def _table(found: dict[str, dict[int, Figures]], ping_ms: float | None) -> str:
    rows = [("turn", "n", "ours p50", "p95 ms", "turns/s a core", "rival p50", "p95 ms", "turns/s a core", "ratio p50", "ratio per core", "reach")]
    ours, *others = found.values()
    for mark, mine in ours.items():
        row = (f"{mark}", f"{mine.count}", f"{mine.p50_ms:.1f}", f"{mine.p95_ms:.1f}", f"{mine.per_core_second:.0f}")
        rows.append((*row, *(_beside(mark, mine, others[0][mark]) if others else ("–",) * 6)))
    legend = f"\nrival: {list(found)[1]}; of its time HTTP takes {ping_ms:.1f} ms" if ping_ms is not None else ""
    return aligned(rows) + legend


def _beside(mark: int, mine: Figures, theirs: Figures) -> tuple[str, ...]:
    faster, reach = theirs.p50_ms / mine.p50_ms, REACHES.get(mark)
    return (f"{theirs.p50_ms:.1f}", f"{theirs.p95_ms:.1f}", f"{theirs.per_core_second:.0f}", f"{faster:.1f}×",
            f"{mine.per_core_second / theirs.per_core_second:.1f}×",
            f"≥ {reach:g}× {'yes' if faster >= reach else 'NO'}" if reach else "–")


def _growth(found: dict[str, dict[int, Figures]]) -> list[str]:
    """Say what the last mark costs beside turn 5."""
    lines = []
    for name, rows in found.items():
        if 5 in rows and len(rows) > 1:
            last = max(rows)
            times, on_core = rows[last].p50_ms / rows[5].p50_ms, rows[5].per_core_second / rows[last].per_core_second
            reach = f" (at most {FLAT:g}: {'yes' if times <= FLAT else 'NO'})" if name == OURS and last >= 200 else ""
            lines.append(f"growth, {name}: turn {last} costs {times:.2f} × turn 5{reach}; {on_core:.2f} × in processor time")
    return lines


def _share(taken: Sequence[float], share: float) -> float:
    ordered = sorted(taken)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


if __name__ == "__main__":
    main()
