"""
``kill -9`` at random moments during 200 conversations: after restart every sent message is there once, every turn is
answered once, every address change is recorded once and told once, also when an advisor took over in between.
"""

from __future__ import annotations

import asyncio
import json
import random
import sqlite3
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from journal.chain import faults
from journal.entries import AuthorKind, Entry, Kind
from kernel.clock import SystemClock
from kernel.database import open_database
from kernel.settings import Settings
from member_api.sandbox.identity import IdentityProvider
from tests.system import Advisor, RunningSystem

CONVERSATIONS = 200
AT_ONCE = 12
KILLS = 5
SEED = 20261123
pytestmark = [pytest.mark.long, pytest.mark.rasa]


@dataclass
class Story:
    """One member's conversation and what he knows to have been stored."""

    system: RunningSystem
    session: aiohttp.ClientSession
    token: Callable[[str], Awaitable[str]]
    number: int
    taken_over: bool
    id: str = ""
    secret: str = ""
    sent: list[str] = field(default_factory=list)

    @property
    def member(self) -> str:
        """The six demo members share the two hundred conversations."""
        return f"demo-{self.number % 6 + 1}"

    @property
    def street(self) -> str:
        """An address nobody else gives."""
        return f"{self.number + 1} rue des Essais"

    async def call(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        """Call the API until it answers, as a page does: the same body, hence the same client id, each time."""
        headers = {"X-Forwarded-For": f"192.0.2.{self.number}"} | ({"Authorization": f"Bearer {self.secret}"} if self.secret else {})
        for _ in range(600):
            try:
                async with self.session.request(method, f"{self.system.url}/api/v1{path}", json=body, headers=headers) as response:
                    if response.status == 401 and not path.endswith("/identity"):  # a page shows its token again after a restart
                        await self.call("POST", f"/conversations/{self.id}/identity", {"token": await self.token(self.member)})
                    elif response.status < 500 and response.status != 429:
                        answer = await response.json() if response.status != 204 else {}
                        assert response.status < 300, (path, response.status, answer)
                        return answer
            except (aiohttp.ClientError, ConnectionError, TimeoutError):
                pass
            await asyncio.sleep(0.2)
        raise AssertionError(f"{path} never answered")

    async def say(self, words: str) -> None:
        """Send, and go on sending until it is stored."""
        client_id = f"s{self.number}-{len(self.sent)}"
        self.sent.append(client_id)
        await self.call("POST", f"/conversations/{self.id}/entries", {"client_id": client_id, "text": words})

    async def until(self, wanted: Callable[[list[dict[str, Any]]], bool]) -> list[dict[str, Any]]:
        """Read until the conversation shows what is wanted."""
        for _ in range(900):
            entries: list[dict[str, Any]] = (await self.call("GET", f"/conversations/{self.id}/entries"))["entries"]
            if wanted(entries):
                return entries
            await asyncio.sleep(0.1)
        raise AssertionError(f"{self.id}: waited for too long; last {entries[-3:]}")

    async def live(self) -> None:
        """Sign in, change an address, confirm; in half of the stories an advisor takes over right after."""
        opened = await self.call("POST", "/conversations", {"token": await self.token(self.member)})
        self.id, self.secret = opened["id"], opened["secret"]
        await self.say("je voudrais changer mon adresse")
        await self.until(says("Le numéro et la rue suffisent"))
        await self.say(f"{self.street} 86000 Poitiers")
        await self.until(says("À partir de quelle date"))
        await self.say("dès aujourd'hui")
        await self.confirm(await self.until(summary_waits))
        if self.taken_over:
            await asyncio.sleep(random.uniform(0, 0.15))
            await self.call("POST", f"/conversations/{self.id}/handoff", {"client_id": f"s{self.number}-handoff"})
            await self.advisor_comes_and_goes()
            entries = await self.until(lambda entries: told(entries) or summary_waits(entries))
            if not told(entries):  # the person was asked for before the confirmation was read: the summary came back
                await self.confirm(entries)
        await self.until(told)
        await self.say("merci")
        await self.until(lambda entries: entries[-1]["author"] == "assistant")

    async def confirm(self, entries: list[dict[str, Any]]) -> None:
        """Press « Confirmer » on the latest summary."""
        summary = [e for e in entries if (e.get("body") or {}).get("card") == "summary"][-1]
        self.sent.append(f"s{self.number}-confirm-{summary['number']}")
        await self.call("POST", f"/conversations/{self.id}/entries",
                        {"client_id": self.sent[-1], "entry": summary["number"], "option": summary["body"]["buttons"][0]["id"]})

    async def advisor_comes_and_goes(self) -> None:
        """An advisor takes the conversation and gives it back; the process may die at any of these steps."""
        for _ in range(100):
            try:
                async with Advisor(self.system, random.choice(["camille", "sacha"])) as advisor:
                    state = (await self.call("GET", f"/conversations/{self.id}/entries"))["state"]
                    if state["floor"] == "desk":
                        await advisor.take(self.id)
                    await asyncio.sleep(0.2)
                    await advisor.give_back(self.id)
                    return
            except (AssertionError, aiohttp.ClientError, ConnectionError, TimeoutError):
                state = (await self.call("GET", f"/conversations/{self.id}/entries"))["state"]
                if state["floor"] == "assistant":
                    return
                await asyncio.sleep(0.5)
        raise AssertionError("no advisor could help")


def says(words: str) -> Callable[[list[dict[str, Any]]], bool]:
    """Whether an answer holds *words*."""
    return lambda entries: any(words in str((e.get("body") or {}).get("text")) for e in entries)


def summary_waits(entries: list[dict[str, Any]]) -> bool:
    """Whether the last thing the assistant showed is a summary nobody has confirmed."""
    return bool(entries) and (entries[-1].get("body") or {}).get("card") == "summary"


def told(entries: list[dict[str, Any]]) -> bool:
    """Whether the result of the act was told."""
    return any(e["kind"] == "act_result" for e in entries)


async def kill_now_and_then(system: RunningSystem, chance: random.Random, done: asyncio.Event) -> int:
    """Kill at random moments, start again at once; gives how often."""
    killed = 0
    while killed < KILLS and not done.is_set():
        await asyncio.sleep(chance.uniform(2.0, 9.0))
        if done.is_set():
            break
        system.kill()
        killed += 1
        await system.start()
    return killed


async def test_kill_nine_loses_nothing_and_doubles_nothing(tmp_path: Path, trained_model: Path) -> None:
    """Members should never wonder whether it was recorded, nor find it recorded twice."""
    chance = random.Random(SEED)
    system = RunningSystem(tmp_path / "var")
    await system.start()
    insurer = open_database(f"sqlite:///{system.insurer}")
    settings = Settings(state_dir=system.folder, port=system.port, sandbox_port=system.sandbox_port)
    token = IdentityProvider(settings, SystemClock(), insurer).issue_token
    done, gate = asyncio.Event(), asyncio.Semaphore(AT_ONCE)
    try:
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=20)) as session:
            stories = [Story(system, session, token, number, taken_over=number % 2 == 1) for number in range(CONVERSATIONS)]

            async def live(story: Story) -> None:
                async with gate:
                    await story.live()

            killing = asyncio.create_task(kill_now_and_then(system, chance, done))
            await asyncio.gather(*(live(story) for story in stories))
            done.set()
            killed = await killing
            await nothing_waits(system.record)  # the last answer seen may be that of an earlier turn
    finally:
        await insurer.close()
        system.stop()

    assert killed >= 3
    for story in stories:
        check(story, read_record(system.record, story.id))
    assert Counter(recorded(system.insurer)) == Counter(story.street for story in stories)


def check(story: Story, entries: list[Entry]) -> None:
    """Every message once, in order; every turn answered once; the act told once; the chain whole."""
    assert faults(entries) == []
    stored = [entry.client_id for entry in entries if entry.author is AuthorKind.MEMBER and entry.kind in (Kind.TEXT, Kind.CHOICE)]
    assert stored == story.sent
    answers = [entry.client_id for entry in entries if entry.author is AuthorKind.ASSISTANT]
    assert len(answers) == len(set(answers))
    assert [entry.kind for entry in entries].count(Kind.ACT_RESULT) == 1
    answered = {int(str(name).split(":")[1]) for name in answers if str(name).startswith("turn:")}
    unanswered = [entry for entry in entries if entry.client_id in story.sent and entry.number not in answered]
    # When a person was asked for before the confirmation was answered, the act's own entry is the answer.
    assert all(story.taken_over and entry.kind is Kind.CHOICE for entry in unanswered)


async def nothing_waits(database: Path) -> None:
    """Wait until every turn is dealt with."""
    for _ in range(600):
        with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
            (waiting,) = connection.execute("SELECT count(*) FROM conversation WHERE next_turn_at IS NOT NULL").fetchone()
        if not waiting:
            return
        await asyncio.sleep(0.1)
    raise AssertionError(f"{waiting} conversations still wait for the assistant")


def read_record(database: Path, conversation_id: str) -> list[Entry]:
    """Read a conversation straight from the file."""
    from datetime import UTC, datetime

    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        connection.row_factory = sqlite3.Row
        rows = connection.execute("SELECT * FROM entry WHERE conversation_id = ? ORDER BY number", (conversation_id,)).fetchall()
    return [Entry(row["conversation_id"], row["number"], datetime.fromisoformat(row["moment"]).replace(tzinfo=UTC), AuthorKind(row["author"]),
                  row["author_id"], row["author_name"], Kind(row["kind"]), json.loads(row["body"]), row["client_id"], row["salt"],
                  row["digest"], row["previous"], row["hash"]) for row in rows]


def recorded(database: Path) -> list[str]:
    """Read the streets the insurer has recorded."""
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        rows = connection.execute("SELECT new_address FROM sandbox_request WHERE kind = 'address_change'").fetchall()
    return [json.loads(row[0])["line1"] for row in rows if "Essais" in row[0]]
