"""How much one may ask: messages, openings, and who counts as one."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from connectors.adapters.memory import MemoryRates, MemorySignIns
from connectors.adapters.redis_store import RedisRates, RedisSignIns, connect
from connectors.core.rates import Limit
from kernel.clock import SystemClock
from kernel.errors import Unavailable

from .conftest import Insurer, ask
from .pages import opened

FIVE_MINUTES = timedelta(minutes=5)
FEW = (Limit(3, 60), Limit(5, 3600))


# -- the gateway -------------------------------------------------------------------------------------------------------


async def test_beyond_thirty_messages_a_minute_the_member_is_asked_to_wait(build):
    """Told how long; what was stored stays, and the conversation can still be read."""
    page = await opened(await build(limits=None))
    statuses = [(await page.say("Bonjour", f"m{number}"))[0] for number in range(32)]

    assert statuses == [201] * 30 + [429] * 2
    answer = await page.client.post(
        f"/api/v1/conversations/{page.id}/entries", json={"client_id": "x", "text": "x"}, headers={"Authorization": f"Bearer {page.secret}"})
    assert 1 <= int(answer.headers["Retry-After"]) <= 2
    assert (await answer.json())["code"] == "too_many"
    assert len(await page.entries()) == 31


async def test_another_conversation_is_not_slowed_down(build):
    """The limit is a conversation's, not everybody's."""
    client = await build(limits=None)
    loud, quiet = await opened(client), await opened(client)
    for number in range(31):
        await loud.say("Bonjour", f"m{number}")

    assert (await quiet.say("Bonjour"))[0] == 201


async def test_a_thousand_messages_at_once_store_thirty(build):
    """A flood costs its author his minute, and us next to nothing."""
    page = await opened(await build(limits=None))
    for start in range(0, 1_000, 250):
        await asyncio.gather(*(page.say("encore", f"m{start + number}") for number in range(250)))

    assert 30 <= len(await page.entries()) - 1 <= 60


async def test_an_address_opens_twenty_conversations_an_hour(build):
    """Opening needs no proof, so it is counted by address."""
    client = await build(limits=None)
    statuses = [(await client.post("/api/v1/conversations", json={})).status for _ in range(21)]

    assert statuses == [201] * 20 + [429]


async def test_an_address_cannot_be_invented(build):
    """Without a proxy of ours the header is the caller's own invention."""
    client = await build(limits=None)
    statuses = [(await client.post("/api/v1/conversations", json={}, headers={"X-Forwarded-For": f"203.0.113.{number}"})).status
                for number in range(21)]

    assert statuses[-1] == 429


async def test_behind_a_trusted_proxy_each_caller_counts_for_himself(build):
    """Only the address the proxy saw counts, not the ones written before it."""
    client = await build(limits=None, trusted_proxies=1)

    async def open_as(forwarded: str) -> int:
        return (await client.post("/api/v1/conversations", json={}, headers={"X-Forwarded-For": forwarded})).status
    statuses = [await open_as(f"10.0.0.{number}, 203.0.113.7") for number in range(21)]

    assert statuses[-1] == 429
    assert await open_as("203.0.113.8") == 201


async def test_secure_fields_cannot_be_guessed_at_speed(build, journal):
    """A one-time code has a million values."""
    page = await opened(await build(limits=None))
    await ask(journal, page.id)
    statuses = [(await page.call("POST", "/fields/iban", {"value": "wrong"}))[0] for _ in range(8)]

    assert statuses == [400] * 6 + [429] * 2


# -- the stores: one suite for both ------------------------------------------------------------------------------------


@pytest.fixture(params=["memory", pytest.param("redis", marks=pytest.mark.redis)])
async def rates(request):
    if request.param == "memory":
        yield MemoryRates()
        return
    client = connect(request.getfixturevalue("redis_url"))
    await client.flushdb()
    yield RedisRates(client)
    await client.aclose()


async def test_a_limit_accepts_so_many_then_says_how_long_to_wait(rates):
    """Three a minute: one more in twenty seconds."""
    waits = [await rates.take("k", FEW) for _ in range(4)]

    assert waits[:3] == [0, 0, 0]
    assert 19 < waits[3] <= 20


async def test_callers_are_counted_apart(rates):
    """One key, one count."""
    for _ in range(4):
        await rates.take("loud", FEW)

    assert await rates.take("quiet", FEW) == 0


async def test_time_gives_back_what_was_taken(rates):
    """A quick limit refills quickly."""
    quick = (Limit(2, 0.2),)
    assert [await rates.take("k", quick) for _ in range(3)][2] > 0
    await asyncio.sleep(0.25)

    assert await rates.take("k", quick) == 0


async def test_the_longer_limit_holds_too(rates):
    """Many a minute, few an hour: both count."""
    both = (Limit(1000, 1), Limit(5, 3600))
    waits = [await rates.take("k", both) for _ in range(6)]

    assert waits[5] > 600


async def test_many_at_once_are_counted_one_by_one(rates):
    """No two requests slip through the same opening."""
    waits = await asyncio.gather(*(rates.take("k", FEW) for _ in range(50)))

    assert sum(wait == 0 for wait in waits) == 3


@pytest.mark.redis
async def test_two_processes_share_a_limit(redis_url):
    """Twice the processes is not twice the messages."""
    clients = [connect(redis_url) for _ in range(2)]
    await clients[0].flushdb()
    here, there = (RedisRates(client) for client in clients)

    assert [await store.take("k", FEW) for store in (here, there, here, there)][3] > 0
    for client in clients:
        await client.aclose()


async def test_without_redis_each_process_counts_for_itself():
    """A limit that is wider, never none; and never an error for the member."""
    client = connect("redis://127.0.0.1:1/0")
    store = RedisRates(client)

    assert [await store.take("k", FEW) for _ in range(4)][3] > 0
    await client.aclose()


@pytest.fixture(params=["memory", pytest.param("redis", marks=pytest.mark.redis)])
async def sign_ins(request):
    if request.param == "memory":
        yield MemorySignIns(SystemClock())
        return
    client = connect(request.getfixturevalue("redis_url"))
    await client.flushdb()
    yield RedisSignIns(client, SystemClock())
    await client.aclose()


async def test_a_sign_in_is_remembered_until_its_end_and_forgotten_on_demand(sign_ins):
    """To the moment, for each page apart."""
    until = SystemClock().now().replace(microsecond=0) + FIVE_MINUTES
    await sign_ins.remember("a", until)
    await sign_ins.remember("b", until)
    await sign_ins.forget(["a", "unknown"])
    await sign_ins.forget([])

    assert (await sign_ins.until("a"), await sign_ins.until("b")) == (None, until)


async def test_when_sign_ins_cannot_be_read_nothing_opens():
    """Closed, and said to be so: never open by default."""
    client = connect("redis://127.0.0.1:1/0")
    store = RedisSignIns(client, SystemClock())
    for call in (store.until("a"), store.forget(["a"]), store.remember("a", SystemClock().now() + FIVE_MINUTES)):
        with pytest.raises(Unavailable):
            await call
    await client.aclose()


@pytest.mark.redis
async def test_a_gateway_with_redis_signs_in_and_counts(build, redis_url, insurer: Insurer):
    """The same sentences, with the stores of an installation of several processes."""
    clock = SystemClock()
    insurer.clock.advance(max(clock.now() - insurer.clock.now(), FIVE_MINUTES * 0))
    page = await opened(await build(limits=None, redis_url=redis_url), insurer.token())
    assert (await page.say("Bonjour"))[0] == 201
    await page.call("DELETE", "/identity")

    assert (await page.call("GET", "/entries"))[0] == 401
