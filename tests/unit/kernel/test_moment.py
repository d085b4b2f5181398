"""Moments keep their zone in every store, or are refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, create_engine, insert, select
from sqlalchemy.exc import StatementError

from kernel.moment import Moment

PARIS = timezone(timedelta(hours=1))
TABLE = Table("event", MetaData(), Column("id", Integer, primary_key=True), Column("at", Moment))


def stored(at: datetime | None) -> datetime | None:
    """Write *at* into a SQLite of one's own and read it back."""
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        TABLE.metadata.create_all(connection)
        connection.execute(insert(TABLE).values(at=at))
        found: datetime | None = connection.execute(select(TABLE.c.at)).scalar_one()
    engine.dispose()
    return found


def test_a_moment_comes_back_in_utc() -> None:
    """SQLite forgets the zone: a due date an hour late would be a broken promise."""
    back = stored(datetime(2026, 11, 23, 13, 0, 0, 250, tzinfo=PARIS))

    assert back == datetime(2026, 11, 23, 12, 0, 0, 250, tzinfo=UTC)
    assert back.tzinfo is UTC


def test_no_moment_stays_none() -> None:
    """Nothing is not the year 1."""
    assert stored(None) is None


def test_a_naive_moment_is_refused() -> None:
    """It is a bug wherever it comes from."""
    with pytest.raises(StatementError, match="aware"):
        stored(datetime(2026, 11, 23, 12, 0))  # noqa: DTZ001
