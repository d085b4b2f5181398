"""What the desk's application carries, under typed keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from aiohttp import web

from handoff.service.accounts import Accounts
from handoff.service.answers import Answers
from handoff.service.board import Board
from handoff.service.conversations import Conversations
from handoff.service.leaving import Leaving
from handoff.service.members import MemberReader
from handoff.service.ports import AuditTrail, SignedIn
from handoff.service.presence import PresenceDesk
from handoff.web.assets import Assets
from handoff.web.hub import Hub
from journal.journal import Journal
from kernel.clock import Clock
from kernel.organisation import Organisation


@dataclass(frozen=True)
class Site:
    """What every page needs. *topics*: titles of the catalogue by id; *base_url*: where browsers reach us."""

    organisation: Organisation
    clock: Clock
    assets: Assets
    topics: Mapping[str, str]
    base_url: str
    trusted_proxies: int

    @property
    def is_secure(self) -> bool:
        """Whether browsers come by HTTPS."""
        return self.base_url.startswith("https:")


SITE = web.AppKey("desk.site", Site)
ACCOUNTS = web.AppKey("desk.accounts", Accounts)
BOARD = web.AppKey("desk.board", Board)
CONVERSATIONS = web.AppKey("desk.conversations", Conversations)
ANSWERS = web.AppKey("desk.answers", Answers)
LEAVING = web.AppKey("desk.leaving", Leaving)
PRESENCE = web.AppKey("desk.presence", PresenceDesk)
MEMBERS = web.AppKey("desk.members", MemberReader)
HUB = web.AppKey("desk.hub", Hub)
JOURNAL = web.AppKey("desk.journal", Journal)
AUDIT: web.AppKey[AuditTrail] = web.AppKey("desk.audit")

SIGNED_IN = web.RequestKey("desk.signed_in", SignedIn)


def site(request: web.Request) -> Site:
    """Give what every page needs."""
    return request.app[SITE]


def signed_in(request: web.Request) -> SignedIn:
    """Give who asks; only behind a route that needs a right."""
    return request[SIGNED_IN]
