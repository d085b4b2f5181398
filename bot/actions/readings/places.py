"""Agencies around a place, with their hours; what is general about the partner network."""

from __future__ import annotations

import re

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.actions.ports import Ports
from bot.actions.readings.contract import PERSON, member_of
from bot.actions.turn import say_card, say_phrase, text_of
from bot.phrasing.acronyms import fold
from bot.phrasing.cards import table_card
from bot.phrasing.phrasebook import Button
from bot.phrasing.places import agency_row
from kernel.errors import NotFound
from member_api.contract import Agency, Around

NEAREST = 3
NEAR_KM = 100
"""Further agencies are told only when none is nearer."""
MEET = Button("Prendre rendez-vous", topic="rdv_prendre")
_OF_THE_NETWORK = re.compile(r"itelis|oblig|libre|conventionn|c'?est quoi|vraiment|difference|\d ?%|pour ?cent")


def place_named(tracker: Tracker) -> tuple[Around, str] | None:
    """Give the place a message names, and its name."""
    found = {str(one.get("entity")): str(one.get("value")) for one in reversed(tracker.latest_message.get("entities") or [])}
    if town := found.get("town"):
        return Around(town=town), town
    if code := found.get("postal_code"):
        return Around(postal_code=code), code
    return None


async def show_agencies(ports: Ports, tracker: Tracker, say: CollectingDispatcher, topic: str) -> bool:
    """Show the nearest agencies: of the place named, else of the member's address; opening hours only of a place named."""
    if ports.file is None:
        return False
    named = place_named(tracker)
    if named is None and topic == "horaires":
        return False
    if named is None:
        town = (await member_of(ports)).address.town
        named = Around(town=town), town
    around, name = named
    try:
        known = await ports.file.read("agencies", lambda members, _: members.agencies(around))
        found = nearest(known)
        say_phrase(say, ports.phrase("agencies_shown", place=name), topic=topic)
    except NotFound:
        found = await ports.file.read("agencies", lambda members, _: members.agencies())
        say_phrase(say, ports.phrase("agencies_all", place=name), topic=topic)
    say_card(say, table_card("Nos agences", map(agency_row, found), "Distances à vol d'oiseau. Appelez avant de vous déplacer."), (MEET, PERSON), topic=topic)
    return True


async def answer_network(ports: Ports, tracker: Tracker, say: CollectingDispatcher, topic: str) -> bool:
    """A question about the network itself gets the general answer; anything else begins a search (False)."""
    if place_named(tracker) or not _OF_THE_NETWORK.search(fold(text_of(tracker))):
        return False
    say_phrase(say, ports.phrase(topic), topic=topic)
    return True


def nearest(known: tuple[Agency, ...]) -> tuple[Agency, ...]:
    """Keep the nearest ones, and the first however far."""
    near = tuple(one for one in known[:NEAREST] if one.distance_km is not None and one.distance_km <= NEAR_KM)
    return near or known[:1]


READINGS = {"agence_trouver": show_agencies, "horaires": show_agencies, "reseau_annuaire": answer_network}
