"""
What a signed-in member is told of his own file, topic by topic: one module a group, each with its ``READINGS``.

A reading answers *topic* with the member's own data, as cards with a plain twin; it gives False when it has nothing to
add, and the general answer is then said.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Awaitable, Callable
from functools import lru_cache
from importlib import import_module

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.actions.ports import Ports

Reading = Callable[[Ports, Tracker, CollectingDispatcher, str], Awaitable[bool]]


@lru_cache(maxsize=1)
def readings() -> dict[str, Reading]:
    """Give every reading by its topic."""
    found: dict[str, Reading] = {}
    for module in pkgutil.iter_modules(__path__):
        found |= import_module(f"{__name__}.{module.name}").READINGS
    return found
