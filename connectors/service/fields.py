"""Secure fields: what must never be written in a conversation goes past it."""

from __future__ import annotations

from connectors.core import drafts
from connectors.core.access import Proof
from connectors.core.errors import NotAsked
from connectors.service.doorkeeper import Doorkeeper
from connectors.service.pace import Pace
from connectors.service.ports import FilledField, SecureFields
from journal.entries import Conversation, Entry
from journal.journal import Journal
from kernel.errors import Malformed, NotFound, ServiceError, TooLarge, Unavailable

LONGEST_VALUE = 500


class Fields:
    """Hands values over, and writes that it was done."""

    def __init__(self, journal: Journal, door: Doorkeeper, pace: Pace, fields: SecureFields | None) -> None:
        """*fields* None: this installation has no secure field, so none is ever asked for."""
        self._journal, self._door, self._pace, self._fields = journal, door, pace, fields

    async def fill(self, conversation_id: str, proof: Proof, name: str, value: str) -> Entry:
        """Hand *value* over and write its end; NotAsked, Malformed, TooLarge, TooMany, and what the port raises."""
        conversation = await self._door.enter_to_act(conversation_id, proof)
        if self._fields is None:
            raise NotAsked
        if not value.strip():
            raise Malformed("value: at least one character")
        if len(value) > LONGEST_VALUE:
            raise TooLarge(f"value: at most {LONGEST_VALUE} characters")
        await self._pace.keep(f"field:{conversation_id}", self._pace.limits.fields)
        filled = await _submitted(self._fields, name, value, conversation)
        return await self._journal.append(conversation_id, drafts.field_draft(name, filled.label, filled.ending))


async def _submitted(fields: SecureFields, name: str, value: str, conversation: Conversation) -> FilledField:
    try:
        return await fields.submit(name, value, conversation)
    except NotFound:
        raise NotAsked from None
    except ServiceError:
        raise
    except Exception:  # noqa: BLE001 - whatever it is may quote the value: nothing of it goes further
        raise Unavailable("the field was not taken") from None
