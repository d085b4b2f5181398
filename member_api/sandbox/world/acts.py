"""The acts of care of a family: those written in the world, and those that habits have drawn over two years. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from kernel.reimbursement.amounts import ZERO
from kernel.reimbursement.care import Act, care_of, price_of
from kernel.reimbursement.kinds import care_kind
from member_api.sandbox.world.catalogue import load_places, load_world
from member_api.sandbox.world.dice import Dice
from member_api.sandbox.world.promises import business_day

HISTORY = timedelta(days=730)
_RECENT_DAYS, _QUIET_DAYS = 150, 20  # what is drawn comes before what is written of late: a story is not drowned
_SHOPS = {"pharmacie": "Pharmacie", "opticien": "Optique", "laboratoire": "Laboratoire", "clinique": "Clinique", "audioprothésiste": "Audition"}
_DOCTORS = frozenset({"généraliste", "dermatologue", "cardiologue", "gynécologue", "radiologue", "dentiste", "orthodontiste"})
_DIRECT = frozenset({"pharmacie", "laboratoire", "clinique"})


@dataclass(frozen=True)
class Cared:
    """An *act* of care of *beneficiary_id*; *said* holds what the world says more of it (families.yml)."""

    act: Act
    beneficiary_id: str
    is_direct: bool
    said: Mapping[str, Any]


def written_acts(person: Mapping[str, Any], own_id: str, today: date) -> Iterator[Cared]:
    """Give the acts that the world writes for *person* and those he covers, as of *today*."""
    for said in person.get("care", ()):
        care_on = _possible_day(said["kind"], today - timedelta(days=said["days"]))
        act = _billed(said["kind"], Decimal(said["billed"]), care_on, said["practitioner"], said.get("units", 1),
                      is_outside_pathway=said.get("outside_pathway", False))
        yield Cared(act, said.get("beneficiary", own_id), said.get("direct", False), said)


def drawn_acts(person: Mapping[str, Any], own_id: str, today: date, since: date) -> Iterator[Cared]:
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


def _drawn(kind: str, yearly: float, beneficiary_id: str, family: str, today: date, span: tuple[int, int]) -> Iterator[Cared]:
    dice = Dice(f"{beneficiary_id}/{kind}")
    for _ in range(int(yearly * (span[1] - span[0]) / 365 + 0.5)):
        care_on = _possible_day(kind, today - timedelta(days=dice.between(*span)))
        if (today - care_on).days <= span[1]:
            yield _act(kind, beneficiary_id, care_on, family, dice)
            if kind == "hospital_stay":
                yield _act("hospital_day", beneficiary_id, care_on, family, dice)


def _act(kind: str, beneficiary_id: str, care_on: date, family: str, dice: Dice) -> Cared:
    asked = load_world()["prices"][kind]
    units = dice.between(asked.get("units", 1), asked.get("most_units", asked.get("units", 1)))
    act = _billed(kind, ZERO, care_on, _practitioner(asked["by"], family), units)
    return Cared(_priced(act, asked, dice), beneficiary_id, asked["by"] in _DIRECT, {})


def _billed(kind: str, billed: Decimal, care_on: date, practitioner: str, units: int, *, is_outside_pathway: bool = False) -> Act:
    """Make the act, with what its papers say where the kind has no figure."""
    asked = load_world()["prices"][kind]
    base = billed if asked.get("base") == "billed" else _decimal(asked.get("base"))
    return Act(care_kind(kind), billed, care_on, practitioner, units, base, _decimal(asked.get("rate")), is_outside_pathway)


def _decimal(written: str | int | None) -> Decimal | None:
    return None if written is None else Decimal(written)


def _priced(act: Act, asked: Mapping[str, Any], dice: Dice) -> Act:
    """Give *act* its price: a figure of its day, euros above its base, or one of those asked."""
    if (charge := price_of(act.kind, act.care_on)) is not None:
        price = charge * act.units
    elif "over" in asked:
        price = care_of(act).base + Decimal(dice.pick(asked["over"]))
    else:
        price = Decimal(dice.pick(asked["prices"]))
    return replace(act, billed=price, base=price if asked.get("base") == "billed" else act.base)


def _practitioner(by: str, family: str) -> str:
    """Name who the family goes to: always the same for one trade."""
    names, dice = load_places()["names"], Dice(f"{family}/{by}")
    if by in _SHOPS:
        return f"{_SHOPS[by]} {dice.pick(names['shops'])}"
    title = "Dr " if by in _DOCTORS else ""
    return f"{title}{dice.pick(names['first'])} {dice.pick(names['last'])}, {by}"


def _possible_day(kind: str, day: date) -> date:
    return day if load_world()["prices"][kind].get("any_day") else business_day(day, back=True)
