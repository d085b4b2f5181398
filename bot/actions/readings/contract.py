"""What the member's own contract says: premiums, waiting periods, percentages, prevention, the card, how it ends."""

from __future__ import annotations

from datetime import date

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.actions.ports import Ports
from bot.actions.turn import say_card, say_phrase, text_of
from bot.nlu.entities.care import kinds_of_care
from bot.phrasing import contract as words
from bot.phrasing.acronyms import fold
from bot.phrasing.cards import table_card
from bot.phrasing.phrasebook import Button
from kernel.errors import Forbidden, NotFound
from kernel.organisation import organisation
from member_api.contract import Benefit, ContractKind, Instalment, InstalmentStatus, Member, Relationship

PERSON = Button("Parler à un conseiller", act="handoff")
WRITE = Button("Écrire un message", act="write")
BENEFITS = Button("Voir mes garanties", topic="garanties")
PAYMENTS = 3
"""Next payments told of each contract; those that are missing are all told."""


def today_of(ports: Ports) -> date:
    """Give the day of the turn where the insurer is."""
    return ports.context.now.astimezone(organisation().timezone).date()


async def member_of(ports: Ports) -> Member:
    """Read the member's file; `ports.file` is there (readings run signed in)."""
    assert ports.file is not None  # noqa: S101
    return await ports.file.read("member", lambda members, caller: members.member(caller))


def named_care(tracker: Tracker) -> list[str]:
    """Give the kinds of care the message names."""
    return [str(one["value"]) for one in tracker.latest_message.get("entities") or () if one.get("entity") == "care" and one.get("value")]


async def show_waiting_periods(ports: Ports, _: Tracker, say: CollectingDispatcher, topic: str) -> bool:
    """Show the waiting periods still running, or say there is none; nothing without a health contract in force."""
    if ports.file is None:
        return False
    member = await member_of(ports)
    if not any(one.kind is ContractKind.HEALTH for one in words.in_force(member.contracts, today_of(ports))):
        return False
    periods = await ports.file.read("waiting_periods", lambda members, caller: members.waiting_periods(caller))
    if not periods:
        say_phrase(say, ports.phrase("waiting_none"), topic=topic)
        return True
    people = {one.id: one.first_name for one in member.beneficiaries}
    say_phrase(say, ports.phrase("waiting_shown"), topic=topic)
    rows = [words.waiting_row(one, people) for one in periods]
    say_card(say, table_card("Vos délais de carence en cours", rows, "Les autres garanties de votre contrat s'appliquent déjà."), (BENEFITS, PERSON), topic=topic)
    return True


async def show_premiums(ports: Ports, _: Tracker, say: CollectingDispatcher, topic: str) -> bool:
    """Show what the contracts cost and the next payments; who may not read it is told so."""
    if ports.file is None:
        return False
    today = today_of(ports)
    try:
        premiums = await ports.file.read("premiums", lambda members, caller: members.premiums(caller))
        schedule = await ports.file.read("payment_schedule", lambda members, caller: members.payment_schedule(caller, limit=100))
    except Forbidden:
        say_phrase(say, ports.phrase("premium_of_holder"), topic=topic)
        return True
    if not premiums:
        return False
    names = {one.id: words.contract_name(one) for one in (await member_of(ports)).contracts}
    priced = {one.contract_id: names.get(one.contract_id, "Votre contrat") for one in premiums}
    missing, coming = payments(schedule.instalments, today, PAYMENTS * len(priced))
    say_phrase(say, ports.phrase("premium_missing" if missing else "premium_shown"), topic=topic)
    rows = [words.premium_row(one, priced[one.contract_id]) for one in premiums]
    say_card(say, table_card("Votre cotisation", rows), topic=topic)
    dated = [words.instalment_row(one, priced) for one in (*missing, *coming)]
    if dated:
        say_card(say, table_card("Vos échéances", dated), (PERSON, WRITE), topic=topic)
    return True


def payments(instalments: tuple[Instalment, ...], today: date, most: int) -> tuple[list[Instalment], list[Instalment]]:
    """Give the payments that are missing, then the *most* next ones."""
    missing = [one for one in instalments if one.status in (InstalmentStatus.DUE, InstalmentStatus.REJECTED)]
    coming = [one for one in instalments if one.status is InstalmentStatus.COMING and one.due_on >= today]
    return missing, coming[:most]


async def _benefits(ports: Ports) -> tuple[Benefit, ...]:
    assert ports.file is not None  # noqa: S101
    try:
        return (await ports.file.read("benefits", lambda members, caller: members.benefits(caller))).benefits
    except NotFound:
        return ()


def benefits_for(benefits: tuple[Benefit, ...], named: list[str]) -> list[Benefit]:
    """Give the benefits that are for the care *named*; those of its heading when none is."""
    exact = [one for one in benefits if set(named) & set(one.care_kinds)]
    headings = {kinds_of_care().get(name, name) for name in named}
    return exact or [one for one in benefits if one.covered_as in headings]


async def show_percentages(ports: Ports, tracker: Tracker, say: CollectingDispatcher, topic: str) -> bool:
    """Show the member's own percentages for the care that is named; the general answer when none is."""
    named = named_care(tracker)
    if ports.file is None or not named:
        return False
    found = benefits_for(await _benefits(ports), named)
    if not found:
        return False
    say_phrase(say, ports.phrase("percentages_shown"), topic=topic)
    say_card(say, table_card("Dans votre contrat", map(words.share_row, found)), (BENEFITS, PERSON), topic=topic)
    return True


async def show_teleconsultation(ports: Ports, _: Tracker, say: CollectingDispatcher, topic: str) -> bool:
    """Show what the contract refunds of a remote consultation, emergency numbers first."""
    if ports.file is None:
        return False
    found = benefits_for(await _benefits(ports), ["teleconsultation"])
    if not found:
        return False
    say_phrase(say, ports.phrase("teleconsultation_shown"), topic=topic)
    amount = Button("Connaître le remboursement", topic="teleconsultation_remb")
    say_card(say, table_card("Téléconsultation, dans votre contrat", map(words.share_row, found)), (amount, PERSON), topic=topic)
    return True


async def show_prevention(ports: Ports, _: Tracker, say: CollectingDispatcher, topic: str) -> bool:
    """Show what the contract includes to stay well."""
    if ports.file is None:
        return False
    items = await ports.file.read("prevention", lambda members, caller: members.prevention(caller))
    if not items:
        return False
    say_phrase(say, ports.phrase("prevention_shown"), topic=topic)
    say_card(say, table_card("Prévention, selon votre contrat", map(words.prevention_row, items)), (PERSON,), topic=topic)
    return True


async def show_endings(ports: Ports, _: Tracker, say: CollectingDispatcher, topic: str) -> bool:
    """Tell how each of the member's own contracts can be ended; the act itself needs a code (general route)."""
    if ports.file is None:
        return False
    member = await member_of(ports)
    own = {one.id: words.contract_name(one) for one in member.contracts if holds(member, one.id)}
    try:
        terms = await ports.file.read("termination_terms", lambda members, caller: members.termination_terms(caller))
    except (Forbidden, NotFound):
        return False
    rows = [words.ending_row(one, own[one.contract_id]) for one in terms if one.contract_id in own]
    if not rows:
        return False
    say_phrase(say, ports.phrase("endings_shown"), topic=topic)
    say_card(say, table_card("Résilier, contrat par contrat", rows), (Button("Envoyer ma demande", act="write"), PERSON), topic=topic)
    return True


def holds(member: Member, contract_id: str) -> bool:
    """Say whether a contract is the member's own: somebody covered by another's is no « self » on it."""
    covered = [one for one in member.beneficiaries if one.contract_id == contract_id]
    return not covered or any(one.relationship is Relationship.SELF for one in covered)


async def show_other_contracts(ports: Ports, _: Tracker, say: CollectingDispatcher, topic: str) -> bool:
    """List the contracts that are not of health, after what to do in an accident."""
    if ports.file is None:
        return False
    others = [one for one in words.in_force((await member_of(ports)).contracts, today_of(ports)) if one.kind is not ContractKind.HEALTH]
    if not others:
        return False
    say_phrase(say, ports.phrase("other_contracts_shown"), topic=topic)
    buttons = (Button("Appeler", topic="telephone"), Button("Trouver une agence", topic="agence_trouver"), PERSON)
    say_card(say, table_card("Vos autres contrats", map(words.other_row, others)), buttons, topic=topic)
    return True


AT_THE_COUNTER = "Refusée au comptoir ? Demandez au professionnel de vérifier vos droits en direct. Sinon, réglez et gardez la facture."


async def show_card_state(ports: Ports, tracker: Tracker, say: CollectingDispatcher, topic: str) -> bool:
    """Tell whether the tiers payant card may be shown; the service that makes another then begins (False)."""
    if ports.file is None:
        return False
    cards = words.cards_worth_telling(await ports.file.read("member_cards", lambda members, caller: members.member_cards(caller)))
    if not cards:
        return False
    say_card(say, table_card("Votre carte de tiers payant", map(words.card_row, cards), AT_THE_COUNTER), topic=topic)
    return tracker.active_loop_name is not None


_OF_PRICE = ("prix", "tarif", "coute", "combien", "€", "euro")


async def answer_price_of_plans(ports: Ports, tracker: Tracker, say: CollectingDispatcher, topic: str) -> bool:
    """A question about a price gets the general answer, not a request (no price here, cautions D29)."""
    folded = fold(text_of(tracker))
    if "?" not in text_of(tracker) or not any(word in folded for word in _OF_PRICE):
        return False
    say_phrase(say, ports.phrase(topic), topic=topic)
    return True


READINGS = {
    "carence": show_waiting_periods, "cotisation": show_premiums, "garantie_pourcentage": show_percentages, "teleconsultation": show_teleconsultation,
    "prevention": show_prevention, "resiliation": show_endings, "autres_contrats": show_other_contracts, "carte_tp": show_card_state,
    "formule_changer": answer_price_of_plans,
}
