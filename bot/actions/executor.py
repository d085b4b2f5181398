"""Runs custom actions in this process, through the stock SDK's own executor."""

from __future__ import annotations

import asyncio
import copy
from typing import Any

from rasa_sdk.executor import ActionExecutor

TIMEOUT_S = 9.0
"""An action may wait for the member API (8 s at most with its retries); a turn lasts 10 s."""


class InProcessActions:
    """Every action of `bot.actions`, called with what Rasa would send to an action server."""

    def __init__(self) -> None:
        """Import and register the actions."""
        self._executor = ActionExecutor()
        self._executor.register_package("bot.actions")

    @property
    def names(self) -> frozenset[str]:
        """Give the registered names: a test compares them with the domain."""
        return frozenset(self._executor.actions)

    async def run(self, call: dict[str, Any]) -> dict[str, Any]:
        """Run one call; ActionExecutionRejection and any failure of the action pass through."""
        answer = await asyncio.wait_for(self._executor.run(copy.deepcopy(call)), TIMEOUT_S)
        return answer or {"events": [], "responses": []}
