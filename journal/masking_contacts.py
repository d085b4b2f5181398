"""
E-mail addresses and telephone numbers in a member's words, whatever the way they are written. Pure, but for the
insurer's own contacts, which are never masked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from journal.masking_text import Found
from kernel.organisation import organisation

_LOCAL = r"(?<![\w.+%-])[\w.+%-]{1,64}(?:(?: \. | point | tiret | underscore )[\w+%-]{1,40}){0,4}"
_AT = r"(?: ?@ ?| ?[(\[{] ?(?:at|a|@|arobase|arobas) ?[)\]}] ?| (?:arobase|arobas|arrobase|arobaze|at) )"
_DOT = r"(?: ?\. ?| ?[(\[] ?(?:dot|point) ?[)\]] ?| (?:point|dot) )"
_EMAIL = re.compile(rf"{_LOCAL}{_AT}[\w-]{{1,63}}(?:(?:\.|{_DOT})[\w-]{{2,63}}){{1,4}}(?![\w-])")
_NO_DOT = re.compile(
    r"(?<![\w.+%-])[\w.+%-]{1,64}@(?:[a-z][\w-]{1,62}(?![\w.-]*\.\w))|"
    rf"{_LOCAL}{_AT}(?:gmail|hotmail|outlook|orange|wanadoo|free|sfr|laposte|yahoo|icloud|live|bbox|neuf|protonmail|proton)(?: (?:com|fr|net|me))?(?!\w)")

# A number of ten digits in pairs, whole, or (a mobile) cut anyhow. Numbers in 08 are nobody's own.
_ABROAD = r"(?:(?:\+|00)[ .\-]?33[ .\-/]{0,2}(?:\(0\)|0)?[ .\-/]{0,2})"
_PHONE = re.compile(
    rf"(?<![\d+])(?:{_ABROAD}|0)(?:[1-79][ ]?\d{{8}}|[1-79](?:[ .\-\n]{{1,3}}\d\d){{4}}|[1-79](?:(?P<s>[ ]?[/,_] ?)\d\d)(?:(?P=s)\d\d){{3}}"
    r"|[67](?:[ .\-]{0,2}\d){8}|[1-79](?:[ ]\d){8})(?!\d)")
_OTHER_COUNTRY = re.compile(r"(?<![\d+])(?:\+(?!33)[1-9](?:[ .\-()]{0,2}\d){7,13}|00 ?(?!33)[1-9](?:[ .\-()]{0,2}\d){9,11})(?!\d)")
_DATE = re.compile(r"\d\d[ .\-/](?:0\d|1[0-2])[ .\-/](?:19|20)\d\d")
_REFERENCE = re.compile(
    r"(?:dossier|contrat|suivi|colis|reference|\bref|adherent|client|facture|societaire|sinistre|devis|commande|decompte|finess|adeli|rpps|siret|siren)\w*(?: [\w'°]{1,9}){0,4} ?:? ?$")
_UNIT = r"(?:un|une|deux|trois|quatre|cinq|six|sept|huit|neuf)"
_SPOKEN_NUMBER = (
    rf"(?:(?:vingt|trente|quarante|cinquante|soixante|quatre[ -]vingts?)(?:[ -]et)?(?:[ -](?:dix[ -](?:sept|huit|neuf)|onze|douze|treize|quatorze|quinze|seize|dix|{_UNIT}))?"
    rf"|dix[ -](?:sept|huit|neuf)|onze|douze|treize|quatorze|quinze|seize|dix|zero(?:[ -](?:zero|{_UNIT}))?|{_UNIT})")
_SPOKEN = re.compile(rf"(?<!\w)(?:zero[ ,-]{{1,2}}{_UNIT}|plus trente[ -]trois {_UNIT})(?:[ ,-]{{1,3}}{_SPOKEN_NUMBER}){{4,8}}(?!\w)")


def contacts(text: str) -> Iterator[Found]:
    """Find the e-mail addresses and telephone numbers of a plain *text* that are not the insurer's."""
    if "@" in text or "a" in text:
        for pattern in (_EMAIL, _NO_DOT):
            yield from (Found("email", found.start(), found.start() + len(found.group().rstrip(".-")))
                        for found in pattern.finditer(text) if found.group().rstrip(".-") not in _own()[0])
    for pattern in (_PHONE, _OTHER_COUNTRY, _SPOKEN):
        for found in pattern.finditer(text):
            if national(found.group()) not in _own()[1] and not _is_something_else(text, found):
                yield Found("phone", found.start(), found.end())


def national(written: str) -> str:
    """Give the nine digits of a French number after its 0, +33 or 0033."""
    return re.sub(r"\D", "", written)[-9:]


def _is_something_else(text: str, found: re.Match[str]) -> bool:
    """Say whether ten digits are a date and an hour, or a file number announced as one."""
    if _DATE.match(found.group()):
        return True
    return found.group().isdigit() and _REFERENCE.search(text, max(0, found.start() - 45), found.start()) is not None


@lru_cache(maxsize=1)
def _own() -> tuple[frozenset[str], frozenset[str]]:
    """Give the insurer's e-mail addresses, and its telephone numbers without their 0."""
    written = [text.lower() for text in _texts(organisation().raw)]
    return (frozenset(text for text in written if "@" in text),
            frozenset(national(text) for text in written if len(re.sub(r"\D", "", text)) >= 9))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts(inner)
