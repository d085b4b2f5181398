"""
One page's talk with the gateway: frames in, frames out. Knows nothing of sockets.

``receive`` answers a frame; ``news`` gives what the page has not been told yet, in order, from the record.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from datetime import datetime, timedelta
from typing import Any

from connectors.core.access import Proof, ProvenMember, Verdict
from connectors.core.shapes import Shape, check
from connectors.core.states import PAGE, State, says_more
from connectors.service.hub import TYPING_LASTS_S, Watcher
from connectors.web.gateway import Gateway
from connectors.web.problems import problem_frame
from connectors.web.routes import MESSAGE, message_of
from journal.entries import View
from kernel.errors import Malformed, NotFound, ServiceError, SignInNeeded

Frame = dict[str, Any]
_ID = re.compile(r"[A-Za-z0-9_-]{1,60}")
_TYPING_EVERY = timedelta(seconds=1)
READER = "member"


class Session:
    """Starts with ``hello``; may say it again, to read again or to change conversation."""

    def __init__(self, gateway: Gateway) -> None:
        """Nothing is open yet."""
        self._gateway = gateway
        self._id = ""
        self._proof: Proof | None = None
        self._told, self._seen = 0, 0
        self._told_state: State | None = None
        self._is_locked = False
        self._typed_at: datetime | None = None
        self._watching = ExitStack()
        self.watcher = Watcher()
        self._answers: dict[str, tuple[Callable[[Frame], Awaitable[list[Frame]]], Shape, Shape]] = {
            "send": (self._send, {"client_id": str}, MESSAGE),
            "typing": (self._typing, {}, {}),
            "seen": (self._saw, {"number": int}, {}),
            "identity": (self._identity, {"token": str}, {}),
            "ping": (self._ping, {}, {}),
        }

    async def hello(self, frame: Frame) -> list[Frame]:
        """Open a conversation to this page. NotFound, SignInNeeded, Malformed, TooMany."""
        check(frame, {"type": str, "conversation": str, "authorization": str}, {"since": int, "token": str})
        if frame["type"] != "hello" or not _ID.fullmatch(frame["conversation"]):
            raise Malformed("hello expected")
        gateway, wanted = self._gateway, frame["conversation"]
        proof = await gateway.door.proof(frame["authorization"])
        if frame.get("token") is not None:
            proof = self._renewed(proof, await gateway.sign_in.prove(wanted, proof, frame["token"]))
        conversation = await gateway.door.enter_to_act(wanted, proof)
        self._watch(wanted)
        self._id, self._proof, self._is_locked = wanted, proof, False
        self._told = min(frame.get("since") or 0, conversation.last_number)
        self._told_state = await gateway.states.of(conversation)
        return [{"type": "welcome", "state": self._told_state}]

    async def receive(self, frame: Frame) -> list[Frame]:
        """Answer one frame after ``hello``; refusals are frames too."""
        try:
            answer, required, optional = self._answers[str(frame.get("type"))]
            check(frame, {"type": str, **required}, optional)
            return await answer(frame)
        except KeyError:
            return [problem_frame(Malformed("type: unknown"))]
        except ServiceError as error:
            return [problem_frame(error, _client_id_of(frame))]

    async def news(self) -> list[Frame]:
        """
        Give what happened since the last news; NotFound when the conversation is no longer this page's.

        Nothing is told while the conversation is locked, but once that a token is needed.
        """
        conversation, verdict = await self._gateway.door.judge(self._id, self._its_proof())
        if verdict is Verdict.UNKNOWN:
            raise NotFound(self._id)
        if verdict is Verdict.LOCKED:
            return self._lock()
        self._is_locked = False
        frames = await self._entries() if conversation.last_number > self._told else []
        state = await self._gateway.states.of(conversation)
        if says_more(state, self._told_state):
            self._told_state = state
            frames.append({"type": "state", "state": state})
        return frames + self._typing_sign()

    def close(self) -> None:
        """Stop looking."""
        self._watching.close()

    async def _entries(self) -> list[Frame]:
        entries = await self._gateway.journal.view(self._id, View.MEMBER, self._told, PAGE)
        if entries:
            self._told = entries[-1]["number"]
        if len(entries) == PAGE:
            self.watcher.tell()  # there may be more: look again at once
        return [{"type": "entry", "entry": entry} for entry in entries]

    def _typing_sign(self) -> list[Frame]:
        typing = self.watcher.take_typing()
        return [{"type": "typing", "who": typing.who, "name": typing.name, "fades_s": TYPING_LASTS_S}] if typing else []

    def _lock(self) -> list[Frame]:
        if self._is_locked:
            return []
        self._is_locked, self._told_state = True, None
        return [problem_frame(SignInNeeded())]

    async def _send(self, frame: Frame) -> list[Frame]:
        sent = {name: value for name, value in frame.items() if name != "type"}
        written = await self._gateway.conversations.send(self._id, self._its_proof(), message_of(sent))
        return [{"type": "sent", "client_id": sent["client_id"], "number": written.entry.number}]

    async def _typing(self, _: Frame) -> list[Frame]:
        now = self._gateway.journal.clock.now()
        if self._is_locked or (self._typed_at is not None and now - self._typed_at < _TYPING_EVERY):
            return []
        self._typed_at = now
        await self._gateway.journal.bell.ring(self._id, {"type": "typing", "who": READER, "name": None})
        return []

    async def _saw(self, frame: Frame) -> list[Frame]:
        number = min(frame["number"], self._told)  # nobody has seen what has not been told
        if self._is_locked or number <= self._seen:
            return []
        self._seen = number
        await self._gateway.journal.advance_cursor(READER, self._id, number)
        await self._gateway.journal.bell.ring(self._id, {"type": "seen", "who": READER, "number": number})
        return []

    async def _identity(self, frame: Frame) -> list[Frame]:
        member = await self._gateway.sign_in.prove(self._id, self._its_proof(), frame["token"])
        self._proof = self._renewed(self._its_proof(), member)
        self.watcher.tell()
        return []

    async def _ping(self, _: Frame) -> list[Frame]:
        return [{"type": "pong"}]

    def _renewed(self, proof: Proof, member: ProvenMember) -> Proof:
        return member if isinstance(proof, ProvenMember) else proof

    def _its_proof(self) -> Proof:
        if self._proof is None:
            raise Malformed("hello expected")
        return self._proof

    def _watch(self, conversation_id: str) -> None:
        if conversation_id == self._id:
            return
        watching, before = ExitStack(), self.watcher
        self.watcher = watching.enter_context(self._gateway.hub.watch(conversation_id))
        self._watching.close()
        self._watching = watching
        before.tell()  # whoever waits for news of the other conversation comes back for those of this one


def _client_id_of(frame: Frame) -> str | None:
    client_id = frame.get("client_id")
    return client_id if isinstance(client_id, str) else None
