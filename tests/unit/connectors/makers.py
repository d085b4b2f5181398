"""Conversations and entries for the tests of rules."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from journal.entries import AuthorKind, Conversation, Entry, Floor, Holder, Identity, Kind, Mode

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
SOON, PAST = NOON + timedelta(minutes=5), NOON - timedelta(minutes=5)


def a_conversation(**changes) -> Conversation:
    """Make an anonymous conversation the assistant holds."""
    holder = changes.pop("holder", Holder.ASSISTANT)
    known = {
        "id": "c_1", "created_at": NOON, "identity": Identity(), "mode": Mode.LIVE, "floor": Floor(holder, 1, 0, NOON),
        "is_closed": False, "last_number": 1, "head": "0" * 64, "position": 0, "queue": None, "priority": 0, "due_at": None,
        "due_on": None, "subject": None, "topics": (), "updated_at": NOON, "access_digest": None,
    }
    return Conversation(**(known | changes))


def an_entry(number: int = 1, *, author=AuthorKind.ASSISTANT, kind=Kind.TEXT, body=None, client_id=None) -> Entry:
    """Make an entry; *body* None: erased."""
    return Entry("c_1", number, NOON, author, None, None, kind, body, client_id, None, "", "", "")


def buttons(*ids: str) -> dict:
    """Make the body of an entry that offers options."""
    return {"text": "?", "buttons": [{"id": one, "title": one.title(), "_payload": f"/{one}"} for one in ids]}
