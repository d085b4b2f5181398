"""What the member's own contract covers."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.actions.ports import Ports
from bot.actions.turn import say_card, say_phrase
from bot.phrasing.cards import table_card
from bot.phrasing.phrasebook import Button
from kernel.errors import NotFound
from kernel.french import day, euros
from member_api.contract import Benefit, Benefits

MOST = 12
AMOUNT = Button("Combien me restera-t-il ?", topic="remb_consultation_calcul")
PERSON = Button("Parler à un conseiller", act="handoff")
OF_CARE = {
    "dental": ("dental",), "optical": ("optical",), "hearing": ("hearing",), "hospital": ("hospital", "room"),
}
"""Kinds of care a message names (bot.nlu.entities), when the plan calls them otherwise."""


async def show_benefits(ports: Ports, tracker: Tracker, say: CollectingDispatcher, topic: str) -> bool:
    """Show the benefits of the health contract: those the message names, or all of them."""
    if ports.file is None:
        return False
    try:
        benefits = await ports.file.read("benefits", lambda members, caller: members.benefits(caller))
    except NotFound:  # no health contract: the general answer says where to look
        return False
    named = [str(one["value"]) for one in tracker.latest_message.get("entities") or () if one.get("entity") == "care"]
    shown = wanted(benefits, named)
    say_phrase(say, ports.phrase("benefits_shown", plan=benefits.plan), topic=topic)
    note = f"Les montants annuels repartent le {day(benefits.renews_on, weekday=False)}. Seuls votre contrat et vos décomptes font foi."
    say_card(say, table_card(f"Vos garanties, formule {benefits.plan}", map(row, shown), note), (AMOUNT, PERSON), topic=topic)
    return True


def wanted(benefits: Benefits, named: list[str]) -> list[Benefit]:
    """Give the benefits for the kinds of care *named*; all when none is, or none of them is covered."""
    names = {name for kind in named for name in OF_CARE.get(kind, (kind,))}
    found = [one for one in benefits.benefits if one.covered_as in names or names & set(one.care_kinds)]
    return (found or list(benefits.benefits))[:MOST]


def row(benefit: Benefit) -> tuple[str, str]:
    """Give a benefit as a line: what the contract prints, and what is left of a yearly amount."""
    used = sum(use.used for use in benefit.uses)
    left = f", {euros(benefit.yearly_limit, cents=True)} au plus par an" if benefit.yearly_limit is not None else ""
    spent = f" (déjà versé cette année : {euros(used, cents=True)})" if left and used else ""
    return benefit.label, benefit.printed + left + spent


READINGS = {"garanties": show_benefits}
