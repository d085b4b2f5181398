"""A small crowd: nobody waits, nothing is lost, and an idle page costs little."""

from __future__ import annotations

import asyncio
import gc
import time
import tracemalloc

from connectors.web.gateway import GATEWAY
from journal.entries import AuthorKind, Draft, Kind

from .pages import eventually, opened

CROWD = 200


async def test_two_hundred_pages_each_hear_their_own_answer(build, journal):
    """Two hundred conversations at once on one process, answered in a burst."""
    client = await build(crowd=True)
    pages = await asyncio.gather(*(opened(client) for _ in range(CROWD)))
    lines = await asyncio.gather(*(page.socket(since=1) for page in pages))
    await asyncio.gather(*(line.hear("welcome", within=20) for line in lines))
    begun = time.monotonic()
    await asyncio.gather(*(line.send(type="send", client_id="m", text=page.id) for page, line in zip(pages, lines, strict=True)))
    await asyncio.gather(*(
        journal.append(page.id, Draft(AuthorKind.ASSISTANT, Kind.TEXT, {"text": f"Réponse à {page.id}"})) for page in pages))

    for page, line in zip(pages, lines, strict=True):
        texts = {(await line.hear("entry", within=20))["entry"]["body"]["text"] for _ in range(2)}
        assert texts == {page.id, f"Réponse à {page.id}"}
    assert time.monotonic() - begun < 15
    await asyncio.gather(*(line.line.close() for line in lines))
    await eventually(lambda: client.app[GATEWAY].hub.readers == 0)


async def test_an_idle_page_costs_a_few_tens_of_kilobytes(client):
    """Client and server together, in this one process: an upper bound. Compression alone would cost some 300 KB."""
    page = await opened(client)
    warm = await page.socket(since=1)
    await warm.hear("welcome")
    pages = [await opened(client) for _ in range(50)]
    gc.collect()
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    lines = [await one.socket(since=1) for one in pages]
    await asyncio.gather(*(line.hear("welcome") for line in lines))
    gc.collect()
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert (after - before) / len(lines) < 90_000
