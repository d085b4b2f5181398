"""Amounts, in cents, and rates, in per cent. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.nlu.entities.folding import Folded, before
from bot.nlu.entities.found import Found, Kind
from bot.nlu.entities.numbers import SPELT, whole_number

_FIGURES = r"(?P<whole>\d{1,3}(?:[ .]\d{3})+|\d{1,9})(?:[.,](?P<part>\d{1,2}))?(?!\d)"
_NOT_INSIDE = r"(?<![\d/])(?<!\d[.,])"
_UNIT = r"(?:€|(?:euros?|eurs?|balles?|boules)\b)"
_COUNTED = r"(?! ?(?:%|€|e\b|euros?|eur\b|balles|ans?\b|jours?|j\b|mois|fois|semaines?|h\b|heures?|pour ?cent|[/.,:]\d|\d))"
# « 12€50 », « 12 euros 50 », « 12 euros et 50 centimes »; « 12 € 50 % » is two things.
_CENTS = rf"(?: ?(?P<cents>\d\d)(?!\w){_COUNTED}|(?: et)? (?P<centimes>\d\d?) ?(?:centimes?|cts?)\b)?"
_SPELT_CENTS = rf"(?:(?: et)? (?P<cents>(?!une?\b|cent|mille){SPELT})\b{_COUNTED}(?: centimes?)?)?"
# « 45e » is money; « la 2e fois », « dans le 15e » and « Paris 11e » are ranks.
_RANK = r"(?!['-]| ?(?:arr|fois|jours?|mois|etage|siecle|paire|rue|annee|anniversaire|enfant|semaine))"
_AFTER_ARTICLE = re.compile(r"\b(?:le|la|du|au|dans|paris|lyon|marseille|chaque|quelle?) $")

_AMOUNTS = tuple(re.compile(pattern) for pattern in (
    rf"{_NOT_INSIDE}{_FIGURES} ?{_UNIT}{_CENTS}",
    rf"(?<!\d)(?<!\d )€ ?{_FIGURES}",
    rf"\b(?P<spelt>{SPELT}) {_UNIT}{_SPELT_CENTS}",
    rf"{_NOT_INSIDE}(?P<cents>\d\d?) ?(?:centimes?|cts?)\b",
    rf"\b(?P<cents>{SPELT}) centimes?\b",
))
_BARE_E = re.compile(rf"{_NOT_INSIDE}(?=\d\d|\d[.,]\d){_FIGURES} ?e\b{_RANK}")
_RATE = re.compile(rf"(?:{_NOT_INSIDE}(?P<figures>\d{{1,4}})(?:[.,]0+)?|\b(?P<spelt>{SPELT})) ?(?:%|pour ?cents?\b|p\. ?cent\b)")


def amounts(message: Folded) -> Iterator[Found]:
    """Find amounts: « 50 balles », « 1 200 € », « 12€50 », « 45e », « trente-cinq euros »."""
    for pattern in _AMOUNTS:
        for match in pattern.finditer(message.plain):
            if (cents := _cents(match.groupdict())) is not None:
                yield Found(Kind.AMOUNT, cents, *match.span())
    for match in _BARE_E.finditer(message.plain):
        if not _AFTER_ARTICLE.search(before(message.plain, match.start())) and (cents := _cents(match.groupdict())) is not None:
            yield Found(Kind.AMOUNT, cents, *match.span())


def _cents(parts: dict[str, str | None]) -> int | None:
    after = parts.get("cents") or parts.get("centimes")
    cents = whole_number(after) if after else int((parts.get("part") or "0").ljust(2, "0"))
    whole = whole_number(parts["spelt"]) if parts.get("spelt") else int(re.sub(r"\D", "", parts.get("whole") or "0"))
    return None if whole is None or cents is None else whole * 100 + cents


def rates(message: Folded) -> Iterator[Found]:
    """Find rates that are whole: « 100% », « 200 pour cent »."""
    for match in _RATE.finditer(message.plain):
        rate = whole_number(match["figures"] or match["spelt"])
        if rate is not None:
            yield Found(Kind.PERCENTAGE, rate, *match.span())
