"""What a visit of a given price would leave to pay, with the member's own guarantee: an estimate (docs/domain/reimbursement.md)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.actions.ports import Ports
from bot.actions.turn import say_card, say_phrase, text_of
from bot.actions.wanted import Wanted, wanted
from bot.phrasing.phrasebook import Button
from bot.phrasing.reimbursement_steps import settled_card
from kernel.errors import NotFound
from kernel.organisation import organisation
from kernel.reimbursement.care import Act, CannotCompute
from kernel.reimbursement.cover import Cover
from kernel.reimbursement.guarantee import NOTHING, Guarantee, just
from kernel.reimbursement.kinds import CareKind, variants_of
from kernel.reimbursement.settlement import Settled, settle
from kernel.reimbursement.situation import Situation
from member_api.contract import Benefit, CoveredPerson, Relationship, WaitingPeriod

BENEFITS = Button("Voir mes garanties", topic="garanties")
PERSON = Button("Parler à un conseiller", act="handoff")
OF_A_VISIT = frozenset({"general_practitioner", "specialist", "specialist_without_optam", "teleconsultation", "osteopathy", "psychology"})
"""Kinds whose base is a figure, or nothing: the others depend on the prescription or the quote."""


async def show_estimate(ports: Ports, tracker: Tracker, say: CollectingDispatcher, topic: str) -> bool:
    """Compute what is left of the price told; ask for the professional and the price when one is missing."""
    if ports.file is None:
        return False
    people = await ports.file.read("beneficiaries", lambda members, caller: members.beneficiaries(caller))
    asked = wanted(text_of(tracker), tracker.latest_message.get("entities") or (), people)
    kinds = [kind for kind in variants_of(asked.care or "") if kind.name in OF_A_VISIT]
    person = person_of(asked, people)
    if not kinds or not asked.amounts or person is None:
        say_phrase(say, ports.phrase("estimate_ask"), topic=topic)
        return True
    try:
        benefits = await ports.file.read("benefits", lambda members, caller: members.benefits(caller, contract_id=person.contract_id))
    except NotFound:
        return False
    periods = await ports.file.read("waiting_periods", lambda members, caller: members.waiting_periods(caller))
    care_on = asked.period[0] if asked.period else ports.context.now.astimezone(organisation().timezone).date()
    found = list(estimates(kinds, asked.amounts[0], care_on, person, benefits.benefits, periods))
    if not found:
        return False
    say_phrase(say, ports.phrase("estimate_shown", cases=len(found)), topic=topic)
    for place, one in enumerate(found):
        say_card(say, settled_card(one, person.first_name), (BENEFITS, PERSON) if place == len(found) - 1 else (), topic=topic)
    return True


def person_of(asked: Wanted, people: Sequence[CoveredPerson]) -> CoveredPerson | None:
    """Give for whom it is computed: the one person named, else the member himself; None when it is not clear."""
    if asked.people or asked.unseen or asked.has_stranger:
        return asked.people[0] if len(asked.people) == 1 else None
    return next((one for one in people if one.relationship is Relationship.SELF), people[0] if len(people) == 1 else None)


def estimates(kinds: Sequence[CareKind], price: Decimal, care_on: date, person: CoveredPerson, benefits: Sequence[Benefit],
              periods: Sequence[WaitingPeriod]) -> Iterator[Settled]:
    """Settle a visit of each of *kinds*; those that a figure is missing for are left out, never guessed."""
    for kind in kinds:
        benefit = next((one for one in benefits if one.covered_as == kind.heading), None)
        cover = Cover(_promise(benefit, person, care_on, periods), person.since_on, person.until_on)
        try:
            yield settle(Act(kind, price, care_on), cover, Situation(person.birth_on))
        except CannotCompute:
            continue


def _promise(benefit: Benefit | None, person: CoveredPerson, care_on: date, periods: Sequence[WaitingPeriod]) -> Guarantee:
    """Give what is promised on the day: nothing while waiting, no more than what is left of a yearly amount."""
    if benefit is None or any(one.covered_as == benefit.covered_as and one.beneficiary_id == person.id and care_on < one.ends_on for one in periods):
        return NOTHING
    promised = Guarantee.parse(benefit.guarantee.text)
    left = next((use.remaining for use in benefit.uses if use.beneficiary_id == person.id), None)
    is_short = benefit.yearly_limit is not None and left is not None and promised.is_flat and left < (promised.amount or Decimal(0))
    return just(left) if is_short and left is not None else promised


READINGS = {"remb_consultation_calcul": show_estimate}
