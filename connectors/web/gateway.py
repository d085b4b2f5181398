"""Everything the routes need, under one typed key of the application."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web

from connectors.core.addresses import client_address
from connectors.core.origins import Origins
from connectors.core.rates import Limits
from connectors.service.conversations import Conversations
from connectors.service.doorkeeper import Doorkeeper
from connectors.service.fields import Fields
from connectors.service.hub import Hub
from connectors.service.openings import Openings
from connectors.service.opinions import Opinions
from connectors.service.ports import AssistantState
from connectors.service.requests import Requests
from connectors.service.sign_in import SignIn
from connectors.service.states import States
from connectors.web.files import Files
from journal.journal import Journal
from kernel.organisation import Organisation
from kernel.settings import Settings


@dataclass(frozen=True)
class Gateway:
    """The parts of the gateway, built in connectors/build.py."""

    journal: Journal
    settings: Settings
    organisation: Organisation
    origins: Origins
    limits: Limits
    door: Doorkeeper
    sign_in: SignIn
    openings: Openings
    conversations: Conversations
    requests: Requests
    opinions: Opinions
    fields: Fields
    states: States
    hub: Hub
    files: Files
    assistant: AssistantState


GATEWAY = web.AppKey("gateway", Gateway)


def address_of(request: web.Request) -> str:
    """Give the caller's address, trusting as many proxies as the settings say."""
    trusted = request.app[GATEWAY].settings.trusted_proxies
    return client_address(request.remote, request.headers.getall("X-Forwarded-For", []), trusted)
