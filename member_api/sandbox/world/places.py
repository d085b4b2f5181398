"""The partner network, agencies and outages (places.yml) as rows, on the day of seeding."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from member_api.sandbox.world.catalogue import load_places
from member_api.sandbox.world.dice import Dice

Row = dict[str, Any]
TableRow = tuple[str, Row]
_ACCESSIBLE_PERCENT = 70
_SPREAD = 25  # thousandths of a degree around the centre: within three kilometres
_FICTION = {"3": "02 61 91", "4": "02 61 91", "6": "03 53 01"}


def place_rows(now: datetime) -> Iterator[TableRow]:
    """Give (table, row) of everything that belongs to nobody."""
    world = load_places()
    for town in world["towns"]:
        yield from (("sandbox_practitioner", row) for row in _practitioners(town))
    for agency in world["agencies"]:
        yield "sandbox_agency", _agency(agency)
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


def _outage(outage: Mapping[str, Any], number: int, now: datetime) -> Row:
    started_at = now - timedelta(hours=outage["hours"])
    ends_at = started_at + timedelta(hours=outage["lasts"])
    return {"id": f"o-{number}", "service": outage["service"], "what": outage["what"], "started_at": started_at,
            "expected_end_at": ends_at, "ended_at": ends_at if ends_at <= now else None}
