"""Secure fields: what must never be written in a conversation goes past it."""

from __future__ import annotations

from connectors.core import drafts
from connectors.core.access import Proof
from connectors.core.asked import LOOKS_BACK, AskedField, asked_field
from connectors.core.errors import NotAsked
from connectors.service.doorkeeper import Doorkeeper
from connectors.service.pace import Pace
from connectors.service.ports import FilledField, SecureFields
from connectors.service.sign_in import SignIn
from journal.entries import Conversation, Entry
from journal.journal import Journal
from kernel.errors import Malformed, NotFound, ServiceError, TooLarge, Unavailable

LONGEST_VALUE = 500


class Fields:
    """Hands values over, and writes that it was done."""

    def __init__(self, journal: Journal, door: Doorkeeper, pace: Pace, sign_in: SignIn, fields: SecureFields | None) -> None:
        """*fields* None: this installation has no secure field, so none is ever asked for."""
        self._journal, self._door, self._pace, self._sign_in, self._fields = journal, door, pace, sign_in, fields

    async def fill(self, conversation_id: str, proof: Proof, name: str, value: str) -> Entry:
        """
        Hand *value* over and write its end; a code that proves who is there raises the level first.

        NotAsked, Malformed, TooLarge, TooMany, and what the port raises.
        """
        conversation = await self._door.enter_to_act(conversation_id, proof)
        await self._pace.keep(f"field:{conversation_id}", self._pace.limits.fields)
        asked = await self._asked(conversation)
        if self._fields is None or asked is None or asked.name != name:
            raise NotAsked
        if not value.strip():
            raise Malformed("value: at least one character")
        if len(value) > LONGEST_VALUE:
            raise TooLarge(f"value: at most {LONGEST_VALUE} characters")
        filled = await _submitted(self._fields, asked, value, conversation)
        if filled.token is not None:
            await self._sign_in.prove(conversation_id, proof, filled.token)
        draft = drafts.field_draft(name, filled.label, filled.ending, shown=filled.shown, deposit_id=filled.deposit_id)
        return await self._journal.append(conversation_id, draft)

    async def _asked(self, conversation: Conversation) -> AskedField | None:
        since = max(0, conversation.last_number - LOOKS_BACK)
        return asked_field(conversation, await self._journal.read(conversation.id, since, LOOKS_BACK))


async def _submitted(fields: SecureFields, asked: AskedField, value: str, conversation: Conversation) -> FilledField:
    try:
        return await fields.submit(asked, value, conversation)
    except NotFound:
        raise NotAsked from None
    except ServiceError:
        raise
    except Exception:  # noqa: BLE001 - whatever it is may quote the value: nothing of it goes further
        raise Unavailable("the field was not taken") from None
