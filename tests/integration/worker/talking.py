"""What stands around a worker in these tests: a dialogue that says what it is told to, an insurer, a record that fails."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from bot.actions.ports import Ports, phrasebook
from bot.safety import Suspicion
from bot.safety.danger import DANGERS
from bot.worker.acts import ActBook
from bot.worker.outputs import Said
from bot.worker.worker import Talks, Worker
from journal.acts import Act
from journal.entries import AuthorKind, Conversation, Entry, Identity, Kind
from journal.journal import Journal
from kernel.database import Database
from kernel.errors import Unavailable
from kernel.operation import Operation, T
from kernel.organisation import organisation
from member_api.contract import AddressChange, Caller, Request, RequestKind, RequestStatus

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Answered:
    """What a dialogue gives back: messages as Rasa has them, and its new state."""

    messages: list[dict[str, Any]]
    dialogue: str


@dataclass
class FakeTalks:
    """
    Answers « Réponse à … ». *likely*: what it makes of every message; *fails*: how many answers fail first;
    *is_deaf*: it cannot understand; *says*: other messages, by the words they answer; *pause_s*: how long it thinks.
    """

    likely: list[tuple[str, float]] = field(default_factory=lambda: [("salutation", 0.9)])
    fails: int = 0
    is_deaf: bool = False
    says: dict[str, dict[str, Any]] = field(default_factory=dict)
    pause_s: float = 0
    heard: list[str] = field(default_factory=list)
    understood: list[str] = field(default_factory=list)

    async def answer(self, conversation_id: str, said: Said, dialogue: str | None, ports: Ports) -> Answered:
        """See Talks; the state counts the answers given."""
        self.heard.append(said.text if said.intent is None or said.text.startswith("/") else f"{said.text} (/{said.intent})")
        await asyncio.sleep(self.pause_s)
        if self.fails:
            self.fails -= 1
            raise RuntimeError(said.text)
        message = {"text": f"Réponse à {said.text}"} | self.says.get(said.text, {})
        return Answered([message], str(int(dialogue or 0) + 1))

    async def likely_topics(self, text: str, moment: datetime) -> list[tuple[str, float]]:
        """See Talks."""
        self.understood.append(text)
        if self.is_deaf:
            raise RuntimeError(text)
        return self.likely

    async def suspicion(self, text: str, moment: datetime) -> Suspicion:
        """See Talks: of the first danger among the likely topics."""
        likely = [(topic, share) for topic, share in await self.likely_topics(text, moment) if topic in DANGERS]
        return Suspicion(*(likely or [("detresse", 0.1)])[0])


@dataclass
class FakeInsurer:
    """The insurer's system: takes address changes, once a key. *error* is raised instead; *late_s*: it takes its time."""

    error: Exception | None = None
    late_s: float = 0
    changes: dict[str, AddressChange] = field(default_factory=dict)
    calls: int = 0

    async def change_address(self, caller: Caller, change: AddressChange, *, key: str) -> Request:
        """See MemberApiClient."""
        await self._answer()
        self.changes[key] = change
        return Request("d-1", RequestKind.ADDRESS_CHANGE, "Changement d'adresse", RequestStatus.PROOF_EXPECTED, NOON, NOON,
                       acknowledged_on=None, due_on=None, new_address=change.address, from_on=change.from_on, notice_on=None)

    async def member(self, caller: Caller) -> Any:
        """See MemberApiClient; only its failures matter here."""
        await self._answer()
        raise Unavailable

    async def _answer(self) -> None:
        self.calls += 1
        await asyncio.sleep(self.late_s)
        if self.error:
            raise self.error


class FailingDatabase:
    """A record that fails the next *writes* and *reads* with *error*, then works again. See Database."""

    def __init__(self, database: Database, error: Callable[[], Exception] = Unavailable) -> None:
        """*database* does the work."""
        self._database, self._error = database, error
        self.writes = self.reads = 0

    async def write(self, operation: Operation[T]) -> T:
        """See Database."""
        if self.writes:
            self.writes -= 1
            raise self._error()
        return await self._database.write(operation)

    async def read(self, operation: Operation[T]) -> T:
        """See Database."""
        if self.reads:
            self.reads -= 1
            raise self._error()
        return await self._database.read(operation)

    async def snapshot(self, operation: Operation[T]) -> T:
        """See Database."""
        return await self._database.snapshot(operation)

    async def close(self) -> None:
        """The owner of the database closes it."""


def a_worker(journal: Journal, talks: Talks | None, insurer: FakeInsurer | None = None, name: str = "w1") -> Worker:
    """Make a worker over *journal*; *talks* None: the model is not ready."""
    book = ActBook(journal, insurer or FakeInsurer(), phrasebook())  # type: ignore[arg-type]
    return Worker(journal, organisation(), phrasebook(), book, lambda: talks, name)


async def signed_in(journal: Journal, member_id: str = "demo-1") -> Conversation:
    """Open a conversation of a member who has proven who he is."""
    return await journal.open_conversation(identity=Identity(1, member_id, None))


def an_address_change(conversation_id: str, key: str = "key-of-summary-1") -> Act:
    """The act of a member who confirmed the summary of his new address."""
    request = {"line1": "12 rue des Lilas", "line2": None, "postal_code": "86000", "town": "Poitiers", "from_on": date(2026, 12, 1).isoformat()}
    return Act(key, conversation_id, "change_address", "demo-1", 1, request, "pending", None, 1)


async def entries_of(journal: Journal, conversation_id: str, kind: Kind | None = None) -> list[Entry]:
    """Read the entries not written by the member, of one *kind* or of all."""
    entries = await journal.read(conversation_id)
    return [one for one in entries if one.author is not AuthorKind.MEMBER and kind in {None, one.kind}]


def texts(entries: list[Entry]) -> list[str]:
    """Give what entries say."""
    return [str((one.body or {}).get("text")) for one in entries]
