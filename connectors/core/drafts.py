"""What the gateway writes for a member: messages, a request for a person, opinions. Bodies: docs/entries.md."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from connectors.core import texts
from journal.entries import AuthorKind, Conversation, Draft, Entry, Kind
from kernel.errors import Malformed
from kernel.french import NBSP

ASKED = "Vous avez demandé à parler à un conseiller."
_QUOTED = 300
BEST_SCORE = 5


def text_draft(text: str, client_id: str) -> Draft:
    """Make a member's message; a leading « / » is text like any other. Malformed, TooLarge."""
    return Draft(AuthorKind.MEMBER, Kind.TEXT, {"text": texts.message_text(text)}, client_id=texts.client_id(client_id))


def handoff_draft(
    conversation: Conversation, latest: Sequence[Entry], client_id: str, title: Callable[[str], str]
) -> Draft:
    """Make the member's request for a person; *title* names a topic in French, *latest* are the last entries."""
    passed = _passed(conversation, latest, title)
    body = {"queue": queue_for(conversation), "by": "member", "text": ASKED, "passed": passed}
    return Draft(AuthorKind.MEMBER, Kind.HANDOFF_REQUESTED, body, client_id=texts.client_id(client_id))


def queue_for(conversation: Conversation) -> str:
    """Give the queue a request goes to: one raised to urgent by a danger stays there."""
    return "urgent" if conversation.queue == "urgent" else "live"


def _passed(conversation: Conversation, latest: Sequence[Entry], title: Callable[[str], str]) -> list[str]:
    """List what the advisor will see, as the member is shown it."""
    lines = [f"Sujet{NBSP}: {', '.join(map(title, conversation.topics))}"] if conversation.topics else []
    said = [one.body["text"] for one in latest if _is_said_by_member(one) and one.body and one.body.get("text")]
    if said:
        lines.append(f"Dernier message{NBSP}: «{NBSP}{_shortened(said[-1])}{NBSP}»")
    return lines


def _is_said_by_member(entry: Entry) -> bool:
    return entry.author is AuthorKind.MEMBER and entry.kind in (Kind.TEXT, Kind.CHOICE)


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _QUOTED else line[:_QUOTED].rstrip() + "…"


def rating_draft(score: int, comment: str | None, client_id: str) -> Draft:
    """Make a rating from 1 to 5; Malformed, TooLarge."""
    if not 1 <= score <= BEST_SCORE:
        raise Malformed("score: 1 to 5")
    said = texts.clean(comment or "")
    body = {"score": score} | ({"comment": texts.message_text(said)} if said else {})
    return Draft(AuthorKind.MEMBER, Kind.RATING, body, client_id=texts.client_id(client_id))


def useful_draft(entry: Entry, client_id: str, *, useful: bool) -> Draft:
    """Make the member's opinion of one answer; Malformed when *entry* answers nothing."""
    if entry.author not in (AuthorKind.ASSISTANT, AuthorKind.ADVISOR) or entry.kind is Kind.NOTE:
        raise Malformed("entry: not an answer")
    body = {"entry": entry.number, "useful": useful}
    return Draft(AuthorKind.MEMBER, Kind.USEFUL, body, client_id=texts.client_id(client_id))


def field_draft(field: str, label: str, ending: str, *, shown: str = "", deposit_id: str | None = None) -> Draft:
    """Make the trace of a filled secure field: its name and its end (or *shown*, masked), never its value."""
    body = {"field": field, "label": label, "ending": ending} | ({"shown": shown} if shown else {})
    return Draft(AuthorKind.MEMBER, Kind.FORM, body | ({"_deposit": deposit_id} if deposit_id else {}))
