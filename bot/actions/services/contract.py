"""The tiers payant card, another plan, a quote: what a member asks about his contract."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from bot.actions.agreement import yes_or_no
from bot.actions.ports import Ports
from bot.actions.readings.contract import holds, today_of
from bot.actions.services import Given, Heard, Option, Question, Service
from bot.actions.services.reading import choice_of
from bot.phrasing.contract import CARE_NAMES, in_force
from member_api.contract import ContractKind, Member

WAYS = {
    "pdf": ("Le PDF, tout de suite", r"pdf|numerique|telecharg|dematerialis|par mail|sur mon telephone|tout de suite|imprimer"),
    "post": ("Par courrier", r"courrier|poste|papier|plastique|chez moi|a la maison"),
}
REASONS = {
    "lost": ("Perdue ou volée", r"perdu|vole|retrouve plus|egare"),
    "not_received": ("Pas reçue", r"(?:pas|jamais|rien)(?: encore)? recu|recu (?:pas|rien)|n'arrive pas|j'attends"),
    "damaged": ("Abîmée", r"abime|casse|illisible|dechire|machine a laver"),
    "expired": ("Périmée", r"perime|expire|plus valable|depasse"),
}
WISHES = {
    "more": ("Être mieux couvert", r"mieux|meilleur|plus couvert|monter|augmenter|superieur|renforc|plus de garanties"),
    "less": ("Payer moins", r"moins|trop cher|descend|baisser|reduire|inferieur|economi"),
    "review": ("Faire le point", r"faire le point|bilan|je ne sais pas|pas sur|verifier|revoir"),
}
_PRIOR = re.compile(r"\bprise en charge|\baccord prealable|\bentente prealable|\bpec\b")
LONGEST_CARE = 80


async def _member(ports: Ports) -> Member | None:
    return await ports.file.read("member", lambda members, caller: members.member(caller)) if ports.file else None


async def _health(ports: Ports) -> str | None:
    """Give the id of the member's own health contract in force."""
    member = await _member(ports)
    return None if member is None else next(
        (one.id for one in in_force(member.contracts, today_of(ports)) if one.kind is ContractKind.HEALTH and holds(member, one.id)), None)


async def _covered(ports: Ports) -> str | None:
    """Give the id of the health contract in force that covers the member, his own or not."""
    member = await _member(ports)
    return None if member is None else next(
        (one.id for one in in_force(member.contracts, today_of(ports)) if one.kind is ContractKind.HEALTH), None)


def offer(choices: dict[str, tuple[str, str]]) -> Any:
    """Make what offers *choices*."""
    async def offered(_: Ports, __: Given) -> Sequence[Option]:
        return [Option(name, label) for name, (label, _) in choices.items()]
    return offered


# ── The card ───────────────────────────────────────────────────────────────────────────────────────────────────────


async def may_ask_card(ports: Ports) -> str | None:
    """A card is printed for who has a health contract, in force or about to begin."""
    member, today = await _member(ports), today_of(ports)
    contracts = member.contracts if member else ()
    has_one = any(one.kind is ContractKind.HEALTH and (one.until_on is None or one.until_on >= today) for one in contracts)
    return None if has_one else "card_none"


async def offer_order(_: Ports, __: Given) -> Sequence[Option]:
    """Offer to order, or the PDF instead."""
    return [Option("post", "Oui, la commander"), Option("pdf", "Non, le PDF suffit")]


def read_order(heard: Heard) -> str | None:
    """Read whether the card is ordered; no: its PDF instead."""
    if not heard.is_asked:
        return None
    if heard.chosen in ("post", "pdf"):
        return heard.chosen
    if choice_of(heard, WAYS) == "pdf":
        return "pdf"
    return {"yes": "post", "no": "pdf", None: None}[yes_or_no(heard.folded, heard.intent)]


def card_request(given: Given) -> dict[str, Any]:
    """Order by post when it was agreed; the PDF otherwise."""
    return {"way": given.get("order", given["way"]), "reason": given.get("reason")}


# ── Another plan ───────────────────────────────────────────────────────────────────────────────────────────────────


async def may_change_plan(ports: Ports) -> str | None:
    """Only who holds a health contract in force may ask for another plan."""
    return None if await _health(ports) else "plan_none"


async def plan_known(ports: Ports) -> dict[str, Any]:
    """The contract is not asked for: it is the health one."""
    return {"contract_id": await _health(ports)}


# ── A quote ────────────────────────────────────────────────────────────────────────────────────────────────────────


async def may_send_quote(ports: Ports) -> str | None:
    """A quote is studied for who has a health contract in force."""
    return None if await _covered(ports) else "card_none"


async def quote_known(ports: Ports) -> dict[str, Any]:
    """Whom it is for is not asked when only one person is covered."""
    people = await _people(ports)
    return {"person": {"id": people[0].id, "name": people[0].label}} if len(people) == 1 else {}


async def _people(ports: Ports) -> list[Option]:
    if ports.file is None:
        return []
    found = await ports.file.read("beneficiaries", lambda members, caller: members.beneficiaries(caller))
    return [Option(one.id, f"{one.first_name} {one.last_name}") for one in found]


async def offer_people(ports: Ports, _: Given) -> Sequence[Option]:
    """Offer each person covered."""
    return await _people(ports)


def read_person(heard: Heard) -> dict[str, str] | None:
    """Read for whom, among those offered; « pour moi » is left to the buttons when several are."""
    if not heard.is_asked:
        return None
    found = choice_of(heard, {one.id: (one.label, None) for one in heard.options})
    return next(({"id": one.id, "name": one.label} for one in heard.options if one.id == found), None)


def read_care(heard: Heard) -> str | None:
    """Read what care: the kind that is named, or the words of the answer."""
    named = next((CARE_NAMES[one] for one in map(str, heard.values("care")) if one in CARE_NAMES), None)
    if named or not heard.is_asked or heard.intent in ("affirm", "deny", "choose"):
        return named
    is_answer = heard.intent in ("nlu_fallback", "hors_perimetre", "devis_envoyer", "") and "?" not in heard.text
    return heard.text.strip()[:LONGEST_CARE] or None if is_answer else None


def read_kind(heard: Heard) -> str | None:
    """Read that a prior agreement is wanted: never asked, a quote is what people send."""
    return "prior_agreement" if _PRIOR.search(heard.folded) else None


SERVICES = [
    Service(
        id="card", topic="carte_tp", act="renew_card", title="Votre carte de tiers payant",
        questions=(
            Question("way", "Comment", lambda heard: choice_of(heard, WAYS), show=lambda value: WAYS[value][0], offer=offer(WAYS)),
            Question("reason", "Pourquoi", lambda heard: choice_of(heard, REASONS), show=lambda value: REASONS[value][0], offer=offer(REASONS),
                     when=lambda given: given.get("way", "post") == "post"),
            Question("order", "Commander", read_order, offer=offer_order, when=lambda given: given.get("way") == "post"),
        ),
        needs_confirmation=False, may_start=may_ask_card, request=card_request),
    Service(
        id="plan", topic="formule_changer", act="ask_plan_change", title="Votre demande à un conseiller",
        questions=(Question("wish", "Votre souhait", lambda heard: choice_of(heard, WISHES), show=lambda value: WISHES[value][0], offer=offer(WISHES)),),
        may_start=may_change_plan, prefill=plan_known,
        request=lambda given: {"contract_id": given["contract_id"], "wish": given["wish"]}),
    Service(
        id="quote", topic="devis_envoyer", act="ask_about_quote", title="Votre demande d'étude",
        questions=(
            Question("kind", "Demande", read_kind, show=lambda _: "prise en charge préalable", when=lambda given: "kind" in given),
            Question("care", "Soin", read_care),
            Question("person", "Pour", read_person, show=lambda value: str(value["name"]), offer=offer_people),
        ),
        may_start=may_send_quote, prefill=quote_known,
        request=lambda given: {"kind": given.get("kind", "quote"), "care": given["care"], "beneficiary_id": given["person"]["id"]}),
]
