"""Reading days, names and free words for services. Not a group of services."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from bot.actions.services import Heard, Service
from bot.phrasing.acronyms import fold
from bot.phrasing.dates import read_day

SERVICES: list[Service] = []
LONGEST = 80
_QUESTION = re.compile(r"\?|^(c'?est quoi|comment|combien|pourquoi|quand|est[- ]ce que|qu'?est[- ]ce|quel(le)?s? )")
_NAME = re.compile(r"[^\W\d_]+(?:[-'’ ][^\W\d_]+){0,4}")
_NAME_WORDS = 4
_NO_NAME = re.compile(r"\b(?:prenom|nom|c'est|est|s'appelle|pas|non|oui|je|bonjour|merci)\b")
_OPENING = re.compile(r"^(?:c'est |il s'appelle |elle s'appelle |son prenom est |son nom est |prenom ?:? |nom ?:? )")


def is_question(heard: Heard) -> bool:
    """Say whether the message asks something instead of answering."""
    return bool(_QUESTION.search(heard.folded.strip()))


def free_words(heard: Heard) -> str | None:
    """Read the words of an answer as they are; None for a question, or when nothing was asked."""
    words = " ".join(heard.text.split())
    return words if heard.is_asked and words and len(words) <= LONGEST and not is_question(heard) else None


def name_words(heard: Heard) -> str | None:
    """Read a name as it is written: letters only, a few words; « elle s'appelle » before it is left out."""
    words = free_words(heard)
    if words is None:
        return None
    opening = _OPENING.match(heard.folded.strip())
    name = words[opening.end():] if opening else words
    is_name = _NAME.fullmatch(name) and not _NO_NAME.search(fold(name)) and len(name.split()) <= _NAME_WORDS
    return name[0].upper() + name[1:] if is_name else None


def one_day(heard: Heard) -> date | None:
    """Read a single day of the message: written, spoken, or told by the entities."""
    if told := read_day(heard.text, heard.today):
        return told
    spans: list[dict[str, Any]] = [value for value in heard.values("date") if isinstance(value, dict)]
    days = [span["from"] for span in spans if span.get("from") == span.get("to")]
    return date.fromisoformat(days[0]) if len(days) == 1 else None


def named_option(heard: Heard, do: str) -> dict[str, Any] | None:
    """Give what a button that opens a service says, when it asks for *do*."""
    return next((value for value in heard.values("option") if isinstance(value, dict) and value.get("do") == do), None)
