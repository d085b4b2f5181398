"""
The WebSocket: one reader and one teller a page.

The reader answers frames; the teller waits for the hub and tells the news, one page of entries at a time, and only
when the page has taken the one before: a slow page is told less often, then dropped; it never fills our memory.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
from typing import Any

from aiohttp import WSCloseCode, WSMsgType, web

from connectors.core.rates import Bucket, take
from connectors.core.shapes import parse_object
from connectors.service.hub import stop
from connectors.web.gateway import GATEWAY, Gateway
from connectors.web.problems import problem_frame, unexpected
from connectors.web.routes import BASE
from connectors.web.session import Frame, Session
from kernel.errors import Malformed, ServiceError, TooMany, Unavailable
from kernel.logs import logger

log = logger("gateway")
MAX_FRAME = 64 * 1024
HELLO_WITHIN_S = 10
SEND_WITHIN_S = 10
HEARTBEAT_S = 25
LOOK_EVERY_S = 5
CLOSE_WITHIN_S = 2
SOCKETS_A_PROCESS = 5_000
_REASONS: dict[int, bytes] = {WSCloseCode.MESSAGE_TOO_BIG: b"too_large", WSCloseCode.INVALID_TEXT: b"malformed",
            WSCloseCode.PROTOCOL_ERROR: b"malformed"}

routes = web.RouteTableDef()


class Socket(web.WebSocketResponse):
    """A WebSocket that says why it closes. Without compression: it would cost each idle page some 300 KB."""

    def __init__(self) -> None:
        """See the module for the limits."""
        super().__init__(compress=False, heartbeat=HEARTBEAT_S, max_msg_size=MAX_FRAME, timeout=CLOSE_WITHIN_S)

    async def close(self, *, code: int = WSCloseCode.OK, message: bytes = b"", drain: bool = True) -> bool:
        """Close; a code of the protocol gets its reason."""
        return await super().close(code=code, message=message or _REASONS.get(code, b""), drain=drain)


class Sockets(set[Socket]):
    """Those of one process, to close them with it."""


SOCKETS = web.AppKey("sockets", Sockets)


@routes.get(BASE + "/socket")
async def talk(request: web.Request) -> web.StreamResponse:
    """Talk with one page until it leaves; Unavailable when the process has as many as it can serve."""
    sockets = request.app[SOCKETS]
    if len(sockets) >= SOCKETS_A_PROCESS:
        raise Unavailable("too many pages here")
    socket = Socket()
    await socket.prepare(request)
    sockets.add(socket)
    try:
        await _Line(request.app[GATEWAY], socket, request).serve()
    finally:
        sockets.discard(socket)
    return socket


async def close_all(app: web.Application) -> None:
    """Tell every page that the process stops: they come back by themselves, to another one or to the next."""
    app[GATEWAY].hub.wake_all()
    sockets = app[SOCKETS]
    closing = [socket.close(code=WSCloseCode.GOING_AWAY, message=b"restarting") for socket in sockets]
    await asyncio.gather(*closing, return_exceptions=True)


class _Line:
    """One page's line while it is open."""

    def __init__(self, gateway: Gateway, socket: Socket, request: web.Request) -> None:
        self._gateway, self._socket, self._transport = gateway, socket, request.transport
        self._session = Session(gateway)
        self._budget: tuple[Bucket, ...] | None = None
        # Held from reading news to having sent them, so that a new hello and the news never mix.
        self._order = asyncio.Lock()

    async def serve(self) -> None:
        """Wait for hello, then answer until the page leaves."""
        try:
            if not await self._open():
                return
            teller = asyncio.create_task(self._tell())
            try:
                await self._answer()
            finally:
                await stop(teller)
        except ConnectionError:
            pass  # the page left while we spoke
        finally:
            self._session.close()

    async def _open(self) -> bool:
        try:
            message = await self._socket.receive(timeout=HELLO_WITHIN_S)
        except TimeoutError:
            await self._refuse(Malformed("hello expected"))
            return False
        if message.type not in (WSMsgType.TEXT, WSMsgType.BINARY):
            return False
        return await self._hello(message.data)

    async def _hello(self, data: Any) -> bool:
        async with self._order:
            try:
                await self._send(*await self._session.hello(_frame_of(data)))
            except ServiceError as error:
                await self._refuse(error)
                return False
            except Exception as error:  # noqa: BLE001 - told as internal, noted by its kind
                await self._refuse(unexpected(error, "hello"))
                return False
        self._session.watcher.tell()
        return True

    async def _answer(self) -> None:
        async for message in self._socket:
            if message.type not in (WSMsgType.TEXT, WSMsgType.BINARY):
                return
            if not self._has_budget():
                await self._refuse(TooMany(retry_after=10))
                return
            if not await self._answer_one(message.data):
                return

    async def _answer_one(self, data: Any) -> bool:
        try:
            frame = _frame_of(data)
        except ServiceError as error:
            await self._send(problem_frame(error))
            return True
        if frame.get("type") == "hello":
            return await self._hello(data)
        try:
            await self._send(*await self._session.receive(frame))
        except ConnectionError:
            raise
        except Exception as error:  # noqa: BLE001 - told as internal, noted by its kind
            await self._send(problem_frame(unexpected(error, "socket")))
        return True

    def _has_budget(self) -> bool:
        taken = take(self._budget, self._gateway.limits.frames, asyncio.get_running_loop().time())
        self._budget = taken.buckets
        return not taken.retry_after

    async def _tell(self) -> None:
        """Tell the news whenever there may be some; a page that takes none for a while is dropped."""
        while not self._socket.closed:
            # Spread, so that a thousand pages do not look in the same instant.
            await self._session.watcher.moved(LOOK_EVERY_S * random.uniform(0.8, 1.2))  # noqa: S311 - not a secret
            try:
                async with self._order:
                    await self._send(*await self._session.news())
            except ConnectionError:
                return
            except Unavailable:
                continue  # the record comes back; the page keeps what it has
            except ServiceError as error:
                await self._refuse(error)
                return
            except Exception as error:  # noqa: BLE001 - noted by its kind; the next look may do better
                unexpected(error, "news")

    async def _send(self, *frames: Frame) -> None:
        try:
            async with asyncio.timeout(SEND_WITHIN_S):
                for frame in frames:
                    await self._socket.send_str(json.dumps(frame, ensure_ascii=False, separators=(",", ":")))
        except TimeoutError:
            log.warning("slow_page_dropped", path=BASE + "/socket")
            if self._transport is not None:
                self._transport.abort()
            raise ConnectionResetError("the page takes nothing") from None

    async def _refuse(self, error: ServiceError) -> None:
        """Say why, then hang up."""
        with contextlib.suppress(ConnectionError):
            await self._send(problem_frame(error))
            await self._socket.close(code=WSCloseCode.POLICY_VIOLATION, message=error.code.encode())


def _frame_of(data: Any) -> Frame:
    if not isinstance(data, str):
        raise Malformed("text frames only")
    return parse_object(data)
