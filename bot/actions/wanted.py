"""Which reimbursements a message speaks of: a period, a kind of care, a person, an amount. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from bot.nlu.entities.care import kinds_of_care
from bot.phrasing.acronyms import fold
from kernel.reimbursement.kinds import variants_of
from member_api.contract import CoveredPerson, Reimbursement, Relationship

Entities = Sequence[Mapping[str, Any]]
_WHOLE_HEADING = frozenset({"dental_care"})
"""« le dentiste » made the crown too: these words stand for all that is under their heading."""
_RELATIONS = {"self": Relationship.SELF, "spouse": Relationship.SPOUSE, "child": Relationship.CHILD}
_STEM = 5


@dataclass(frozen=True)
class Wanted:
    """
    What a message asks for. *people*: those it names whose lines can be read; *unseen*: the first names of those whose lines
    cannot; *has_stranger*: it names somebody the contract does not cover. *typed*: the words for the care, folded.
    """

    period: tuple[date, date] | None = None
    care: str | None = None
    typed: str = ""
    people: tuple[CoveredPerson, ...] = ()
    unseen: tuple[str, ...] = ()
    has_stranger: bool = False
    amounts: tuple[Decimal, ...] = ()

    def of_person(self, lines: Iterable[Reimbursement]) -> list[Reimbursement]:
        """Give the lines of the people named; all when nobody is."""
        ids = {one.id for one in self.people}
        return [line for line in lines if not ids or line.beneficiary_id in ids]

    def of_care(self, lines: Iterable[Reimbursement]) -> list[Reimbursement]:
        """Give the lines of the kind of care named, the nearest to the words: the kind itself, else its heading."""
        lines = list(lines)
        if self.care is None:
            return lines
        kinds = {self.care, *(kind.name for kind in variants_of(self.care))}
        found = [line for line in lines if line.care_kind in kinds]
        if self.care in _WHOLE_HEADING or not found:
            heading = kinds_of_care().get(self.care, self.care)
            found = [line for line in lines if line.covered_as == heading] or found
        stem = self.typed[:_STEM]
        named = [line for line in found if len(stem) == _STEM and stem in fold(line.practitioner)]
        return named or found

    def of_period(self, lines: Iterable[Reimbursement], *, also_paid: bool = False) -> list[Reimbursement]:
        """Give the lines whose care is in the period; *also_paid*: or whose transfer, for the day a statement bears."""
        if self.period is None:
            return list(lines)
        first, last = self.period
        days = ((line, (line.care_on, line.paid_on, line.received_on) if also_paid else (line.care_on,)) for line in lines)
        return [line for line, known in days if any(day and first <= day <= last for day in known)]

    def of_amount(self, lines: Iterable[Reimbursement]) -> list[Reimbursement]:
        """Put first the lines that bear an amount told; the order is kept otherwise."""
        amounts = set(self.amounts)
        return sorted(lines, key=lambda line: amounts.isdisjoint({line.billed, line.paid_by_us, line.out_of_pocket}))


def wanted(text: str, entities: Entities, people: Sequence[CoveredPerson]) -> Wanted:
    """Read what *text* asks for; *entities* are those of bot.nlu.entities, *people* those the contract covers."""
    values: dict[str, list[Any]] = {}
    for one in entities:
        values.setdefault(str(one.get("entity")), []).append(one["value"])
    care = next((one for one in entities if one.get("entity") == "care"), None)
    named, has_stranger = _people(text, values.get("person", []), people)
    return Wanted(
        period=next(((date.fromisoformat(one["from"]), date.fromisoformat(one["to"])) for one in values.get("date", [])), None),
        care=str(care["value"]) if care else None,
        typed=fold(text[care.get("start", 0):care.get("end", 0)]) if care else "",
        people=tuple(one for one in named if one.sight is not None),
        unseen=tuple(one.first_name for one in named if one.sight is None),
        has_stranger=has_stranger and not named,
        amounts=tuple(Decimal(int(cents)) / 100 for cents in values.get("amount", [])))


def _people(text: str, spoken: Sequence[Mapping[str, Any]], people: Sequence[CoveredPerson]) -> tuple[list[CoveredPerson], bool]:
    """Give who is named, by a first name or by what he is to the member; and whether somebody else is."""
    by_name = [one for one in people if is_named(one.first_name, text)]
    if by_name:
        return by_name, False
    relations = {str(one.get("relation")) for one in spoken}
    found = [one for one in people if one.relationship in {_RELATIONS[name] for name in relations & set(_RELATIONS)}]
    others = relations - set(_RELATIONS) - {"family"}
    has_unknown_name = any(one.get("name") for one in spoken)
    return ([], True) if has_unknown_name else (found, bool(others) or bool(relations & set(_RELATIONS) and not found))


def is_named(first_name: str, text: str) -> bool:
    """Say whether *text* names *first_name*: with its capital, or after « de », « pour »… (« rose » is also a colour)."""
    name = re.escape(fold(first_name))
    return any(text[found.start(1)].isupper() or found[0] != found[1]
               for found in re.finditer(rf"(?:\b(?:de |d'|pour |et |a |chez |prenom ))?\b({name})\b", fold(text))
               if len(fold(text)) == len(text))
