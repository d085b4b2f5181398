"""How the insurer's own services are: the member's access, known outages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ServiceName(StrEnum):
    """A service of the insurer, as the member sees it."""

    MEMBER_AREA = "member_area"
    APPLICATION = "application"
    DIRECT_BILLING = "direct_billing"
    PAYMENTS = "payments"


@dataclass(frozen=True)
class Outage:
    """A known outage, said in one French sentence; over when *ended_at* is known."""

    id: str
    service: ServiceName
    what: str
    started_at: datetime
    expected_end_at: datetime | None
    ended_at: datetime | None


@dataclass(frozen=True)
class Service:
    """A service and whether it works now; *label* in French."""

    name: ServiceName
    label: str
    is_up: bool


@dataclass(frozen=True)
class ServiceStatus:
    """Every service, and the outages of the last seven days, latest first."""

    services: tuple[Service, ...]
    outages: tuple[Outage, ...]


@dataclass(frozen=True)
class AccessState:
    """
    The state of a member's access to his space, for an advisor.

    *locked_at* is None when it is open; *failed_attempts* counts since the last success.
    """

    member_id: str
    locked_at: datetime | None
    failed_attempts: int
    last_reset_at: datetime | None
    last_sign_in_at: datetime | None
    has_confirmed_email: bool
