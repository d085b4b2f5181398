"""Puts the sandbox insurer together."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from threading import Thread

from aiohttp import web

from kernel.clock import Clock
from kernel.database import Database
from kernel.settings import Settings, embedded_secret
from member_api.client import event_secrets, service_token
from member_api.sandbox.documents.links import Links
from member_api.sandbox.documents.printing import Printer, warm_up
from member_api.sandbox.faults import Faults
from member_api.sandbox.identity import IdentityProvider
from member_api.sandbox.seeding import prepare
from member_api.sandbox.sender import Destination, Sender, sending
from member_api.sandbox.web.documents import document_routes
from member_api.sandbox.web.guards import guarded
from member_api.sandbox.web.mailbox import mailbox_routes
from member_api.sandbox.web.member_api import BODY_LIMIT, build_member_api
from member_api.sandbox.web.operator import OperatorRoutes
from member_api.sandbox.web.pages import Pages, static_routes
from member_api.sandbox.web.site import SiteRoutes

WARM_UP_AFTER_S = 5.0


def sandbox_database_url(settings: Settings) -> str:
    """Give the sandbox's own database: the one configured, or a SQLite file in the state folder."""
    return settings.sandbox_database_url or f"sqlite:///{settings.state_dir / 'sandbox.db'}"


def build_sandbox(settings: Settings, clock: Clock, database: Database) -> web.Application:
    """
    Make the sandbox insurer's application, to be served at ``settings.sandbox_url``.

    *database* is its own (`sandbox_database_url`); the caller opens and closes it. The world is seeded at first start.
    """
    identity, faults, pages = IdentityProvider(settings, clock, database), Faults(), Pages(settings.base_url)
    links = Links(settings.sandbox_url, embedded_secret(settings, "document_links"))
    app = web.Application(middlewares=[guarded(pages)], client_max_size=BODY_LIMIT)

    async def world(_: web.Application) -> AsyncIterator[None]:
        await prepare(database, clock)
        yield

    app.cleanup_ctx.append(world)
    app.cleanup_ctx.append(_ready_to_print)
    sender = Sender(clock, database, Destination(settings.member_events_url, event_secrets(settings)[0]))

    async def events(_: web.Application) -> AsyncIterator[None]:
        async with sending(sender):
            yield
    app.cleanup_ctx.append(events)
    app.add_subapp("/v1", build_member_api(clock, database, service_token=service_token(settings),
                                            faults=faults, identity=identity, links=links, printer=Printer()))
    app.add_routes(SiteRoutes(clock, database, identity, pages).routes())
    app.add_routes(OperatorRoutes(clock, database, identity, faults, pages).routes())
    app.add_routes(mailbox_routes(database, pages))
    app.add_routes(document_routes(clock, database, identity, links))
    app.add_routes(static_routes())
    return app


async def _ready_to_print(_: web.Application) -> AsyncIterator[None]:
    """Load the layout in a thread of its own once the start is over: the first document must not wait two seconds for it."""
    later = asyncio.get_running_loop().call_later(WARM_UP_AFTER_S, Thread(target=warm_up, daemon=True).start)
    yield
    later.cancel()
