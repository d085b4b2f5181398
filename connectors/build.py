"""Builds the gateway: the one place that names its adapters."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass

import redis.asyncio as redis
from aiohttp import web

from connectors.adapters.memory import MemoryRates, MemorySignIns
from connectors.adapters.redis_store import RedisRates, RedisSignIns, connect
from connectors.core.origins import allowed_by
from connectors.core.rates import Limits
from connectors.service.conversations import Conversations
from connectors.service.doorkeeper import Doorkeeper
from connectors.service.fields import Fields
from connectors.service.hub import Hub, stop
from connectors.service.openings import Openings
from connectors.service.opinions import Opinions
from connectors.service.pace import Pace
from connectors.service.ports import (
    AssistantState,
    Greeting,
    RateStore,
    SecureFields,
    SignIns,
    TokenVerifier,
    TopicTitle,
)
from connectors.service.requests import Requests
from connectors.service.sign_in import SignIn
from connectors.service.states import States, WaitingRoom
from connectors.web import assets, routes, socket
from connectors.web.edge import edge
from connectors.web.files import Files
from connectors.web.gateway import GATEWAY, Gateway
from journal.journal import Journal
from kernel.organisation import Organisation
from kernel.settings import Settings


def plain_title(topic: str) -> str:
    """Name a topic by its own id: what is shown unless the composition knows better."""
    return topic.replace("_", " ")


def build_gateway(
    journal: Journal, settings: Settings, organisation: Organisation, identity: TokenVerifier, *, greeting: Greeting,
    assistant_state: AssistantState, fields: SecureFields | None = None, topic_title: TopicTitle = plain_title,
    limits: Limits | None = None,
) -> web.Application:
    """
    Build the gateway, an application that stands at the root; other parts are mounted under it with ``add_subapp``.

    *greeting* makes the first entry of a conversation it is given; *assistant_state* says ``ready``, ``starting`` or
    ``away``; *fields* None: no secure field; *topic_title* names a topic in French; *limits*: see Limits.
    """
    stores = _stores(settings, journal)
    gateway = _gateway(
        journal, settings, organisation, identity, stores=stores, limits=limits or Limits(), greeting=greeting,
        assistant_state=assistant_state, fields=fields, title=topic_title)
    app = web.Application(middlewares=[edge])
    app[GATEWAY], app[socket.SOCKETS] = gateway, socket.Sockets()
    for table in (routes.routes, socket.routes, assets.routes):
        app.add_routes(table)
    app.cleanup_ctx.append(_listen)
    app.on_shutdown.append(socket.close_all)
    if stores.client is not None:
        app.on_cleanup.append(_closing(stores.client))
    return app


@dataclass(frozen=True)
class _Stores:
    rates: RateStore
    sign_ins: SignIns
    client: redis.Redis | None


def _stores(settings: Settings, journal: Journal) -> _Stores:
    if not settings.redis_url:
        return _Stores(MemoryRates(), MemorySignIns(journal.clock), None)
    client = connect(settings.redis_url)
    return _Stores(RedisRates(client), RedisSignIns(client, journal.clock), client)


def _gateway(
    journal: Journal, settings: Settings, organisation: Organisation, identity: TokenVerifier, *, stores: _Stores,
    limits: Limits, greeting: Greeting, assistant_state: AssistantState, fields: SecureFields | None, title: TopicTitle,
) -> Gateway:
    hub, pace = Hub(journal.bell), Pace(stores.rates, limits)
    door = Doorkeeper(journal, identity, stores.sign_ins)
    states = States(journal, hub, WaitingRoom(journal), assistant_state)
    sign_in = SignIn(journal, door, identity=identity, sign_ins=stores.sign_ins, pace=pace)
    openings = Openings(
        journal, door, sign_in, identity=identity, sign_ins=stores.sign_ins, pace=pace, greeting=greeting)
    conversations = Conversations(journal, door, pace=pace, hub=hub, states=states)
    return Gateway(
        journal=journal, settings=settings, organisation=organisation, origins=allowed_by(settings), limits=limits,
        door=door, sign_in=sign_in, openings=openings, conversations=conversations,
        requests=Requests(
            journal, door, pace=pace, conversations=conversations, organisation=organisation, title=title),
        opinions=Opinions(journal, door, pace), fields=Fields(journal, door, pace, sign_in, fields), states=states, hub=hub,
        files=Files(), assistant=assistant_state,
    )


async def _listen(app: web.Application) -> AsyncIterator[None]:
    task = asyncio.create_task(app[GATEWAY].hub.listen(), name="gateway-hub")
    yield
    await stop(task)


def _closing(client: redis.Redis) -> Callable[[web.Application], Awaitable[None]]:
    async def close(_: web.Application) -> None:
        await client.aclose()
    return close
