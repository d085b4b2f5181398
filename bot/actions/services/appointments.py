"""An appointment with an advisor: booked; moved or cancelled from the card that shows it."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from bot.actions.ports import Ports
from bot.actions.services import Given, Heard, Option, Question, Service
from bot.actions.services.reading import choice_of
from bot.actions.services.words import free_words, named_option, one_day
from bot.phrasing.appointments import chosen_slots, local_day, place, short_when, when
from kernel.french import day
from member_api.contract import Slot, Way

WAYS: dict[str, tuple[str, str | None]] = {
    "phone": ("Par téléphone", r"telephon|par tel\b|au tel\b|appel"),
    "video": ("En visioconférence", r"visio|video|camera"),
    "agency": ("En agence", r"agence|sur place|bureau"),
}
SUBJECTS: dict[str, tuple[str, str | None]] = {
    "benefits": ("Mes garanties", r"garanti|formule|couverture"),
    "reimbursement": ("Un remboursement", r"rembours|decompte|devis"),
    "contract": ("Mon contrat", r"contrat|souscri|assurer"),
    "other": ("Autre chose", None),
}
SOON = "soon"
LATER = "later:"
"""Starts the option that asks for slots of another day; the day follows."""
_SOON = re.compile(r"des que possible|au plus vite|le plus tot|au plus tot|n'importe|peu importe|asap")
_TIME = re.compile(r"\b(\d{1,2}) ?(?:h|heures?|:) ?(\d{2})?\b")


def read_what(heard: Heard) -> dict[str, Any] | None:
    """Read what a card of an existing appointment asks: its move, its end."""
    return named_option(heard, "move") or named_option(heard, "cancel")


def show_what(value: Any) -> str:
    """Say what will be done to which appointment."""
    return f"{'déplacer' if value['do'] == 'move' else 'annuler'} celui du {value['label']}"


def is_new(given: Given) -> bool:
    """Say whether a new appointment is asked for."""
    return "what" not in given


def needs_slot(given: Given) -> bool:
    """Say whether a slot is to be chosen."""
    return is_new(given) or bool(given["what"]["do"] == "move")


def read_way(heard: Heard) -> str | None:
    """Read how to meet."""
    return choice_of(heard, WAYS)


async def offer_ways(_: Ports, __: Given) -> Sequence[Option]:
    """Offer the three ways."""
    return [Option(name, label) for name, (label, _) in WAYS.items()]


async def offer_agencies(ports: Ports, _: Given) -> Sequence[Option]:
    """Offer the agencies by their town."""
    if ports.file is None:
        return ()
    agencies = await ports.file.read("agencies", lambda members, _: members.agencies())
    return [Option(town, town) for town in dict.fromkeys(one.place.town for one in agencies)]


def read_agency(heard: Heard) -> str | None:
    """Read the agency's town, among those offered."""
    return choice_of(heard, {one.id: (one.label, None) for one in heard.options}) if heard.is_asked else None


async def offer_subjects(_: Ports, __: Given) -> Sequence[Option]:
    """Offer what people come for."""
    return [Option(name, label) for name, (label, _) in SUBJECTS.items()]


def read_subject(heard: Heard) -> str | None:
    """Read what it is about: one of those offered, or the member's own words."""
    found = choice_of(heard, SUBJECTS) if heard.is_asked or heard.intent == "rdv_prendre" else None
    return SUBJECTS[found][0] if found else free_words(heard)


async def offer_days(_: Ports, __: Given) -> Sequence[Option]:
    """Offer the soonest; a day is written."""
    return [Option(SOON, "Dès que possible")]


def read_day_wish(heard: Heard) -> str | None:
    """Read from which day on: a day to come, « dès que possible », or « plus tard » under the slots."""
    chosen = [str(value) for value in heard.values("option")]
    if later := next((one.removeprefix(LATER) for one in chosen if one.startswith(LATER)), None):
        return later
    if heard.chosen == SOON or (heard.is_asked and _SOON.search(heard.folded)):
        return heard.today.isoformat()
    told = _told_day(heard)
    return told.isoformat() if told and told >= heard.today else None


def _told_day(heard: Heard) -> date | None:
    if "semaine prochaine" in heard.folded:
        return heard.today + timedelta(days=7 - heard.today.weekday())
    return one_day(heard)


async def offer_slots(ports: Ports, given: Given) -> Sequence[Option]:
    """Offer a few slots from the day wished on, and those after them."""
    if ports.file is None:
        return ()
    meant = given.get("what") or {"way": given.get("way"), "agency": given.get("agency")}
    way, agency, since = Way(meant["way"]), meant.get("agency"), date.fromisoformat(given["day"])
    free = await ports.file.read("slots", lambda members, caller: members.slots(caller, way=way, agency=agency, since=since))
    shown = chosen_slots(free)
    after = [Option(f"{LATER}{(local_day(shown[-1]) + timedelta(days=1)).isoformat()}", "Plus tard")] if shown else []
    return [*(Option(one.id, short_when(one)) for one in shown), *after]


def read_slot(heard: Heard) -> dict[str, str] | None:
    """Read which slot, among those offered: its button, its place in the list, its time."""
    if not heard.is_asked:
        return None
    slots = [one for one in heard.options if not one.id.startswith(LATER)]
    found = choice_of(heard, {one.id: (one.label, None) for one in slots}) or _by_time(heard, slots)
    return next(({"id": one.id, "label": one.label} for one in slots if one.id == found), None)


def _by_time(heard: Heard, slots: Sequence[Option]) -> str | None:
    """Give the only slot offered at the time told, on the day told if there is one."""
    told = _TIME.search(heard.folded)
    if told is None:
        return None
    time = f"T{int(told[1]):02d}{told[2] or '00'}"
    on = one_day(heard)
    same = [one.id for one in slots if one.id.endswith(time) and (on is None or f".{on:%Y%m%d}T" in one.id)]
    return same[0] if len(same) == 1 else None


def request(given: Given) -> dict[str, Any]:
    """Give what the act needs."""
    what = given.get("what")
    if what is None:
        return {"do": "book", "slot_id": given["slot"]["id"], "subject": given["subject"]}
    return {"do": what["do"], "appointment_id": what["id"]} | ({"slot_id": given["slot"]["id"]} if what["do"] == "move" else {})


def change_payload(do: str, appointment_id: str, slot: Slot) -> str:
    """Give what the button that moves or cancels an appointment says."""
    meant = {"do": do, "id": appointment_id, "label": f"{when(slot)}, {place(slot)}", "way": slot.way.value, "agency": slot.agency}
    return "/rdv_prendre" + json.dumps({"option": meant})


SERVICES = [Service(
    id="appointment", topic="rdv_prendre", act="appointment", title="Votre rendez-vous",
    questions=(
        Question("what", "Demande", read_what, show=show_what, when=lambda given: not is_new(given)),
        Question("way", "Comment", read_way, show=lambda value: WAYS[value][0], when=is_new, offer=offer_ways),
        Question("agency", "Agence", read_agency, when=lambda given: is_new(given) and given.get("way") == "agency", offer=offer_agencies),
        Question("subject", "Sujet", read_subject, when=is_new, offer=offer_subjects),
        Question("day", "À partir du", read_day_wish, show=lambda value: day(date.fromisoformat(value)), when=needs_slot, offer=offer_days,
                 unclear="appointment_day_unclear"),
        Question("slot", "Rendez-vous", read_slot, show=lambda value: str(value["label"]), when=needs_slot, offer=offer_slots,
                 unclear="appointment_slot_unclear"),
    ),
    request=request, asks_again={"slot_taken": "slot"},
)]
