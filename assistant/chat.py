"""
Chat from the terminal: the real worker, through the real journal, over the chat API; no running server is needed.

One line in, entries out. Lines that start with « / » are commands for what is not text (`/help`).
"""

from __future__ import annotations

import asyncio
import json
import re
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TextIO

import aiohttp

from assistant.compose import Core, build_chat_gateway, build_sandbox_part, build_worker, open_core
from assistant.serving import serving
from assistant.terminal_advisor import TerminalAdvisor
from assistant.terminal_lines import HELP, NOT_ASKED, spoken
from bot.worker.dialogue import Dialogue
from bot.worker.worker import Talks
from kernel.clock import Clock, ShiftedClock, SystemClock
from kernel.errors import ServiceError
from kernel.settings import Settings

_DURATION = re.compile(r"(?P<count>\d{1,6}(?:\.\d+)?)(?P<unit>[smhd]?)")
_FIELD = re.compile(r"[a-z][a-z0-9_-]{0,39}")


@dataclass
class Terminal:
    """One conversation, member's side by the API, advisor's side by the journal."""

    core: Core
    gateway_url: str
    session: aiohttp.ClientSession
    issue_token: Callable[[str], Awaitable[str]]
    settle: Callable[[], Awaitable[None]]
    out: TextIO
    as_json: bool
    conversation: str = ""
    secret: str = ""
    seen: int = 0
    buttons: list[tuple[int, dict[str, Any]]] = field(default_factory=list)

    async def open(self, member: str | None) -> None:
        """Open a conversation, signed in when *member* is given, and show its greeting."""
        body = {"token": await self.issue_token(member)} if member else {}
        opened = await self._call("POST", None, body)
        self.conversation, self.secret = opened["id"], opened["secret"]
        await self.show()

    async def say(self, line: str) -> bool:
        """Do what *line* asks and show what follows; False when it ends the chat. What is refused is told, not raised."""
        words = line.strip()  # a space before « / » must not make a message of a code
        if not words:
            return True
        try:
            if not words.startswith("/"):
                await self._call("POST", "/entries", {"client_id": _client_id(), "text": line})
            elif not await self._command(*_cut(words[1:])):
                return False
        except (ServiceError, Problem, ValueError) as error:
            self._tell({"problem": getattr(error, "code", "malformed"), "text": str(error)})
        await self.settle()
        await self.show()
        return True

    async def show(self) -> None:
        """Print the entries not seen yet, as the member sees them."""
        answer = await self._call("GET", f"/entries?since={self.seen}")
        for entry in answer["entries"]:
            self.seen = max(self.seen, entry["number"])
            self._remember_buttons(entry)
            self._tell(entry)

    # -- commands ------------------------------------------------------------------------------------------------------

    async def _command(self, name: str, rest: str) -> bool:
        match name:
            case "quit" | "exit":
                return False
            case "help":
                self.out.write(HELP + "\n")
            case "choose":
                number, button = self._button(rest)
                await self._call("POST", "/entries", {"client_id": _client_id(), "entry": number, "option": button["id"]})
            case "sign-in":
                await self._call("POST", "/identity", {"token": await self.issue_token(rest.strip())})
            case "sign-out":
                await self._call("DELETE", "/identity")
            case "handoff" | "written" | "back":
                await self._call("POST", f"/{name}", {"client_id": _client_id()})
            case "field" | "code" | "file":
                await self._give(name, rest)
            case "wait":
                await self._wait(rest)
            case "advisor":
                await TerminalAdvisor(self.core).act(self.conversation, *_cut(rest))
            case "entries":
                self.seen = 0
            case _:
                raise ValueError(f"commande inconnue : /{name} (voyez /help)")
        return True

    async def _give(self, what: str, rest: str) -> None:
        """Hand over what must never be a message, past the conversation; what nobody asks for is said to be so."""
        name, value = _cut(rest) if what == "field" else (what, rest)
        if what == "file":  # the gateway takes none: nothing ever asks for one
            raise Problem("not_asked", NOT_ASKED[what])
        if not _FIELD.fullmatch(name):
            raise ValueError("écrivez /field NOM VALEUR")
        try:
            await self._call("POST", f"/fields/{name}", {"value": value})
        except Problem as refused:
            raise Problem(refused.code, NOT_ASKED[what] if refused.code == "not_asked" else str(refused)) from None

    async def _wait(self, duration: str) -> None:
        seconds = _seconds(duration)
        if isinstance(self.core.clock, ShiftedClock):
            self.core.clock.advance(timedelta(seconds=seconds))
        else:
            await asyncio.sleep(min(seconds, 60))

    # -- the API -------------------------------------------------------------------------------------------------------

    async def _call(self, method: str, path: str | None, body: dict[str, Any] | None = None) -> Any:
        """Call the API: a path of the conversation, or None to open one."""
        url = f"{self.gateway_url}/api/v1/conversations" + ("" if path is None else f"/{self.conversation}{path}")
        headers = {"Authorization": f"Bearer {self.secret}"} if self.secret else {}
        async with self.session.request(method, url, json=body, headers=headers) as response:
            answer = await response.json(content_type=None) if response.status != 204 else {}
            if response.status >= 400:
                raise Problem(answer.get("code", "internal"), answer.get("title", ""))
            return answer

    # -- what is shown -------------------------------------------------------------------------------------------------

    def _remember_buttons(self, entry: dict[str, Any]) -> None:
        offered = (entry.get("body") or {}).get("buttons")
        if entry.get("author") == "member":
            self.buttons = []
        if offered:
            self.buttons = [(entry["number"], button) for button in offered]

    def _button(self, wanted: str) -> tuple[int, dict[str, Any]]:
        for place, (number, button) in enumerate(self.buttons, 1):
            if wanted.strip() in (str(place), button["title"], button["id"]):
                return number, button
        raise ValueError(f"aucun bouton « {wanted} » n'est proposé")

    def _tell(self, entry: dict[str, Any]) -> None:
        if self.as_json:
            self.out.write(json.dumps(entry, ensure_ascii=False) + "\n")
        else:
            self.out.write(spoken(entry))
        self.out.flush()


class Problem(Exception):
    """What the gateway refused, with its stable code and its French title."""

    def __init__(self, code: str, title: str) -> None:
        """*title* is shown."""
        super().__init__(title)
        self.code = code


def _cut(words: str) -> tuple[str, str]:
    """Cut a name from what follows it."""
    name, _, rest = words.strip().partition(" ")
    return name, rest.strip()


def _seconds(duration: str) -> float:
    """Read « 10s », « 5m », « 2h », « 1d » or a number of seconds; ValueError."""
    found = _DURATION.fullmatch(duration.strip())
    if found is None:
        raise ValueError("écrivez /wait suivi d'une durée : 10s, 5m, 2h ou 1d")
    return float(found["count"]) * {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400}[found["unit"]]


def _client_id() -> str:
    return "t" + secrets.token_urlsafe(12)


async def chat(settings: Settings, *, member: str | None, at: datetime | None, as_json: bool, state: Path | None,
               archive: Path, lines: TextIO, out: TextIO) -> None:
    """Run one conversation from *lines* to *out*; *at*: a moment that journal, worker, sandbox and tokens share."""
    clock: Clock = ShiftedClock(at) if at else SystemClock()
    if state:
        settings = replace(settings, state_dir=state)
    async with open_terminal(settings, clock, Dialogue.load(archive), out, as_json=as_json) as terminal:
        await terminal.open(member)
        await converse(terminal, lines, out)


async def converse(terminal: Terminal, lines: TextIO, out: TextIO) -> None:
    """Say *lines* one after the other, until the last or `/quit`; a terminal that somebody types in shows a prompt."""
    interactive = lines.isatty()
    while True:
        if interactive:
            out.write("> ")
            out.flush()
        line = await asyncio.get_running_loop().run_in_executor(None, lines.readline)
        if not line or not await terminal.say(line.rstrip("\n")):
            return


@asynccontextmanager
async def open_terminal(settings: Settings, clock: Clock, dialogue: Talks, out: TextIO, *, as_json: bool) -> AsyncIterator[Terminal]:
    """Start what a conversation needs on free ports of the loopback: sandbox insurer, gateway, a worker that answers at once."""
    settings = replace(settings, port=_free_port(), sandbox_port=_free_port())
    async with build_sandbox_part(settings, clock) as (sandbox, issue_token), open_core(settings, clock) as core:
        worker = build_worker(core, lambda: dialogue)
        gateway = build_chat_gateway(core, assistant_state=lambda: "ready", unlimited=True)
        async with (serving(sandbox, settings.host, settings.sandbox_port), serving(gateway, settings.host, settings.port),
                    aiohttp.ClientSession() as session):
            yield Terminal(core, settings.base_url, session, issue_token, worker.work_until_idle, out, as_json)


def _free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
