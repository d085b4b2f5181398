"""The member's own reimbursements, or the follow-up of a late one; the general answer when signed out."""

from __future__ import annotations

import re

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.actions.answer import serve_topic
from bot.actions.base import BotAction
from bot.actions.ports import Ports
from bot.actions.service_form import start_service
from bot.actions.services import Service
from bot.actions.services.reimbursements import FOLLOW_UP, OPENS, follow_up_of
from bot.actions.turn import Events, intent_of, text_of
from bot.phrasing.acronyms import fold

_FOLLOW = re.compile(r"\brelanc(?:e|er|ez)\b(?! (?:par|de la part))")
_WAITS = frozenset({"remb_suivi", "remb_retard"})


async def show_reimbursements(ports: Ports, tracker: Tracker, say: CollectingDispatcher, topic: str) -> Events:
    """Answer *topic* from the member's own file; « relancez-le », or its button, opens the follow-up."""
    service = _follow_up(tracker) if topic in _WAITS else None
    if service and ports.context.level >= service.level and ports.file is not None and not tracker.active_loop_name:
        return await start_service(ports, say, service)
    return await serve_topic(ports, tracker, say, topic)


def _follow_up(tracker: Tracker) -> Service | None:
    """Give the follow-up asked for: by the button of a line, or in words."""
    options = (str(one["value"]) for one in tracker.latest_message.get("entities") or () if one.get("entity") == "option")
    chosen = next((option.removeprefix(OPENS) for option in options if option.startswith(OPENS)), None)
    if chosen:
        return follow_up_of(chosen)
    return FOLLOW_UP if _FOLLOW.search(fold(text_of(tracker))) else None


class ActionShowReimbursements(BotAction):
    """Answer with the member's own lines."""

    async def answer(self, ports: Ports, tracker: Tracker, say: CollectingDispatcher) -> Events:
        """See BotAction."""
        return await show_reimbursements(ports, tracker, say, intent_of(tracker))
