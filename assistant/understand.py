"""What the assistant understands of a line: masked text, danger, topics. Uses the trained model, no server."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TextIO

from bot.nlu.understanding import Understanding
from bot.phrasing.phrasebook import topics
from bot.safety import joined, look
from bot.worker.model import fresh_model, train
from bot.worker.outputs import IDENTIFIERS
from journal.entries import AuthorKind
from journal.masking import mask


def archive(tell: Callable[[str], None]) -> Path:
    """Give the model trained from today's data, training it first when there is none."""
    return fresh_model() or train(tell=tell)


def understand_lines(lines: Iterable[str], out: TextIO, model: Path, *, as_json: bool) -> None:
    """Write one line for each message of *lines* (plain text, or JSON with `text`)."""
    understanding = Understanding.load(model)
    for line in lines:
        text = _text_of(line.rstrip("\n"))
        seen = understood(text, understanding)
        out.write((json.dumps(seen, ensure_ascii=False) if as_json else spoken(seen)) + "\n")
        out.flush()


def _text_of(line: str) -> str:
    if line.startswith("{"):
        try:
            known = json.loads(line)
        except json.JSONDecodeError:
            return line
        if isinstance(known, dict) and isinstance(known.get("text"), str):
            return str(known["text"])
    return line


def understood(text: str, understanding: Understanding) -> dict[str, Any]:
    """Give what is understood of *text*: `text` masked, `masked`, `safety`, `topics` in order of serving, `candidates`."""
    masked = mask(text, AuthorKind.MEMBER)
    result = understanding.understand(masked.text)
    danger = joined(look(masked.text), result.suspicion)
    found = [{"id": topic.id, "confidence": round(topic.confidence, 4)} for topic in result.topics if topic.id in topics()]
    if IDENTIFIERS & {one.kind for one in masked.found}:
        found = [{"id": "donnees_sensibles", "confidence": 1.0}, *(one for one in found if one["id"] != "donnees_sensibles")][:1]
    safety = danger.topic if danger and not danger.is_reminder else None
    if safety:
        found = [{"id": safety, "confidence": 1.0}]
    return {
        "text": masked.text,
        "masked": [{"kind": one.kind, "start": one.start, "end": one.end} for one in masked.found],
        "safety": safety,
        "topics": found,
        "candidates": [{"id": one.id, "confidence": round(one.confidence, 4)} for one in result.candidates if one.id in topics()][:3],
    }


def spoken(seen: dict[str, Any]) -> str:
    """Give a result as one line a person reads."""
    what = ", ".join(f"{topic['id']} ({topic['confidence']:.2f})" for topic in seen["topics"]) or "pas compris"
    return f"{seen['text']}  →  {what}" + (f"  ⚠ {seen['safety']}" if seen["safety"] else "")
