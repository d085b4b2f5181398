"""Plays the dialogues of this folder through the real journal, gateway and worker. A dialogue reads like one."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.chat import Terminal

DIALOGUES = [
    pytest.param(dialogue, id=f"{path.stem}: {dialogue['title']}")
    for path in sorted(Path(__file__).parent.glob("*.yml")) for dialogue in yaml.safe_load(path.read_text(encoding="utf-8"))
]
pytestmark = pytest.mark.rasa


@pytest.mark.parametrize("dialogue", DIALOGUES)
async def test_a_conversation_goes_as_written(dialogue: dict[str, Any], terminal: Terminal) -> None:
    """What a member says (`me`), what must be answered (`it`, in any of the entries that follow) and must not (`never`)."""
    await terminal.open(dialogue.get("as"))
    for step in dialogue["steps"]:
        entries = await play(terminal, step["me"])
        told = plain("\n".join(text_of(entry) for entry in entries))
        for words in as_list(step.get("it")):
            assert words in told, f"« {step['me']} » : {told}"
        for words in as_list(step.get("never")):
            assert words not in told, f"« {step['me']} » : {told}"
        if "kinds" in step:
            assert step["kinds"] == [entry["kind"] for entry in entries if entry["author"] != "member"]


async def play(terminal: Terminal, words: str) -> list[dict[str, Any]]:
    """Say *words* and give the entries that follow, whoever wrote them but the member."""
    terminal.out.seek(0)
    terminal.out.truncate()
    await terminal.say(words.replace("CODE", await latest_code(terminal)) if "CODE" in words else words)
    lines = [json.loads(line) for line in terminal.out.getvalue().splitlines()]  # type: ignore[attr-defined]
    return [entry for entry in lines if entry.get("author") != "member"]


async def latest_code(terminal: Terminal) -> str:
    """Give the last one-time code sent, as its member reads it in the sandbox's mailbox."""
    async with terminal.session.get(f"{terminal.core.settings.sandbox_url}/sandbox/boite.json") as answer:
        messages = (await answer.json())["messages"]
    found = [code for message in messages for code in re.findall(r"(?<!\d)\d{6}(?!\d)", re.sub(r"[\u00a0\u202f]", "", json.dumps(message, ensure_ascii=False)))]
    return found[0]


def text_of(entry: dict[str, Any]) -> str:
    """Give what a person reads of an entry: its text, what is passed on to an advisor, its buttons."""
    body = entry.get("body") or entry
    return "\n".join([str(body.get("text") or ""), *(body.get("passed") or ()), *(f"[{button['title']}]" for button in body.get("buttons") or [])])


def plain(text: str) -> str:
    """Write ordinary spaces for the non-breaking ones."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def as_list(value: Any) -> list[str]:
    """Give one or several expectations as a list."""
    return [] if value is None else [value] if isinstance(value, str) else list(value)
