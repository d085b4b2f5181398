"""
The export of a conversation: a signed JSON that proves itself, and a PDF people can read.

Both hold everything the record holds, private notes included: they are for those who answer for the record, not for a
member, who has his own transcript.
"""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from journal.entries import Conversation, Entry
from journal.journal import Journal
from journal.keys import SigningKey
from journal.pdf import conversation_pdf
from journal.signed import sign
from kernel.organisation import Organisation

FORM = "assistant-mutualiste/conversation/1"


@dataclass(frozen=True)
class Bundle:
    """What is handed over: *document* is the signed JSON, *pdf* the readable form whose SHA-256 the JSON holds."""

    conversation_id: str
    document: bytes
    pdf: bytes


async def export(journal: Journal, conversation_id: str, key: SigningKey, organisation: Organisation) -> Bundle:
    """Export a conversation as it stands at one moment; NotFound."""
    conversation, entries = await journal.whole(conversation_id)
    return await asyncio.to_thread(bundle_of, conversation, entries, key, organisation, journal.clock.now())


def bundle_of(conversation: Conversation, entries: list[Entry], key: SigningKey, organisation: Organisation, at: datetime) -> Bundle:
    """Make the bundle of what was read. Pure, and slow enough (fonts) to be kept off an event loop."""
    pdf = conversation_pdf(conversation, entries, organisation, key_id=key.key_id, at=at)
    return Bundle(conversation.id, sign(content_of(conversation, entries, organisation, at, pdf), key), pdf)


def content_of(conversation: Conversation, entries: list[Entry], organisation: Organisation, at: datetime, pdf: bytes) -> dict[str, Any]:
    """Give what is signed."""
    return {
        "form": FORM,
        "organisation": organisation.name,
        "exported_at": at.isoformat(),
        "conversation_id": conversation.id,
        "created_at": conversation.created_at.isoformat(),
        "member_id": conversation.member_id,
        "mode": conversation.mode.value,
        "subject": conversation.subject,
        "is_closed": conversation.is_closed,
        "count": conversation.last_number,
        "head": conversation.head,
        "pdf_sha256": hashlib.sha256(pdf).hexdigest(),
        "entries": [_as_json(entry) for entry in entries],
    }


def _as_json(entry: Entry) -> dict[str, Any]:
    """Give what the chain covers, and the body with its salt; the conversation is named once for all."""
    named = vars(entry) | {"moment": entry.moment.isoformat()}
    return {name: value for name, value in named.items() if name not in ("conversation_id", "starts_turn")}
