"""A French postal address as people type it, read into its parts. Pure but for the table of towns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from bot.phrasing.acronyms import fold
from bot.phrasing.dates import read_day
from kernel.towns import find_town, postal_codes_of, towns_of

_POSTAL_CODE = re.compile(r"(?<!\d)(?:F-?)?(\d{2} ?\d{3})(?!\d)")
_WAYS = (r"rue|r\.|avenue|av\.?|ave\.?|boulevard|bd\.?|bld\.?|boul|chemin|che?m\.?|impasse|imp\.?|place|pl\.?|allees?|all\.?|route|rte\.?|"
         r"lieu[- ]?dit|residence|res\.?|lotissement|lot\.?|quai|cours|hameau|cite|square|sq\.?|passage|villa|sentier|ruelle|"
         r"faubourg|fbg|esplanade|promenade|rond[- ]point|domaine|clos|venelle|traverse|montee|voie|bourg|village|moulin|grange|bp|apt\.?|appartement|batiment|bat\.?|mas|ferme")
_STREET = re.compile(rf"\b(?:\d{{1,4}} ?(?:bis|ter|quater|[a-d])?\b[ ,]*)?(?:l[ea]s? |l')?(?:{_WAYS})(?=[\s\d]|$)", re.IGNORECASE)
_NUMBERED = re.compile(r"\b\d{1,4} ?(?:bis|ter|quater|[a-dA-D])?,? +(?!euros?|€|ans|jours|mois|enfants|fois|h\b)[a-zà-ÿ]{3,}", re.IGNORECASE)
_LEAD = re.compile(
    r"^.*?(?:j'?habite(?:rai|rons)?|nous habitons|on habite|je (?:vis|loge|reside)|(?:ma|la|notre|mon) (?:nouvelle )?(?:adresse|addresse|adress)"
    r"(?: (?:postale|complete))?(?: est| c'?est| sera|\s*:)?|(?:nouvelle )?adresse ?:|c'?est|ce sera|maintenant|desormais|dorenavant|demenag\w*|emmenag\w*|pardon|plutot|en fait|non)"
    r"[ ,:]*(?:au|a|à|chez|dans|le|:|l'adresse)?[ ,:]*", re.IGNORECASE)
_CORRECTION = re.compile(r"\b(non|pardon|erreur|trompe|plutot|en fait|corrige[rz]?|modifie[rz]?|change[rz]?|rectifi\w+|attendez|oups|je voulais dire|c est pas|pas le bon|mauvais)\b")
_TRAILING_DATE = re.compile(r",?\s*(?:a partir du|à partir du|à compter du|a compter du|depuis le|des le|dès le|depuis|dès|des (?=aujourd|demain|maintenant)).*$", re.IGNORECASE)


@dataclass(frozen=True)
class Parts:
    """What a message holds of an address; *bad_postal_code* is one that does not exist."""

    street: str | None = None
    postal_code: str | None = None
    town: str | None = None
    from_on: date | None = None
    bad_postal_code: str | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was found."""
        return not (self.street or self.postal_code or self.town or self.from_on or self.bad_postal_code)


def is_correction(text: str) -> bool:
    """Say whether the member takes back something already given."""
    return bool(_CORRECTION.search(fold(text).replace("'", " ")))


def read_address(text: str, today: date, *, asked: str | None = None, known_postal_code: str | None = None) -> Parts:
    """
    Read what *text* holds, whatever was asked; *asked* (``street``, ``postal_code``, ``town``, ``from_on``) helps with bare
    answers (« Poitiers », « demain »).
    """
    text = " ".join(text.split())
    code, bad = _postal_code(text, asked)
    street = _street(text, code, asked)
    town = _town(text, code or known_postal_code, asked, has_code=code is not None)
    from_on = read_day(text, today) if asked == "from_on" or _says_when(text) else None
    return Parts(street, code or (_only_code(town) if town and not known_postal_code else None), town, from_on, bad)


def _postal_code(text: str, asked: str | None) -> tuple[str | None, str | None]:
    for found in _POSTAL_CODE.finditer(text):
        code = found.group(1).replace(" ", "")
        if towns_of(code):
            return code, None
        if asked == "postal_code" or " " not in found.group(1):
            return None, code
    if asked == "postal_code" and (digits := re.fullmatch(r"\D{0,20}(\d[\d ]{1,8})\D{0,3}", text)):
        return None, digits.group(1).strip()
    return None, None


def _street(text: str, code: str | None, asked: str | None) -> str | None:
    before = text.split(code, maxsplit=1)[0] if code and code in text else re.split(r"\b\d{2} ?\d{3}\b", text)[0] if code else text
    folded = fold(before)
    way, numbered = _STREET.search(folded), _NUMBERED.search(folded)
    if not way and not (numbered and (asked == "street" or code)):
        return None
    start = min(found.start() for found in (way, numbered) if found)
    street = _TRAILING_DATE.sub("", before[start:]).strip(" ,.;:!-")
    street = re.sub(r"\s+(?:à|a|,)\s*$", "", street)
    return street[:1].upper() + street[1:] if 3 <= len(street) <= 120 else None


def _town(text: str, code: str | None, asked: str | None, *, has_code: bool) -> str | None:
    tail = re.split(r"\b\d{2} ?\d{3}\b", text)[-1] if has_code else text
    tail = _TRAILING_DATE.sub("", tail).strip(" ,.;:!-()")
    if has_code and tail and (found := _best_town(tail, code)):
        return found
    if asked in ("town", "postal_code") and not has_code and not any(c.isdigit() for c in _LEAD.sub("", tail)):
        for words in (tail, _LEAD.sub("", tail, count=1)):
            if words and (found := _best_town(words, code if asked == "town" else None)):
                return found
    only = towns_of(code) if has_code and code else []
    return spoken_town(only[0].name) if len(only) == 1 else None


def _best_town(words: str, code: str | None) -> str | None:
    """Find the town at the beginning of *words*, the longest name first."""
    pieces = words.split()
    for end in range(min(len(pieces), 7), 0, -1):
        if town := find_town(" ".join(pieces[:end]), code):
            return spoken_town(town.name)
        if code is None and len(set(postal_codes_of(" ".join(pieces[:end])))) > 1:
            return None
    return None


def spoken_town(name: str) -> str:
    """The post writes « Paris », not « Paris 11e Arrondissement »: the postal code says which."""
    return name.split(maxsplit=1)[0] if name.endswith("Arrondissement") else name


def _only_code(town: str) -> str | None:
    codes = postal_codes_of(town)
    return codes[0] if len(codes) == 1 else None


def _says_when(text: str) -> bool:
    return bool(re.search(r"\b(a partir|à partir|a compter|à compter|depuis|des le|dès le|dès|au \d|le \d{1,2} (?!rue|avenue|bd|place|allee|chemin|bis))\b", text, re.IGNORECASE))


LONGEST_LINE = 38
"""French postal norm (NF Z10-011): a line of an address has at most 38 characters."""


def lines_of(street: str) -> tuple[str, str | None] | None:
    """Cut what was read into the street's line and, when needed, a line for the building; None when it cannot fit."""
    if len(street) <= LONGEST_LINE:
        return street, None
    pieces = [piece.strip() for piece in street.split(",") if piece.strip()]
    for place in range(len(pieces) - 1, 0, -1):
        before, after = ", ".join(pieces[:place]), ", ".join(pieces[place:])
        if len(before) <= LONGEST_LINE and len(after) <= LONGEST_LINE:
            return (after, before) if _NUMBERED.match(fold(after)) or _STREET.match(fold(after)) else (before, after)
    return None
