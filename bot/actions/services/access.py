"""Access to the member's space: an account to open again, an account to protect."""

from __future__ import annotations

from collections.abc import Sequence

from bot.actions.ports import Ports
from bot.actions.services import Given, Heard, Option, Question, Service
from bot.actions.services.reading import choice_of

_TAKEN_OVER = (r"pirat|s'est connect|sest connect|est entre|se sert de mon|utilis\w+ mon compte|tout modifi|intrus|jamais demand|pas moi|pa moi"
               r"|nouvelle connexion|hack")
_GIVEN_AWAY = (r"j'ai (?:donne|communique|dicte|saisi|tape|rentre|mis|tout rempli|clique)|jai (?:donne|clique|mis|rentre|tape)|a (?:clique|rentre|donne)"
               r"|fait avoir")
_LOST = r"(?:perdu|vole|egare)\w* (?:mon|ma|le|la)? ?(?:telephone|portable|mobile|tablette|ordinateur|tel\b)"
DANGERS: dict[str, tuple[str, str | None]] = {
    "takeover": ("Quelqu'un utilise mon compte", _TAKEN_OVER),
    "phishing": ("J'ai donné un code", _GIVEN_AWAY),
    "lost_device": ("Téléphone perdu ou volé", _LOST),
}
PROTECT = "protect"
"""What the button « Protéger mon compte » says: the danger is then asked for."""


def danger_of(heard: Heard) -> str | None:
    """Read what happened, when it is more than a doubtful message."""
    return choice_of(heard, DANGERS)


async def offer_dangers(_: Ports, __: Given) -> Sequence[Option]:
    """Offer what may have happened."""
    return [Option(name, label) for name, (label, _) in DANGERS.items()]


SERVICES = [
    Service(
        id="protect", topic="compte_piratage", act="protect_account", title="La protection de votre compte", needs_confirmation=False,
        questions=(Question("danger", "Ce qui s'est passé", danger_of, show=lambda value: DANGERS[value][0], offer=offer_dangers),),
        request=lambda given: {"danger": given["danger"]}, person="urgent",
    ),
    Service(id="unlock", topic="compte_bloque", act="ask_unlock", title="Le déblocage de votre compte", needs_confirmation=False,
            request=lambda _: {}),
]
