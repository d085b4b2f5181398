"""A whole desk on a record, advisors who use it as a browser would, and members who write."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient, TestServer
from argon2 import PasswordHasher
from yarl import URL

from handoff.adapters import schema as desk_schema
from handoff.core.roles import Role
from handoff.desk import advisors_accounts, build_desk
from handoff.service.accounts import Accounts
from handoff.service.member_file import ContractLine, MemberSummary, ReimbursementLine
from handoff.service.ports import Advisor
from journal.entries import AuthorKind, Conversation, Draft, Identity, Kind
from journal.journal import Journal
from kernel.clock import SetClock
from kernel.database import Database, create_tables
from kernel.errors import Unavailable
from kernel.organisation import organisation
from kernel.settings import Settings

CHEAP = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
PASSWORD = "une phrase assez longue"
_HIDDEN = re.compile(r'name="(\w+)" value="([^"]*)"')


class FakeMembers:
    """An insurer's system: one member, or out of order."""

    def __init__(self) -> None:
        self.is_down = False
        self.asked: list[str] = []

    async def summary(self, member_id: str) -> MemberSummary | None:
        self.asked.append(member_id)
        if self.is_down:
            raise Unavailable("member api")
        if member_id != "demo-1":
            return None
        line = ReimbursementLine("Ophtalmologue", date(2026, 10, 12), Decimal(60), Decimal("9.45"), Decimal("30.50"), "versé")
        return MemberSummary("Camille Moreau <b>", contracts=(ContractLine("Santé Équilibre"),), reimbursements=(line,))


@dataclass
class Page:
    """What came back."""

    status: int
    text: str
    url: URL
    headers: Mapping[str, str]

    def field(self, name: str, form: str = "") -> str:
        """Give a hidden field of the page, of the form whose address ends with *form*."""
        part = self.text if not form else self.text.split(f'{form}"', 1)[1]
        return next(value for key, value in _HIDDEN.findall(part) if key == name)


@dataclass
class AtDesk:
    """An advisor's browser."""

    client: TestClient
    advisor: Advisor
    page: Page | None = None
    headers: dict[str, str] = field(default_factory=dict)

    async def get(self, path: str = "/") -> Page:
        """Look at a page."""
        return await self._keep(await self.client.get(f"/desk{path}", headers=self.headers))

    async def post(self, path: str, *, follow: bool = True, **fields: Any) -> Page:
        """Send a form as the page last seen holds it."""
        form = {"form_token": await self.token(), **{name: str(value) for name, value in fields.items()}}
        return await self._keep(await self.client.post(f"/desk{path}", data=form, headers=self.headers, allow_redirects=follow))

    async def token(self) -> str:
        """Give the token of this session's forms."""
        home = await (await self.client.get("/desk/help")).text()
        return re.search(r'data-form-token="([^"]+)"', home).group(1)  # type: ignore[union-attr]

    async def sign_in(self, password: str = PASSWORD, login: str | None = None, **fields: str) -> Page:
        """Open the door."""
        door = await self.get("/sign-in")
        form = {"form_token": door.field("form_token"), "login": login or self.advisor.login, "password": password, **fields}
        return await self._keep(await self.client.post("/desk/sign-in", data=form, headers=self.headers))

    async def take(self, conversation: Conversation) -> Page:
        """Take one conversation."""
        return await self.post(f"/conversations/{conversation.id}/take")

    async def reply(self, conversation: Conversation, text: str, **fields: Any) -> Page:
        """Open the conversation and answer."""
        seen = await self.get(f"/conversations/{conversation.id}")
        form = {"text": text, "fencing": seen.field("fencing"), "client_id": seen.field("client_id"), "mode": "live"} | fields
        return await self.post(f"/conversations/{conversation.id}/reply", **form)

    async def act(self, conversation: Conversation, what: str, **fields: Any) -> Page:
        """Open the conversation and use one of its forms."""
        seen = await self.get(f"/conversations/{conversation.id}")
        form = {name: seen.field(name) for name in ("fencing", "client_id")} | {"seen": conversation.last_number + 99} | fields
        return await self.post(f"/conversations/{conversation.id}/{what}", **form)

    async def _keep(self, response: ClientResponse) -> Page:
        self.page = Page(response.status, await response.text(), response.url, response.headers)
        return self.page


@dataclass
class World:
    """The desk, its record and its clock."""

    journal: Journal
    database: Database
    clock: SetClock
    accounts: Accounts
    members: FakeMembers
    app: web.Application
    server: TestServer
    clients: list[TestClient] = field(default_factory=list)

    async def advisor(self, name: str = "Camille", role: Role = Role.ADVISOR, *, signed_in: bool = True) -> AtDesk:
        """Create an advisor, with a browser of his own."""
        made = await self.accounts.create_advisor(name, name.lower(), PASSWORD, role)
        client = TestClient(self.server)
        self.clients.append(client)
        browser = AtDesk(client, made)
        if signed_in:
            await browser.sign_in()
        return browser

    async def member_says(self, text: str, conversation: Conversation | None = None, **identity: Any) -> Conversation:
        """Write as a member, in a new conversation unless one is given."""
        one = conversation or await self.journal.open_conversation(identity=Identity(**identity) if identity else None)
        await self.journal.append(one.id, Draft(AuthorKind.MEMBER, Kind.TEXT, {"text": text}))
        return await self.journal.conversation(one.id)

    async def waiting(self, text: str = "Je voudrais parler à quelqu'un", *, queue: str = "live", priority: int = 0, **identity: Any) -> Conversation:
        """Give a conversation that waits for an advisor."""
        return await self.ask_for_a_person(await self.member_says(text, **identity), queue=queue, priority=priority)

    async def ask_for_a_person(self, one: Conversation, *, queue: str = "live", priority: int = 0) -> Conversation:
        """Press « Parler à un conseiller »."""
        asked = Draft(AuthorKind.MEMBER, Kind.HANDOFF_REQUESTED, {"queue": queue, "by": "member", "passed": []})
        await self.journal.request_handoff(one.id, asked, queue=queue, priority=priority)
        return await self.journal.conversation(one.id)

    async def kinds(self, conversation: Conversation) -> list[str]:
        """Give the kinds of a conversation's entries."""
        return [entry.kind.value for entry in await self.journal.read(conversation.id)]


async def build_world(journal: Journal, database: Database, clock: SetClock, *, settings: Settings | None = None) -> World:
    """Start a desk; ``close_world`` ends it."""
    await create_tables(database, desk_schema.metadata)
    members = FakeMembers()
    desk = build_desk(journal, database, settings or Settings(), organisation(), clock, members, topics={"devis": "Un devis"}, hasher=CHEAP)
    app = web.Application()
    app.add_subapp("/desk", desk)
    server = TestServer(app)
    await server.start_server()
    return World(journal, database, clock, advisors_accounts(database, clock, hasher=CHEAP), members, desk, server)


async def close_world(world: World) -> None:
    """Stop everything."""
    for client in world.clients:
        await client.close()
    await world.server.close()
