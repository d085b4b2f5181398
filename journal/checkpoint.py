"""
The daily checkpoint: a signed list of every conversation's head, which names the checkpoint before it.

A chain alone cannot show that its end was cut off and its head rewritten, nor that a whole conversation is gone. A
checkpoint kept elsewhere (a backup, a printed page, another department) does.
"""

from __future__ import annotations

import asyncio
import hashlib
from itertools import pairwise
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import Connection, select

from journal import chain, record, schema
from journal.keys import SigningKey
from journal.signed import read_signed, sign
from journal.verify import told
from kernel.clock import Clock
from kernel.database import Database

FORM = "assistant-mutualiste/checkpoint/1"
PATTERN = "checkpoint-*.json"


async def write_checkpoint(database: Database, clock: Clock, key: SigningKey, folder: Path) -> Path:
    """Write today's checkpoint (day in UTC) into *folder* unless it is there, and give its path."""
    now = clock.now()
    path = folder / f"checkpoint-{now.date().isoformat()}.json"
    if await asyncio.to_thread(path.exists):
        return path
    heads = await database.snapshot(_heads)
    return await asyncio.to_thread(_write, path, {"form": FORM, "at": now.isoformat(), "heads": heads}, key)


def _write(path: Path, content: dict[str, Any], key: SigningKey) -> Path:
    """Sign *content* with the digest of the checkpoint before, and put it in place whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    earlier = sorted(path.parent.glob(PATTERN))
    previous = hashlib.sha256(earlier[-1].read_bytes()).hexdigest() if earlier else None
    whole = path.with_suffix(".partial")
    whole.write_bytes(sign(content | {"previous": previous}, key))
    return whole.rename(path)


def _heads(tx: Connection) -> dict[str, list[Any]]:
    table = schema.conversation
    rows = tx.execute(select(table.c.id, table.c.last_number, table.c.head).order_by(table.c.id))
    return {row.id: [row.last_number, row.head] for row in rows}


async def compare(database: Database, document: bytes, public_key: Ed25519PublicKey) -> list[str]:
    """Compare the record with a checkpoint; give what was cut off, rewritten or removed since, nothing when all holds."""
    content, problems = read_signed(document, public_key, form=FORM)
    if content is None or problems:
        return problems
    for conversation_id, (count, head) in content["heads"].items():
        problems += await database.snapshot(lambda tx, name=conversation_id, n=count, h=head: _problems(tx, name, n, h))  # type: ignore[misc]
    return problems


def _problems(tx: Connection, conversation_id: str, count: int, head: str) -> list[str]:
    """Check one conversation: it must still hold, and go through *head* at *count*."""
    table = schema.conversation
    if tx.execute(select(table.c.id).where(table.c.id == conversation_id)).first() is None:
        return [f"La conversation {conversation_id} a disparu."]
    conversation, entries = record.whole(tx, conversation_id)
    found = [f"Conversation {conversation_id} : {sentence}" for sentence in
             told(chain.faults(entries, head=conversation.head, count=conversation.last_number))]
    if count > len(entries):
        found.append(f"Conversation {conversation_id} : elle avait {count} entrées, il n'en reste que {len(entries)}.")
    elif count and entries[count - 1].hash != head:
        found.append(f"Conversation {conversation_id} : ses {count} premières entrées ont été réécrites.")
    return found


def compare_in_order(documents: list[bytes]) -> list[str]:
    """Check that checkpoints, oldest first, name one another: none was replaced or taken out of the middle."""
    problems = []
    for number, (earlier, later) in enumerate(pairwise(documents), start=2):
        if f'"previous":"{hashlib.sha256(earlier).hexdigest()}"'.encode() not in later:
            problems.append(f"Le point de contrôle n° {number} ne suit pas celui d'avant : l'un des deux a été remplacé ou retiré.")
    return problems
