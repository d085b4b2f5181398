"""The desk, put together: what the composition mounts at ``/desk``."""

from __future__ import annotations

from collections.abc import Mapping

from aiohttp import web
from argon2 import PasswordHasher

from handoff.adapters.advisors import SqlAdvisors, SqlSessions
from handoff.adapters.audit import SqlAuditTrail
from handoff.adapters.failures import SqlFailures
from handoff.adapters.passwords import Argon2Passwords
from handoff.adapters.presences import SqlPresences
from handoff.adapters.waits import SqlWaits
from handoff.adapters.written import SqlWrittenRequests
from handoff.service.accounts import Accounts
from handoff.service.answers import Answers
from handoff.service.board import Board
from handoff.service.conversations import Conversations
from handoff.service.leaving import Leaving
from handoff.service.member_file import MemberFile
from handoff.service.members import MemberReader
from handoff.service.presence import PresenceDesk
from handoff.service.promises import Promises
from handoff.service.receptionist import Receptionist
from handoff.service.waiting_room import WaitingRoom
from handoff.web import keys, render
from handoff.web.assets import Assets
from handoff.web.errors import errors_as_pages
from handoff.web.guard import guard
from handoff.web.headers import add_headers
from handoff.web.hub import Hub
from handoff.web.routes import ROUTES
from handoff.web.tasks import ends_pages, in_background, receives
from journal.journal import Journal
from kernel.clock import Clock
from kernel.database import Database
from kernel.organisation import Organisation
from kernel.settings import Settings


def advisors_accounts(database: Database, clock: Clock, *, hasher: PasswordHasher | None = None) -> Accounts:
    """Give the accounts alone: the command line creates advisors with them. *hasher*: a cheaper cost, for tests."""
    return Accounts(SqlAdvisors(database), SqlSessions(database), SqlFailures(database), Argon2Passwords(hasher), clock)


def build_desk(
    journal: Journal,
    database: Database,
    settings: Settings,
    organisation: Organisation,
    clock: Clock,
    members: MemberFile | None,
    *,
    topics: Mapping[str, str] | None = None,
    hasher: PasswordHasher | None = None,
) -> web.Application:
    """
    Build the desk, to be mounted with ``add_subapp("/desk", …)``; its background tasks start and stop with it.

    *members*: the insurer's member files, or None. *topics*: titles of the catalogue by id, to label conversations.
    """
    app = web.Application(middlewares=[errors_as_pages, guard])
    app[keys.SITE] = keys.Site(
        organisation, clock, Assets(organisation.accent_colour), topics or {}, settings.base_url, settings.trusted_proxies
    )
    app[keys.ACCOUNTS] = accounts = advisors_accounts(database, clock, hasher=hasher)
    app[keys.PRESENCE] = presence = PresenceDesk(SqlPresences(database), clock)
    app[keys.BOARD] = board = Board(journal, presence, organisation, clock)
    app[keys.HUB] = hub = Hub(journal, board)
    app[keys.JOURNAL], app[keys.AUDIT], app[keys.MEMBERS] = journal, SqlAuditTrail(database), MemberReader(journal, members)
    receptionist = _use_cases(app, journal, database, organisation, clock)
    render.set_up(app, app[keys.SITE])
    app.add_routes(ROUTES)
    app.on_response_prepare.append(add_headers)
    app.on_shutdown.append(ends_pages(hub))
    app.cleanup_ctx.extend([in_background(hub.run), in_background(receives(journal, receptionist, accounts, clock))])
    return app


def _use_cases(app: web.Application, journal: Journal, database: Database, organisation: Organisation, clock: Clock) -> Receptionist:
    """Put what can be done with conversations on *app*; give what is done by itself."""
    waits, written = SqlWaits(database), SqlWrittenRequests(database, journal.bell, clock)
    app[keys.CONVERSATIONS] = conversations = Conversations(journal, waits, clock)
    app[keys.ANSWERS] = answers = Answers(journal, written, conversations)
    app[keys.LEAVING] = Leaving(journal, answers, organisation, clock)
    room, promises = WaitingRoom(journal, waits, organisation), Promises(journal, written, organisation)
    return Receptionist(journal, waits, app[keys.PRESENCE], organisation, clock, room=room, promises=promises)
