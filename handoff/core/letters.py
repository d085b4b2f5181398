"""What the desk itself writes to a member: plain twins and bodies of its entries. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from journal.entries import AuthorKind, Body, Draft, Kind
from kernel import french
from kernel.calendar import DueAt

_BUTTONS = [
    {"id": "write", "title": "Écrire un message sécurisé", "act": "write"},
    {"id": "keep_waiting", "title": "Continuer à attendre"},
    {"id": "back", "title": "Revenir à l'assistant", "act": "back"},
]


@dataclass(frozen=True)
class WayOut:
    """
    What is offered to somebody who waits: a written answer by a date.

    *urgent_numbers* when danger was spoken of (names of organisation.yml: ``samu``, ``europe``).
    """

    answer_by: date
    urgent_numbers: Mapping[str, str] | None = None


def away(way_out: WayOut) -> Body:
    """Give the card that says nobody is there."""
    return _card("Aucun conseiller n'est disponible en ce moment.", way_out)


def late(way_out: WayOut, *, promised: bool) -> Body:
    """Give the card that says it takes long; *promised*: longer than what was announced."""
    if promised:
        return _card("L'attente dépasse ce que nous avions annoncé. Nous vous prions de nous en excuser.", way_out)
    return _card("L'attente est longue en ce moment. Votre place dans la file est gardée.", way_out)


def _card(first: str, way_out: WayOut) -> Body:
    second = (
        f"Vous pouvez écrire votre demande ici : vous aurez une réponse par écrit **au plus tard "
        f"{french.day(way_out.answer_by)}**. Le conseiller lira votre échange, vous n'aurez rien à répéter."
    )
    text = "\n\n".join(part for part in (first, _danger(way_out.urgent_numbers), second) if part)
    # No place in the queue here: it would be out of date in a minute, and clients show the live one themselves.
    shown = {"position": None, "wait_s": None, "answer_by": way_out.answer_by.isoformat()}
    return {"card": "waiting", "text": french.typography(text), "data": shown, "buttons": _BUTTONS}


def _danger(public_numbers: Mapping[str, str] | None) -> str:
    if not public_numbers:
        return ""
    return f"En cas de danger, n'attendez pas : appelez le {public_numbers['samu']} ou le {public_numbers['europe']}."


def wait_promise(low_s: int, high_s: int) -> Body:
    """Give the body of a promised wait."""
    return {"what": "wait", "wait_s": [low_s, high_s]}


def answer_promise(due: DueAt) -> Body:
    """Give the body of a promised written answer."""
    return {"what": "written_answer", "due_at": due.at.isoformat(), "due_on": due.by.isoformat()}


def answered(advisor_name: str) -> Body:
    """Give the card that closes a promise: the written answer is there."""
    text = french.typography(
        f"{advisor_name} a répondu à votre demande écrite. Vous pouvez répondre ici à votre tour : "
        "votre message rouvrira la demande, avec une nouvelle date."
    )
    return {"card": "answered", "text": text, "data": {}}


def from_desk(kind: Kind, body: Body, client_id: str) -> Draft:
    """Make a draft of the desk itself: it stands outside the floor; *client_id* makes it unique."""
    return Draft(AuthorKind.SYSTEM, kind, body, client_id=client_id)
