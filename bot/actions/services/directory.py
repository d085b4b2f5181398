"""The partner directory: which kind of practitioner, around where."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from bot.actions.address_reading import spoken_town
from bot.actions.ports import Ports
from bot.actions.services import Given, Heard, Option, Question, Service
from bot.actions.services.reading import choice_of
from kernel.towns import find_town

TRADES = {
    "dentist": ("Dentiste", r"dent(?:iste|aire|s)?\b|dantiste|implant"),
    "optician": ("Opticien", r"opti(?:cien|que)|lunet"),
    "hearing_aid_specialist": ("Audioprothésiste", r"audio|appareil auditif|oreille"),
    "general_practitioner": ("Médecin généraliste", r"generaliste|medecin(?! specialiste)|docteur"),
    "ophthalmologist": ("Ophtalmologiste", r"ophtal|oculiste"),
    "dermatologist": ("Dermatologue", r"dermato"),
    "gynaecologist": ("Gynécologue", r"gyneco"),
    "cardiologist": ("Cardiologue", r"cardio"),
    "physiotherapist": ("Kinésithérapeute", r"kine"),
    "osteopath": ("Ostéopathe", r"osteo"),
    "psychologist": ("Psychologue", r"psycho|psy\b"),
    "dietitian": ("Diététicien", r"diet|nutrition"),
    "podiatrist": ("Podologue", r"podolog|pedicure"),
    "pharmacy": ("Pharmacie", r"pharmac"),
}
OFFERED = 6
"""Trades offered as buttons; any other is read when it is written."""
HOME = "home"
_HOME = re.compile(r"\b(?:chez moi|de moi|mon domicile|ma maison|mon adresse|par ici|autour de moi|a cote|dans le coin)\b")
_LANGUAGES = {"en": r"anglais|english", "es": "espagnol", "ar": "arabe", "de": "allemand", "pt": "portugais", "lsf": r"langue des signes|lsf\b"}
_ACCESS = re.compile(r"\b(?:accessible|fauteuil|handicap|pmr|mobilite reduite)")


def read_trade(heard: Heard) -> str | None:
    """Read which practitioner."""
    return choice_of(heard, dict(TRADES))


async def offer_trades(_: Ports, __: Given) -> Sequence[Option]:
    """Offer the trades most asked for."""
    return [Option(name, label) for name, (label, _) in list(TRADES.items())[:OFFERED]]


def read_place(heard: Heard) -> dict[str, str] | None:
    """Read around where: « près de chez moi », a town or a postal code; a bare town when it was asked."""
    if (heard.chosen == HOME and heard.is_asked) or _HOME.search(heard.folded):
        return {"name": "chez vous"}
    if town := next(iter(heard.values("town")), None):
        return {"town": str(town), "name": str(town)}
    if code := next(iter(heard.values("postal_code")), None):
        return {"postal_code": str(code), "name": str(code)}
    town = find_town(heard.text) if heard.is_asked else None
    return {"town": spoken_town(town.name), "name": spoken_town(town.name)} if town else None


async def offer_places(_: Ports, __: Given) -> Sequence[Option]:
    """Offer the member's own address; a town is written."""
    return [Option(HOME, "Près de chez moi")]


def read_language(heard: Heard) -> str | None:
    """Read a language that must be spoken."""
    return next((code for code, words in _LANGUAGES.items() if re.search(rf"\b(?:{words})", heard.folded)), None)


def read_access(heard: Heard) -> bool | None:
    """Read that a wheelchair must enter."""
    return True if _ACCESS.search(heard.folded) else None


def search_of(given: Given) -> dict[str, Any]:
    """Give what is searched."""
    return {"trade": given["trade"], "label": TRADES[given["trade"]][0], "place": given["place"], "language": given.get("language"),
            "accessible": given.get("accessible")}


SERVICES = [Service(
    id="directory", topic="reseau_annuaire", act="search_directory", title="Votre recherche",
    questions=(
        Question("trade", "Professionnel", read_trade, show=lambda value: TRADES[value][0], offer=offer_trades),
        Question("place", "Autour de", read_place, show=lambda value: str(value["name"]), offer=offer_places, unclear="directory_place_unclear"),
        Question("language", "Langue", read_language, when=lambda given: "language" in given),
        Question("accessible", "Accès en fauteuil", read_access, show=lambda _: "oui", when=lambda given: "accessible" in given),
    ),
    needs_confirmation=False, request=search_of,
)]
