"""A message folded for reading, that knows where each of its characters stood in what the member typed. Pure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from bot.nlu.text import fold

_DASHES = dict.fromkeys("‐‑‒–—−", "-")
_HIDDEN = "#"
_UNIT_FOLLOWS = r"(?! ?(?:€|%|eur|balles|pour ?cent))"
_IDENTIFIERS = re.compile(
    r"\[[^\[\]]{0,60}masque\w{0,2}\]"  # the labels of journal.masking
    r"|[\w.+%-]{1,64}@[\w.-]{1,255}|(?:https?://|www\.)\S+"
    r"|(?<!\d)(?:\+33|0033|0)[ .]?[1-9](?:[ .-]?\d\d){4}(?!\d)"
    r"|\b[a-z]{2} ?\d\d(?:[ .-]?[a-z\d]{4}){3,7}\b"
    r"|(?<!\d)[1-478](?:[ .-]?\d\d){3}[ .-]?\d{2,3}[ .-]?\d{3}(?:[ .-]?\d\d)?(?!\d)"
    r"|(?<!\d)\d{4}(?:[ .-]?\d{4}){2,3}(?!\d)|(?<!\d)\d{8,}(?!\d)"
    r"|\b(?:n ?[°o]|num|numeros?|dossier|contrat|references?|ref|siret|finess|adherent|societaire)\b[. ]?"
    rf"(?:(?:de|d'|mon|ma|est|c'est|:|n ?[°o]|contrat|dossier|adherent|societaire|facture|le) ?){{0,4}} ?[a-z]{{0,2}}-?\d[\d ./-]*(?<=\d)\b{_UNIT_FOLLOWS}")
"""Numbers that name something and measure nothing: of a person, a file, a telephone, a card; addresses of the Internet."""


@dataclass(frozen=True)
class Folded:
    """
    *plain* is *text* in lower case, without accents, one space between words; identifiers are hidden. ``places[i]`` is
    where its *i*-th character stood in *text*.
    """

    text: str
    plain: str
    places: tuple[int, ...]

    def places_of(self, start: int, end: int) -> tuple[int, int]:
        """Give the places in *text* of ``plain[start:end]``, which is not empty; a combining accent stays with its letter."""
        last = self.places[end - 1] + 1
        while last < len(self.text) and unicodedata.combining(self.text[last]):
            last += 1
        return self.places[start], last

    def typed(self, start: int, end: int) -> str:
        """Give ``plain[start:end]`` as it was typed."""
        first, last = self.places_of(start, end)
        return self.text[first:last]


def fold_with_places(text: str) -> Folded:
    """Fold *text* for the readers of this package."""
    letters: list[str] = []
    places: list[int] = []
    for place, typed in enumerate(text):
        for letter in _letters(typed):
            if letter != " " or (letters and letters[-1] != " "):
                letters.append(letter)
                places.append(place)
    return Folded(text, _IDENTIFIERS.sub(_hide, "".join(letters)), tuple(places))


@lru_cache(maxsize=4096)
def _letters(typed: str) -> str:
    return " " if typed.isspace() else _DASHES.get(typed) or fold(typed)


def _hide(identifier: re.Match[str]) -> str:
    return _HIDDEN * len(identifier.group())


def before(plain: str, place: int, most: int = 40) -> str:
    """Give what stands before *place*, *most* characters of it: what a cue may be looked for in, at a bounded cost."""
    return plain[max(0, place - most):place]
