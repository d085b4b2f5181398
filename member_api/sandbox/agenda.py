"""The advisors' agenda: which half hours are offered, and their ids. Pure but for the file of places."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from kernel.calendar import PARIS, is_business_day, is_open
from member_api.contract import Slot, Way
from member_api.sandbox.world.catalogue import load_places

LENGTH = timedelta(minutes=30)
DAYS_AHEAD = 28
NOT_BEFORE = timedelta(hours=4)  # so that what was just booked can still be changed
_TIMES = tuple(time(hour, minute) for hour in (9, 10, 11, 14, 15, 16) for minute in (0, 30))
_ID = re.compile(r"(?P<place>[a-z-]{1,30})\.(?P<when>\d{8}T\d{4})")


@lru_cache(maxsize=1)
def _places() -> Mapping[str, tuple[Way, str | None]]:
    towns = [agency["town"] for agency in load_places()["agencies"]]
    return {Way.PHONE.value: (Way.PHONE, None), Way.VIDEO.value: (Way.VIDEO, None)} | {
        town.lower().replace(" ", "-"): (Way.AGENCY, town) for town in towns}


def offered(now: datetime, since: date | None = None) -> Iterator[Slot]:
    """Give every half hour offered from four hours on and for four weeks, soonest first."""
    today = now.astimezone(PARIS).date()
    first = max(since or today, today)
    for ahead in range((today + timedelta(DAYS_AHEAD) - first).days + 1):
        day = first + timedelta(ahead)
        if is_business_day(day):
            yield from (slot for moment in _TIMES for place in _places()
                        if (slot := _slot(place, day, moment)).starts_at >= now + NOT_BEFORE and _is_offered(slot))


def find(slot_id: str, now: datetime) -> Slot | None:
    """Give the offered slot of that id; None for one that is not, or no longer, offered."""
    found = _ID.fullmatch(slot_id)
    if found is None or found["place"] not in _places():
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
    way, town = _places()[place]
    return Slot(f"{place}.{day:%Y%m%d}T{moment:%H%M}", way, town, starts_at, starts_at + LENGTH)


def _is_offered(slot: Slot) -> bool:
    """Say whether an advisor is there: not in a closed agency, nor one time in three, always the same ones."""
    is_there = slot.way is not Way.AGENCY or is_open(slot.starts_at, load_places()["agency_hours"])
    return is_there and hashlib.sha256(slot.id.encode()).digest()[0] % 3 != 0
