"""Reading the insurer's keys over HTTP."""

from __future__ import annotations

import asyncio

import pytest
from aiohttp import web

from connectors.adapters import key_source
from connectors.adapters.key_source import HttpKeySource
from kernel.errors import Unavailable


@pytest.fixture
async def serve(aiohttp_server):
    """Answer the given responses in turn."""
    async def serving(*answers):
        asked = []

        async def answer(request: web.Request) -> web.Response:
            asked.append(request.path)
            given = answers[min(len(asked), len(answers)) - 1]
            return await given() if callable(given) else given
        app = web.Application()
        app.router.add_get("/{path:.*}", answer)
        server = await aiohttp_server(app)
        return HttpKeySource(str(server.make_url("/jwks.json"))), asked
    return serving


async def test_a_key_set_is_read(serve):
    """As published."""
    source, _ = await serve(web.json_response({"keys": [{"kty": "EC"}]}))

    assert await source.fetch() == {"keys": [{"kty": "EC"}]}


async def test_one_failure_is_tried_again(serve, monkeypatch):
    """Networks hiccup."""
    monkeypatch.setattr(key_source, "PAUSE_S", 0)
    source, asked = await serve(web.Response(status=503), web.json_response({"keys": []}))

    assert await source.fetch() == {"keys": []}
    assert len(asked) == 2


@pytest.mark.parametrize("answer", [
    web.Response(status=500), web.Response(text="<html>"), web.json_response([]), web.json_response({"keys": "many"}),
    web.json_response({"keys": ["x" * 300_000]}), web.HTTPFound("https://elsewhere.example/keys"),
], ids=["error", "page", "list", "text", "huge", "redirection"])
async def test_anything_else_is_unavailable_after_two_tries(serve, monkeypatch, answer):
    """A page, a redirection elsewhere, a flood: no key comes from them."""
    monkeypatch.setattr(key_source, "PAUSE_S", 0)

    async def again() -> web.Response:
        return web.Response(status=answer.status, body=answer.body, headers=answer.headers.copy())
    source, asked = await serve(again)

    with pytest.raises(Unavailable):
        await source.fetch()
    assert len(asked) == 2


async def test_silence_is_unavailable_within_seconds(serve, monkeypatch):
    """A member is waiting to sign in."""
    monkeypatch.setattr(key_source, "ANSWERS_WITHIN_S", 0.1)
    monkeypatch.setattr(key_source, "PAUSE_S", 0)

    async def slow() -> web.Response:
        await asyncio.sleep(1)
        return web.json_response({"keys": []})
    source, _ = await serve(slow)

    with pytest.raises(Unavailable):
        await source.fetch()
