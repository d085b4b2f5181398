"""
Acts: pending in the journal first, then the insurer's system under the same idempotency key, then the result, told once.

`perform` serves a turn; `sweep` completes what a crash or an outage left pending.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from bot.actions.ports import ActOutcome, Context
from bot.phrasing.phrasebook import Phrasebook, Situation
from bot.worker.deeds import deeds
from bot.worker.outputs import entry_buttons
from journal.acts import Act
from journal.entries import Body
from journal.journal import Journal
from kernel.errors import Conflict, Refused, Unavailable
from kernel.logs import describe, logger
from member_api.client import MemberApiClient
from member_api.contract import Caller

T = TypeVar("T")

log = logger("acts")
SWEPT_AFTER = timedelta(seconds=20)
PROOF_LASTS = timedelta(minutes=2)
"""The identity was proven when the member confirmed; a sweep may act on that proof."""
_CODE = re.compile(r"[a-z_]{3,40}")

_CODE = re.compile(r"[a-z_]{3,40}")


def refusal_code(error: Refused) -> str:
    """Give the stable code of a refusal: that of the insurer's system for a conflict (``slot_taken``…), else ours."""
    return error.detail if isinstance(error, Conflict) and _CODE.fullmatch(error.detail) else error.code


def _told(phrasebook: Phrasebook, act: Act, status: str, data: dict[str, Any], now: datetime) -> Body:
    """Give the body of the entry that tells the result."""
    deed = deeds()[act.kind]
    phrase = phrasebook.phrase(f"{deed.phrase}_{status}", Situation(now, level=act.identity_level, extra=deed.told(act.request or {}, data)))
    body: Body = {"act": act.kind, "status": status, "text": phrase.text, "data": data}
    return body | ({"buttons": entry_buttons(phrase.buttons)} if phrase.buttons else {})


@dataclass
class ActBook:
    """Completes acts, whoever asks."""

    journal: Journal
    members: MemberApiClient
    phrasebook: Phrasebook

    async def complete(self, act: Act) -> ActOutcome:
        """Call the insurer's system for a pending *act* and tell its result; ``pending`` when it does not answer."""
        now = self.journal.clock.now()
        caller = Caller(act.member_id, act.identity_level, now + PROOF_LASTS)
        try:
            data = await deeds()[act.kind].do(self.members, caller, act.request or {}, act.key)
        except Unavailable as error:
            log.warning("act_pending", act=act.kind, attempt=act.attempts, error=describe(error))
            return ActOutcome("pending")
        except Refused as error:
            code = refusal_code(error)
            log.warning("act_refused", act=act.kind, code=code)
            return await self._finish(act, "refused", {"code": code}, now)
        return await self._finish(act, "done", data, now)

    async def first_name(self, member_id: str, level: int) -> str | None:
        """Give the first name of a signed-in member; Unavailable when the insurer's system does not answer."""
        member = await self.members.member(Caller(member_id, level, self.journal.clock.now() + PROOF_LASTS))
        return member.first_name

    async def _finish(self, act: Act, status: str, data: dict[str, Any], now: datetime) -> ActOutcome:
        await self.journal.finish_act(act, status=status, result=_told(self.phrasebook, act, status, data, now))
        await self.journal.audit("assistant", f"act_{act.kind}", conversation_id=act.conversation_id, member_id=act.member_id, detail={"status": status})
        return ActOutcome(status, data.get("code"))

    async def sweep(self) -> int:
        """Complete the acts left pending; give how many were looked at."""
        pending = await self.journal.pending_acts(SWEPT_AFTER)
        for act in pending:
            await self._take_up(act)
        return len(pending)

    async def _take_up(self, act: Act) -> None:
        """Try one act again; one that breaks (a fault of ours) is logged and stays pending, the others go on."""
        try:
            known = await self.journal.begin_act(act)  # counts the attempt, and puts it behind the others
            if known.status == "pending":
                await self.complete(known)
        except Exception as error:  # noqa: BLE001  one act may not hold up everybody's
            log.error("act_stumbled", act=act.kind, attempt=act.attempts, error=describe(error))


@dataclass(frozen=True)
class TurnActs:
    """Acts of one turn, for the member and at the level the worker read from the conversation's row."""

    book: ActBook
    context: Context

    async def perform(self, kind: str, key: str, request: dict[str, Any]) -> ActOutcome:
        """See bot.actions.ports.Acts; a key already done tells nothing again."""
        if self.context.member_id is None or self.context.level < deeds()[kind].level:
            raise Refused("an act needs a proven member")
        act = Act(key, self.context.conversation_id, kind, self.context.member_id, self.context.level, request, "pending", None, 1)
        known = await self.book.journal.begin_act(act)
        return await self.book.complete(known) if known.status == "pending" else ActOutcome(known.status)

    async def was_begun(self, key: str) -> bool:
        """See bot.actions.ports.Acts."""
        return await self.book.journal.act(key) is not None


@dataclass(frozen=True)
class TurnFile:
    """The file of the member of one turn; each reading is accounted for."""

    book: ActBook
    context: Context

    async def read(self, what: str, reading: Callable[[MemberApiClient, Caller], Awaitable[T]], *, level: int = 1) -> T:
        """See bot.actions.ports.File."""
        if self.context.member_id is None or self.context.level < level:
            raise Refused("a file needs a proven member")
        journal = self.book.journal
        await journal.audit("assistant", f"{what}_read", conversation_id=self.context.conversation_id, member_id=self.context.member_id)
        return await reading(self.book.members, Caller(self.context.member_id, self.context.level, journal.clock.now() + PROOF_LASTS))
