"""Builds the parts and joins them: the only module that names every concrete class."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial

import aiohttp
from aiohttp import web

from bot.actions.ports import phrasebook
from bot.greeting import greeting
from bot.phrasing.phrasebook import topics
from bot.worker.acts import ActBook
from bot.worker.worker import Talks, Worker
from connectors.adapters.tokens import build_verifier
from connectors.build import build_gateway
from connectors.core.rates import Limit, Limits
from journal import schema
from journal.journal import Journal
from kernel.bell import Bell, MemoryBell, RedisBell
from kernel.clock import Clock
from kernel.database import Database, create_tables, open_database
from kernel.organisation import Organisation, organisation
from kernel.settings import Settings
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
        database = shared.database if shared else open_database(settings.journal_url)
        bell = shared.journal.bell if shared else bell_of(settings)
        if shared is None:
            stack.push_async_callback(database.close)
            stack.push_async_callback(bell.close)
        if settings.is_embedded and shared is None:
            await create_tables(database, schema.metadata)
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
        greeting=partial(greeting, phrasebook()), assistant_state=assistant_state,
        topic_title=lambda topic: topics()[topic].title if topic in topics() else topic.replace("_", " "),
        limits=UNLIMITED if unlimited else None)


@asynccontextmanager
async def build_sandbox_part(settings: Settings, clock: Clock) -> AsyncIterator[tuple[web.Application, Callable[[str], Awaitable[str]]]]:
    """Make the sandbox insurer with its own database; gives the application and a way to get a member's token."""
    database = open_database(sandbox_database_url(settings))
    try:
        yield build_sandbox(settings, clock, database), IdentityProvider(settings, clock, database).issue_token
    finally:
        await database.close()
