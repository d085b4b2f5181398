"""The partner network, agencies, advisors' free times and outages (places.yml) as rows, on the day of seeding."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from kernel.calendar import PARIS, is_business_day, is_open
from member_api.contract import MeetingKind
from member_api.sandbox.world.catalogue import load_places
from member_api.sandbox.world.dice import Dice

Row = dict[str, Any]
TableRow = tuple[str, Row]
BUSINESS_DAYS_AHEAD = 15
SLOT = timedelta(minutes=45)
_STARTS = [time(9, 30), time(10, 30), time(11, 30), time(14, 30), time(15, 30), time(16, 0)]
_MEETINGS = [["agency", "phone", "video"], ["agency", "phone"], ["phone", "video"], ["phone"]]
_FREE_PERCENT, _ACCESSIBLE_PERCENT = 45, 70
_SPREAD = 25  # thousandths of a degree around the centre: within three kilometres
_FICTION = {"3": "02 61 91", "4": "02 61 91", "6": "03 53 01"}


def place_rows(now: datetime) -> Iterator[TableRow]:
    """Give (table, row) of everything that belongs to nobody."""
    world = load_places()
    for town in world["towns"]:
        yield from (("sandbox_practitioner", row) for row in _practitioners(town))
    for agency in world["agencies"]:
        yield "sandbox_agency", _agency(agency)
    for agency in world["agencies"]:
        yield from (("sandbox_slot", row) for row in _slots(agency, now))
    yield from (("sandbox_outage", _outage(outage, number, now)) for number, outage in enumerate(world["outages"], start=1))


def _practitioners(town: Mapping[str, Any]) -> Iterator[Row]:
    for kind, known in load_places()["practitioners"].items():
        for number in range(known["a_town"]):
            yield _practitioner(town, kind, known, number)


def _practitioner(town: Mapping[str, Any], kind: str, known: Mapping[str, Any], number: int) -> Row:
    world, code = load_places(), town["postal_code"]
    names, dice = world["names"], Dice(f"{code}/{kind}/{number}")
    person = f"{dice.pick(names['first'])} {dice.pick(names['last'])}"
    shop = known.get("is_shop")
    latitude, longitude = town["at"]
    return {
        "id": f"p-{code}-{kind.replace('_', '-')}-{number + 1}", "kind": kind, "trade": known["trade"],
        "name": f"{shop} {dice.pick(names['shops'])}" if shop else person,
        "line1": f"{dice.between(1, 90)} {dice.pick(names['streets'])}", "postal_code": code, "town": town["name"],
        "latitude": round(latitude + dice.between(-_SPREAD, _SPREAD) / 1000, 4),
        "longitude": round(longitude + dice.between(-_SPREAD, _SPREAD) / 1000, 4),
        "phone": f"{_FICTION.get(code[0], '05 36 49')} {dice.between(10, 99)} {dice.between(10, 99)}",
        "is_accessible": dice.below(100) < _ACCESSIBLE_PERCENT, "languages": dice.pick(world["languages"]).split(),
        "advantages": known["advantages"], "hours": dice.pick(world["hours"]),
    }


def _agency(agency: Mapping[str, Any]) -> Row:
    latitude, longitude = position_of(agency["postal_code"])
    return {**{name: agency[name] for name in ("id", "name", "line1", "postal_code", "town", "phone")},
            "latitude": latitude, "longitude": longitude, "hours": load_places()["agency_hours"]}


def position_of(postal_code: str) -> tuple[float, float]:
    """Give the position of one of our towns; KeyError for another."""
    return {town["postal_code"]: tuple(town["at"]) for town in load_places()["towns"]}[postal_code]


def _slots(agency: Mapping[str, Any], now: datetime) -> Iterator[Row]:
    for number, advisor in enumerate(agency["advisors"], start=1):
        for day in _business_days(now.astimezone(PARIS).date()):
            dice = Dice(f"{agency['id']}/{number}/{day.isoformat()}")
            for starts in _STARTS:
                if dice.below(100) < _FREE_PERCENT:
                    yield _slot(agency["id"], number, advisor, datetime.combine(day, starts, PARIS), dice)


def _slot(agency_id: str, number: int, advisor: str, starts_at: datetime, dice: Dice) -> Row:
    meetings = dice.pick(_MEETINGS)
    if not is_open(starts_at, load_places()["agency_hours"]):
        meetings = [kind for kind in meetings if kind != MeetingKind.AGENCY]
    return {"id": f"t-{agency_id}-{number}-{starts_at:%Y%m%d-%H%M}", "agency_id": agency_id, "advisor": advisor,
            "starts_at": starts_at, "ends_at": starts_at + SLOT, "meetings": meetings, "taken_by": None}


def _business_days(today: date) -> Iterator[date]:
    day, found = today, 0
    while found < BUSINESS_DAYS_AHEAD:
        day += timedelta(days=1)
        if is_business_day(day):
            found += 1
            yield day


def _outage(outage: Mapping[str, Any], number: int, now: datetime) -> Row:
    started_at = now - timedelta(hours=outage["hours"])
    ends_at = started_at + timedelta(hours=outage["lasts"])
    return {"id": f"o-{number}", "service": outage["service"], "what": outage["what"], "started_at": started_at,
            "expected_end_at": ends_at, "ended_at": ends_at if ends_at <= now else None}
