"""Who joins or leaves the contract: a child; a marriage, a PACS, a separation, somebody who goes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from bot.actions.ports import Ports
from bot.actions.services import Given, Heard, Option, Question, Service
from bot.actions.services.reading import choice_of
from bot.actions.services.words import name_words, one_day
from kernel.calendar import add_months
from kernel.french import day
from member_api.contract import Relationship

ARRIVALS: dict[str, tuple[str, str | None]] = {
    "birth": ("Une naissance", r"nai(?:s|t)|nee?\b|accouch|bebe|bb\b|nouveau[- ]ne|nourrisson|jumeau|jumelle"),
    "adoption": ("Une adoption", r"adopt"),
}
EVENTS: dict[str, tuple[str, str | None]] = {
    "marriage": ("Un mariage", r"mari(?:age|e|es|er|ee|ees|ons)\b(?<!mon marie)|epous"),
    "pacs": ("Un PACS", r"pacs"),
    "separation": ("Une séparation, un divorce", r"divorc|separ|rupture"),
    "removal": ("Retirer une personne", r"retir|enlev|sort(?:ir|s)\b|otez?\b|oter|radi|supprim|quitte|sa propre mutuelle"),
}
NOBODY = "nobody"
YES, NO = "yes", "no"
ADDING: dict[str, tuple[str, str | None]] = {YES: ("Oui, l'ajouter", None), NO: ("Non", None)}
_CALLED = re.compile(r"(?:s['’]appell\w*|pr[ée]nomm[ée]+|nomm[ée]+)\s+(?P<first>[^\W\d_]+(?:-[^\W\d_]+)*)(?:\s+(?P<last>[A-ZÀ-Ý][^\W\d_]*(?:[-' ][A-ZÀ-Ý][^\W\d_]*)*))?")
_TWO_NAMES = re.compile(r"(?P<first>[A-ZÀ-Ý][^\W\d_]*(?:-[^\W\d_]+)*) (?P<last>[A-ZÀ-Ý][^\W\d_]*(?:[-' ][A-ZÀ-Ý][^\W\d_]*)*)")
_FIRST_ONLY = re.compile(r"pr[ée]nom,? (?:c['’]est|est) (?P<first>[^\W\d_]+(?:-[^\W\d_]+)*)")
_BORN = re.compile(r"\bne(?:e|es|s)?\b|naissance|accouch")
_YEAR = 12


def read_arrival(heard: Heard) -> str | None:
    """Read how the child arrived; « bébé adopté » is an adoption."""
    if ARRIVALS["adoption"][1] and re.search(str(ARRIVALS["adoption"][1]), heard.folded):
        return "adoption"
    return choice_of(heard, ARRIVALS)


async def offer_arrivals(_: Ports, __: Given) -> Sequence[Option]:
    """Offer a birth or an adoption."""
    return [Option(name, label) for name, (label, _) in ARRIVALS.items()]


def read_first_name(heard: Heard) -> str | None:
    """Read a first name: asked for, or told with « s'appelle », or beside the person (« ma fille Louise »)."""
    if found := _FIRST_ONLY.search(heard.text) or _CALLED.search(heard.text) or (_TWO_NAMES.fullmatch(heard.text.strip()) if heard.is_asked else None):
        return found["first"][0].upper() + found["first"][1:]
    if heard.is_asked:
        return name_words(heard)
    people = [value for value in heard.values("person") if isinstance(value, dict)]
    return next((str(one["name"]) for one in people if one.get("name") and one.get("relation") == "child"), None)


def read_last_name(heard: Heard) -> str | None:
    """Read a last name: asked for, or written behind the first name."""
    if heard.is_asked:
        found = choice_of(heard, {one.id: (one.label, None) for one in heard.options})
        return found or name_words(heard)
    both = _CALLED.search(heard.text) or _TWO_NAMES.fullmatch(heard.text.strip())
    return both["last"] if both else None


async def offer_last_names(ports: Ports, _: Given) -> Sequence[Option]:
    """Offer the last names of the family: the child has often one of them."""
    if ports.file is None:
        return ()
    people = await ports.file.read("beneficiaries", lambda members, caller: members.beneficiaries(caller))
    return [Option(name, name) for name in dict.fromkeys(one.last_name for one in people)]


def read_birth(heard: Heard) -> dict[str, str] | None:
    """Read the day of birth, not to come; unasked, only beside « née », « naissance »."""
    if not heard.is_asked and not _BORN.search(heard.folded):
        return None
    told = one_day(heard)
    return {"on": told.isoformat(), "told_on": heard.today.isoformat()} if told and told <= heard.today else None


def read_event_day(heard: Heard) -> str | None:
    """Read the day of the event: within a year, before or after."""
    told = one_day(heard)
    is_near = told is not None and add_months(heard.today, -_YEAR) <= told <= add_months(heard.today, _YEAR)
    return told.isoformat() if told and is_near else None


def read_arrival_day(heard: Heard) -> str | None:
    """Read the day of an adoption, when it is asked for: a birth has its own day."""
    return read_event_day(heard) if heard.is_asked else None


def read_change_day(heard: Heard) -> str | None:
    """Read the day of a change, wherever it is told; never a day of birth."""
    is_birth = not heard.is_asked and (_BORN.search(heard.folded) or heard.intent != "situation_familiale")
    return None if is_birth else read_event_day(heard)


async def needed_documents(ports: Ports) -> dict[str, Any]:
    """Read the documents that each kind of event needs."""
    if ports.file is None:
        return {}
    needs = await ports.file.read("family_needs", lambda members, caller: members.family_needs(caller))
    return {"needs": {one.kind.value: [document.label for document in one.documents] for one in needs}}


def child_request(given: Given) -> dict[str, Any]:
    """Give what the act needs; a child born more than a year ago joins on the day it is told."""
    birth = given["birth"]
    happened_on = given.get("on") or birth["on"]
    is_old = date.fromisoformat(happened_on) < add_months(date.fromisoformat(birth["told_on"]), -_YEAR)
    joins = {"first_name": given["first_name"], "last_name": given["last_name"], "birth_on": birth["on"]}
    return {"kind": given["kind"], "happened_on": birth["told_on"] if is_old else happened_on, "joins": joins, "leaves": None}


def read_event(heard: Heard) -> str | None:
    """Read what happened; somebody taken out because of a separation is a separation."""
    if heard.chosen in EVENTS:
        return heard.chosen
    named = [name for name, (_, pattern) in EVENTS.items() if pattern and re.search(rf"\b(?:{pattern})", heard.folded)]
    if "separation" in named:
        return "separation"
    return named[0] if len(named) == 1 else choice_of(heard, EVENTS)


async def offer_events(_: Ports, __: Given) -> Sequence[Option]:
    """Offer the four events."""
    return [Option(name, label) for name, (label, _) in EVENTS.items()]


async def offer_leavers(ports: Ports, given: Given) -> Sequence[Option]:
    """Offer the people who may leave: not the member himself."""
    if ports.file is None:
        return ()
    people = await ports.file.read("beneficiaries", lambda members, caller: members.beneficiaries(caller))
    others = [Option(one.id, f"{one.first_name} {one.last_name}") for one in people if one.relationship is not Relationship.SELF]
    return [*others, *([Option(NOBODY, "Personne")] if given.get("kind") == "separation" else [])]


def read_leaver(heard: Heard) -> dict[str, str] | None:
    """Read who leaves, among those offered."""
    if not heard.is_asked:
        return None
    found = choice_of(heard, {one.id: (one.label, None) for one in heard.options})
    return next(({"id": one.id, "name": one.label} for one in heard.options if one.id == found), None)


async def offer_adding(_: Ports, __: Given) -> Sequence[Option]:
    """Offer to add the spouse, or not."""
    return [Option(name, label) for name, (label, _) in ADDING.items()]


def read_adding(heard: Heard) -> str | None:
    """Read whether the spouse joins the contract."""
    if not heard.is_asked:
        return None
    if found := choice_of(heard, ADDING):
        return found
    return YES if heard.intent == "affirm" or heard.folded.startswith("oui") else NO if heard.intent == "deny" or heard.folded.startswith("non") else None


def read_spouse_birth(heard: Heard) -> str | None:
    """Read the spouse's day of birth, when it is asked for."""
    told = one_day(heard) if heard.is_asked else None
    return told.isoformat() if told and told < heard.today else None


def read_spouse_first_name(heard: Heard) -> str | None:
    """Read the spouse's first name, when it is asked for."""
    return read_first_name(heard) if heard.is_asked or _FIRST_ONLY.search(heard.text) else None


def leaves(given: Given) -> bool:
    """Say whether somebody may leave."""
    return given.get("kind") in ("separation", "removal")


def couples(given: Given) -> bool:
    """Say whether a spouse may join."""
    return given.get("kind") in ("marriage", "pacs")


def joins(given: Given) -> bool:
    """Say whether a spouse joins."""
    return couples(given) and given.get("adding") == YES


def family_request(given: Given) -> dict[str, Any]:
    """Give what the act needs."""
    person = {"first_name": given["first_name"], "last_name": given["last_name"], "birth_on": given["birth"]} if joins(given) else None
    leaver = given.get("leaves") or {}
    return {"kind": given["kind"], "happened_on": given["on"], "joins": person, "leaves": None if leaver.get("id") in (None, NOBODY) else leaver["id"]}


def _spoken(value: Any) -> str:
    return day(date.fromisoformat(value))


SERVICES = [
    Service(
        id="child", topic="enfant_ajouter", act="add_child", title="L'ajout d'un enfant", prefill=needed_documents, request=child_request,
        questions=(
            Question("kind", "Arrivée", read_arrival, show=lambda value: ARRIVALS[value][0], offer=offer_arrivals),
            Question("first_name", "Prénom", read_first_name, unclear="name_unclear"),
            Question("last_name", "Nom", read_last_name, offer=offer_last_names, unclear="name_unclear"),
            Question("birth", "Date de naissance", read_birth, show=lambda value: _spoken(value["on"]), unclear="birth_unclear"),
            Question("on", "Date de l'adoption", read_arrival_day, show=_spoken, when=lambda given: given.get("kind") == "adoption",
                     unclear="event_day_unclear"),
        ),
    ),
    Service(
        id="family", topic="situation_familiale", act="tell_family_event", title="Votre changement de situation", prefill=needed_documents,
        request=family_request,
        questions=(
            Question("kind", "Changement", read_event, show=lambda value: EVENTS[value][0], offer=offer_events),
            Question("leaves", "Quitte le contrat", read_leaver, show=lambda value: str(value["name"]), when=leaves, offer=offer_leavers),
            Question("adding", "Ajouter votre conjoint", read_adding, show=lambda value: ADDING[value][0], when=couples, offer=offer_adding),
            Question("first_name", "Son prénom", read_spouse_first_name, when=joins, unclear="name_unclear"),
            Question("last_name", "Son nom", read_last_name, when=joins, offer=offer_last_names, unclear="name_unclear"),
            Question("birth", "Sa date de naissance", read_spouse_birth, show=_spoken, when=joins, unclear="birth_unclear"),
            Question("on", "Date", read_change_day, show=_spoken,
                     unclear="event_day_unclear"),
        ),
    ),
]
