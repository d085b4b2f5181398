"""
Is somebody in danger? Weighs the signs found in a message against what it says of papers and of the past. Pure.

A missed danger is worse than a needless answer: only an idiom, a past told with its papers, or a general question
keeps a strong sign from answering, and the last two still give a reminder.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.safety.signs import RuleBook, Sign, rule_book

ENOUGH, ENOUGH_BESIDE_PAPERS = 2, 3
_FIRST = ("urgence_medicale", "violences_danger", "detresse")  # a life first, when two weigh the same


@dataclass(frozen=True)
class Danger:
    """
    A danger. *topic*: urgence_medicale, detresse or violences_danger; *variant*: general, poisoning, child, threat;
    *is_reminder*: it is over or general, one line is said before the normal answer; *also*: other topics present.
    """

    topic: str
    variant: str = "general"
    is_reminder: bool = False
    also: tuple[str, ...] = ()


def look(text: str) -> Danger | None:
    """Give the danger *text* tells of, or None."""
    book = rule_book()
    lines = book.vocabulary.lines(text)
    found = _signs_in([_without_innocent(line, book) for line in lines], book)
    if not found:
        return None
    said = {name for name, patterns in book.contexts.items() if any(p.search(line) for p in patterns for line in lines)}
    if said & {"papers", "insurance"}:
        found = [sign for sign in found if not sign.is_apart]
    weighty = _weighty(found, ENOUGH_BESIDE_PAPERS if "papers" in said and "now" not in said else ENOUGH)
    present = [sign for sign in weighty if not _is_over(sign, said)]
    return _danger(present or weighty, is_reminder=not present) if weighty else None


def _without_innocent(line: str, book: RuleBook) -> str:
    for idiom in book.innocent:
        line = idiom.sub("— ", line)
    return line


def _signs_in(lines: list[str], book: RuleBook) -> list[Sign]:
    return [sign for sign in book.signs if any(sign.is_in(line) for line in lines)]


def _weighty(found: Iterable[Sign], enough: int) -> list[Sign]:
    found = list(found)
    weights: dict[str, int] = {}
    for sign in found:
        weights[sign.topic] = weights.get(sign.topic, 0) + sign.weight
    return [sign for sign in found if weights[sign.topic] >= enough]


def _is_over(sign: Sign, said: set[str]) -> bool:
    if "now" in said or sign.variant == "threat":
        return False
    if sign.topic != "urgence_medicale":
        return ("papers" in said and "long_ago" in said) or ("papers" in said and "general" in said)
    if sign.is_event:
        return bool(said & {"past", "papers", "general"})
    return "papers" in said and bool(said & {"past", "care", "general"})


def _danger(signs: list[Sign], *, is_reminder: bool) -> Danger:
    weights = {topic: sum(sign.weight for sign in signs if sign.topic == topic) for topic in _FIRST}
    topic = max(_FIRST, key=lambda one: min(weights[one], ENOUGH_BESIDE_PAPERS))
    variants = [sign.variant for sign in signs if sign.topic == topic and sign.weight > 1 and sign.variant != "general"]
    others = tuple(other for other in _FIRST if other != topic and weights[other] >= ENOUGH)
    return Danger(topic, variants[0] if variants else "general", is_reminder, others)
