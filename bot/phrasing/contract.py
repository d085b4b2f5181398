"""What the member's contract holds, as lines a person reads: premiums, waiting periods, cards, prevention, endings. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from kernel.french import day, euros
from member_api.contract import (
    Benefit,
    CardStatus,
    Contract,
    ContractKind,
    Frequency,
    Instalment,
    InstalmentStatus,
    MemberCard,
    PaymentMethod,
    Premium,
    PreventionItem,
    TerminationTerms,
    WaitingPeriod,
)

Row = tuple[str, str]

KINDS = {ContractKind.HEALTH: "Santé", ContractKind.HOME: "Habitation", ContractKind.CAR: "Auto", ContractKind.PROVIDENT: "Prévoyance"}
_EACH = {Frequency.MONTHLY: "par mois", Frequency.QUARTERLY: "par trimestre", Frequency.YEARLY: "par an"}
_BY = {PaymentMethod.DIRECT_DEBIT: "par prélèvement", PaymentMethod.CARD: "par carte bancaire", PaymentMethod.CHEQUE: "par chèque"}
_STATES = {
    InstalmentStatus.COMING: "à venir", InstalmentStatus.PAID: "payée", InstalmentStatus.DUE: "attendue, pas encore reçue",
    InstalmentStatus.REJECTED: "rejetée par la banque",
}
CARE_NAMES = {
    "general_practitioner": "médecin généraliste", "specialist": "médecin spécialiste", "dental_care": "soins dentaires", "crown": "couronne dentaire",
    "dental_prosthesis": "prothèse dentaire", "implant": "implant dentaire", "orthodontics": "orthodontie", "glasses": "lunettes",
    "contact_lenses": "lentilles", "eye_surgery": "chirurgie des yeux", "hearing_aid": "appareil auditif", "physiotherapy": "kinésithérapie",
    "osteopathy": "ostéopathie", "psychology": "psychologue", "podiatry": "podologie", "dietetics": "diététique", "lab_tests": "analyses",
    "imaging": "imagerie médicale", "hospital_stay": "hospitalisation", "surgery": "opération", "private_room": "chambre particulière",
    "maternity_stay": "maternité", "thermal_cure": "cure thermale", "medical_equipment": "appareillage médical",
}
"""Kinds of care (bot.nlu.entities) as they stand in a request."""


def contract_name(contract: Contract) -> str:
    """Name a contract: « Santé, formule Équilibre », or « Auto, contrat finissant par 0142 »."""
    detail = f"formule {contract.plan}" if contract.plan else f"contrat finissant par {contract.number_ending}"
    return f"{KINDS[contract.kind]}, {detail}"


def in_force(contracts: Iterable[Contract], today: date) -> list[Contract]:
    """Give the contracts that cover *today*."""
    return [one for one in contracts if one.since_on <= today and (one.until_on is None or one.until_on >= today)]


def premium_row(premium: Premium, name: str) -> Row:
    """Tell what a contract costs, and how it is paid."""
    told = f"{euros(premium.amount, cents=True)} {_EACH[premium.frequency]}, {_BY[premium.method]}"
    if premium.frequency is not Frequency.MONTHLY:
        told += f" (soit {euros(premium.monthly, cents=True)} par mois)"
    return name, told


def instalment_row(instalment: Instalment, names: Mapping[str, str]) -> Row:
    """Tell a payment: its day, its amount, its state; the contract too when there are several."""
    state = _STATES[instalment.status]
    if instalment.status is InstalmentStatus.PAID and instalment.paid_on:
        state = f"payée le {day(instalment.paid_on, weekday=False)}"
    of = f" ({names[instalment.contract_id]})" if len(names) > 1 and instalment.contract_id in names else ""
    return day(instalment.due_on), f"{euros(instalment.amount, cents=True)}, {state}{of}"


def waiting_row(period: WaitingPeriod, people: Mapping[str, str]) -> Row:
    """Tell from which day care is refunded; for whom when several people are covered."""
    who = f", {people[period.beneficiary_id]}" if len(people) > 1 and period.beneficiary_id in people else ""
    return f"{_plain(period.label)}{who}", f"pas encore remboursé ; le sera pour des soins à partir du {day(period.ends_on)}"


def card_row(card: MemberCard) -> Row:
    """Tell whether a tiers payant card may be shown, and until when."""
    until = day(card.valid_until_on)
    match card.status:
        case CardStatus.VALID:
            return "Votre carte actuelle", f"valable jusqu'au {until} inclus"
        case CardStatus.COMING:
            return "Votre prochaine carte", f"valable du {day(card.valid_from_on)} au {until}"
        case CardStatus.EXPIRED:
            return "Votre dernière carte", f"expirée depuis le {until}"
        case CardStatus.CANCELLED:
            return "Votre dernière carte", "annulée : ne la présentez plus"


def cards_worth_telling(cards: Iterable[MemberCard]) -> list[MemberCard]:
    """Give the cards that can be or will be shown; the latest one when there is none."""
    known = list(cards)
    return [one for one in known if one.status in (CardStatus.VALID, CardStatus.COMING)] or known[:1]


def prevention_row(item: PreventionItem) -> Row:
    """Tell a prevention item, its limit and its conditions."""
    limit = "compris dans votre contrat" if item.yearly_limit is None else f"jusqu'à {euros(item.yearly_limit, cents=True)} par an et par personne"
    return item.label, f"{limit}. {item.conditions}"


def share_row(benefit: Benefit) -> Row:
    """Tell a benefit with what its percentage is of: with the public share in it, or beside it."""
    if "sécurité sociale" in benefit.printed.lower():
        return _plain(benefit.label), benefit.printed
    with_public = "part de la Sécurité sociale comprise" if benefit.guarantee.includes_public_share else "en plus de la part de la Sécurité sociale"
    return _plain(benefit.label), f"{benefit.printed} ({with_public})"


def ending_row(terms: TerminationTerms, name: str) -> Row:
    """Tell how a contract can be ended."""
    if terms.ends_on:
        return name, f"à tout moment. Demandée aujourd'hui, la fin serait le {day(terms.ends_on)}"
    if terms.any_time_from_on:
        return name, f"à tout moment à partir du {day(terms.any_time_from_on)}"
    return name, "la date dépend du contrat : un conseiller vous la donne"


def other_row(contract: Contract) -> Row:
    """Tell a contract that is not of health: its name as printed, when that says more than its kind."""
    kind, ending = KINDS[contract.kind], f"contrat finissant par {contract.number_ending}"
    return kind, ending if contract.label == kind else f"{contract.label}, {ending}"


def _plain(label: str) -> str:
    """Write a label that is followed by a colon without one of its own."""
    return label.replace(" :", ",")
