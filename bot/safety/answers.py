"""
The fixed text shown first to somebody in danger, as the body of a ``safety`` entry (docs/entries.md). Pure.

Texts: ``answers.yml``, after the safety answers of the regulation notes: shown at once, no form, no sign-in, never an
opinion on a state of health.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from string import Formatter
from typing import Any

import yaml

from bot.phrasing.phrasebook import Button
from bot.safety.danger import Danger
from kernel.french import typography
from kernel.organisation import Organisation

Body = dict[str, Any]


@lru_cache(maxsize=1)
def _texts() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "answers.yml").read_text(encoding="utf-8"))
    return content


def answer(danger: Danger, organisation: Organisation) -> Body:
    """
    Give what to show for *danger*: ``topic``, ``text``, ``numbers`` and ``quick_exit``.

    A reminder is one line; a variant without a text of its own has its topic's.
    """
    known = _numbers(organisation)
    of_topic = _texts()["answers"][danger.topic]
    chosen = of_topic.get(danger.variant, of_topic["general"])
    extra = [] if danger.is_reminder else [_texts()["also"][topic] for topic in danger.also]
    lines = [of_topic["reminder"]] if danger.is_reminder else [*chosen["lines"], *(one["text"] for one in extra)]
    names = [*chosen["numbers"], *(name for one in extra for name in one["numbers"])]
    return {
        "topic": danger.topic,
        "text": typography("\n\n".join(_filled(lines, known))),
        "numbers": [{"number": known[name], "label": _texts()["numbers"][name]["label"]}
                    for name in dict.fromkeys(names) if name in known],
        "quick_exit": chosen.get("quick_exit", False) or "violences_danger" in danger.also,
    }


def way_to_a_person() -> Button:
    """Give the button offered with the numbers: who is in danger can ask for somebody without finding the words."""
    return Button(_texts()["person"], act="handoff")


def _numbers(organisation: Organisation) -> dict[str, str]:
    configured = organisation.raw.public_numbers
    found = {name: configured.get(name) or row["number"] for name, row in _texts()["numbers"].items()}
    return {name: str(number) for name, number in found.items() if number}


def _filled(lines: Iterable[str], known: dict[str, str]) -> list[str]:
    """Fill in the numbers; a line that needs one nobody gave is left out rather than shown with a hole."""
    needed = {line: {field for _, field, _, _ in Formatter().parse(line) if field} for line in lines}
    return [line.format_map(known) for line, fields in needed.items() if fields <= known.keys()]
