"""Reading, audited: who calls is told, the matrix is checked, what was read or refused is written, all in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from aiohttp import web
from sqlalchemy import Connection

from kernel.errors import Forbidden, SignInNeeded
from member_api.contract import Caller
from member_api.sandbox import audit
from member_api.sandbox.access import Action, check
from member_api.sandbox.matrix import Resource
from member_api.sandbox.sight import Reader, reader
from member_api.sandbox.web.member_api.calls import MemberApiCalls, answer, caller_of

T = TypeVar("T")
Read = Callable[[Connection, Reader], T]


class Reading(MemberApiCalls):
    """The ground of handlers that read a member's file."""

    async def _read(self, request: web.Request, resource: Resource, read: Read[T]) -> web.Response:
        """Answer what *read* finds of *resource* for the caller; SignInNeeded, Forbidden, and what *read* raises."""
        caller, file_id, now = caller_of(request), request.match_info["member_id"], self._clock.now()

        def audited(tx: Connection) -> T:
            found = read(tx, reader(tx, caller, file_id, resource, self._today))
            audit.note(tx, caller, file_id, resource, now, found=found)
            return found

        try:
            check(caller, caller.member_id, Action.READ, now)
            return answer(await self._database.write(audited))
        except (Forbidden, SignInNeeded):
            await self._note_refusal(caller, file_id, resource)
            raise

    async def _note_refusal(self, caller: Caller, file_id: str, resource: Resource) -> None:
        now = self._clock.now()
        await self._database.write(lambda tx: audit.note(tx, caller, file_id, resource, now, allowed=False))
