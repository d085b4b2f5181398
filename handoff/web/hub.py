"""
Live news of the desk: one bell listener a process, a small queue for each open page.

Pages receive hints (« the queues moved », « this conversation moved », « the member is writing »), never contents: they
ask for what they may see.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass

from handoff.service.board import Board, Snapshot
from journal.journal import Journal
from kernel.bell import Listener, Ring
from kernel.logs import describe, logger

log = logger("desk")
GATHER_S = 0.2
LOOK_EVERY_S = 5.0
BACKLOG = 200


@dataclass(frozen=True)
class Hint:
    """One event for a page: *name* and the conversation it is about, if any."""

    name: str
    conversation_id: str | None = None

    def encoded(self) -> bytes:
        """Write as a server-sent event."""
        return f"event: {self.name}\ndata: {json.dumps({'conversation': self.conversation_id})}\n\n".encode()


class Page:
    """An open page's queue; None ends it. A page that lags by BACKLOG hints is ended: it will connect again."""

    def __init__(self, session: str) -> None:
        """Start empty; *session*: digest of the session it belongs to."""
        self.session = session
        self._hints: asyncio.Queue[Hint | None] = asyncio.Queue(BACKLOG)

    def tell(self, hint: Hint | None) -> None:
        """Add a hint."""
        if self._hints.full():
            while not self._hints.empty():
                self._hints.get_nowait()
            hint = None
        self._hints.put_nowait(hint)

    async def next(self, timeout_s: float) -> Hint | None:
        """Wait for a hint; raises TimeoutError after *timeout_s* of silence, gives None at the end."""
        return await asyncio.wait_for(self._hints.get(), timeout_s)


class Hub:
    """Listens to the bell and tells the pages."""

    def __init__(self, journal: Journal, board: Board) -> None:
        """*board* is read again when something rings."""
        self._journal, self._board = journal, board
        self._pages: set[Page] = set()
        self._known: dict[str, tuple[object, ...]] = {}

    @contextlib.asynccontextmanager
    async def page(self, session: str) -> AsyncIterator[Page]:
        """Open the queue of a page of *session*."""
        page = Page(session)
        self._pages.add(page)
        try:
            yield page
        finally:
            self._pages.discard(page)

    def close(self) -> None:
        """End every page: the process stops."""
        self._tell(None)

    def end_session(self, session: str) -> None:
        """End the pages of a session that was signed out."""
        for page in [one for one in self._pages if one.session == session]:
            page.tell(None)

    async def run(self) -> None:
        """Listen until cancelled."""
        async with self._journal.bell.listen() as listener:
            while True:
                try:
                    await self._hear(listener)
                except Exception as error:  # noqa: BLE001 - the next look will tell
                    log.warning("desk_hub_failed", error=describe(error))
                    await asyncio.sleep(1)

    async def _hear(self, listener: Listener) -> None:
        first = await listener.next(LOOK_EVERY_S)
        rings = [first] if first else []
        self._tell_signals(rings)
        if any(ring.signal is None for ring in rings):
            rings += await self._gather(listener)
        if not rings or any(ring.signal is None for ring in rings):
            await self._look({ring.conversation_id for ring in rings if ring.signal is None})

    async def _gather(self, listener: Listener) -> list[Ring]:
        """Let rings come together for a moment: one look then serves them all."""
        await asyncio.sleep(GATHER_S)
        rings: list[Ring] = []
        while (ring := await listener.next(0.001)) is not None:
            rings.append(ring)
        self._tell_signals(rings)
        return rings

    def _tell_signals(self, rings: list[Ring]) -> None:
        for ring in rings:
            if ring.signal and ring.signal.get("type") == "typing" and ring.signal.get("who") == "member":
                self._tell(Hint("typing", ring.conversation_id))

    async def _look(self, moved: set[str]) -> None:
        self._board.moved()
        before, self._known = self._known, _standing(await self._board.snapshot())
        if before != self._known:
            self._tell(Hint("queues"))
        changed = {one for one in before.keys() | self._known.keys() if before.get(one) != self._known.get(one)}
        for conversation_id in changed | (moved & self._known.keys()):
            self._tell(Hint("moved", conversation_id))

    def _tell(self, hint: Hint | None) -> None:
        for page in list(self._pages):
            page.tell(hint)


def _standing(snapshot: Snapshot) -> dict[str, tuple[object, ...]]:
    """Give what makes a difference on a screen, by conversation."""
    return {
        one.id: (one.floor.fencing, one.last_number, one.priority, one.queue, one.due_at, one.identity.level)
        for one in [*snapshot.waiting, *snapshot.held]
    }
