"""A statement of reimbursements in PDF: a period or a year, for whom, made at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from bot.actions.ports import Ports
from bot.actions.services import Given, Heard, Option, Question, Service
from bot.actions.services.reading import choice_of
from kernel.calendar import add_months
from kernel.french import day
from kernel.organisation import organisation

EVERYBODY = "everybody"
YEAR, SINCE = "year:", "since:"
_MONTHS_OFFERED = 3
_EVERYBODY_WORDS = r"tou(?:t le monde|s|tes)\b|toute la famille|la famille|nous tous|chacun"


async def offer_periods(ports: Ports, _: Given) -> Sequence[Option]:
    """Offer this year, the last one, the last months."""
    today = ports.context.now.astimezone(organisation().timezone).date()
    start = add_months(today, -_MONTHS_OFFERED)
    return [Option(f"{YEAR}{today.year}", f"L'année {today.year}"), Option(f"{YEAR}{today.year - 1}", f"L'année {today.year - 1}"),
            Option(f"{SINCE}{start.isoformat()}", "Les trois derniers mois")]


def read_period(heard: Heard) -> dict[str, Any] | None:
    """Read a period: a button, « l'an dernier », « en mars », « du 3 au 10 mai », or a day."""
    said = None if heard.chosen else _said(heard)  # « l'an dernier » is not the last of the choices
    found = None if said else choice_of(heard, {one.id: (one.label, None) for one in heard.options})
    if found and found.startswith(YEAR):
        return _year(int(found.removeprefix(YEAR)))
    return _between(date.fromisoformat(found.removeprefix(SINCE)), heard.today) if found and found.startswith(SINCE) else said


def _said(heard: Heard) -> dict[str, Any] | None:
    """Give the first period told that has begun: « il me le faut aujourd'hui » is none."""
    for value in heard.values("date"):
        first, last = date.fromisoformat(value["from"]), date.fromisoformat(value["to"])
        if first < heard.today:
            is_year = (first.month, first.day, last.month, last.day, first.year) == (1, 1, 12, 31, last.year)
            return _year(first.year) if is_year else _between(first, min(last, heard.today))
    return None


def _year(year: int) -> dict[str, Any]:
    return {"year": year, "label": f"l'année {year}"}


def _between(first: date, last: date) -> dict[str, Any]:
    label = day(first) if first == last else f"du {day(first, weekday=False)} au {day(last, weekday=False)}"
    return {"since": first.isoformat(), "until": last.isoformat(), "label": label}


async def offer_people(ports: Ports, _: Given) -> Sequence[Option]:
    """Offer everybody, then each person whose lines the member may read."""
    if ports.file is None:
        return ()
    people = await ports.file.read("beneficiaries", lambda members, caller: members.beneficiaries(caller))
    return [Option(EVERYBODY, "Tout le monde"), *(Option(one.id, f"{one.first_name} {one.last_name}") for one in people if one.sight is not None)]


def read_person(heard: Heard) -> dict[str, str] | None:
    """Read for whom: one of those offered; a first name said before the question is looked up when the document is made."""
    if heard.is_asked:
        choices = {one.id: (one.label, _EVERYBODY_WORDS if one.id == EVERYBODY else None) for one in heard.options}
        found = choice_of(heard, choices)
        return next(({"id": one.id, "name": one.label} for one in heard.options if one.id == found), None)
    return next(({"name": str(one["name"])} for one in heard.values("person") if one.get("name")), None)


async def prefill(ports: Ports) -> dict[str, Any]:
    """Do not ask for whom when there is only one person."""
    return {"is_alone": len(await offer_people(ports, {})) <= 2}


def request(given: Given) -> dict[str, Any]:
    """Give the order of the document."""
    person = given.get("person") or {}
    return {**given["period"], "beneficiary_id": None if person.get("id") == EVERYBODY else person.get("id"),
            "first_name": None if person.get("id") else person.get("name")}


SERVICES = [Service(
    id="statement", topic="decompte_pdf", act="make_statement", title="Votre décompte",
    questions=(
        Question("period", "Période", read_period, show=lambda value: str(value["label"]), offer=offer_periods),
        Question("person", "Pour", read_person, show=lambda value: str(value["name"]), when=lambda given: not given.get("is_alone"), offer=offer_people),
    ),
    needs_confirmation=False, prefill=prefill, request=request,
)]
