"""A terminal chat over the whole system in process: sandbox insurer, gateway, worker, the trained model."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.chat import Terminal, open_terminal
from bot.worker.dialogue import Dialogue
from kernel.clock import ShiftedClock
from kernel.settings import Settings

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def loaded_dialogue(trained_model: Path) -> Dialogue:
    """The model, loaded once."""
    return Dialogue.load(trained_model)


@pytest.fixture
async def terminal(tmp_path: Path, loaded_dialogue: Dialogue) -> AsyncIterator[Terminal]:
    """One conversation, on Monday 23 November 2026 at ten o'clock in Paris."""
    settings = replace(Settings(), state_dir=tmp_path)
    async with open_terminal(settings, ShiftedClock(MONDAY), loaded_dialogue, io.StringIO(), as_json=True) as opened:
        yield opened
