"""
French towns and their postal codes, looked up as people write them.

The table ``tables/towns.tsv.gz`` (postal code, commune, routing label) is derived from the Etalab open data shipped in
the npm package ``codes-postaux`` 4.1.2 (code MIT, data Licence Ouverte); ``tables/README.md`` says how to rebuild it.
Nothing is read at import: the first call reads the table and keeps it.
"""

from __future__ import annotations

import gzip
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz, process

from kernel.paths import TABLES

_CLOSE_ENOUGH = 75
_POSTAL_CODE = re.compile(r"\b\d{5}\b")
_CEDEX = re.compile(r"\bcedex\b(?: \d+\b)?")
_SAINTS = re.compile(r"\bst(e?s?)\b")
_SUR = re.compile(r"\bs ?/ ?", re.IGNORECASE)
_NOT_A_LETTER = re.compile(r"[^a-z0-9\n]+")
_DISTRICT = re.compile(r"\b(paris|lyon|marseille) 0?(\d\d?) ?(?:ere?|e|i?eme|nde?)?(?: arr\w*)?$")


class Town(NamedTuple):
    """A commune under one postal code; *label* is what the post writes on the last line of an address."""

    postal_code: str
    name: str
    label: str


def towns_of(postal_code: str) -> list[Town]:
    """Give the towns delivered under *postal_code*; none when it is unknown (a « cedex » code belongs to a firm)."""
    return _by_postal_code().get(postal_code.strip(), []).copy()


def postal_codes_of(town_name: str) -> list[str]:
    """Give the postal codes of a town, in order; a city with districts (« Paris ») gives them all."""
    return sorted({town.postal_code for town in _named(fold(town_name), None)})


def find_town(text: str, postal_code: str | None = None) -> Town | None:
    """
    Find the one town that *text* names, under *postal_code* (given, or written in *text*) when it is a known one.

    None when there is no such town, or several: `suggest_towns` then gives the choice.
    """
    found = _named(fold(text), _known_code(text, postal_code))
    return found[0] if len(found) == 1 else None


def suggest_towns(text: str, postal_code: str | None = None, limit: int = 5) -> list[Town]:
    """Give the towns *text* may mean, likeliest first: those of the postal code when it is known, else by spelling."""
    wanted, code = fold(text), _known_code(text, postal_code)
    if code:
        return sorted(towns_of(code), key=lambda town: -fuzz.ratio(wanted, fold(town.name)))[:limit]
    close = process.extract(wanted, _by_name().keys(), scorer=fuzz.ratio, score_cutoff=_CLOSE_ENOUGH, limit=limit)
    likely = [*_named(wanted, None), *(town for name, _, _ in close for town in _by_name()[name])]
    return list(dict.fromkeys(likely))[:limit]


def fold(text: str) -> str:
    """Bring a name to the form names are compared in: « St-Étienne CEDEX 2 » is ``saint etienne``."""
    plain = " ".join(_plain([_SUR.sub(" sur ", text)])[0].split())
    bare = _CEDEX.sub("", _POSTAL_CODE.sub("", plain))
    return _DISTRICT.sub(r"\1 \2", _SAINTS.sub(r"saint\1", " ".join(bare.split())))


def _plain(names: list[str]) -> list[str]:
    """Lower case, no accent, one space between words; all the names at once, which is ten times faster."""
    lower = "\n".join(names).lower().replace("œ", "oe").replace("æ", "ae").replace("’", " ")
    plain = unicodedata.normalize("NFD", lower).encode("ascii", "ignore").decode()
    return [line.strip() for line in _NOT_A_LETTER.sub(" ", plain).split("\n")]


def _known_code(text: str, postal_code: str | None) -> str | None:
    written = _POSTAL_CODE.search(text)
    code = postal_code or (written.group() if written else "")
    return code if code in _by_postal_code() else None


def _named(folded: str, code: str | None) -> list[Town]:
    for index in (_by_name, _by_city, _by_label):
        if found := [town for town in index().get(folded, ()) if code in (None, town.postal_code)]:
            return found
    return []


@lru_cache(maxsize=1)
def _towns() -> list[Town]:
    lines = gzip.decompress((TABLES / "towns.tsv.gz").read_bytes()).decode().splitlines()
    return [Town(*line.split("\t")) for line in lines]


@lru_cache(maxsize=1)
def _by_postal_code() -> dict[str, list[Town]]:
    return _index(town.postal_code for town in _towns())


@lru_cache(maxsize=1)
def _by_name() -> dict[str, list[Town]]:
    plain = _plain([town.name for town in _towns()])
    return _index(_DISTRICT.sub(r"\1 \2", name) if name.endswith("arrondissement") else name for name in plain)


@lru_cache(maxsize=1)
def _by_city() -> dict[str, list[Town]]:
    """Index the cities cut in districts: « paris » gives its twenty."""
    return _index(name.split(" ")[0].lower() if "Arrondissement" in name else "" for _, name, _ in _towns())


@lru_cache(maxsize=1)
def _by_label() -> dict[str, list[Town]]:
    return _index(_SAINTS.sub(r"saint\1", label) for label in _plain([town.label for town in _towns()]))


def _index(keys: Iterable[str]) -> dict[str, list[Town]]:
    index: defaultdict[str, list[Town]] = defaultdict(list)
    for key, town in zip(keys, _towns(), strict=True):
        if key:
            index[key].append(town)
    return dict(index)
