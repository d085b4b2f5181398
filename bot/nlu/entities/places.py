"""The towns and postal codes a message names, by the table of ``kernel.towns``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.actions.address_reading import spoken_town
from bot.nlu.entities.folding import Folded, before
from bot.nlu.entities.found import Found, Kind
from kernel.towns import find_town, fold, postal_codes_of, towns_of

LONGEST_NAME = 7
"""Words of a town's name that are tried: « Saint-Rémy-en-Bouzemont-Saint-Genest-et-Isson » is shortened by everybody."""

_CODE = re.compile(r"(?<![\d.,/-])(?<!bp )(?P<code>\d{5}|(?<!\d )\d\d \d{3})(?!\d| \d|[.,/]\d)(?! ?(?:km|points|fois|personnes|metres|habitants|adherents))")
_SAYS_CODE = re.compile(r"\b(?:code postal|codes? post\w*|cp)(?: (?:est|c'est|:|le|sera))* ?$")
_WORD = re.compile(r"[a-z0-9]+")
_GAP = re.compile(r"[ ,:()-]*")
_WHERE = re.compile(r"\b(?:(?P<near>au|aux|a|sur|vers|pres de|autour de) |"
                    r"(?P<office>agences?|chu|chr|hopital|clinique|mairie|ville|commune|caf|cpam|bureaux?) (?:d'|de |du ))(?=[a-z])")
_LIVES = re.compile(r"\b(?:j'? ?habit\w*|habit\w+|demenag\w+|emmenag\w+|install\w+|resid\w+|log[ée]\w*|vis|vit|vivons|mute\w*|mutation)\b[^.!?;]{0,30}$")
_ARTICLE = {"au": "le", "aux": "les"}
_NO_TOWN = frozenset(["la reunion", "quarante", "port", "cote", "charge", "terme", "vie", "domicile", "jour", "gauche", "droite", "nouveau", "part", "temps", "pied", "peine", "fin"])


def postal_codes(message: Folded) -> Iterator[Found]:
    """Find postal codes that exist, and the town beside each."""
    for match in _CODE.finditer(message.plain):
        code = match["code"].replace(" ", "")
        if not towns_of(code):
            continue
        town = _town_after(message.plain, match.end(), code) or _town_before(message.plain, match.start(), code)
        if " " not in match["code"] or town or _SAYS_CODE.search(before(message.plain, match.start())):
            yield Found(Kind.POSTAL_CODE, code, *match.span())
            if town:
                yield town


def _town_after(plain: str, place: int, code: str | None) -> Found | None:
    """Give the town whose name begins at *place*, the longest name first."""
    words = [match.span() for match, _ in zip(_WORD.finditer(plain, place), range(LONGEST_NAME), strict=False)]
    if not words or not _GAP.fullmatch(plain, place, words[0][0]):
        return None
    return next((town for _, end in reversed(words) if (town := _town(plain, words[0][0], end, code))), None)


def _town_before(plain: str, place: int, code: str) -> Found | None:
    """Give the town whose name ends at *place*: « Poitiers (86000) »."""
    words = [match.span() for match in _WORD.finditer(plain, max(0, place - 60), place)][-LONGEST_NAME:]
    if not words or not _GAP.fullmatch(plain, words[-1][1], place):
        return None
    return next((town for start, _ in words if (town := _town(plain, start, words[-1][1], code))), None)


def _town(plain: str, start: int, end: int, code: str | None) -> Found | None:
    name = _name(plain[start:end], code)
    return Found(Kind.TOWN, name, start, end) if name else None


def _name(words: str, code: str | None) -> str | None:
    """Give the town's name as it is written; the one name of several towns is enough (« Saint-Denis »)."""
    if town := find_town(words, code):
        return spoken_town(town.name)
    wanted = fold(words)
    codes = [] if code else postal_codes_of(words)
    names = {name for one in codes for town in towns_of(one) if fold(name := spoken_town(town.name)) == wanted}
    return min(names, key=lambda name: (not name.isascii(), name), default=None)


def towns(message: Folded) -> Iterator[Found]:
    """
    Find towns with no code beside them, where a place is expected: « à Lyon », « j'habite a lyon », « l'agence de Niort ».

    Many towns are ordinary words (Charge, Sens, Aucun): without a capital nor a verb of dwelling only large ones count.
    """
    for match in _WHERE.finditer(message.plain):
        town = _with_article(message.plain, match) if match["near"] in _ARTICLE else _town_after(message.plain, match.end(), None)
        if town and message.plain[town.start:town.end] not in _NO_TOWN and _is_meant(message, match, town):
            yield town


def _with_article(plain: str, where: re.Match[str]) -> Found | None:
    """« au Havre » is in Le Havre."""
    word = _WORD.match(plain, where.end())
    name = word and _name(f"{_ARTICLE[where['near']]} {word.group()}", None)
    return Found(Kind.TOWN, name, *word.span()) if name and word else None


def _is_meant(message: Folded, where: re.Match[str], town: Found) -> bool:
    typed = message.typed(town.start, town.end)
    has_capital = typed[:1].isupper() and not message.text.isupper()
    return has_capital or is_large_town(str(town.value)) or bool(not where["office"] and _LIVES.search(before(message.plain, where.start(), 60)))


def is_large_town(name: str) -> bool:
    """Say whether *name* is that of a town with a postal code of its own: a prefecture or nearly (« 86000 », « 75011 »)."""
    return any(code[2:4] == "00" or code[:3] in ("750", "690", "130") for code in postal_codes_of(name))
