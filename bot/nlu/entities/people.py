"""The people a message speaks of: ``tables/relations.yml``, and first names where one can only stand. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from bot.nlu.entities.calendar_words import MONTHS, WEEKDAYS, any_of
from bot.nlu.entities.folding import Folded
from bot.nlu.entities.found import Found, Kind
from bot.nlu.entities.places import is_large_town
from bot.nlu.text import fold

UNKNOWN = "unknown"
"""The relation of « pour Léa »."""

_TABLE: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "tables" / "relations.yml").read_text(encoding="utf-8"))
_RELATION_OF: dict[str, str] = {word: relation for relation, words in _TABLE["relations"].items() for word in words}
_FORM_OF: dict[str, str] = {form: relation for relation, forms in _TABLE["forms"].items() for form in forms}
_NOT_NAMES = {*_TABLE["alone"], *_TABLE["not_names"], *_RELATION_OF, *MONTHS, *WEEKDAYS}

_OWNER = r"\b(?:mon|ma|mes|notre|nos|mn)"
_BEFORE = r"(?: (?:petite?s?|grande?s?|jeune|propres?|nouve(?:au|lle)|future?|deux|trois|quatre|cinq|\d|chere?|feue?|premiere?|second|seconde|defunte?|autres?|seule?))*?"
_WORDS = "|".join(re.escape(word).replace(r"\ ", "[sx]? ") for word in sorted(_RELATION_OF, key=len, reverse=True))
_RELATION = re.compile(rf"{_OWNER}{_BEFORE} (?P<word>{_WORDS})[sx]?\b(?:(?<!petit)(?<!petite) (?:ainee?s?|cadet(?:te)?s?)\b)?")
_ALONE = re.compile(
    rf"{_OWNER}(?: (?:deux|trois|\d))? (?:{any_of(_TABLE['alone'])})s?(?= ?(?:$|[,.;:!?)]|(?:a|ai|au|aux|avec|chez|dans|de|du|dont|doit|elle|en|est|et|eu|fait|il|n'|ne|ont|par|"
    r"pour|pr|qui|sont|va|y|malade)\b))")
_FORM = re.compile(rf"\b(?P<word>{any_of(_FORM_OF)})\b")
_CALLED = re.compile(r"(?: ?, ?| | ?\()(?:qui s'appelle |qui se prenomme |s'appelle |prenommee? |nommee? )?")
_FOR = re.compile(r"\bpour (?=[a-z])")
_FIRST_NAME = re.compile(r"[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ]+(?:['’-][A-ZÀ-ÖØ-Þ]?[a-zà-öø-ÿ]+)*(?![\w@])")


def people(message: Folded) -> Iterator[Found]:
    """Find people: ``{"relation": …}`` and their ``name`` when it is written with its capital."""
    for match in _RELATION.finditer(message.plain):
        yield _person(message, _relation(match["word"]), *match.span())
    for match in _ALONE.finditer(message.plain):
        yield _person(message, "child", *match.span())
    for match in _FORM.finditer(message.plain):
        yield Found(Kind.PERSON, {"relation": _FORM_OF[match["word"]]}, *match.span())
    for match in _FOR.finditer(message.plain):
        if (name := _name_at(message, match.end())) and not is_large_town(name):
            yield Found(Kind.PERSON, {"relation": UNKNOWN, "name": name}, match.end(), match.end() + len(name))


def _relation(word: str) -> str:
    return _RELATION_OF.get(word) or _RELATION_OF[" ".join(part.rstrip("sx") for part in word.split(" "))]


def _person(message: Folded, relation: str, start: int, end: int) -> Found:
    called = _CALLED.match(message.plain, end)
    if called and (name := _name_at(message, called.end())):
        return Found(Kind.PERSON, {"relation": relation, "name": name}, start, called.end() + len(name))
    return Found(Kind.PERSON, {"relation": relation}, start, end)


def _name_at(message: Folded, place: int) -> str | None:
    """Give the first name that begins at *place*; in a message all in capitals none can be told from a word."""
    if place >= len(message.places) or message.text.isupper():
        return None
    match = _FIRST_NAME.match(message.text, message.places[place])
    return match.group() if match and fold(match.group()) not in _NOT_NAMES else None
