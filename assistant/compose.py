"""Builds the parts and joins them: the only module that names every concrete class."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial

import aiohttp
from aiohttp import web
from sqlalchemy import MetaData

from assistant.member_file import ApiMemberFile
from assistant.secure_fields import ApiSecureFields
from bot.actions.ports import phrasebook
from bot.greeting import greeting
from bot.phrasing.phrasebook import topics
from bot.worker.acts import ActBook
from bot.worker.worker import Talks, Worker
from connectors.adapters.tokens import build_verifier
from connectors.build import build_gateway
from connectors.core.rates import Limit, Limits
from handoff.adapters import schema as desk_schema
from handoff.adapters.advisors import SqlAdvisors
from handoff.core.roles import Role
from handoff.desk import advisors_accounts, build_desk
from journal import schema
from journal.journal import Journal
from journal.migrate import upgrade
from kernel.bell import Bell, MemoryBell, RedisBell
from kernel.clock import Clock
from kernel.database import Database, open_database
from kernel.organisation import Organisation, organisation
from kernel.settings import Settings, embedded_secret
from member_api.client import MemberApiClient, open_client
from member_api.sandbox.app import build_sandbox, sandbox_database_url
from member_api.sandbox.identity import IdentityProvider

NO_LIMIT = (Limit(1_000_000, 1),)
UNLIMITED = Limits(messages=NO_LIMIT, openings=NO_LIMIT, reads=NO_LIMIT, proofs=NO_LIMIT, fields=NO_LIMIT, frames=NO_LIMIT)


@dataclass(frozen=True)
class Core:
    """What every process shares: the settings, the insurer, the record, the insurer's system."""

    settings: Settings
    organisation: Organisation
    clock: Clock
    database: Database
    journal: Journal
    members: MemberApiClient


@asynccontextmanager
async def open_core(settings: Settings, clock: Clock, shared: Core | None = None) -> AsyncIterator[Core]:
    """
    Open the record and the member API's client, for one event loop; close them after.

    *shared*: the core of another thread of this process, whose SQLite writer and bell serve here too. The embedded record
    gets its tables by itself; a PostgreSQL one is migrated by ``assistant migrate``.
    """
    async with AsyncExitStack() as stack:
        if settings.is_embedded and shared is None:
            settings.state_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
            await asyncio.to_thread(upgrade, settings.journal_url, all_metadata())
        database = shared.database if shared else open_database(settings.journal_url)
        bell = shared.journal.bell if shared else bell_of(settings)
        if shared is None:
            stack.push_async_callback(database.close)
            stack.push_async_callback(bell.close)
        session = await stack.enter_async_context(aiohttp.ClientSession())
        yield Core(settings, organisation(), clock, database, Journal(database, bell, clock), open_client(settings, session, clock))


def bell_of(settings: Settings) -> Bell:
    """Give the bell of a process: Redis when configured, else this process's memory."""
    return RedisBell(settings.redis_url) if settings.redis_url else MemoryBell()


def build_worker(core: Core, dialogue: Callable[[], Talks | None], name: str = "worker") -> Worker:
    """Make a worker; *dialogue* gives the model, None while it is not ready."""
    book = ActBook(core.journal, core.members, phrasebook())
    return Worker(core.journal, core.organisation, phrasebook(), book, dialogue, name)


def build_chat_gateway(core: Core, *, assistant_state: Callable[[], str], unlimited: bool = False) -> web.Application:
    """Make the chat gateway; *unlimited* for the terminal, where scripts type faster than people."""
    return build_gateway(
        core.journal, core.settings, core.organisation, build_verifier(core.settings, core.clock),
        greeting=partial(greeting, phrasebook()), assistant_state=assistant_state, fields=ApiSecureFields(core.members, core.clock),
        topic_title=lambda topic: topics()[topic].title if topic in topics() else topic.replace("_", " "),
        limits=UNLIMITED if unlimited else None)


async def build_web(core: Core, *, assistant_state: Callable[[], str], tell: Callable[[str], None]) -> web.Application:
    """Make what browsers reach: the chat at the root, the desk under /desk; a first advisor on an embedded installation."""
    app = build_chat_gateway(core, assistant_state=assistant_state)
    desk = build_desk(core.journal, core.database, core.settings, core.organisation, core.clock, ApiMemberFile(core.members),
                      topics={topic.id: topic.title for topic in topics().values()})
    app.add_subapp("/desk", desk)
    if core.settings.is_embedded:
        await welcome_first_advisor(core, tell)
    return app


async def welcome_first_advisor(core: Core, tell: Callable[[str], None]) -> None:
    """Create the demo advisors of a new embedded installation, with a password drawn here and kept in the state folder."""
    accounts = advisors_accounts(core.database, core.clock)
    password = core.settings.desk_first_advisor or embedded_secret(core.settings, "advisor_password")
    if not await SqlAdvisors(core.database).count():
        await accounts.create_advisor("Camille", "camille", password, Role.ADVISOR)
        await accounts.create_advisor("Sacha", "sacha", password, Role.TEAM_LEAD)
    tell(f"Conseillers de démonstration : camille et sacha, mot de passe {password}")


def all_metadata() -> list[MetaData]:
    """Give the tables of every part, for the migrations."""
    return [schema.metadata, desk_schema.metadata]


@asynccontextmanager
async def build_sandbox_part(settings: Settings, clock: Clock) -> AsyncIterator[tuple[web.Application, Callable[[str], Awaitable[str]]]]:
    """Make the sandbox insurer with its own database; gives the application and a way to get a member's token."""
    database = open_database(sandbox_database_url(settings))
    try:
        yield build_sandbox(settings, clock, database), IdentityProvider(settings, clock, database).issue_token
    finally:
        await database.close()
