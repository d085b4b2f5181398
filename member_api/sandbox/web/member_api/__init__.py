"""The member API, ``/v1``, as openapi.yml describes it: one file for each area, mounted here."""

from __future__ import annotations

from aiohttp import web

from kernel.clock import Clock
from kernel.database import Database
from member_api.sandbox.documents.links import Links
from member_api.sandbox.documents.printing import Printer
from member_api.sandbox.faults import Faults
from member_api.sandbox.identity import IdentityProvider
from member_api.sandbox.web.faulty import goes_wrong
from member_api.sandbox.web.member_api.acts import ActRoutes
from member_api.sandbox.web.member_api.calls import only_our_service
from member_api.sandbox.web.member_api.codes import CodeRoutes
from member_api.sandbox.web.member_api.coverage import CoverageRoutes
from member_api.sandbox.web.member_api.directory import DirectoryRoutes
from member_api.sandbox.web.member_api.documents import DocumentRoutes
from member_api.sandbox.web.member_api.members import MemberRoutes
from member_api.sandbox.web.member_api.reimbursements import ReimbursementRoutes
from member_api.sandbox.web.member_api.requests import RequestRoutes
from member_api.sandbox.web.member_api.services import ResetRoutes, ServiceRoutes
from member_api.sandbox.web.problems import errors_as_problems

BODY_LIMIT = 8 * 1024 * 1024  # a proof of 5 MiB in base64, and its envelope
AREAS = (
    ActRoutes,
    MemberRoutes,
    ReimbursementRoutes,
    CoverageRoutes,
    DirectoryRoutes,
    RequestRoutes,
    ServiceRoutes,
)


def build_member_api(clock: Clock, database: Database, *, service_token: str, faults: Faults,
                     identity: IdentityProvider, links: Links, printer: Printer) -> web.Application:
    """Make the application to mount at ``/v1``; only who holds *service_token* may call."""
    app = web.Application(middlewares=[errors_as_problems, only_our_service(service_token), goes_wrong(faults)],
                          client_max_size=BODY_LIMIT)
    for area in AREAS:
        app.add_routes(area(clock, database).routes())
    app.add_routes(ResetRoutes(clock, database, links.site).routes())
    app.add_routes(CodeRoutes(clock, database, identity).routes())
    app.add_routes(DocumentRoutes(clock, database, links, printer).routes())
    return app
