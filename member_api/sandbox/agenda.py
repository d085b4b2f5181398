"""The advisors' agenda: which half hours are offered, and their ids. Pure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from kernel.calendar import PARIS, is_business_day
from member_api.contract import Slot, Way

AGENCIES = ("Bordeaux", "La Rochelle", "Limoges", "Nantes", "Poitiers", "Tours")
LENGTH = timedelta(minutes=30)
DAYS_AHEAD = 28
NOT_BEFORE = timedelta(hours=4)  # so that what was just booked can still be changed
_TIMES = tuple(time(hour, minute) for hour in (9, 10, 11, 14, 15, 16) for minute in (0, 30))
_ID = re.compile(r"(?P<place>[a-z-]{1,30})\.(?P<when>\d{8}T\d{4})")
_PLACES = {Way.PHONE.value: (Way.PHONE, None), Way.VIDEO.value: (Way.VIDEO, None)} | {
    town.lower().replace(" ", "-"): (Way.AGENCY, town) for town in AGENCIES}


def offered(now: datetime, since: date | None = None) -> Iterator[Slot]:
    """Give every half hour offered from four hours on and for four weeks, soonest first."""
    today = now.astimezone(PARIS).date()
    first = max(since or today, today)
    for ahead in range((today + timedelta(DAYS_AHEAD) - first).days + 1):
        day = first + timedelta(ahead)
        if is_business_day(day):
            yield from (slot for moment in _TIMES for place in _PLACES if (slot := _slot(place, day, moment)).starts_at >= now + NOT_BEFORE
                        and not _is_busy(slot.id))


def find(slot_id: str, now: datetime) -> Slot | None:
    """Give the offered slot of that id; None for one that is not, or no longer, offered."""
    found = _ID.fullmatch(slot_id)
    if found is None or found["place"] not in _PLACES:
        return None
    try:
        slot = read(slot_id)
    except ValueError:  # eight digits that are no day
        return None
    return slot if slot in offered(now, slot.starts_at.astimezone(PARIS).date()) else None


def read(slot_id: str) -> Slot:
    """Give a slot known to have been offered once, whatever the moment."""
    place, _, when = slot_id.partition(".")
    local = datetime.strptime(when, "%Y%m%dT%H%M").replace(tzinfo=PARIS)
    return _slot(place, local.date(), local.time())


def _slot(place: str, day: date, moment: time) -> Slot:
    starts_at = datetime.combine(day, moment, PARIS).astimezone(UTC)
    way, town = _PLACES[place]
    return Slot(f"{place}.{day:%Y%m%d}T{moment:%H%M}", way, town, starts_at, starts_at + LENGTH)


def _is_busy(slot_id: str) -> bool:
    """Say that an advisor is busy already: one slot in three, always the same ones."""
    return hashlib.sha256(slot_id.encode()).digest()[0] % 3 == 0
