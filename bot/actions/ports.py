"""
What an action may use. The worker sets it for the turn it runs; under the stock commands it is built from the settings
at first use, and the member is always anonymous: identity never comes from message text, slots or metadata.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any, Protocol, TypeVar

from bot.phrasing.phrasebook import Phrase, Phrasebook, Situation
from kernel.clock import SystemClock
from kernel.organisation import organisation
from member_api.client import MemberApiClient
from member_api.contract import Caller

T = TypeVar("T")


@dataclass(frozen=True)
class ActOutcome:
    """How an act ended: ``done``, ``refused`` (with its *code*) or ``pending`` (kept, and completed later by the sweep)."""

    status: str
    code: str | None = None


class Acts(Protocol):
    """Changes in the insurer's system, each recorded before and told after."""

    async def perform(self, kind: str, key: str, request: dict[str, Any]) -> ActOutcome:
        """Do *kind* once under *key*; its result is told by a system entry, whoever holds the floor."""
        ...

    async def was_begun(self, key: str) -> bool:
        """Say whether the act of *key* was begun, even if its turn's answer was dropped."""
        ...


class File(Protocol):
    """What the insurer's system knows of the member of this turn, read at the level of this turn."""

    async def read(self, what: str, reading: Callable[[MemberApiClient, Caller], Awaitable[T]], *, level: int = 1) -> T:
        """
        Let *reading* call the insurer's system for the member of this turn; *what* names it in the audit register.

        Refused below *level*; Unavailable, Forbidden and the other refusals of member_api.client.
        """
        ...


@dataclass(frozen=True)
class Context:
    """The turn being answered. *level* and *member_id* are re-read from the conversation's row by the worker."""

    now: datetime
    conversation_id: str = "stock"
    number: int = 0
    member_id: str | None = None
    member_first_name: str | None = None
    level: int = 0
    desk: str = "unknown"
    masked: tuple[str, ...] = ()


@dataclass
class Ports:
    """Everything an action may reach. *failures* collects what went wrong inside actions, for the worker."""

    context: Context
    phrasebook: Phrasebook
    acts: Acts | None = None
    file: File | None = None
    failures: list[Exception] = field(default_factory=list)

    def situation(self, **extra: Any) -> Situation:
        """Give what sentences may depend on in this turn."""
        context = self.context
        return Situation(context.now, context.level, context.member_first_name, context.desk, extra)

    def phrase(self, name: str, *, again: bool = False, **extra: Any) -> Phrase:
        """Render an entry of the phrasebook for this turn."""
        return self.phrasebook.phrase(name, self.situation(**extra), again=again)


_current: ContextVar[Ports | None] = ContextVar("ports", default=None)


@lru_cache(maxsize=1)
def phrasebook() -> Phrasebook:
    """Give the installation's phrasebook, compiled once."""
    return Phrasebook(organisation())


def current_ports() -> Ports:
    """Give the ports of the running turn; outside the worker, those of an anonymous member."""
    return _current.get() or Ports(Context(SystemClock().now()), phrasebook())


def use_ports(ports: Ports) -> None:
    """Set the ports of the turn that this task runs."""
    _current.set(ports)
