"""Which secure field a conversation asks for now. Pure; the widget's ``asking.js`` says the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from journal.entries import AuthorKind, Conversation, Entry, Holder, Kind

LOOKS_BACK = 60
"""Entries in which the asking card is looked for: an older one is asked for again."""


@dataclass(frozen=True)
class AskedField:
    """A field under its *name*; *code_id*: the one-time code that was sent, for a field that takes its digits."""

    name: str
    label: str
    code_id: str | None = None


def asked_field(conversation: Conversation, latest: Sequence[Entry]) -> AskedField | None:
    """Give the field the assistant asks for: the last thing it offered, not filled yet, while it holds the floor."""
    if conversation.is_closed or conversation.floor.holder is not Holder.ASSISTANT:
        return None
    for entry in reversed(latest):
        if entry.kind is Kind.FORM:
            return None
        if entry.author is AuthorKind.ASSISTANT and (field := _field_of(entry)):
            return field
        if entry.author is AuthorKind.ASSISTANT and (entry.body or {}).get("buttons"):
            return None
    return None


def _field_of(entry: Entry) -> AskedField | None:
    body = entry.body or {}
    if entry.kind is not Kind.CARD or body.get("card") != "field":
        return None
    data = body.get("data") or {}
    return AskedField(str(data.get("name")), str(data.get("label")), data.get("_code"))
