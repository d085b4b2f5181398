"""The column type of moments, the same in every part's tables."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect, TypeDecorator


class Moment(TypeDecorator[datetime]):
    """
    An aware moment in UTC. SQLite forgets the zone, so we store and give back UTC, as SQLAlchemy writes it there.

    Both directions are written by hand: every entry read passes here, and the general way costs more than the reading.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], Any]:
        """Refuse naive moments: they are bugs."""
        return _to_text if dialect.name == "sqlite" else _in_utc

    def result_processor(self, dialect: Dialect, _: Any) -> Callable[[Any], datetime | None] | None:
        """Give back UTC; PostgreSQL's driver does."""
        return _from_text if dialect.name == "sqlite" else None


def _in_utc(value: datetime | None) -> datetime | None:
    if value is None:
        return None
    if value.tzinfo is None:
        raise ValueError("a moment must be aware")
    return value.astimezone(UTC)


def _to_text(value: datetime | None) -> str | None:
    moment = _in_utc(value)
    return moment.replace(tzinfo=None).isoformat(sep=" ", timespec="microseconds") if moment else None


def _from_text(value: str | None) -> datetime | None:
    return datetime.fromisoformat(value).replace(tzinfo=UTC) if value else None
