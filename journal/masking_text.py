"""
A text made plain for the search of identifiers: same length, so offsets stay true; lower case, without accents, one
kind of digit, of space and of dash. Pure.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

LABELS = {
    "nir": "[n° de Sécurité sociale masqué]", "iban": "[IBAN masqué]", "card": "[n° de carte masqué]",
    "password": "[mot de passe masqué]", "email": "[adresse e-mail masquée]", "phone": "[téléphone masqué]",
}
BLANK = "\x00"
_ANY_LABEL = re.compile("|".join(re.escape(label) for label in LABELS.values()))
_DASHES = frozenset("‐‑‒–—−﹣－")
_DOTS = frozenset("·•․‧∙")
_INVISIBLE = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad")


@dataclass(frozen=True)
class Found:
    """An identifier in a text: *start* and *end* are offsets in the original."""

    kind: str
    start: int
    end: int


class _PlainLetters(dict[int, str]):
    """The plain letter of each character, worked out the first time it is met."""

    def __missing__(self, code: int) -> str:
        self[code] = _plain_letter(chr(code))
        return self[code]


def _plain_letter(letter: str) -> str:
    if letter in _DASHES:
        return "-"
    if letter in _DOTS:
        return "."
    if letter in _INVISIBLE or (letter.isspace() and letter != "\n"):
        return " "
    if letter in "’‘ʼ´`":
        return "'"
    if letter.isdecimal():
        return str(unicodedata.digit(letter))
    base = unicodedata.normalize("NFKD", letter)[:1].lower()
    return base if len(base) == 1 else letter


_LETTERS = _PlainLetters()


def plain(text: str) -> str:
    """Give *text* made plain, its length unchanged; labels of an earlier masking are blanked, never masked again."""
    blanked = _ANY_LABEL.sub(lambda label: BLANK * len(label.group()), text) if "[" in text else text
    return blanked.translate(_LETTERS)


def last_of(pattern: re.Pattern[str], text: str, start: int, reach: int = 60) -> int:
    """Give where *pattern* is last found in the *reach* characters before *start*, or -1."""
    last = -1
    for found in pattern.finditer(text, max(0, start - reach), start):
        last = found.end()
    return last
