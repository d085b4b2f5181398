"""
Chat from the terminal: the real worker, through the real journal, over the chat API; no running server is needed.

One line in, entries out. Lines that start with « / » are commands for what is not text (`/help`).
"""

from __future__ import annotations

import asyncio
import json
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
from bot.worker.dialogue import Dialogue
from journal.entries import AuthorKind, Draft, Holder, Kind
from journal.journal import DeskStatus
from journal.record import HeldBy
from kernel.calendar import due_after_business_hours
from kernel.clock import Clock, ShiftedClock, SystemClock
from kernel.errors import ServiceError
from kernel.settings import Settings

HELP = """Commandes :
  /choose N               choisit le N-ième bouton proposé (ou son titre)
  /sign-in MEMBRE         se connecte (demo-1 … demo-6) ; /sign-out se déconnecte
  /handoff                demande une personne ; /written écrit un message sécurisé ; /back revient à l'assistant
  /field NOM VALEUR       remplit un champ sécurisé ; /code CHIFFRES donne un code reçu
  /file CHEMIN            joint un fichier
  /wait DURÉE             laisse passer le temps (10s, 5m, 2h, 1d)
  /advisor on|off         ouvre ou ferme le bureau ; /advisor take|say TEXTE|note TEXTE|written|give-back|close
  /entries                réécrit toute la conversation ; /quit"""
ADVISOR = ("terminal", "Camille")


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
        """Do what *line* asks and show what follows; False when it ends the chat."""
        if not line.strip():
            return True
        try:
            if not line.startswith("/"):
                await self._call("POST", "/entries", {"client_id": _client_id(), "text": line})
            elif not await self._command(*line[1:].split(maxsplit=1)):
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

    async def _command(self, name: str, rest: str = "") -> bool:
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
            case "field" | "code":
                await self._field(*(rest.split(maxsplit=1) if name == "field" else ("code", rest)))
            case "file":
                raise ValueError("les pièces jointes ne sont pas encore acceptées dans cette version")
            case "wait":
                await self._wait(rest)
            case "advisor":
                await self._advisor(*rest.split(maxsplit=1))
            case "entries":
                self.seen = 0
            case _:
                raise ValueError(f"commande inconnue : /{name} (voyez /help)")
        return True

    async def _field(self, name: str, value: str = "") -> None:
        await self._call("POST", f"/fields/{name}", {"value": value})

    async def _wait(self, duration: str) -> None:
        units = {"s": 1, "m": 60, "h": 3600, "d": 86400}
        seconds = float(duration[:-1]) * units[duration[-1]] if duration[-1:] in units else float(duration)
        if isinstance(self.core.clock, ShiftedClock):
            self.core.clock.advance(timedelta(seconds=seconds))
        else:
            await asyncio.sleep(min(seconds, 60))

    async def _advisor(self, what: str, text: str = "") -> None:
        journal, (advisor_id, name) = self.core.journal, ADVISOR
        floor = (await journal.conversation(self.conversation)).floor
        held_by = HeldBy(Holder.ADVISOR, floor.fencing, advisor_id)
        match what:
            case "on" | "off":
                await journal.put_desk_status(DeskStatus("live", what == "on", int(what == "on"), None))
            case "take":
                await journal.take(self.conversation, advisor_id=advisor_id, advisor_name=name)
            case "say":
                await journal.append(self.conversation, Draft(AuthorKind.ADVISOR, Kind.TEXT, {"text": text}, author_id=advisor_id,
                                                              author_name=name), held_by=held_by)
            case "note":
                await journal.append(self.conversation, Draft(AuthorKind.ADVISOR, Kind.NOTE, {"text": text}, author_id=advisor_id, author_name=name))
            case "written":
                due = due_after_business_hours(self.core.clock.now(), self.core.organisation.written_answer_business_hours,
                                               zone=self.core.organisation.timezone, alsace_moselle=self.core.organisation.alsace_moselle)
                await journal.to_written(self.conversation, due_at=due.at, due_on=due.by, by=held_by)
            case "give-back":
                await journal.give_back(self.conversation, held_by, summary=text or None)
            case "close":
                await journal.close(self.conversation, held_by, topic=text or None)
            case _:
                raise ValueError(f"commande inconnue : /advisor {what}")

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


def spoken(entry: dict[str, Any]) -> str:
    """Give an entry as terminal lines: who, what, and the numbered buttons."""
    if "problem" in entry:
        return f"  ⚠ {entry['text']}\n"
    if entry.get("hidden"):
        return ""
    who = {"member": "Vous", "assistant": "Assistant", "advisor": entry.get("author_name") or "Conseiller", "system": "—"}[entry["author"]]
    body = entry.get("body") or {}
    text = str(body.get("text") or f"[{entry['kind']}] {json.dumps(body, ensure_ascii=False)}")
    lines = [f"{who} : {text}" if who != "—" or body.get("text") else f"— {text}"]
    lines += [f"   ({place}) {button['title']}" for place, button in enumerate(body.get("buttons") or [], 1)]
    return "\n".join(lines) + "\n"


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
        interactive = lines.isatty()
        while True:
            if interactive:
                out.write("> ")
                out.flush()
            line = await asyncio.get_running_loop().run_in_executor(None, lines.readline)
            if not line or not await terminal.say(line.rstrip("\n")):
                return


@asynccontextmanager
async def open_terminal(settings: Settings, clock: Clock, dialogue: Dialogue, out: TextIO, *, as_json: bool) -> AsyncIterator[Terminal]:
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
