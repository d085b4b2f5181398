"""What the gateway needs from others. Each port has its promise here and its makings in connectors/adapters."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from connectors.core.access import ProvenMember
from connectors.core.asked import AskedField
from connectors.core.rates import Limit
from journal.entries import Conversation, Draft

Greeting = Callable[[Conversation], Draft]
AssistantState = Callable[[], str]
TopicTitle = Callable[[str], str]


class TokenVerifier(Protocol):
    """The insurer's identity provider, seen through its tokens."""

    async def verify(self, token: str) -> ProvenMember:
        """Say who *token* speaks of; SignInNeeded when it proves nothing, Unavailable when its keys cannot be read."""
        ...


class RateStore(Protocol):
    """Counts what each caller does, for every process that shares it."""

    async def take(self, key: str, limits: Sequence[Limit]) -> float:
        """Count one act under *key*; give 0, or the seconds to wait when a limit is reached. Never raises."""
        ...


class SignIns(Protocol):
    """Which pages have shown a token, and until when. What it loses costs a member one more token, never a leak."""

    async def remember(self, digest: str, until: datetime) -> None:
        """Note that the page with this secret is signed in; Unavailable."""
        ...

    async def until(self, digest: str) -> datetime | None:
        """Give the moment the page's sign-in ends, None when there is none; Unavailable."""
        ...

    async def forget(self, digests: Iterable[str]) -> None:
        """Sign pages out; Unavailable."""
        ...


@dataclass(frozen=True)
class FilledField:
    """
    What may be kept of a filled field: its French *label*, the last characters that identify it, or how it is *shown*
    masked. *deposit_id* names the value where it is kept; it never leaves our record. *token*: the identity provider's,
    when what was given proves more than before (a one-time code); it is used, and not kept.
    """

    label: str
    ending: str = ""
    shown: str = ""
    deposit_id: str | None = None
    token: str | None = field(default=None, repr=False)


class SecureFields(Protocol):
    """Takes what must never be written in a conversation (bank details, codes) to whoever it is for."""

    async def submit(self, asked: AskedField, value: str, conversation: Conversation) -> FilledField:
        """Hand over *value*; NotFound for an unknown field, FieldRefused when it is not accepted. Never quotes *value*."""
        ...
