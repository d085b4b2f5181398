"""What callers ask for after the « ? », read and checked: everything wrong is a MalformedField that names its parameter."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar

from member_api.contract import Around
from member_api.sandbox.forms import MalformedField, read_day
from member_api.sandbox.paging import LIMIT, USUAL_LIMIT, Paging

Query = Mapping[str, str]
Kind = TypeVar("Kind", bound=StrEnum)
_LONGEST = 80
_FURTHEST_KM = 1000
_YEARS = range(2000, 2101)


def paging_of(query: Query) -> Paging:
    """Read ``limit`` (1 to 100, 50 by default) and ``cursor``."""
    limit = whole_number(query, "limit", range(1, LIMIT + 1))
    return Paging(USUAL_LIMIT if limit is None else limit, query.get("cursor"))


def word(query: Query, name: str) -> str | None:
    """Read a short text."""
    value = query.get(name)
    if value is not None and not (0 < len(value) <= _LONGEST and value.isprintable()):
        raise MalformedField(name, f"a text of 1 to {_LONGEST} characters")
    return value


def day_of(query: Query, name: str) -> date | None:
    """Read a day."""
    return read_day(query[name], name) if name in query else None


def year_of(query: Query) -> int | None:
    """Read ``year``."""
    return whole_number(query, "year", _YEARS)


def one_of(query: Query, name: str, kinds: type[Kind]) -> Kind | None:
    """Read one of *kinds*."""
    try:
        return kinds(query[name]) if name in query else None
    except ValueError:
        raise MalformedField(name, "one of " + ", ".join(kinds)) from None


def whole_number(query: Query, name: str, allowed: range) -> int | None:
    """Read a whole number of *allowed*."""
    value = query.get(name)
    if value is None:
        return None
    if not (value.isascii() and value.isdigit() and len(value) <= 6 and int(value) in allowed):
        raise MalformedField(name, f"a number from {allowed.start} to {allowed.stop - 1}")
    return int(value)


def truth_of(query: Query, name: str) -> bool | None:
    """Read ``true`` or ``false``."""
    value = query.get(name)
    if value not in (None, "true", "false"):
        raise MalformedField(name, "true or false")
    return None if value is None else value == "true"


def moment_of(query: Query, name: str) -> datetime | None:
    """Read a moment with its zone."""
    try:
        moment = datetime.fromisoformat(query[name]) if name in query else None
    except ValueError:
        moment = datetime.min  # noqa: DTZ901 - refused just below, as a moment without zone is
    if moment is not None and moment.tzinfo is None:
        raise MalformedField(name, "a moment in ISO 8601 with its zone")
    return moment


def around_of(query: Query) -> Around | None:
    """Read the place to search around: ``latitude`` and ``longitude``, or ``town``, or ``postal_code``; and ``within_km``."""
    latitude, longitude = _degrees(query, "latitude", 90), _degrees(query, "longitude", 180)
    if (latitude is None) != (longitude is None):
        raise MalformedField("longitude" if longitude is None else "latitude", "given with the other")
    town, postal_code = word(query, "town"), word(query, "postal_code")
    within_km = whole_number(query, "within_km", range(1, _FURTHEST_KM + 1))
    if latitude is None and town is None and postal_code is None:
        if within_km is not None:
            raise MalformedField("within_km", "given with a place")
        return None
    return Around(town, postal_code, latitude, longitude, within_km)


def _degrees(query: Query, name: str, most: int) -> float | None:
    try:
        value = float(query[name]) if name in query else None
    except ValueError:
        value = float("nan")
    if value is not None and not -most <= value <= most:
        raise MalformedField(name, f"degrees from -{most} to {most}")
    return value
