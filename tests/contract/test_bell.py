"""What both bells promise: everybody hears, in every thread; a bell that fails costs a delay, never an error."""

from __future__ import annotations

import asyncio
import threading
import time

import pytest
import redis

from kernel.bell import CHANNEL, Bell, MemoryBell, RedisBell, Ring
from tests.servers import running_redis


async def test_every_listener_hears(bell: Bell) -> None:
    """Each page and each worker wakes up, not only the first."""
    async with bell.listen() as here, bell.listen() as there:
        await bell.ring("c_1")

        assert await here.next(2) == await there.next(2) == Ring("c_1")


async def test_rings_are_heard_in_order_with_their_signals(bell: Bell) -> None:
    """« Camille écrit… » must not come after her message."""
    async with bell.listen() as listener:
        await bell.ring("c_1", {"typing": "Camille"})
        await bell.ring("c_1")

        assert [await listener.next(2), await listener.next(2)] == [Ring("c_1", {"typing": "Camille"}), Ring("c_1")]


async def test_silence_is_told(bell: Bell) -> None:
    """A reader that hears nothing looks by itself: it must not wait for ever."""
    async with bell.listen() as listener:
        assert await listener.next(0.01) is None


async def test_who_stopped_listening_hears_nothing_and_costs_nothing(bell: Bell) -> None:
    """Thousands of pages come and go in a day."""
    async with bell.listen() as gone:
        pass
    await bell.ring("c_1")

    assert await gone.next(0.05) is None


async def test_another_threads_loop_hears(bell: Bell, request: pytest.FixtureRequest) -> None:
    """The worker has its own thread and loop; the member's message must wake it."""
    heard: list[Ring | None] = []
    listening = threading.Event()

    async def follow() -> None:
        own = bell if isinstance(bell, MemoryBell) else RedisBell(request.getfixturevalue("redis_url"))
        async with own.listen() as listener:
            listening.set()
            heard.append(await listener.next(5))
        if own is not bell:
            await own.close()

    worker = threading.Thread(target=asyncio.run, args=(follow(),))
    worker.start()
    await asyncio.to_thread(listening.wait, 5)
    await bell.ring("c_1")
    await asyncio.to_thread(worker.join)

    assert heard == [Ring("c_1")]


async def test_a_listener_whose_loop_has_closed_disturbs_nobody() -> None:
    """A worker thread that died must not make the member's next message fail."""
    bell = MemoryBell()

    async def die_listening() -> None:
        await bell.listen().__aenter__()

    await asyncio.to_thread(asyncio.run, die_listening())
    async with bell.listen() as listener:
        await bell.ring("c_1")
        assert await listener.next(1) == Ring("c_1")


async def test_a_reader_that_lags_loses_the_oldest_rings_only() -> None:
    """A page whose laptop sleeps must not fill the server's memory."""
    bell = MemoryBell()
    async with bell.listen() as listener:
        for n in range(10_050):
            await bell.ring(f"c_{n}")
        await asyncio.sleep(0)

        assert await listener.next(1) == Ring("c_50")


async def test_a_dead_redis_delays_nobody_and_raises_nothing() -> None:
    """Messages are on disk; without the bell they are seen a few seconds later, at full speed."""
    with running_redis() as server:
        bell = RedisBell(server.url)
        await bell.ring("c_1")
    began = time.monotonic()
    for _ in range(50):
        await bell.ring("c_1")

    assert time.monotonic() - began < 2
    await bell.close()


async def test_listeners_hear_again_after_redis_came_back() -> None:
    """Redis restarts at night; nobody restarts the assistant for it."""
    with running_redis() as server:
        bell = RedisBell(server.url)
        async with bell.listen() as listener:
            server.stop()
            await bell.ring("c_lost")
            server.start()
            heard = None
            until = time.monotonic() + 10
            while heard is None and time.monotonic() < until:
                await bell.ring("c_after")
                heard = await listener.next(0.2)

            assert heard == Ring("c_after")
        await bell.close()


@pytest.mark.parametrize("noise", [b"not json", b"{}", b"[1, 2]", b'["c_1", 5]', b"[]", b"\xff"])
async def test_a_strangers_message_does_not_deafen(redis_url: str, noise: bytes) -> None:
    """Redis may be shared; a message that is no ring is passed over."""
    bell = RedisBell(redis_url)
    async with bell.listen() as listener:
        with redis.Redis.from_url(redis_url) as stranger:
            stranger.publish(CHANNEL, noise)
        await bell.ring("c_1")

        assert await listener.next(2) == Ring("c_1")
    await bell.close()


async def test_listening_to_a_dead_redis_still_lets_the_reader_work() -> None:
    """A process starts while Redis is down: it serves, slower, and hears once Redis is there."""
    with running_redis() as server:
        url = server.url
    bell = RedisBell(url)
    async with asyncio.timeout(2), bell.listen() as listener:
        assert await listener.next(0.05) is None
    await bell.close()
