"""
The bell: « conversation X moved ». A hint, never the message: readers re-read from the last number they saw.

A ring may also carry a *signal* (typing, presence, a queue position): something worth showing now and nothing tomorrow.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from threading import Lock
from typing import Any, Protocol

import redis.asyncio as redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from kernel.logs import describe, logger

log = logger("bell")
CHANNEL = "assistant:bell"
BACKLOG = 10_000
PAUSE_S = 1.0  # after a failure: no ring is tried and no subscription is renewed, so that nobody waits for a dead Redis


@dataclass(frozen=True)
class Ring:
    """*conversation_id* moved; *signal* is something fleeting to show, or None."""

    conversation_id: str
    signal: dict[str, Any] | None = None


class Listener:
    """What one reader hears, in order; when it lags by more than BACKLOG rings the oldest are dropped."""

    def __init__(self) -> None:
        """Belongs to the running event loop."""
        self._loop = asyncio.get_running_loop()
        self._rings: asyncio.Queue[Ring] = asyncio.Queue(BACKLOG)

    async def next(self, timeout_s: float | None = None) -> Ring | None:
        """Wait for the next ring; None after *timeout_s* seconds of silence."""
        try:
            async with asyncio.timeout(timeout_s):  # wait_for would lose a cancellation that meets a ring
                return await self._rings.get()
        except TimeoutError:
            return None

    def hear(self, ring: Ring) -> None:
        """Take in *ring*, from any thread."""
        with contextlib.suppress(RuntimeError):  # the reader's loop has closed
            self._loop.call_soon_threadsafe(self._put, ring)

    def _put(self, ring: Ring) -> None:
        if self._rings.full():
            self._rings.get_nowait()
        self._rings.put_nowait(ring)


class Bell(Protocol):
    """Rings for every listener of every process. Losing a ring costs a delay, never a message."""

    async def ring(self, conversation_id: str, signal: dict[str, Any] | None = None) -> None:
        """Tell everybody; never raises."""
        ...

    def listen(self) -> contextlib.AbstractAsyncContextManager[Listener]:
        """Hear every ring from now on."""
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...


class MemoryBell:
    """One process, any number of threads and event loops."""

    def __init__(self) -> None:
        """Start with nobody listening."""
        self._listeners: set[Listener] = set()
        self._lock = Lock()

    async def ring(self, conversation_id: str, signal: dict[str, Any] | None = None) -> None:
        """See Bell."""
        with self._lock:
            listeners = list(self._listeners)
        for listener in listeners:
            listener.hear(Ring(conversation_id, signal))

    @asynccontextmanager
    async def listen(self) -> AsyncIterator[Listener]:
        """See Bell."""
        listener = Listener()
        with self._lock:
            self._listeners.add(listener)
        try:
            yield listener
        finally:
            with self._lock:
                self._listeners.discard(listener)

    async def close(self) -> None:
        """See Bell."""


class RedisBell:
    """Several processes, through Redis publish/subscribe; belongs to one event loop."""

    def __init__(self, url: str) -> None:
        """*url*: ``redis://host:port/0``."""
        self._redis = redis.from_url(url, socket_timeout=1, socket_connect_timeout=1, retry=Retry(NoBackoff(), 1))
        self._subscriber = redis.from_url(
            url, socket_connect_timeout=5, socket_keepalive=True, health_check_interval=15, retry=Retry(NoBackoff(), 0))
        self._silent_until = 0.0

    async def ring(self, conversation_id: str, signal: dict[str, Any] | None = None) -> None:
        """See Bell."""
        if time.monotonic() < self._silent_until:
            return
        try:
            await self._redis.publish(CHANNEL, json.dumps([conversation_id, signal]))
        except (RedisError, OSError) as error:  # readers look by themselves every few seconds
            self._silent_until = time.monotonic() + PAUSE_S
            log.warning("bell_not_rung", error=describe(error))

    @asynccontextmanager
    async def listen(self) -> AsyncIterator[Listener]:
        """See Bell."""
        listener = Listener()
        tried = asyncio.Event()  # subscribed, or known to be out of reach
        task = asyncio.create_task(self._follow(listener, tried))
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(tried.wait(), 5)
        try:
            yield listener
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    async def close(self) -> None:
        """See Bell."""
        await self._redis.aclose()
        await self._subscriber.aclose()

    async def _follow(self, listener: Listener, tried: asyncio.Event) -> None:
        while True:
            try:
                async with self._subscriber.pubsub(ignore_subscribe_messages=True) as channel:
                    await channel.subscribe(CHANNEL)
                    tried.set()
                    async for message in channel.listen():
                        if ring := _ring_in(message["data"]):
                            listener.hear(ring)
            except (RedisError, OSError) as error:
                tried.set()
                log.warning("bell_lost", error=describe(error))
                await asyncio.sleep(PAUSE_S)


def _ring_in(published: bytes) -> Ring | None:
    """Read what was published; None for what is no ring of ours: a stranger's message must not deafen us."""
    try:
        conversation_id, signal = json.loads(published)
    except (ValueError, TypeError):
        return None
    is_ring = isinstance(conversation_id, str) and (signal is None or isinstance(signal, dict))
    return Ring(conversation_id, signal) if is_ring else None
