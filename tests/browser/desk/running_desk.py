"""A real desk in a thread with its own event loop, so that tests can be written in the order of what a person does."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from aiohttp import web
from argon2 import PasswordHasher

from handoff.adapters import schema as desk_schema
from handoff.core.roles import Role
from handoff.desk import advisors_accounts, build_desk
from handoff.service.member_file import BeneficiaryLine, ContractLine, MemberSummary, ReimbursementLine, RequestLine
from journal import schema
from journal.entries import AuthorKind, Conversation, Draft, Entry, Identity, Kind
from journal.journal import Journal
from kernel.bell import MemoryBell
from kernel.clock import SystemClock
from kernel.database import SqliteDatabase, create_tables
from kernel.organisation import load_organisation
from kernel.settings import Settings
from tests.servers import free_port

T = TypeVar("T")
PASSWORD = "une phrase assez longue"
CHEAP = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
TOPICS = {"remb_suivi": "Suivre un remboursement", "adresse": "Changer d'adresse", "detresse": "Détresse"}


class KnownMember:
    """An insurer who knows everybody by the same file."""

    async def summary(self, member_id: str) -> MemberSummary | None:
        """Read the file."""
        return MemberSummary(
            "Mme Camille Moreau", member_id, (ContractLine("Santé Équilibre", "S-4471", "en cours"),), (BeneficiaryLine("Léo Moreau", "enfant"),),
            ("12 rue des Lilas", "86000 Poitiers"),
            (ReimbursementLine("Ophtalmologue", date(2026, 11, 12), Decimal(60), Decimal("9.45"), Decimal("30.50"), "versé"),),
            (RequestLine("Changement d'adresse", "justificatif attendu"),))


class RunningDesk:
    """The desk at ``url``, and the hand of those who write to it."""

    def __init__(self, folder: Path) -> None:
        """Keep the record in *folder*."""
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}/desk"
        self._folder, self._loop = folder, asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def start(self) -> None:
        """Serve, with two advisors and a team lead."""
        self._thread.start()
        self.wait(self._start())

    def stop(self) -> None:
        """Stop everything."""
        self.wait(self._stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)

    def wait(self, work: Coroutine[Any, Any, T]) -> T:
        """Do *work* in the desk's loop."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(20)

    def say(self, conversation: Conversation, text: str) -> Entry:
        """Write as the member."""
        return self.wait(self.journal.append(conversation.id, Draft(AuthorKind.MEMBER, Kind.TEXT, {"text": text})))

    def write(self, conversation: Conversation, author: AuthorKind, kind: Kind, body: dict[str, Any]) -> Entry:
        """Write any entry."""
        return self.wait(self.journal.append(conversation.id, Draft(author, kind, body)))

    def somebody(self, *texts: str, member: str | None = None) -> Conversation:
        """Open a conversation."""
        identity = Identity(1, member) if member else None
        opened = self.wait(self.journal.open_conversation(identity=identity))
        for text in texts:
            self.say(opened, text)
        return opened

    def ask(self, conversation: Conversation, queue: str = "live") -> Conversation:
        """Press « Parler à un conseiller »."""
        asked = Draft(AuthorKind.MEMBER, Kind.HANDOFF_REQUESTED, {"queue": queue, "by": "member", "passed": ["Un remboursement"]})
        self.wait(self.journal.request_handoff(conversation.id, asked, queue=queue))
        return conversation

    def waiting(self, text: str = "Bonjour", member: str | None = None, queue: str = "live") -> Conversation:
        """Give somebody who waits."""
        return self.ask(self.somebody(text, member=member), queue)

    def now(self, conversation: Conversation) -> Conversation:
        """Read a conversation."""
        return self.wait(self.journal.conversation(conversation.id))

    async def _start(self) -> None:
        clock = SystemClock()
        self._database = SqliteDatabase(f"sqlite:///{self._folder / 'desk.db'}")
        for metadata in (schema.metadata, desk_schema.metadata):
            await create_tables(self._database, metadata)
        self.journal = Journal(self._database, MemoryBell(), clock)
        accounts = advisors_accounts(self._database, clock, hasher=CHEAP)
        for name, role in (("Camille", Role.ADVISOR), ("Hugo", Role.ADVISOR), ("Nadia", Role.TEAM_LEAD)):
            await accounts.create_advisor(name, name.lower(), PASSWORD, role)
        app = web.Application()
        desk = build_desk(self.journal, self._database, Settings(port=self.port), load_organisation(), clock, KnownMember(), topics=TOPICS, hasher=CHEAP)
        app.add_subapp("/desk", desk)
        self._runner = web.AppRunner(app, shutdown_timeout=2)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port).start()

    async def _stop(self) -> None:
        await self._runner.cleanup()
        await self._database.close()
