"""The member's own reimbursements: where they are, what was paid, to the cent; the general answer when signed out."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot.actions.answer import answer_topic
from bot.actions.base import BotAction
from bot.actions.ports import Ports
from bot.actions.turn import Events, intent_of, say_card, say_phrase
from bot.phrasing.phrasebook import Button
from bot.phrasing.reimbursements import MOST, adds_up, statement_card, waiting

PERSON = Button("Parler à un conseiller", act="handoff")
WRITE = Button("Écrire un message", act="write")
TERMS = Button("Comprendre les mots", topic="decompte_sigles")


async def show_reimbursements(ports: Ports, tracker: Tracker, say: CollectingDispatcher, topic: str) -> Events:
    """Answer *topic* with the member's latest lines; the general answer below level 1."""
    if ports.context.level == 0 or ports.file is None:
        return answer_topic(ports, tracker, say, topic)
    lines = await ports.file.read("reimbursements", lambda members, caller: members.reimbursements(caller))
    wanted = waiting(lines) if topic in ("remb_suivi", "remb_retard") else []
    shown = [line for line in (wanted or list(lines)) if adds_up(line)][:1 if topic != "remb_historique" else MOST]
    if not shown:
        say_phrase(say, ports.phrase("no_reimbursement"), topic=topic)
    else:
        late = topic == "remb_retard"
        say_phrase(say, ports.phrase("reimbursement_late" if late and wanted else "reimbursement_shown"), topic=topic)
        for line in shown:
            say_card(say, statement_card(line), (PERSON, WRITE) if late else (TERMS, PERSON), topic=topic)
    return [SlotSet("last_topic", topic), SlotSet("misunderstood", 0), SlotSet("waiting_request", None)]


class ActionShowReimbursements(BotAction):
    """Answer with the member's own lines."""

    async def answer(self, ports: Ports, tracker: Tracker, say: CollectingDispatcher) -> Events:
        """See BotAction."""
        return await show_reimbursements(ports, tracker, say, intent_of(tracker))
