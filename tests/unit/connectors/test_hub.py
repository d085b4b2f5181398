"""Telling rings on to whoever looks."""

from __future__ import annotations

import asyncio

import pytest

from connectors.service.hub import READERS_A_CONVERSATION, Hub, stop
from kernel.bell import MemoryBell, Ring
from kernel.errors import TooMany


async def test_only_the_readers_of_that_conversation_are_woken():
    """Two hundred pages do not all look because one moved."""
    hub = Hub(MemoryBell())
    with hub.watch("a") as mine, hub.watch("b") as other:
        hub.hear(Ring("a"))

        assert await mine.moved(0.1) is True
        assert await other.moved(0.01) is False


async def test_several_rings_before_a_look_are_one_look():
    """A burst of ten entries is read in one go."""
    hub = Hub(MemoryBell())
    with hub.watch("a") as mine:
        for _ in range(10):
            hub.hear(Ring("a"))

        assert [await mine.moved(0.01) for _ in range(2)] == [True, False]


async def test_signals_for_others_wake_nobody():
    """A member's own typing is for the advisor."""
    hub = Hub(MemoryBell())
    with hub.watch("a") as mine:
        for signal in ({"type": "typing", "who": "member"}, {"type": "seen", "number": 3}, {"typing": "stranger"}, {"type": 4}, {}):
            hub.hear(Ring("a", signal))

        assert await mine.moved(0.01) is False


async def test_a_typing_sign_is_shown_once_and_remembered_until_it_fades():
    """By either form of the signal."""
    hub = Hub(MemoryBell())
    with hub.watch("a") as mine:
        hub.hear(Ring("a", {"typing": "assistant"}))
        assert mine.take_typing().who == "assistant"
        assert mine.take_typing() is None
        hub.hear(Ring("a", {"type": "typing", "who": "advisor", "name": "Camille"}))

        assert mine.take_typing().name == "Camille"
        assert hub.typing("a").name == "Camille"
        hub.hear(Ring("a"))
        assert hub.typing("a") is None


async def test_readers_who_leave_are_forgotten():
    """And their conversation with them."""
    hub = Hub(MemoryBell())
    with hub.watch("a"), hub.watch("a"):
        assert hub.readers == 2

    assert hub.readers == 0
    assert hub._watchers == {}


async def test_a_conversation_has_a_limited_number_of_readers():
    """Nobody fills our memory through one conversation."""
    hub = Hub(MemoryBell())
    open_here = [hub.watch("a") for _ in range(READERS_A_CONVERSATION)]
    for one in open_here:
        one.__enter__()
    with pytest.raises(TooMany), hub.watch("a"):
        pass
    for one in open_here:
        one.__exit__(None, None, None)

    assert hub._watchers == {}


class BrokenOnce(MemoryBell):
    """A bell whose first listening fails."""

    def __init__(self) -> None:
        super().__init__()
        self.tries = 0

    def listen(self):
        self.tries += 1
        if self.tries == 1:
            raise RuntimeError("broken")
        return super().listen()


async def test_a_listener_that_breaks_listens_again(monkeypatch):
    """Otherwise every member would wait for the slow look until the next restart."""
    monkeypatch.setattr("connectors.service.hub.LISTEN_AGAIN_AFTER_S", 0)
    bell = BrokenOnce()
    hub = Hub(bell)
    task = asyncio.create_task(hub.listen())
    with hub.watch("a") as mine:
        for _ in range(100):
            await bell.ring("a")
            if await mine.moved(0.05):
                break
        else:
            pytest.fail("it never listened again")
    await stop(task)

    assert bell.tries == 2


async def test_typing_signs_of_a_crowd_do_not_pile_up(monkeypatch):
    """What has faded is swept."""
    hub = Hub(MemoryBell())
    monkeypatch.setattr("connectors.service.hub.TYPING_LASTS_S", -1)
    for number in range(2_500):
        hub.hear(Ring(f"c{number}", {"typing": "assistant"}))

    assert len(hub._typing) < 1_100
