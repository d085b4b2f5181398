"""What tests write into the record, in one line each."""

from __future__ import annotations

from typing import Any

from journal.acts import Act
from journal.entries import AuthorKind, Conversation, Draft, Entry, Kind
from journal.journal import Journal
from journal.record import HeldBy


def said(text: str = "Bonjour, mon remboursement ?", **changes: Any) -> Draft:
    """A member's message."""
    return Draft(AuthorKind.MEMBER, Kind.TEXT, {"text": text}, **changes)


def answered(text: str = "Je regarde tout de suite.", **changes: Any) -> Draft:
    """An answer of the assistant."""
    return Draft(AuthorKind.ASSISTANT, Kind.TEXT, {"text": text}, **changes)


def replied(text: str = "Bonjour, je m'en occupe.", advisor_id: str = "a_camille", **changes: Any) -> Draft:
    """A reply of an advisor."""
    return Draft(AuthorKind.ADVISOR, Kind.TEXT, {"text": text}, author_id=advisor_id, author_name="Camille", **changes)


def noted(text: str = "À rappeler demain.", **changes: Any) -> Draft:
    """A private note of an advisor."""
    return Draft(AuthorKind.ADVISOR, Kind.NOTE, {"text": text}, author_id="a_camille", author_name="Camille", **changes)


def told(text: str = "Le 15 répond à toute heure.", kind: Kind = Kind.SAFETY, **changes: Any) -> Draft:
    """What the system tells, outside the floor."""
    return Draft(AuthorKind.SYSTEM, kind, {"text": text}, **changes)


def asked_for_a_person(by: AuthorKind = AuthorKind.MEMBER, **changes: Any) -> Draft:
    """A request for a person."""
    return Draft(by, Kind.HANDOFF_REQUESTED, {"queue": "live", "by": by.value}, **changes)


def an_address_change(conversation: Conversation, key: str = "act-1", **changes: Any) -> Act:
    """An act about to be begun."""
    values: dict[str, Any] = {
        "key": key, "conversation_id": conversation.id, "kind": "address_change", "member_id": "demo-1",
        "identity_level": 1, "request": {"town": "Poitiers"}, "status": "pending", "result": None, "attempts": 1,
    }
    return Act(**values | changes)


async def taken_by(journal: Journal, conversation_id: str, advisor_id: str = "a_camille") -> HeldBy:
    """Ask for a person, let an advisor take the conversation, and give the proof that he holds it."""
    await journal.request_handoff(conversation_id, asked_for_a_person())
    taken = await journal.take(conversation_id, advisor_id=advisor_id, advisor_name=advisor_id.removeprefix("a_").title())
    return HeldBy(taken.floor.holder, taken.floor.fencing, advisor_id)


async def answer_next(journal: Journal, text: str = "Voici ma réponse.", worker: str = "w1") -> list[Entry]:
    """Do what a worker does for one entry: claim, answer, commit."""
    turn = await journal.claim_turn(worker)
    if turn is None:
        raise LookupError("no entry waits for the assistant")
    return (await journal.commit_turn(turn, [answered(text)], "{}")).entries
