"""Stores in memory do not grow without end."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from connectors.adapters import memory
from connectors.adapters.memory import MemoryRates, MemorySignIns
from connectors.core.rates import Limit
from kernel.clock import SetClock


async def test_callers_who_left_are_forgotten(monkeypatch):
    """A million addresses in a day must not stay in memory."""
    monkeypatch.setattr(memory, "SWEEP_ABOVE", 100)
    now = [0.0]
    rates = MemoryRates(lambda: now[0])
    for number in range(100):
        await rates.take(f"k{number}", (Limit(3, 60),))
    now[0] = 61
    await rates.take("last", (Limit(3, 60),))

    assert list(rates._buckets) == ["last"]


async def test_ended_sign_ins_are_forgotten(monkeypatch):
    """Likewise."""
    monkeypatch.setattr(memory, "SWEEP_ABOVE", 10)
    clock = SetClock(datetime(2026, 11, 23, 12, 0, tzinfo=UTC))
    sign_ins = MemorySignIns(clock)
    for number in range(10):
        await sign_ins.remember(f"d{number}", clock.now() + timedelta(minutes=1))
    clock.advance(timedelta(minutes=2))
    await sign_ins.remember("last", clock.now() + timedelta(minutes=1))

    assert list(sign_ins._until) == ["last"]
