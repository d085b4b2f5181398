"""Certificate of cover: for whom and why, made at once."""

from __future__ import annotations

from collections.abc import Sequence

from bot.actions.ports import Ports
from bot.actions.services import Given, Heard, Option, Question, Service
from bot.actions.services.reading import choice_of

EVERYBODY = "everybody"
REASONS = {
    "school": ("Scolarité, études", r"ecole|scolair|scolarite|universit|fac\b|etud|creche|cantine|lycee|college"),
    "employer": ("Employeur", r"employeur|travail|patron|boulot|boite|rh\b|embauche"),
    "landlord": ("Logement", r"proprietaire|logement|location|bailleur|agence immo|appart"),
    "care": ("Hôpital, soins", r"hopital|clinique|soins?|maternite|operation|medecin|ehpad"),
    "personal": ("Pour moi", r"pour moi|personnel|rien de special|dossier|autre"),
}
"""Why a certificate is asked for: the insurer's codes, what is read, what members say."""


def read_reason(heard: Heard) -> str | None:
    """Read why: a button, or words."""
    return choice_of(heard, REASONS)


async def offer_reasons(_: Ports, __: Given) -> Sequence[Option]:
    """Offer the five reasons the insurer prints."""
    return [Option(name, label) for name, (label, _) in REASONS.items()]


async def offer_people(ports: Ports, _: Given) -> Sequence[Option]:
    """Offer everybody, then each person the contract covers."""
    if ports.file is None:
        return ()
    people = await ports.file.read("beneficiaries", lambda members, caller: members.beneficiaries(caller))
    return [Option(EVERYBODY, "Tout le monde"), *(Option(one.id, f"{one.first_name} {one.last_name}") for one in people)]


def read_person(heard: Heard) -> dict[str, str] | None:
    """Read for whom, among those offered; the name is kept for the summary."""
    if not heard.is_asked:
        return None
    found = choice_of(heard, {one.id: (one.label, None) for one in heard.options})
    return next(({"id": one.id, "name": one.label} for one in heard.options if one.id == found), None)


SERVICES = [Service(
    id="certificate", topic="attestation", act="make_certificate", title="Votre attestation",
    questions=(
        Question("reason", "Pour", read_reason, show=lambda value: REASONS[value][0], offer=offer_reasons),
        Question("person", "Au nom de", read_person, show=lambda value: str(value["name"]), offer=offer_people),
    ),
    needs_confirmation=False,
    request=lambda given: {"reason": given["reason"], "beneficiary_ids": [] if given["person"]["id"] == EVERYBODY else [given["person"]["id"]]},
)]
