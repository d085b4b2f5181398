"""What a reader of one kind gives, and the rule between readers that claim the same words: the longest wins."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol, TypeVar


class Kind(StrEnum):
    """What an entity is; at equal length the first of this list wins."""

    PERCENTAGE = "percentage"
    DATE = "date"
    AMOUNT = "amount"
    POSTAL_CODE = "postal_code"
    TOWN = "town"
    PERSON = "person"
    CARE = "care"
    ACRONYM = "acronym"


class Placed(Protocol):
    """Anything that stands between two places of a text, *end* excluded."""

    @property
    def start(self) -> int:
        """Its first character."""

    @property
    def end(self) -> int:
        """The character after its last."""


@dataclass(frozen=True)
class Found:
    """A *value* that can be written as JSON, and its places in the folded text; a None value holds its words and is not told."""

    kind: Kind
    value: Any
    start: int
    end: int


P = TypeVar("P", bound=Placed)


def longest(candidates: Iterable[P]) -> list[P]:
    """Keep, of those that overlap, the longest (then the first given); in the order of the text."""
    kept: list[P] = []
    taken: set[int] = set()
    for one in sorted(candidates, key=lambda placed: placed.start - placed.end):
        if taken.isdisjoint(range(one.start, one.end)):
            kept.append(one)
            taken.update(range(one.start, one.end))
    return sorted(kept, key=lambda placed: placed.start)
