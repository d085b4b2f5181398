"""What the contract holds, as lines a person reads."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from bot.actions.readings.contract import benefits_for, payments
from bot.phrasing import contract as words
from bot.phrasing.places import distance, hours
from member_api.contract import (
    AppliedGuarantee,
    Benefit,
    CardStatus,
    Contract,
    ContractKind,
    Frequency,
    Instalment,
    InstalmentStatus,
    MemberCard,
    OpeningSpan,
    PaymentMethod,
    Premium,
    PreventionItem,
    TerminationTerms,
    WaitingPeriod,
)

MONDAY = date(2026, 11, 23)


def plain(row: tuple[str, str]) -> str:
    """Write a line with ordinary spaces."""
    return " | ".join(row).replace("\u00a0", " ").replace("\u202f", " ")


def contract(kind: ContractKind = ContractKind.HEALTH, plan: str | None = "Équilibre", since: date = date(2020, 1, 1), until: date | None = None) -> Contract:
    """Make a contract."""
    return Contract("c-1", kind, "Habitation" if kind is ContractKind.HOME else "Santé", plan, "0142", since, until)


def card(status: CardStatus) -> MemberCard:
    """Make a card of 2026."""
    return MemberCard("k", "c-1", (), date(2026, 1, 1), date(2026, 12, 31), status, "p")


def benefit(covered_as: str, kinds: tuple[str, ...], printed: str = "200 % BR", *, with_public: bool = True) -> Benefit:
    """Make a benefit."""
    return Benefit(covered_as, f"Soins : {covered_as}", printed, AppliedGuarantee("200 % incl" if with_public else "200 % excl", Decimal(200), False, with_public, None), kinds, None, None, ())


def instalment(due_on: date, status: InstalmentStatus, paid_on: date | None = None) -> Instalment:
    """Make a payment."""
    return Instalment("i", "c-1", due_on, Decimal("62.70"), PaymentMethod.DIRECT_DEBIT, status, paid_on)


def test_a_contract_is_named_by_its_plan_or_the_end_of_its_number() -> None:
    """A whole number is never shown."""
    assert words.contract_name(contract()) == "Santé, formule Équilibre"
    assert words.contract_name(contract(ContractKind.CAR, None)) == "Auto, contrat finissant par 0142"


@pytest.mark.parametrize(("since", "until", "is_in_force"), [
    (date(2020, 1, 1), None, True), (MONDAY, MONDAY, True), (date(2026, 12, 1), None, False), (date(2020, 1, 1), date(2026, 11, 22), False),
])
def test_a_contract_is_in_force_from_its_first_day_to_its_last(since: date, until: date | None, is_in_force: bool) -> None:
    """Both included."""
    assert bool(words.in_force([contract(since=since, until=until)], MONDAY)) is is_in_force


def test_a_quarterly_premium_is_also_told_by_month() -> None:
    """What people compare is a month."""
    premium = Premium("c-1", Decimal("188.10"), Decimal("62.70"), Frequency.QUARTERLY, PaymentMethod.CHEQUE, None, Decimal(0))

    assert plain(words.premium_row(premium, "Santé")) == "Santé | 188,10 € par trimestre, par chèque (soit 62,70 € par mois)"


def test_a_payment_tells_its_state_and_its_contract_only_among_several() -> None:
    """One contract needs no name."""
    paid = instalment(date(2026, 11, 10), InstalmentStatus.PAID, date(2026, 11, 12))

    assert plain(words.instalment_row(paid, {"c-1": "Santé"})) == "mardi 10 novembre 2026 | 62,70 €, payée le 12 novembre 2026"
    assert plain(words.instalment_row(paid, {"c-1": "Santé", "c-2": "Auto"})).endswith("(Santé)")


def test_missing_payments_come_before_the_next_ones() -> None:
    """All that is missing; of what comes, no more than asked."""
    late = instalment(date(2026, 10, 10), InstalmentStatus.REJECTED)
    coming = [instalment(date(2026, 12, day), InstalmentStatus.COMING) for day in (1, 2, 3)]

    assert payments((late, instalment(date(2026, 9, 10), InstalmentStatus.PAID), *coming), MONDAY, 2) == ([late], coming[:2])


def test_a_waiting_period_names_the_person_only_among_several() -> None:
    """« à partir du » : care of that very day is refunded."""
    period = WaitingPeriod("c-1", "b-1", "optical", "Lunettes : monture", 3, date(2026, 12, 1))

    assert plain(words.waiting_row(period, {"b-1": "Zoé"})) == (
        "Lunettes, monture | pas encore remboursé ; le sera pour des soins à partir du mardi 1er décembre 2026")
    assert words.waiting_row(period, {"b-1": "Zoé", "b-2": "Louis"})[0] == "Lunettes, monture, Zoé"


@pytest.mark.parametrize(("status", "told"), [
    (CardStatus.VALID, "valable jusqu'au jeudi 31 décembre 2026"), (CardStatus.COMING, "valable du jeudi 1er janvier 2026"),
    (CardStatus.EXPIRED, "expirée depuis le jeudi 31 décembre 2026"), (CardStatus.CANCELLED, "annulée"),
])
def test_a_card_says_whether_it_may_be_shown(status: CardStatus, told: str) -> None:
    """And until when."""
    assert told in words.card_row(card(status))[1]


def test_an_old_card_is_told_only_when_there_is_no_other() -> None:
    """Two years of old cards help nobody."""
    old, valid = card(CardStatus.EXPIRED), card(CardStatus.VALID)

    assert words.cards_worth_telling([valid, old]) == [valid]
    assert words.cards_worth_telling([old, card(CardStatus.CANCELLED)]) == [old]
    assert words.cards_worth_telling([]) == []


def test_prevention_never_says_free() -> None:
    """« Gratuit » depends on the contract (caution D26)."""
    item = PreventionItem("dietitian", "c-1", "Diététicien", "Sur rendez-vous.", None)

    assert words.prevention_row(item) == ("Diététicien", "compris dans votre contrat. Sur rendez-vous.")


def test_a_percentage_says_whether_the_public_share_is_in_it_once() -> None:
    """What is printed already is not said twice."""
    assert words.share_row(benefit("dental", ()))[1] == "200 % BR (part de la Sécurité sociale comprise)"
    assert words.share_row(benefit("dental", (), with_public=False))[1] == "200 % BR (en plus de la part de la Sécurité sociale)"
    assert words.share_row(benefit("dental", (), "200 %, Sécurité sociale comprise"))[1] == "200 %, Sécurité sociale comprise"


def test_the_benefit_for_the_very_care_is_preferred_to_its_heading() -> None:
    """An implant is not the rest of dental care; a bridge that no line names falls under its heading."""
    dental, implant = benefit("dental", ("crown",)), benefit("implant", ("implant",))

    assert benefits_for((dental, implant), ["implant"]) == [implant]
    assert benefits_for((dental, implant), ["dental_prosthesis"]) == [dental]
    assert benefits_for((dental, implant), ["glasses"]) == []


@pytest.mark.parametrize(("terms", "told"), [
    (TerminationTerms("c", date(2021, 1, 1), date(2026, 12, 23)), "la fin serait le mercredi 23 décembre 2026"),
    (TerminationTerms("c", date(2027, 9, 9), None), "à partir du jeudi 9 septembre 2027"), (TerminationTerms("c", None, None), "un conseiller vous la donne"),
])
def test_an_ending_is_told_with_its_date(terms: TerminationTerms, told: str) -> None:
    """Nothing is computed here: the insurer's date, or none."""
    assert told in words.ending_row(terms, "Santé")[1]


def test_hours_alike_are_told_together() -> None:
    """A week of seven lines is not read on a phone."""
    spans = [OpeningSpan(day, "09:00", "12:30") for day in ("mon", "tue", "thu")] + [OpeningSpan("wed", "14:00", "18:00"), OpeningSpan("mon", "14:00", "18:00")]

    assert hours(spans) == "lundi de 9 h à 12 h 30 et de 14 h à 18 h ; mardi et jeudi de 9 h à 12 h 30 ; mercredi de 14 h à 18 h"
    assert hours([]) == ""


def test_a_distance_is_told_without_false_precision() -> None:
    """As the crow flies, from the centre of a town."""
    assert [distance(km) for km in (None, 0.4, 12.4)] == ["", "à moins de 1 km", "à environ 12 km"]
