"""All that a message says that an action needs: one call, every kind, no two on the same words. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any

from bot.nlu.entities.care import care
from bot.nlu.entities.dates import dates
from bot.nlu.entities.folding import Folded, fold_with_places
from bot.nlu.entities.found import Found, Kind, longest
from bot.nlu.entities.money import amounts, rates
from bot.nlu.entities.people import people
from bot.nlu.entities.places import postal_codes, towns
from bot.nlu.entities.statement_words import statement_words

LONGEST_READ = 4000
"""Characters; what a member writes in one message is far below, and the reading of what is not stays bounded."""


@dataclass(frozen=True)
class Entity:
    """
    What ``text[start:end]`` says. *value*, by kind:

    * ``date`` ``{"from": day, "to": day}``, ISO, both included · ``amount`` integer cents · ``percentage`` integer
    * ``person`` ``{"relation": …, "name"?: …}`` · ``care``, ``acronym``, ``town``, ``postal_code`` a string
    """

    kind: Kind
    value: Any
    start: int
    end: int


def entities(text: str, on: date) -> list[Entity]:
    """Read *text*, written on day *on* (its writer's day, in France); in its order, never overlapping. Never raises."""
    message = fold_with_places(text[:LONGEST_READ])
    return [Entity(found.kind, found.value, *message.places_of(found.start, found.end))
            for found in longest(_all(message, on)) if found.value is not None]


def _all(message: Folded, on: date) -> Iterator[Found]:
    """Give everything found, in the order of Kind: at equal length the first wins."""
    return chain(rates(message), dates(message, on), amounts(message), postal_codes(message), towns(message), people(message),
                 care(message), statement_words(message))
