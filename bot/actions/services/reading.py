"""Reading answers that are shared by services. Not a group of services."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.actions.services import Heard, Service
from bot.phrasing.acronyms import fold

SERVICES: list[Service] = []
_PLACES = {"premier": 0, "premiere": 0, "deuxieme": 1, "second": 1, "seconde": 1, "troisieme": 2, "quatrieme": 3, "dernier": -1, "derniere": -1}


def choice_of(heard: Heard, choices: Mapping[str, tuple[str, str | None]]) -> str | None:
    """
    Read one of *choices* (id → label, pattern of other words): by its button, its label, its words, or its place (« la deuxième »).

    Words count only when they name a single choice; a label or a place only when the question was asked.
    """
    if heard.chosen in choices:
        return heard.chosen
    named = [id_ for id_, (_, pattern) in choices.items() if pattern and re.search(rf"\b(?:{pattern})", heard.folded)]
    if len(named) == 1:
        return named[0]
    if not heard.is_asked:
        return None
    labelled = [id_ for id_, (label, _) in choices.items() if heard.folded and (heard.folded in fold(label) or fold(label) in heard.folded)]
    if len(labelled) == 1:
        return labelled[0]
    place = next((place for word, place in _PLACES.items() if re.search(rf"\b{word}\b", heard.folded)), None)
    if place is None and re.fullmatch(r"\d{1,2}", heard.folded.strip()):
        place = int(heard.folded) - 1
    return list(choices)[place] if place is not None and place < len(choices) else None
