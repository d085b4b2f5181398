"""Reading how the insurer's services are, and a member's access to them. Operations on one connection."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from kernel.errors import Forbidden
from member_api.contract import AccessState, Outage, Service, ServiceName, ServiceStatus
from member_api.sandbox import schema
from member_api.sandbox.sight import Reader
from member_api.sandbox.world.catalogue import load_places

REMEMBERED = timedelta(days=7)


def service_status(tx: Connection, now: datetime) -> ServiceStatus:
    """Read every service and the outages of the last seven days, latest first."""
    table = schema.outage
    rows = tx.execute(select(table).where(table.c.started_at > now - REMEMBERED).order_by(table.c.started_at.desc(), table.c.id))
    outages = tuple(Outage(row.id, ServiceName(row.service), row.what, row.started_at, row.expected_end_at, row.ended_at) for row in rows)
    down = {outage.service for outage in outages if outage.ended_at is None}
    known = load_places()["services"]
    return ServiceStatus(tuple(Service(name, known[name]["label"], name not in down) for name in ServiceName), outages)


def access_state(tx: Connection, reader: Reader) -> AccessState:
    """Read the state of a member's access to his space."""
    table = schema.access_state
    row = tx.execute(select(table).where(table.c.member_id == reader.file_id)).one_or_none()
    if row is None:
        raise Forbidden
    return AccessState(row.member_id, row.locked_at, row.failed_attempts, row.last_reset_at, row.last_sign_in_at, row.has_confirmed_email)
