"""A page of the insurer as the tests play it: its calls, its socket."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from typing import Any

from aiohttp import ClientWebSocketResponse, WSMsgType
from aiohttp.test_utils import TestClient


class Page:
    """What a page does with one conversation: keeps the path and the proof out of the tests."""

    def __init__(self, client: TestClient, opened: dict[str, Any], authorization: str | None = None) -> None:
        self.client, self.opened = client, opened
        self.id, self.secret = opened["id"], opened["secret"]
        self.authorization = authorization or self.secret

    def showing(self, authorization: str) -> Page:
        return Page(self.client, self.opened, authorization)

    async def call(self, method: str, path: str = "", body: Any = None, **options: Any) -> tuple[int, Any]:
        headers = {"Authorization": f"Bearer {self.authorization}"} | options.pop("headers", {})
        answer = await self.client.request(
            method, f"/api/v1/conversations/{self.id}{path}", json=body, headers=headers, **options)
        text = await answer.text()
        return answer.status, json.loads(text) if "json" in answer.content_type else text

    async def say(self, text: str, client_id: str = "m1") -> tuple[int, Any]:
        return await self.call("POST", "/entries", {"client_id": client_id, "text": text})

    async def entries(self, since: int = 0) -> list[dict[str, Any]]:
        status, answer = await self.call("GET", f"/entries?since={since}")
        assert status == 200, answer
        return answer["entries"]

    async def state(self) -> dict[str, Any]:
        _, answer = await self.call("GET", "/entries?since=100000")
        return answer["state"]

    async def socket(self, since: int = 0, **hello: Any) -> Socket:
        line = Socket(await self.client.ws_connect("/api/v1/socket"))
        await line.send(type="hello", conversation=self.id, authorization=self.authorization, since=since, **hello)
        return line


class Socket:
    """A WebSocket as a page uses it."""

    def __init__(self, line: ClientWebSocketResponse) -> None:
        self.line = line
        self.heard: list[dict[str, Any]] = []

    async def send(self, **frame: Any) -> None:
        await self.line.send_str(json.dumps(frame))

    async def hear(self, kind: str, within: float = 3, **wanted: Any) -> dict[str, Any]:
        """Give the next frame of *kind* (with these values); those before it are kept in ``heard``."""
        async with asyncio.timeout(within):
            while True:
                frame = await self.next()
                if frame["type"] == kind and all(frame.get(name) == value for name, value in wanted.items()):
                    return frame

    async def next(self) -> dict[str, Any]:
        message = await self.line.receive()
        if message.type is not WSMsgType.TEXT:
            raise ConnectionError(f"{message.type.name} {message.data} {message.extra}")
        self.heard.append(json.loads(message.data))
        return self.heard[-1]

    async def closed(self, within: float = 3) -> tuple[int, str]:
        """Give the code and the reason of the closing."""
        async with asyncio.timeout(within):
            while True:
                message = await self.line.receive()
                if message.type is WSMsgType.CLOSE:
                    return message.data, message.extra
                if message.type in (WSMsgType.CLOSED, WSMsgType.ERROR):
                    return self.line.close_code or 0, ""

    async def quiet(self, for_s: float = 0.3) -> bool:
        """Say whether nothing arrives for a while."""
        try:
            await asyncio.wait_for(self.next(), for_s)
        except TimeoutError:
            return True
        return False


async def opened(client: TestClient, token: str | None = None) -> Page:
    """Open a conversation."""
    answer = await client.post("/api/v1/conversations", json={"token": token} if token else {})
    assert answer.status == 201, await answer.text()
    return Page(client, await answer.json())


async def eventually(check: Callable[[], bool], within: float = 3) -> None:
    """Wait until *check* holds."""
    until = time.monotonic() + within
    while not check():
        assert time.monotonic() < until, "it never happened"
        await asyncio.sleep(0.01)
