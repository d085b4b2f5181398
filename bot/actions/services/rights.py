"""Rights: personal data, and a request taken back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.actions.ports import Ports
from bot.actions.services import Given, Heard, Option, Question, Service
from bot.actions.services.reading import choice_of
from bot.phrasing.member_requests import asked_on, can_cancel
from kernel.french import day

RIGHTS: dict[str, tuple[str, str | None]] = {
    "copy": ("Une copie de mes données", r"copie|consulter|droit d'acces|obtenir|recevoir|envoyez"),
    "erasure": ("Faire effacer mes données", r"effac|supprim|oubli"),
}


def read_right(heard: Heard) -> str | None:
    """Read which right is used: a button of the answer that opens this, or words."""
    opened = next((str(value) for value in heard.values("option") if value in RIGHTS), None)
    return opened or choice_of(heard, RIGHTS)


async def offer_rights(_: Ports, __: Given) -> Sequence[Option]:
    """Offer the two rights."""
    return [Option(name, label) for name, (label, _) in RIGHTS.items()]


async def nothing_to_cancel(ports: Ports) -> str | None:
    """Say that nothing can be cancelled, when it is so."""
    return None if await offer_requests(ports, {}) else "nothing_to_cancel"


async def offer_requests(ports: Ports, _: Given) -> Sequence[Option]:
    """Offer the requests that can still be cancelled."""
    if ports.file is None:
        return ()
    asked = await ports.file.read("requests", lambda members, caller: members.requests(caller))
    return [Option(one.id, f"{one.subject} ({day(asked_on(one), weekday=False)})") for one in asked if can_cancel(one, ports.context.now)]


def read_request(heard: Heard) -> dict[str, Any] | None:
    """Read which request, among those offered."""
    if not heard.is_asked:
        return None
    found = choice_of(heard, {one.id: (one.label, None) for one in heard.options})
    return next(({"id": one.id, "name": one.label} for one in heard.options if one.id == found), None)


SERVICES = [
    Service(
        id="data_right", topic="donnees_personnelles", act="ask_data", title="Vos données personnelles",
        questions=(Question("right", "Demande", read_right, show=lambda value: RIGHTS[value][0], offer=offer_rights),),
        request=lambda given: {"right": given["right"]},
    ),
    Service(
        id="cancel_request", topic="messagerie_delai", act="cancel_request", title="Une demande à annuler", may_start=nothing_to_cancel,
        questions=(Question("which", "À annuler", read_request, show=lambda value: str(value["name"]), offer=offer_requests),),
        request=lambda given: {"request_id": given["which"]["id"], "name": given["which"]["name"]},
    ),
]
