"""E-mail, telephone, bank details: changed under a one-time code, given in secure fields, the old contacts told (R09)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.actions.ports import Ports
from bot.actions.secure_field import CODE, field_question
from bot.actions.services import Given, Heard, Option, Question, Service
from bot.actions.services.reading import choice_of

WHAT = {
    "email": ("Mon adresse e-mail", r"e-?mails?\b|mails?\b|mel\b|courriels?\b|gmail|boite mail"),
    "phone": ("Mon téléphone portable", r"tel\b|telephone|portable|mobile|numero|num\b|sms\b"),
}


def read_what(heard: Heard) -> str | None:
    """Read which contact changes: a button, or words."""
    return choice_of(heard, WHAT)


async def offer_what(_: Ports, __: Given) -> Sequence[Option]:
    """Offer the two contacts."""
    return [Option(name, label) for name, (label, _) in WHAT.items()]


SERVICES = [
    Service(
        id="contact", topic="coordonnees_changer", act="change_contact", title="Votre nouveau contact", level=2,
        questions=(
            Question("what", "À changer", read_what, show=lambda value: WHAT[value][0], offer=offer_what),
            CODE,
            replace(field_question("email", "Nouvelle adresse e-mail"), when=lambda given: given.get("what") == "email"),
            replace(field_question("phone", "Nouveau portable"), when=lambda given: given.get("what") == "phone"),
        ),
        request=lambda given: {"field": given["what"], "deposit": given[given["what"]]["deposit"], "shown": given[given["what"]]["shown"]},
    ),
    Service(
        id="bank", topic="rib_changer", act="change_bank_details", title="Vos coordonnées bancaires", level=2,
        questions=(CODE, field_question("bank_details", "Nouvel IBAN")),
        request=lambda given: {"deposit": given["bank_details"]["deposit"], "shown": given["bank_details"]["shown"]},
    ),
]
