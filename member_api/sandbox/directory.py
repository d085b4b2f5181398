"""Reading the partner directory and agencies. Operations on one connection (see kernel/database.py)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Row, select

from kernel.calendar import WEEKDAYS, is_open
from kernel.towns import fold
from member_api.contract import (
    Agencies,
    Agency,
    Around,
    OpeningSpan,
    Place,
    Practitioner,
    PractitionerFilter,
    PractitionerKind,
    Practitioners,
)
from member_api.sandbox import schema
from member_api.sandbox.distance import Point, km_between, point_of
from member_api.sandbox.paging import Paging, page


def practitioners(tx: Connection, wanted: PractitionerFilter, paging: Paging) -> Practitioners:
    """Read a page of partners: nearest first when a place is *wanted*, else by town and name; PlaceUnknown."""
    table = schema.practitioner
    query = select(table).order_by(table.c.town, table.c.name, table.c.id)
    if wanted.kind is not None:
        query = query.where(table.c.kind == wanted.kind)
    here = point_of(wanted.around) if wanted.around else None
    found = [_practitioner(row, here) for row in tx.execute(query) if _suits(row, wanted)]
    return Practitioners(*page(_near(found, wanted.around), paging))


def agencies(tx: Connection, around: Around | None) -> Agencies:
    """Read every agency, nearest first when a place is asked about; PlaceUnknown."""
    here = point_of(around) if around else None
    table = schema.agency
    found = [Agency(row.id, row.name, _place(row), row.phone, _spans(row.hours), by_appointment=True,
                    distance_km=_distance(row, here)) for row in tx.execute(select(table).order_by(table.c.name))]
    return Agencies(tuple(_near(found, around)))


def _suits(row: Row[Any], wanted: PractitionerFilter) -> bool:
    return ((wanted.language is None or wanted.language in row.languages)
            and wanted.is_accessible in (None, row.is_accessible)
            and (wanted.name is None or fold(wanted.name) in fold(row.name))
            and (wanted.open_at is None or is_open(wanted.open_at, row.hours)))


def _near(found: list[Any], around: Around | None) -> list[Any]:
    """Sort by distance and leave out what is too far."""
    if around is None:
        return found
    near = [one for one in found if around.within_km is None or one.distance_km <= around.within_km]
    return sorted(near, key=lambda one: (one.distance_km, one.id))


def _practitioner(row: Row[Any], here: Point | None) -> Practitioner:
    return Practitioner(row.id, PractitionerKind(row.kind), row.name, row.trade, _place(row), row.phone, row.is_accessible,
                        tuple(row.languages), tuple(row.advantages), _spans(row.hours), _distance(row, here))


def _place(row: Row[Any]) -> Place:
    return Place(row.line1, row.postal_code, row.town, row.latitude, row.longitude)


def _distance(row: Row[Any], here: Point | None) -> float | None:
    return None if here is None else km_between(here, (row.latitude, row.longitude))


def _spans(hours: Mapping[str, list[str]]) -> tuple[OpeningSpan, ...]:
    return tuple(OpeningSpan(day, *span.split("-")) for day in WEEKDAYS for span in hours.get(day, ()))
