"""A message is read by the classifier once a turn, although two ask about it: the look for danger and the answer."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.chat import Terminal
from bot.worker.dialogue import Dialogue

pytestmark = pytest.mark.rasa


async def test_a_message_is_read_once(terminal: Terminal, loaded_dialogue: Dialogue, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading is the dearest step of a turn: twice would double what a member waits for."""
    processor = loaded_dialogue._agent.processor
    read: list[str] = []

    async def counted(message: Any, *rest: Any, parse: Any = processor.parse_message) -> Any:
        read.append(message.text)
        return await parse(message, *rest)

    monkeypatch.setattr(processor, "parse_message", counted)
    await terminal.open(None)
    await terminal.say("c'est quoi le ticket modérateur")
    await terminal.say("et si je veux changer d'adresse mardi")
    assert read == ["c'est quoi le ticket modérateur", "et si je veux changer d'adresse mardi"]
