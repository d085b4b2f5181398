"""The days a message speaks of: names found, intervals joined, « depuis » carried to today, past or future guessed. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.nlu.entities import day_readings as means
from bot.nlu.entities.day_forms import FORMS
from bot.nlu.entities.folding import Folded, before
from bot.nlu.entities.found import Found, Kind, longest
from bot.nlu.entities.periods import Period, Toward

_MAYBE_A_DAY = re.compile(
    r"\d|janv|fe[vb]|mars|avr|mai|juin|juil|aou|se[pt]|octo?|nov|dec|des|lun|mar|mer?c|jeu|vend|sam|dim|hier|aujo|ojo|ajd|auj|ce |dmain|demain|"
    r"semaine|mois|an|week|we|derni|passe|prochai|jour|ete|hiver|autom|print")
_TO = re.compile(r" ?(?:au|a|jusqu'au|jusqu'a|jusqu'en|->|→|-) (?:le )?$")
_AND = re.compile(r" et (?:le |en )?$")
_BETWEEN = re.compile(r"\bentre (?:le |la )?$")
_SINCE = re.compile(r"\b(?:depuis|depui|dpuis|dps) (?:le |la |l'|les |en )?$")
_EMERGENCY = re.compile(r"\b(?:appel\w*|compos\w*|fai(?:re|tes)) (?:le|au) $")
_STREET = re.compile(r"\b(?:rue|avenue|av|place|boulevard|bd|bld|square|allees?|quai|cours|impasse|residence|cite|lycee|ecole|college) (?:du |de la |des |de l')?$")
_WEEK = re.compile(r"\bsemaine du (?:lundi )?$")
_CLAUSE = re.compile(r".*[.!?;,(](?= |\w)")
_COMING = re.compile(
    r"\ba partir\b|\ba compter\b|\bdes (?:le )?$|\bd'ici\b|\bjusqu'|\bavant (?:le )?$|\bprochain|\b(?:vais|va|vont|allons|allez|dois|doit|prevue?s?|programmee?|"
    r"accouche|demenage|emmenage|ouverte?s?|future?)\b|\w{2,}(?:erai|irai|eront|erons|erez)\b|\b(?:sera|seras|aura)\b|"
    r"(?<!eu )\b(?:rdv|rendez[- ]vous)\b")
_GONE = re.compile(r"\bj' ?ai (?!rdv|rendez)|\b(?:nous avons|on a|m'ont|m'a|depuis|etais|etait|datant|facture|decompte|releve|soins?)\b")


@dataclass(frozen=True)
class _Name:
    """A name of days between *start* and *end*, its *reading* and the *parts* it reads."""

    start: int
    end: int
    reading: means.Reading
    parts: means.Parts

    @property
    def is_bare(self) -> bool:
        """Whether it takes its month from its neighbour: « du **3** au 15 mai »."""
        return self.reading is means.day_number


def dates(message: Folded, on: date) -> Iterator[Found]:
    """Find the days that *message*, written on *on*, speaks of: ``{"from": …, "to": …}``, both included."""
    if not _MAYBE_A_DAY.search(message.plain):
        return
    names = longest(_names(message.plain))
    while names:
        first, others = names[0], names[1:]
        toward = _toward(message.plain, first.start)
        joined = _joined(message.plain, first, others[0], on, toward) if others else None
        period = joined or first.reading(first.parts, _anchor(message.plain, first, others, on, toward), toward)
        names = others[1:] if joined else others
        if period:
            yield _found(message.plain, first.start, others[0].end if joined else first.end, period, on)


def _names(plain: str) -> Iterator[_Name]:
    """Find every name; one that is no day (« 31 juin », « 1/2 ») still holds its words against shorter readings."""
    for pattern, reading in FORMS:
        for match in pattern.finditer(plain):
            parts = {key: part for key, part in match.groupdict().items() if part}
            start, end = match.span("says" if "says" in parts else 0)
            yield _Name(start, end, _nothing if _is_a_name_of_something(plain, start, reading) else reading, parts)


def _is_a_name_of_something(plain: str, start: int, reading: means.Reading) -> bool:
    """Say whether it names a street (« rue du 8 mai 1945 ») or a telephone (« appelez le 15 »)."""
    lead = before(plain, start)
    return bool(_STREET.search(lead) or (reading is means.day_number and _EMERGENCY.search(lead)))


def _nothing(_: means.Parts, __: date, ___: Toward) -> Period | None:
    """Read no day in words that must not be read otherwise either."""


def _toward(plain: str, start: int) -> Toward:
    """Look back, unless the words of the clause before *start* say that it is to come."""
    clause = _CLAUSE.sub("", before(plain, start, 200))
    coming, gone = (max((cue.start() for cue in cues.finditer(clause)), default=-1) for cues in (_COMING, _GONE))
    return Toward.AHEAD if coming > gone else Toward.BACK


def _joined(plain: str, first: _Name, second: _Name, on: date, toward: Toward) -> Period | None:
    """Give the interval that both make (« du 3 au 15 mai », « entre mars et juin »); None when they stand apart."""
    between = plain[first.end:second.start]
    if not (_TO.fullmatch(between) or (_AND.fullmatch(between) and _BETWEEN.search(before(plain, first.start)))):
        return None
    end = second.reading(second.parts, on, toward)
    start = end and first.reading(first.parts, end.last, Toward.BACK)
    return Period(start.first, end.last) if start and end else None


def _anchor(plain: str, name: _Name, others: list[_Name], on: date, toward: Toward) -> date:
    """Give the day *name* is counted from: *on*, or its neighbour in « le 3 et le 15 mai »."""
    if not (name.is_bare and others and not others[0].is_bare and _AND.fullmatch(plain[name.end:others[0].start])):
        return on
    neighbour = others[0].reading(others[0].parts, on, toward)
    return neighbour.first if neighbour else on


def _found(plain: str, start: int, end: int, period: Period, on: date) -> Found:
    if _WEEK.search(before(plain, start)):
        period = Period.week_of(period.first)
    since = _SINCE.search(before(plain, start))
    if since and period.first <= on:
        start, period = start - len(since.group()), Period(period.first, on)
    return Found(Kind.DATE, {"from": period.first.isoformat(), "to": period.last.isoformat()}, start, end)
