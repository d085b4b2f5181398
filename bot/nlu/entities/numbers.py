"""Whole numbers, in figures or in French words. Pure; the words are read by text2num."""

from __future__ import annotations

import re

from text_to_num import text2num

_WORDS = ("une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingts?|trente|quarante|"
          "cinquante|soixante|septante|huitante|octante|nonante|cents?|mille")
SPELT = rf"(?:(?:{_WORDS})(?:[ -](?:et[ -])?(?:{_WORDS})){{0,9}})"
"""A regular expression for a number in words, folded; `whole_number` says whether it is one."""

COUNT = rf"(?:\d{{1,3}}|{SPELT})"
"""A regular expression for a small number, in figures or words."""


def whole_number(words: str) -> int | None:
    """Read « 12 », « trente-cinq » or « quatre vingt dix sept », folded; None when it is no number (« deux trois »)."""
    if words.isdecimal():
        return int(words)
    spaced = re.sub(r"[ -]+", " ", words)
    # text2num asks for the hyphens inside « quatre-vingt » and « dix-sept », which few people type.
    joined = re.sub(r"\bdix (?=sept|huit|neuf)", "dix-", re.sub(r"\bquatre vingts?\b", "quatre-vingt", spaced))
    try:
        return int(text2num(joined, "fr"))
    except ValueError:
        return None
