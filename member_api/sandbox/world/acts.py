"""The acts of care of a family: those written in the world, and those that habits have drawn over two years. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from member_api.sandbox.world.catalogue import load_places, load_world
from member_api.sandbox.world.dice import Dice
from member_api.sandbox.world.promises import business_day
from member_api.sandbox.world.tariff import base_of

HISTORY = timedelta(days=730)
HOSPITAL_DAYS = 4
_RECENT_DAYS, _QUIET_DAYS = 150, 20  # what is drawn comes before what is written of late: a story is not drowned
_SHOPS = {"pharmacie": "Pharmacie", "opticien": "Optique", "laboratoire": "Laboratoire", "clinique": "Clinique", "audioprothésiste": "Audition"}
_DOCTORS = frozenset({"généraliste", "dermatologue", "cardiologue", "gynécologue", "radiologue", "dentiste", "orthodontiste"})
_DIRECT = frozenset({"pharmacie", "laboratoire", "clinique"})


@dataclass(frozen=True)
class Act:
    """One act of care of *beneficiary_id*; *said* holds what the world says more of it (families.yml)."""

    kind: str
    beneficiary_id: str
    care_on: date
    practitioner: str
    billed: Decimal
    units: int
    is_direct: bool
    said: Mapping[str, Any]


def written_acts(person: Mapping[str, Any], own_id: str, today: date) -> Iterator[Act]:
    """Give the acts that the world writes for *person* and those he covers, as of *today*."""
    for act in person.get("care", ()):
        care_on = _possible_day(act["kind"], today - timedelta(days=act["days"]))
        yield Act(act["kind"], act.get("beneficiary", own_id), care_on, act["practitioner"], Decimal(act["billed"]),
                  act.get("units", 1), act.get("direct", False), act)


def drawn_acts(person: Mapping[str, Any], own_id: str, today: date, since: date) -> Iterator[Act]:
    """Draw the acts of habits, from two years ago (or *since*, the contract's first day) to before what is written."""
    recent = [act["days"] for act in person.get("care", ()) if act["days"] <= _RECENT_DAYS]
    latest = max(recent) + _QUIET_DAYS if recent else _QUIET_DAYS // 3
    earliest = min(HISTORY, today - since).days
    people = [(own_id, person), *((known["id"], known) for known in person.get("beneficiaries", ()))]
    for beneficiary_id, known in people:
        for kind, yearly in load_world()["habits"].get(known.get("habits"), {}).items():
            born = (today - known["birth_on"]).days
            span = (latest, min(earliest, born))
            if span[0] < span[1]:
                yield from _drawn(kind, yearly, beneficiary_id, person["id"], today, span)


def _drawn(kind: str, yearly: float, beneficiary_id: str, family: str, today: date, span: tuple[int, int]) -> Iterator[Act]:
    dice = Dice(f"{beneficiary_id}/{kind}")
    for _ in range(int(yearly * (span[1] - span[0]) / 365 + 0.5)):
        care_on = _possible_day(kind, today - timedelta(days=dice.between(*span)))
        if (today - care_on).days <= span[1]:
            yield _act(kind, beneficiary_id, care_on, family, dice)
            if kind == "hospital_stay":
                yield _act("daily_charge", beneficiary_id, care_on, family, dice)


def _act(kind: str, beneficiary_id: str, care_on: date, family: str, dice: Dice) -> Act:
    known = load_world()["care"][kind]
    units = dice.between(1, known.get("most_units", 1))
    return Act(kind, beneficiary_id, care_on, _practitioner(known["by"], family), _price(known, care_on, dice), units,
               known["by"] in _DIRECT, {})


def _price(known: Mapping[str, Any], care_on: date, dice: Dice) -> Decimal:
    if "daily_figure" in known:
        return HOSPITAL_DAYS * base_of({"base_figure": known["daily_figure"]}, care_on)
    if "over" in known:
        return base_of(known, care_on) + Decimal(dice.pick(known["over"]))
    return Decimal(dice.pick(known["prices"]))


def _practitioner(by: str, family: str) -> str:
    """Name who the family goes to: always the same for one trade."""
    names, dice = load_places()["names"], Dice(f"{family}/{by}")
    if by in _SHOPS:
        return f"{_SHOPS[by]} {dice.pick(names['shops'])}"
    title = "Dr " if by in _DOCTORS else ""
    return f"{title}{dice.pick(names['first'])} {dice.pick(names['last'])}, {by}"


def _possible_day(kind: str, day: date) -> date:
    return day if load_world()["care"][kind].get("any_day") else business_day(day, back=True)
