"""A person is asked for; the conversation comes back; the member has signed in."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot.actions.answer import serve_topic
from bot.actions.base import BotAction
from bot.actions.ports import Ports
from bot.actions.reimbursements import show_reimbursements
from bot.actions.service_form import state_of
from bot.actions.turn import Events, say_phrase

STARTERS = {"adresse_changer": "action_start_address", "connexion_probleme": "action_start_login"}
"""Topics that a form conducts: resuming them starts the form's opening action."""


OWN_REIMBURSEMENTS = frozenset({"remb_suivi", "remb_retard", "remb_montant", "remb_historique", "decompte_expliquer"})
"""Topics answered from the member's own lines."""


def handoff_request(tracker: Tracker, *, queue: str = "live") -> dict[str, Any]:
    """Give what the advisor must know: what was tried and asked, so that nobody asks twice."""
    return {"queue": queue, "tried": tracker.get_slot("login_tried") or [], "topic": tracker.get_slot("last_topic")}


class ActionHandoff(BotAction):
    """A person, at once and without argument; by a dated written answer when nobody is there."""

    async def answer(self, ports: Ports, tracker: Tracker, say: CollectingDispatcher) -> Events:
        """See BotAction."""
        if ports.context.desk == "open":
            say_phrase(say, ports.phrase("handoff_open"), topic="parler_humain", handoff=handoff_request(tracker))
        else:
            say_phrase(say, ports.phrase("handoff_closed"), topic="parler_humain")
        return [SlotSet("misunderstood", 0)]


class ActionSignedIn(BotAction):
    """The request that needed the member to sign in resumes by itself."""

    async def answer(self, ports: Ports, tracker: Tracker, say: CollectingDispatcher) -> Events:
        """See BotAction."""
        waiting = tracker.get_slot("waiting_request")
        if waiting is None or ports.context.level == 0:
            return []
        done: Events = [SlotSet("waiting_request", None)]
        if waiting in STARTERS:
            return [*done, FollowupAction(STARTERS[waiting])]
        say_phrase(say, ports.phrase("signed_in"))
        if waiting in OWN_REIMBURSEMENTS:
            return [*await show_reimbursements(ports, tracker, say, waiting), *done]
        return [*await serve_topic(ports, tracker, say, waiting), *done]


class ActionFloorReturned(BotAction):
    """
    An advisor gave the conversation back: say who speaks; an unfinished form asks its question again after this.

    A form whose act was begun is finished, even if its last answer was dropped because the advisor had come: asking to
    confirm again would do the same thing twice.
    """

    async def answer(self, ports: Ports, tracker: Tracker, say: CollectingDispatcher) -> Events:
        """See BotAction."""
        form = tracker.active_loop_name
        key = {"address_form": tracker.get_slot("address_key"), "service_form": state_of(tracker).get("key")}.get(str(form))
        if key and ports.acts is not None and await ports.acts.was_begun(key):
            say_phrase(say, ports.phrase("floor_returned"))
            given = [SlotSet(name, None) for name, value in tracker.slots.items() if name.startswith(("address_", "service")) and value is not None]
            return [ActiveLoop(None), SlotSet("requested_slot", None), *given]
        say_phrase(say, ports.phrase("floor_returned_form" if form else "floor_returned"))
        return [SlotSet("misunderstood", 0)]
