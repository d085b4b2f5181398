"""
Who is looking at which conversation, here: one listener of the bell for the whole process, told on to its readers.

A reader that is told nothing looks by itself every few seconds, so a lost ring costs a delay, never a message.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from kernel.bell import Bell, Listener, Ring
from kernel.errors import TooMany
from kernel.logs import describe, logger

log = logger("gateway")
TYPING_LASTS_S = 4.0
READERS_A_CONVERSATION = 12
LISTEN_AGAIN_AFTER_S = 1
_FORGET_TYPING_ABOVE = 1_000
_SHOWN = ("assistant", "advisor")


@dataclass(frozen=True)
class Typing:
    """Somebody is writing: *who* is ``assistant`` or ``advisor``; fades at *until* (seconds of the event loop)."""

    who: str
    name: str | None
    until: float


class Watcher:
    """One reader of one conversation."""

    def __init__(self) -> None:
        """Has been told nothing yet."""
        self._moved = asyncio.Event()
        self._typing: Typing | None = None

    def tell(self, typing: Typing | None = None) -> None:
        """Wake the reader; with *typing*, there is that to show."""
        self._typing = typing or self._typing
        self._moved.set()

    async def moved(self, timeout_s: float) -> bool:
        """Wait to be told something, at most *timeout_s* seconds."""
        try:
            async with asyncio.timeout(timeout_s):
                await self._moved.wait()
        except TimeoutError:
            return False
        self._moved.clear()
        return True

    def take_typing(self) -> Typing | None:
        """Give the typing sign not shown yet."""
        typing, self._typing = self._typing, None
        return typing


class Hub:
    """Tells rings on to the readers of this process."""

    def __init__(self, bell: Bell) -> None:
        """Nobody looks yet."""
        self._bell = bell
        self._watchers: dict[str, set[Watcher]] = {}
        self._typing: dict[str, Typing] = {}

    @contextmanager
    def watch(self, conversation_id: str) -> Iterator[Watcher]:
        """Be told what happens in a conversation; TooMany when it has too many readers already."""
        readers = self._watchers.setdefault(conversation_id, set())
        if len(readers) >= READERS_A_CONVERSATION:
            raise TooMany(retry_after=30)
        watcher = Watcher()
        readers.add(watcher)
        try:
            yield watcher
        finally:
            readers.discard(watcher)
            if not readers:
                self._watchers.pop(conversation_id, None)

    @property
    def readers(self) -> int:
        """How many are looking: health pages and tests."""
        return sum(map(len, self._watchers.values()))

    def typing(self, conversation_id: str) -> Typing | None:
        """Say who is writing to the member now."""
        typing = self._typing.get(conversation_id)
        return typing if typing and typing.until > asyncio.get_running_loop().time() else None

    async def listen(self) -> None:
        """Listen until cancelled."""
        while True:
            try:
                async with self._bell.listen() as listener:
                    await self._tell_on(listener)
            except Exception as error:  # noqa: BLE001 - without its listener every member would wait for the slow look
                log.warning("hub_lost", error=describe(error))
                await asyncio.sleep(LISTEN_AGAIN_AFTER_S)

    def wake_all(self) -> None:
        """Wake every reader: the process is closing."""
        for readers in self._watchers.values():
            for watcher in readers:
                watcher.tell()

    async def _tell_on(self, listener: Listener) -> None:
        while True:
            if ring := await listener.next():
                self.hear(ring)

    def hear(self, ring: Ring) -> None:
        """Tell one ring on."""
        typing = self._typing_of(ring.signal)
        if typing is not None:
            self._remember(ring.conversation_id, typing)
        elif ring.signal is None:
            self._typing.pop(ring.conversation_id, None)  # what was being written is there
        elif ring.signal.get("type") != "position":
            return  # a signal for somebody else: a member's own typing, what has been seen
        for watcher in self._watchers.get(ring.conversation_id, ()):
            watcher.tell(typing)

    def _typing_of(self, signal: dict[str, Any] | None) -> Typing | None:
        """Read ``{"type": "typing", "who": …, "name": …}``, or the short ``{"typing": who}`` of the assistant."""
        who = (signal or {}).get("typing") or ((signal or {}).get("type") == "typing" and (signal or {}).get("who"))
        if signal is None or who not in _SHOWN:
            return None
        return Typing(str(who), signal.get("name"), asyncio.get_running_loop().time() + TYPING_LASTS_S)

    def _remember(self, conversation_id: str, typing: Typing) -> None:
        if len(self._typing) > _FORGET_TYPING_ABOVE:
            now = asyncio.get_running_loop().time()
            self._typing = {key: one for key, one in self._typing.items() if one.until > now}
        self._typing[conversation_id] = typing


async def stop(task: asyncio.Task[None]) -> None:
    """Cancel a task and wait until it has let go."""
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
