"""Reading what is nobody's personal file: partners, agencies, services."""

from __future__ import annotations

from member_api.client.calls import Calls, Query, told
from member_api.contract import (
    Agencies,
    Agency,
    Around,
    PractitionerFilter,
    Practitioners,
    ServiceStatus,
    parse,
)


class DirectoryCalls(Calls):
    """Where people are, and whether services work."""

    async def practitioners(self, wanted: PractitionerFilter, *, limit: int = 10, cursor: str | None = None) -> Practitioners:
        """Read a page of partners, nearest first when a place is wanted; NotFound for a place the insurer does not know."""
        query: Query = {
            **_place(wanted.around), "kind": wanted.kind, "language": wanted.language, "accessible": told(wanted.is_accessible),
            "open_at": wanted.open_at.isoformat() if wanted.open_at else None, "name": wanted.name, "limit": limit, "cursor": cursor}
        return parse(Practitioners, await self._get_public("/practitioners", query))

    async def agencies(self, around: Around | None = None) -> tuple[Agency, ...]:
        """Read every agency, nearest first when a place is given; NotFound for a place the insurer does not know."""
        return parse(Agencies, await self._get_public("/agencies", _place(around))).agencies

    async def service_status(self) -> ServiceStatus:
        """Read how services are, and the outages of the last seven days."""
        return parse(ServiceStatus, await self._get_public("/service-status", {}))


def _place(around: Around | None) -> dict[str, str | int | None]:
    if around is None:
        return {}
    return {"town": around.town, "postal_code": around.postal_code, "within_km": around.within_km,
            "latitude": None if around.latitude is None else str(around.latitude),
            "longitude": None if around.longitude is None else str(around.longitude)}
