"""The member's appointments: shown when he asks about them, with what moves or cancels each."""

from __future__ import annotations

import re

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.actions.ports import Ports
from bot.actions.services.appointments import change_payload
from bot.actions.turn import say_card, say_phrase, text_of
from bot.phrasing.acronyms import fold
from bot.phrasing.appointments import appointment_rows
from bot.phrasing.cards import table_card
from bot.phrasing.phrasebook import Button

EXISTING = re.compile(r"annul|deplac|decal|report|avanc\w+ (?:mon|le|notre)|chang\w+ (?:mon|le|la date|l'heure|de jour|d'heure)|mon (?:rdv|rendez)|notre (?:rdv|rendez)|remettre|venir comment"
                      r"|peux (?:plus|pas) venir|confirm|verifi|j'(?:ai|avais) (?:un )?(?:rdv|rendez)|c'est (?:quand|bien|a quelle)|a quelle heure")
"""Words about an appointment that should exist already."""
SHOW = "show"
"""What the button « Voir mes rendez-vous » says."""
BOOK = Button("Prendre un autre rendez-vous", payload='/rdv_prendre{"option": "book_new"}')
MOST = 3


async def show_appointments(ports: Ports, tracker: Tracker, say: CollectingDispatcher, topic: str) -> bool:
    """Show what is booked, when the message is about it; False when a new one is asked for, or a card's button says what to do."""
    options = [entity["value"] for entity in tracker.latest_message.get("entities") or () if entity.get("entity") == "option"]
    is_asked = options == [SHOW] or (not options and EXISTING.search(fold(text_of(tracker)).replace("’", "'")))
    if ports.file is None or tracker.active_loop_name or not is_asked:
        return False
    booked = await ports.file.read("appointments", lambda members, caller: members.appointments(caller))
    if not booked:
        say_phrase(say, ports.phrase("no_appointment"), topic=topic)
        return True
    say_phrase(say, ports.phrase("appointments_shown", count=len(booked)), topic=topic)
    for one in booked[:MOST]:
        can_change = ports.context.now < one.changeable_until
        changes = (Button("Déplacer", payload=change_payload("move", one.id, one.slot)),
                   Button("Annuler ce rendez-vous", payload=change_payload("cancel", one.id, one.slot)))
        say_card(say, table_card("Votre rendez-vous", appointment_rows(one, ports.context.now)), (*(changes if can_change else ()), BOOK), topic=topic)
    return True


READINGS = {"rdv_prendre": show_appointments}
