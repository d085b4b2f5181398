"""How long to keep statements: a question about them, not an order for one."""

from __future__ import annotations

import re

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.actions.ports import Ports
from bot.actions.turn import say_phrase, text_of
from bot.phrasing.acronyms import fold

_KEEPING = re.compile(r"\b(?:gard\w*|conserv\w*|rang\w*|class\w*|archiv\w*|jeter|combien de temps)\b")


async def tell_how_long(ports: Ports, tracker: Tracker, say: CollectingDispatcher, topic: str) -> bool:
    """Answer « faut les garder combien de temps ? »; anything else orders a document (bot.actions.services.statement)."""
    if not _KEEPING.search(fold(text_of(tracker))):
        return False
    say_phrase(say, ports.phrase("statement_keeping"), topic=topic)
    return True


READINGS = {"decompte_pdf": tell_how_long}
