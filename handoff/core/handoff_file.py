"""
The handoff file: what an advisor reads first, so that the member repeats nothing. Made from the entries. Pure.

The assistant may add its own under ``_file`` of handoff_requested: ``summary`` (text), ``topics``, ``tried`` (texts),
``facts`` (``[{label, value}]``); anything else there is ignored.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from handoff.core.markup import plain
from handoff.core.thread import text_of
from journal.entries import AuthorKind, Body, Conversation, Entry, Kind

EXCERPT = 280
WORDS_KEPT = 5


@dataclass(frozen=True)
class Said:
    """Words of somebody, with where they are in the conversation."""

    number: int
    text: str
    topic: str | None = None


@dataclass(frozen=True)
class Fact:
    """Something given once: « Nouvelle adresse », « 12 rue des Lilas »."""

    label: str
    value: str


@dataclass(frozen=True)
class HandoffFile:
    """
    *words*: the member's first message and the latest ones; *tried*: what the assistant answered, newest last;
    *results*: acts done or refused; *identity_how*: how the level was proven; *dangers*: topics of safety answers.
    """

    topics: tuple[str, ...]
    summary: str | None
    asked_by: str | None
    asked_at: datetime | None
    passed: tuple[str, ...]
    words: tuple[Said, ...]
    tried: tuple[Said, ...]
    results: tuple[Said, ...]
    facts: tuple[Fact, ...]
    identity_level: int
    identity_how: str | None
    identity_was: int
    dangers: tuple[str, ...]
    masked: tuple[str, ...]
    returned_summary: str | None


def handoff_file(conversation: Conversation, entries: Sequence[Entry], now: datetime) -> HandoffFile:
    """Make the file of *conversation* from all its *entries*, in order."""
    asked = _last(entries, Kind.HANDOFF_REQUESTED)
    proven = _last(entries, Kind.IDENTITY_PROVEN)
    given_back = [entry for entry in entries if entry.kind is Kind.FLOOR_CHANGED and (entry.body or {}).get("_summary")]
    body: Body = (asked.body if asked else None) or {}
    added = body["_file"] if isinstance(body.get("_file"), dict) else {}
    return HandoffFile(
        topics=_unique([*conversation.topics, *_texts(added.get("topics")), *_topics(entries)]),
        summary=_text(added.get("summary")),
        asked_by=_text(body.get("by")),
        asked_at=asked.moment if asked else None,
        passed=tuple(_texts(body.get("passed"))),
        words=_words(entries),
        tried=_tried(entries, _texts(added.get("tried"))),
        results=_results(entries),
        facts=(*_facts(added.get("facts")), *_facts_given(entries)),
        identity_level=conversation.identity.level_at(now),
        identity_was=conversation.identity.level,
        identity_how=_text((proven.body or {}).get("how")) if proven else None,
        dangers=_unique(str((entry.body or {}).get("topic") or "") for entry in entries if entry.kind is Kind.SAFETY),
        masked=_unique(kind for entry in entries for kind in _texts((entry.body or {}).get("masked"))),
        returned_summary=str((given_back[-1].body or {})["_summary"]) if given_back else None,
    )


def excerpt(text: str, length: int = EXCERPT) -> str:
    """Shorten *text* to *length* characters, on a word, with an ellipsis."""
    flat = " ".join(text.split())
    return flat if len(flat) <= length else flat[:length].rsplit(" ", 1)[0] + "…"


def _words(entries: Sequence[Entry]) -> tuple[Said, ...]:
    said = [
        Said(entry.number, excerpt(text_of(entry.body)))
        for entry in entries
        if entry.author is AuthorKind.MEMBER and entry.kind is Kind.TEXT and text_of(entry.body)
    ]
    return tuple(said if len(said) <= WORDS_KEPT else [said[0], *said[1 - WORDS_KEPT :]])


def _tried(entries: Sequence[Entry], added: list[str]) -> tuple[Said, ...]:
    own = [Said(0, text) for text in added]
    answers = [entry for entry in entries if entry.author is AuthorKind.ASSISTANT and (entry.body or {}).get("topic")]
    newest: dict[str, Said] = {}
    for entry in answers:  # one line a topic: what was answered last about it
        topic = str((entry.body or {})["topic"])
        newest.pop(topic, None)
        newest[topic] = Said(entry.number, excerpt(plain(text_of(entry.body)), 140), topic)
    return (*own, *newest.values())


def _results(entries: Iterable[Entry]) -> tuple[Said, ...]:
    kinds = (Kind.ACT_RESULT, Kind.REFUSED)
    return tuple(
        Said(entry.number, excerpt(plain(text_of(entry.body))), (entry.body or {}).get("status"))
        for entry in entries
        if entry.kind in kinds and text_of(entry.body)
    )


def _facts_given(entries: Iterable[Entry]) -> list[Fact]:
    """Give the fields of each summary shown (the latest value wins) and the ends of secure fields."""
    facts: dict[str, str] = {}
    for entry in entries:
        body = entry.body or {}
        if entry.kind is Kind.FORM:
            facts[str(body.get("label") or body.get("field") or "")] = f"se termine par {body.get('ending', '…')}"
        elif entry.kind is Kind.CARD and body.get("card") == "summary":
            shown = body.get("data")
            facts |= {fact.label: fact.value for fact in _facts(shown.get("fields") if isinstance(shown, dict) else None)}
    return [Fact(label, value) for label, value in facts.items() if label]


def _facts(value: Any) -> list[Fact]:
    rows = value if isinstance(value, list) else []
    return [Fact(str(row["label"]), str(row.get("value", ""))) for row in rows if isinstance(row, dict) and row.get("label")]


def _topics(entries: Iterable[Entry]) -> list[str]:
    return [topic for entry in entries for topic in _texts([(entry.body or {}).get("topic")]) if entry.author is AuthorKind.ASSISTANT]


def _last(entries: Sequence[Entry], kind: Kind) -> Entry | None:
    return next((entry for entry in reversed(entries) if entry.kind is kind), None)


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


def _texts(value: Any) -> list[str]:
    return [one for one in value if isinstance(one, str) and one] if isinstance(value, list) else []


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))
