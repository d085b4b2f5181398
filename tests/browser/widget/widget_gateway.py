"""
The real gateway on a real record, and an insurer's page on another origin with a strict security policy.

Both run in a thread with its own event loop, so that tests written in the order of what a person does can talk to them.
"""

from __future__ import annotations

import asyncio
import base64
import json
import threading
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from aiohttp import web

from connectors.build import build_gateway
from connectors.core.access import ProvenMember
from connectors.core.asked import AskedField
from connectors.core.errors import FieldRefused
from connectors.core.rates import Limit, Limits
from connectors.service.ports import FilledField, TokenVerifier
from journal import schema
from journal.entries import AuthorKind, Body, Conversation, Draft, Entry, Kind
from journal.journal import DeskStatus, Journal
from journal.record import HeldBy
from kernel.bell import MemoryBell
from kernel.clock import SystemClock
from kernel.database import SqliteDatabase, create_tables
from kernel.errors import SignInNeeded
from kernel.organisation import load_organisation
from kernel.settings import Settings
from tests.servers import free_port

T = TypeVar("T")
HOST = "127.0.0.1"
_MANY = (Limit(10_000, 60),)
GENEROUS = replace(Limits(), openings=_MANY, messages=_MANY)
"""Limits that tests, which type faster than people, do not reach."""

GREETING: Body = {
    "text": (
        "Bonjour. Je suis **l'assistant automatique** de la Mutuelle de Poitiers : un programme informatique, pas une "
        "personne.\n\nJe peux vous aider sur vos remboursements, votre contrat, votre espace client ou un rendez-vous. "
        "Un conseiller peut prendre le relais à tout moment."
    ),
    "buttons": [
        {"id": "remb", "title": "Suivre un remboursement", "_topic": "remb_suivi"},
        {"id": "mots", "title": "Comprendre mon décompte", "_topic": "decompte"},
        {"id": "espace", "title": "Accéder à mon espace", "_topic": "connexion_probleme"},
        {"id": "personne", "title": "Parler à un conseiller", "act": "handoff"},
    ],
}

PAGE = """<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Votre mutuelle</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="/page.css"></head>
<body><main><h1>Votre mutuelle santé</h1><p>Une page de l'assureur, avec ses propres styles.</p>
<p><a href="#" id="before">Un lien avant</a></p></main>
<script nonce="page" src="{gateway}/chat.js" {attributes}></script></body></html>"""
STYLE = """body { margin: 0; font: 16px/1.5 Georgia, serif; background: #fbfaf7; color: #222 } main { padding: 2rem }
button { background: red !important; font-size: 9px } * { letter-spacing: .2px }"""


def token_for(member_id: str, life: timedelta = timedelta(minutes=8)) -> str:
    """Make the token of *member_id*, in the shape of a JWT: what the page reads of it is its dates."""
    now = datetime.now(UTC)
    claims = {"sub": member_id, "iat": int(now.timestamp()), "exp": int((now + life).timestamp())}
    return ".".join(["e30", base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("="), "signed"])


class FakeIdentity:
    """Believes every token that has not expired; counts them."""

    def __init__(self) -> None:
        """Nothing was shown yet."""
        self.shown: list[str] = []

    async def verify(self, token: str) -> ProvenMember:
        """Read the token's member and end."""
        part = token.split(".")[1]
        claims = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
        ends = datetime.fromtimestamp(claims["exp"], UTC)
        if ends <= datetime.now(UTC):
            raise SignInNeeded("expired")
        self.shown.append(token)
        return ProvenMember(claims["sub"], ends)


class FakeFields:
    """Takes any value but a code that is not the right one; remembers what it was given."""

    def __init__(self) -> None:
        """Nothing was given yet."""
        self.given: list[str] = []

    async def submit(self, asked: AskedField, value: str, conversation: Conversation) -> FilledField:
        """Take *value*."""
        if value == "000000":
            raise FieldRefused("code_wrong", tries_left=4)
        self.given.append(value)
        return FilledField(asked.label)


class RunningGateway:
    """Start it, use it, stop it. What a colleague of the member does is a method here."""

    def __init__(self, folder: Path) -> None:
        """Keep the record in *folder*."""
        self._folder = folder
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._runners: list[web.AppRunner] = []
        self.port, self.page_port = free_port(), free_port()
        self.assistant = "ready"
        self.identity: TokenVerifier = FakeIdentity()
        self.served: list[str] = []
        self.sockets_refused = False
        self.greeting, self.limits, self.fields = GREETING, GENEROUS, FakeFields()

    @property
    def url(self) -> str:
        """Where the gateway is."""
        return f"http://{HOST}:{self.port}"

    def page(self, attributes: str = "", **query: str) -> str:
        """Give the address of the insurer's page; *attributes* are those of the script."""
        self._attributes = attributes
        return f"http://{HOST}:{self.page_port}/?" + "&".join(f"{name}={value}" for name, value in query.items())

    def start(self) -> None:
        """Open the record and listen."""
        self._attributes = ""
        self._thread.start()
        self.run(self._start())

    def stop(self) -> None:
        """Stop listening and close the record."""
        self.run(self._stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Run *work* in the gateway's loop and give its result."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(20)

    async def _start(self) -> None:
        await self.open_record()
        page = web.Application()
        page.router.add_get("/", self._serve_page)
        page.router.add_get("/page.css", self._serve_style)
        await self._serve(page, self.page_port)

    async def open_record(self) -> None:
        """Open the record, and listen for members over it."""
        self._database = SqliteDatabase(f"sqlite:///{self._folder / 'record.db'}")
        await create_tables(self._database, schema.metadata)
        self.journal = Journal(self._database, MemoryBell(), SystemClock())
        await self.listen()

    async def listen(self) -> None:
        """Listen for members: at the start, and again after a cut."""
        settings = replace(
            Settings(), state_dir=self._folder, host=HOST, port=self.port, allowed_origins=(f"http://{HOST}:{self.page_port}",))
        gateway = build_gateway(
            self.journal, settings, load_organisation(), self.identity, greeting=self._greet, assistant_state=lambda: self.assistant,
            fields=self.fields, limits=self.limits)
        gateway.middlewares.insert(0, self._note)
        self._runner = await self._serve(gateway, self.port)

    def cut(self) -> None:
        """Let the gateway fall: sockets close, nothing answers."""
        self.run(self._runner.cleanup())
        self._runners.remove(self._runner)

    def restore(self) -> None:
        """Bring it back, on the same record."""
        self.run(self.listen())

    async def _serve(self, app: web.Application, port: int) -> web.AppRunner:
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await runner.setup()
        await web.TCPSite(runner, HOST, port, reuse_address=True).start()
        self._runners.append(runner)
        return runner

    async def _stop(self) -> None:
        for runner in self._runners:
            await runner.cleanup()
        await self._database.close()

    @property
    def _note(self) -> Any:
        @web.middleware
        async def note(request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]) -> web.StreamResponse:
            self.served.append(f"{request.method} {request.path}")
            if self.sockets_refused and request.path.endswith("/socket"):
                return web.Response(status=403)
            return await handler(request)
        return note

    async def _serve_page(self, _: web.Request) -> web.Response:
        gateway, socket = self.url, self.url.replace("http", "ws")
        policy = (f"default-src 'none'; script-src 'nonce-page'; style-src 'self'; connect-src {gateway} {socket}; "
                  "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'")
        return web.Response(text=PAGE.format(gateway=gateway, attributes=self._attributes), content_type="text/html",
                            headers={"Content-Security-Policy": policy})

    async def _serve_style(self, _: web.Request) -> web.Response:
        return web.Response(text=STYLE, content_type="text/css")

    def _greet(self, _: Conversation) -> Draft:
        return Draft(AuthorKind.ASSISTANT, Kind.TEXT, self.greeting)

    # -- What others do -----------------------------------------------------------------------------------------------

    def conversations(self) -> int:
        """Count the conversations opened."""
        return self.run(self.journal.count())["conversation"]

    def entries(self, conversation: str) -> list[Entry]:
        """Read the record."""
        return self.run(self.journal.read(conversation))

    def write(self, conversation: str, kind: Kind, body: Body, author: AuthorKind = AuthorKind.ASSISTANT, name: str | None = None) -> Entry:
        """Write one entry, whoever it is from."""
        draft = Draft(author, kind, body, author_name=name, author_id="a_camille" if author is AuthorKind.ADVISOR else None)
        return self.run(self.journal.append(conversation, draft))

    def answer(self, conversation: str, text: str, *buttons: Body) -> Entry:
        """Answer as the assistant."""
        return self.write(conversation, Kind.TEXT, {"text": text, **({"buttons": list(buttons)} if buttons else {})})

    def reply(self, conversation: str, text: str) -> Entry:
        """Answer as Camille."""
        return self.write(conversation, Kind.TEXT, {"text": text}, AuthorKind.ADVISOR, "Camille, conseillère")

    def take(self, conversation: str, name: str = "Camille, conseillère") -> HeldBy:
        """Let Camille take a waiting conversation."""
        taken = self.run(self.journal.take(conversation, advisor_id="a_camille", advisor_name=name))
        return HeldBy(taken.floor.holder, taken.floor.fencing, "a_camille")

    def close(self, conversation: str, held_by: HeldBy) -> None:
        """Let Camille end the talk."""
        self.run(self.journal.close(conversation, held_by))

    def typing(self, conversation: str, who: str = "assistant", name: str | None = None) -> None:
        """Show that somebody is writing."""
        self.run(self.journal.bell.ring(conversation, {"type": "typing", "who": who, "name": name}))

    def desk_waits(self, seconds: int | None) -> None:
        """Say how long one waits for a person."""
        self.run(self.journal.put_desk_status(DeskStatus("live", is_open=True, advisors=2, estimated_wait_s=seconds)))

    def make_written(self, conversation: str, due_on: date) -> None:
        """Turn a conversation into a written request."""
        due_at = datetime.combine(due_on, datetime.min.time(), UTC)
        self.run(self.journal.to_written(conversation, due_at=due_at, due_on=due_on, subject="Remboursement de lunettes"))

