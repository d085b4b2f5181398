"""After a danger: the numbers, and a person in one press, through the chat API as every client speaks it."""

from __future__ import annotations

import io
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assistant.chat import Terminal, open_terminal
from journal.entries import Holder
from kernel.clock import SystemClock
from kernel.settings import Settings
from tests.integration.worker.talking import FakeTalks

ASKS = {"custom": {"topic": "parler_humain", "handoff": {"queue": "live", "tried": []}}}


@pytest.fixture
async def terminal(tmp_path: Path) -> AsyncIterator[Terminal]:
    """A terminal over the whole system, with a dialogue that hands over when asked to."""
    talks: Any = FakeTalks(says={"Parler à un conseiller": ASKS})
    async with open_terminal(replace(Settings(), state_dir=tmp_path), SystemClock(), talks, io.StringIO(), as_json=True) as opened:
        await opened.open(None)
        yield opened


def shown(terminal: Terminal) -> list[dict[str, Any]]:
    """Give what was printed."""
    return [json.loads(line) for line in terminal.out.getvalue().splitlines()]  # type: ignore[attr-defined]


async def test_the_button_under_the_numbers_brings_to_the_urgent_queue(terminal: Terminal) -> None:
    """The advisor reads what was written, not the title of a button."""
    await terminal.say("je veux en finir")
    answer = shown(terminal)[-1]
    assert answer["kind"] == "safety"
    assert [button["title"] for button in answer["body"]["buttons"]] == ["Parler à un conseiller"]
    assert not any(name.startswith("_") for name in answer["body"]["buttons"][0])
    await terminal.say("/choose 1")

    conversation = await terminal.core.journal.conversation(terminal.conversation)
    assert (conversation.floor.holder, conversation.queue) == (Holder.DESK, "urgent")
    asked = shown(terminal)[-1]
    assert asked["kind"] == "handoff_requested"
    assert any("je veux en finir" in line for line in asked["body"]["passed"])


async def test_the_call_that_the_widget_makes_goes_to_the_urgent_queue_too(terminal: Terminal) -> None:
    """With every worker dead by then, the button still works."""
    await terminal.say("mon mari me frappe")
    await terminal.say("/handoff")

    assert [one.id for one in await terminal.core.journal.waiting("urgent")] == [terminal.conversation]
