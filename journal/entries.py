"""What the record is made of: conversations, entries, drafts of entries, views. Plain values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from kernel.errors import Malformed

Body = dict[str, Any]
LONGEST = {"client_id": 100, "author_id": 40, "author_name": 80}  # characters; SQLite would take any length


def is_storable(text: str) -> bool:
    """Whether both databases can keep *text*: no NUL, no half of a surrogate pair."""
    return "\x00" not in text and text.encode(errors="ignore").decode() == text


class AuthorKind(StrEnum):
    """Who writes. `system` stands outside the floor: safety answers, results of acts, refusals."""

    MEMBER = "member"
    ASSISTANT = "assistant"
    ADVISOR = "advisor"
    SYSTEM = "system"


class Kind(StrEnum):
    """What an entry is; docs/architecture.md §4 has the table of who writes and who sees each."""

    TEXT = "text"
    CHOICE = "choice"
    ATTACHMENT = "attachment"
    CARD = "card"
    FORM = "form"
    IDENTITY_PROVEN = "identity_proven"
    ATTACHMENT_VERDICT = "attachment_verdict"
    DOCUMENT_DECIDED = "document_decided"
    HANDOFF_REQUESTED = "handoff_requested"
    FLOOR_CHANGED = "floor_changed"
    TRANSFERRED = "transferred"
    MODE_CHANGED = "mode_changed"
    CLOSED = "closed"
    REOPENED = "reopened"
    HANDOFF_FILE_EDITED = "handoff_file_edited"
    PROMISE = "promise"
    PROMISE_BROKEN = "promise_broken"
    ACKNOWLEDGED = "acknowledged"
    COMPLAINT_REGISTERED = "complaint_registered"
    DOCUMENT_REQUESTED = "document_requested"
    NOTICE_SENT = "notice_sent"
    SAFETY = "safety"
    ACT_RESULT = "act_result"
    REFUSED = "refused"
    ERASED = "erased"
    NOTE = "note"
    RATING = "rating"
    USEFUL = "useful"


MEMBER_STARTS_TURN = frozenset({Kind.TEXT, Kind.CHOICE, Kind.ATTACHMENT})
ALWAYS_STARTS_TURN = frozenset({Kind.FORM, Kind.ATTACHMENT_VERDICT, Kind.DOCUMENT_DECIDED})
ANSWERS = frozenset({Kind.TEXT, Kind.CHOICE, Kind.ATTACHMENT, Kind.CARD})
HIDDEN_FROM_MEMBER = frozenset({Kind.NOTE, Kind.RATING, Kind.USEFUL})
HIDDEN_FROM_ADVISOR: frozenset[Kind] = frozenset()


class View(StrEnum):
    """Who reads."""

    MEMBER = "member"
    ADVISOR = "advisor"


class Mode(StrEnum):
    """A live chat, or a secure message answered later, by its due date."""

    LIVE = "live"
    WRITTEN = "written"


class Holder(StrEnum):
    """Who may answer: the assistant, the waiting room of the desk, or one advisor."""

    ASSISTANT = "assistant"
    DESK = "desk"
    ADVISOR = "advisor"


@dataclass(frozen=True)
class Floor:
    """*fencing* grows at each change; *since* is the number of the entry that made the change (0: opening)."""

    holder: Holder
    fencing: int
    since: int
    at: datetime
    advisor_id: str | None = None
    advisor_name: str | None = None


@dataclass(frozen=True)
class Identity:
    """Level 0 anonymous, 1 signed in, 2 fresh one-time code, 3 checked by an advisor; *expires_at* for 1 to 3."""

    level: int = 0
    member_id: str | None = None
    expires_at: datetime | None = None

    def level_at(self, now: datetime) -> int:
        """Give the level still valid at *now*: 0 once it has expired, until a new proof is given."""
        if self.expires_at is None or self.expires_at > now:
            return self.level
        return 0


@dataclass(frozen=True)
class Conversation:
    """One conversation's row. *position*: number of the last entry the assistant has dealt with."""

    id: str
    created_at: datetime
    identity: Identity
    mode: Mode
    floor: Floor
    is_closed: bool
    last_number: int
    head: str
    position: int
    queue: str | None
    priority: int
    due_at: datetime | None
    due_on: date | None
    subject: str | None
    topics: tuple[str, ...]
    updated_at: datetime
    access_digest: str | None = None

    @property
    def member_id(self) -> str | None:
        """The member this conversation belongs to, once proven."""
        return self.identity.member_id


@dataclass(frozen=True)
class Draft:
    """
    An entry to be written. *client_id*, unique in the conversation for each kind of author, makes writing it twice
    the same as once. *moment* (aware) is set by who knows better than the record's clock. Malformed when a label is
    empty, too long or cannot be stored.
    *author_name* is what people see; *author_id* stays inside (advisors).
    """

    author: AuthorKind
    kind: Kind
    body: Body
    client_id: str | None = None
    author_id: str | None = None
    author_name: str | None = None
    moment: datetime | None = None

    def __post_init__(self) -> None:
        """Refuse what the databases could not keep, before they are asked."""
        for name, longest in LONGEST.items():
            value = getattr(self, name)
            if value is not None and not (0 < len(value) <= longest and is_storable(value)):
                raise Malformed(f"{name} must be 1 to {longest} characters")
        if self.moment is not None and self.moment.tzinfo is None:
            raise ValueError("a moment must be aware")


@dataclass(frozen=True)
class Entry:
    """A written entry. *body* and *salt* are None once erased; the chain still verifies through *digest*."""

    conversation_id: str
    number: int
    moment: datetime
    author: AuthorKind
    author_id: str | None
    author_name: str | None
    kind: Kind
    body: Body | None
    client_id: str | None
    salt: str | None
    digest: str
    previous: str
    hash: str
    starts_turn: bool = field(default=False, compare=False)

    def seen_by(self, view: View) -> dict[str, Any]:
        """
        Give the entry as a reader gets it.

        What the reader may not see is ``{number, hidden: true, digest}``: a hole is never mistaken for a loss.
        """
        hidden = HIDDEN_FROM_MEMBER if view is View.MEMBER else HIDDEN_FROM_ADVISOR
        if self.kind in hidden:
            return {"number": self.number, "hidden": True, "digest": self.digest}
        seen: dict[str, Any] = {
            "number": self.number,
            "moment": self.moment.isoformat(),
            "author": self.author.value,
            "author_name": self.author_name,
            "kind": self.kind.value,
            "body": _public(self.body),
            "client_id": self.client_id,
        }
        if view is View.ADVISOR:
            seen["author_id"] = self.author_id
        return seen


def _public(body: Body | None) -> Body | None:
    """Leave out what only our record may hold: names starting with an underscore (payloads of choices, keys)."""
    return None if body is None else {name: _inner(value) for name, value in body.items() if not name.startswith("_")}


def _inner(value: Any) -> Any:
    if isinstance(value, dict):
        return _public(value)
    return [_inner(one) for one in value] if isinstance(value, list) else value


def starts_turn(author: AuthorKind, kind: Kind, body: Body) -> bool:
    """Say whether the assistant owes this entry an answer (or, when it lacks the floor, a look for danger)."""
    if kind in ALWAYS_STARTS_TURN:
        return True
    if kind is Kind.IDENTITY_PROVEN:  # signing out (level 0) asks nothing of the assistant
        return bool(body.get("level"))
    if kind is Kind.FLOOR_CHANGED:
        return body.get("to") == Holder.ASSISTANT and body.get("resume", False) is True
    return author is AuthorKind.MEMBER and kind in MEMBER_STARTS_TURN
