"""What the member asked for and where it is; his complaints, the mediator, whom he represents; what a danger needs."""

from __future__ import annotations

from datetime import date

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.actions.ports import Ports
from bot.actions.services import Heard
from bot.actions.services.access import danger_of
from bot.actions.services.rights import read_right
from bot.actions.turn import intent_of, say_card, say_phrase, text_of
from bot.phrasing.acronyms import fold
from bot.phrasing.cards import table_card
from bot.phrasing.member_requests import can_cancel, complaint_rows, complaints, is_pending, mediation_of, pending_rows
from bot.phrasing.phrasebook import Button
from kernel.french import day
from kernel.organisation import organisation
from member_api.contract import RepresentationKind, Request

PERSON = Button("Parler à un conseiller", act="handoff")
MEDIATOR = Button("Saisir le médiateur", topic="mediateur")
COMPLAIN = Button("Faire une réclamation", topic="reclamation_deposer")
FOLLOW = Button("Suivre ma réclamation", topic="reclamation_suivi")
CANCEL = Button("Annuler une demande", payload='/messagerie_delai{"option": "cancel_request"}')
MOST = 8


def today_of(ports: Ports) -> date:
    """Give the day in France."""
    return ports.context.now.astimezone(organisation().timezone).date()


def heard_of(ports: Ports, tracker: Tracker) -> Heard:
    """Give the latest message as a question hears it, nothing being asked."""
    text = text_of(tracker)
    return Heard(text, fold(text).replace("’", "'"), intent_of(tracker), tracker.latest_message.get("entities") or [], today_of(ports))


async def requests_of(ports: Ports) -> tuple[Request, ...] | None:
    """Read what the member asked for; None when his file is not open."""
    return await ports.file.read("requests", lambda members, caller: members.requests(caller)) if ports.file else None


async def show_complaints(ports: Ports, _: Tracker, say: CollectingDispatcher, topic: str) -> bool:
    """Show the complaints with their two dates; the pending requests when there is no complaint."""
    asked = await requests_of(ports)
    if asked is None:
        return False
    found = complaints(asked)
    if not found:
        say_phrase(say, ports.phrase("no_complaint"), topic=topic)
        return True
    today = today_of(ports)
    for one in found[:2]:
        is_late = bool(one.due_on and one.due_on < today and is_pending(one))
        say_phrase(say, ports.phrase("complaint_late" if is_late else "complaint_shown", is_over=not is_pending(one)), topic=topic)
        say_card(say, table_card("Votre réclamation", complaint_rows(one, today)), (PERSON, MEDIATOR), topic=topic)
    return True


async def show_requests(ports: Ports, tracker: Tracker, say: CollectingDispatcher, topic: str) -> bool:
    """Show what is under way, by when, and what can still be cancelled; False when a cancellation is asked for."""
    heard = heard_of(ports, tracker)
    if "cancel_request" in heard.values("option") or "annul" in heard.folded:
        return False
    asked = await requests_of(ports)
    if asked is None:
        return False
    rows = pending_rows(asked, ports.context.now)
    if not rows:
        say_phrase(say, ports.phrase("no_request"), topic=topic)
        return True
    today = today_of(ports)
    is_late = any(one.due_on and one.due_on < today for one in asked if is_pending(one))
    say_phrase(say, ports.phrase("requests_late" if is_late else "requests_shown"), topic=topic)
    cancel = (CANCEL,) if any(can_cancel(one, ports.context.now) for one in asked) else ()
    say_card(say, table_card("Vos demandes", rows[:MOST]), (*cancel, PERSON, COMPLAIN), topic=topic)
    return True


async def show_mediation(ports: Ports, _: Tracker, say: CollectingDispatcher, topic: str) -> bool:
    """Say from when and until when the mediator can be asked, for the latest complaint; the general answer then stays one click away."""
    asked = await requests_of(ports)
    found = complaints(asked or ())
    if not found:
        return False
    one, today = found[0], today_of(ports)
    mediation = mediation_of(one, today)
    state = "over" if today > mediation.until_on else "open" if mediation.is_open else "later"
    say_phrase(say, ports.phrase("mediation_shown", state=state, subject=one.subject, from_on=day(mediation.from_on), until_on=day(mediation.until_on)),
               topic=topic)
    return True


async def show_representations(ports: Ports, _: Tracker, say: CollectingDispatcher, topic: str) -> bool:
    """Show whose files the member may open; False when there is none: the general answer says how to become one."""
    if ports.file is None:
        return False
    known = await ports.file.read("representations", lambda members, caller: members.representations(caller))
    if not known:
        return False
    say_phrase(say, ports.phrase("representations_shown"), topic=topic)
    kinds = {RepresentationKind.GUARDIAN: "tutelle", RepresentationKind.PROXY: "procuration"}
    rows = [(f"{one.first_name} {one.last_name}",
             f"{kinds[one.kind]}, jusqu'au {day(one.until_on)} ; {'consulter et agir' if one.may_act else 'consulter, sans agir'}") for one in known]
    say_card(say, table_card("Les personnes que vous représentez", rows), (PERSON,), topic=topic)
    return True


async def advise_on_data(ports: Ports, tracker: Tracker, say: CollectingDispatcher, topic: str) -> bool:
    """Tell the rights, with a button for each; False when the message uses one. « Cette conversation » is erased from the menu."""
    heard = heard_of(ports, tracker)
    is_about_chat = any(word in heard.folded for word in ("conversation", "discussion", "dialogue", "echange", "ce que je viens", "chat"))
    if read_right(heard) and not is_about_chat:
        return False
    say_phrase(say, ports.phrase("data_rights", is_about_chat=is_about_chat), topic=topic)
    return True


async def advise_on_danger(ports: Ports, tracker: Tracker, say: CollectingDispatcher, topic: str) -> bool:
    """Tell what to do with a doubtful message, and offer to protect the account; False when something did happen."""
    heard = heard_of(ports, tracker)
    if "protect" in heard.values("option") or danger_of(heard):
        return False
    say_phrase(say, ports.phrase("phishing_seen"), topic=topic)
    return True


READINGS = {
    "reclamation_suivi": show_complaints, "messagerie_delai": show_requests, "mediateur": show_mediation,
    "tiers_representant": show_representations, "donnees_personnelles": advise_on_data, "compte_piratage": advise_on_danger,
}
