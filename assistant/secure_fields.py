"""Secure fields, handed to the insurer's member API: one-time codes are checked there, values deposited there."""

from __future__ import annotations

from connectors.core.asked import AskedField
from connectors.core.errors import FieldRefused, NotAsked
from connectors.service.ports import FilledField
from journal.entries import Conversation
from kernel.clock import Clock
from kernel.errors import Conflict, Malformed, SignInNeeded
from kernel.ids import new_id
from member_api.client import MemberApiClient
from member_api.contract import Caller, CodeNeeded, CodeOutcome, FieldName

CODE = "code"
CODE_DIGITS = 6


class ApiSecureFields:
    """SecureFields over the member API. Each filling has a key of its own: a value typed again is another one."""

    def __init__(self, members: MemberApiClient, clock: Clock) -> None:
        """*members*: the client of this process; *clock* judges the level of a conversation."""
        self._members, self._clock = members, clock

    async def submit(self, asked: AskedField, value: str, conversation: Conversation) -> FilledField:
        """See SecureFields; SignInNeeded when nobody is proven any more."""
        caller = self._caller(conversation)
        try:
            return await (self._code(asked, value, caller) if asked.name == CODE else self._deposit(asked, value, caller))
        except CodeNeeded:
            raise FieldRefused(CodeNeeded.code) from None
        except (Malformed, Conflict) as refused:
            raise FieldRefused(refused.detail) from None

    def _caller(self, conversation: Conversation) -> Caller:
        identity = conversation.identity
        level = identity.level_at(self._clock.now())
        if identity.member_id is None or level == 0:
            raise SignInNeeded("a secure field needs a proven member")
        return Caller(identity.member_id, level, identity.expires_at)

    async def _code(self, asked: AskedField, digits: str, caller: Caller) -> FilledField:
        if asked.code_id is None:
            raise NotAsked
        typed = "".join(digits.split())
        if not (typed.isascii() and typed.isdecimal() and len(typed) == CODE_DIGITS):  # a slip of the hand costs no try
            raise FieldRefused("code_malformed")
        checked = await self._members.check_code(caller, asked.code_id, typed, key=new_id("code"))
        match checked.outcome:
            case CodeOutcome.WRONG:
                raise FieldRefused("code_wrong", tries_left=checked.tries_left)
            case CodeOutcome.EXPIRED:
                raise FieldRefused("code_expired")
        return FilledField(asked.label, token=checked.token)

    async def _deposit(self, asked: AskedField, value: str, caller: Caller) -> FilledField:
        if asked.name not in tuple(FieldName):
            raise NotAsked
        made = await self._members.deposit(caller, FieldName(asked.name), value, key=new_id("field"))
        if made.name is FieldName.BANK_DETAILS:
            return FilledField(asked.label, ending=made.masked, deposit_id=made.id)
        return FilledField(asked.label, shown=made.masked, deposit_id=made.id)
