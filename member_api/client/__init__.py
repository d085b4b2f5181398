"""
Our client of the insurer's member API: one class for each area, put together in `MemberApiClient`.

Every call ends within `Patience.total_s` and may be made twice without harm (a GET, a POST with an idempotency key), so
it is tried again when the insurer's system is late, cut or away. What is raised is of kernel.errors:

* SignInNeeded   the proof is too low or has expired;     * Conflict     the key was used for another request, or the
                 CodeNeeded when a one-time code is enough                world has moved: its detail is a stable code
* Forbidden      not this member's, or unknown            * Malformed    a field of ours was refused
* NotFound       an unknown request                       * TooLarge     a proof over the limit
* TooMany        too often; it says when to come back
* Unavailable    late, cut, away, or it does not know us; MemberApiNonsense when it answers something else than promised
"""

from __future__ import annotations

import aiohttp

from kernel.clock import Clock
from kernel.settings import Settings, embedded_secret
from member_api.client.appointments import AppointmentCalls
from member_api.client.care import CareCalls
from member_api.client.changes import ChangeCalls
from member_api.client.codes import CodeCalls
from member_api.client.contracts import ContractCalls
from member_api.client.coverage import CoverageCalls
from member_api.client.directory import DirectoryCalls
from member_api.client.documents import DocumentCalls
from member_api.client.family import FamilyCalls
from member_api.client.members import MemberCalls
from member_api.client.reimbursements import ReimbursementCalls
from member_api.client.requests import RequestCalls
from member_api.client.rights import RightsCalls

__all__ = ["MemberApiClient", "event_secrets", "open_client", "service_token"]


class MemberApiClient(
    AppointmentCalls,
    CareCalls,
    ChangeCalls,
    CodeCalls,
    ContractCalls,
    DocumentCalls,
    FamilyCalls,
    MemberCalls,
    ReimbursementCalls,
    CoverageCalls,
    DirectoryCalls,
    RequestCalls,
    RightsCalls,
):
    """Calls the insurer's system for one member at a time; belongs to the event loop of its session."""


def open_client(settings: Settings, session: aiohttp.ClientSession, clock: Clock) -> MemberApiClient:
    """Make the client of the configured insurer; of the sandbox when none is."""
    return MemberApiClient(settings.member_api_url or settings.sandbox_url, service_token(settings), session, clock)


def service_token(settings: Settings) -> str:
    """Give the token by which the insurer's system knows us: the one configured, or the embedded installation's."""
    return settings.member_api_token or embedded_secret(settings, "member_api_token")


def event_secrets(settings: Settings) -> tuple[str, ...]:
    """Give the secrets under which an event of the insurer holds (member_api.events); the first one signs."""
    return settings.member_events_secrets or (embedded_secret(settings, "member_events"),)
