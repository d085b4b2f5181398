"""The journal's rival: the same driver, durability and statements, with none of our code between."""

from __future__ import annotations

import asyncio
import hashlib
import json
import secrets
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol, TypeVar

import asyncpg
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

T = TypeVar("T")
BODY = json.dumps({"text": "Bonjour, j'ai payé 60 euros chez l'ophtalmo et je n'ai reçu que 29,50, c'est normal ?"})
DIGEST = "0" * 64
ENTRY = ("conversation_id, number, moment, author, author_id, author_name, kind, body, client_id, salt, digest, previous, hash, starts_turn")
ONCE = "ON CONFLICT (conversation_id, author, client_id) DO NOTHING"
OPEN = ("INSERT INTO conversation (id, created_at, updated_at, identity_level, mode, floor_holder, fencing, floor_since, floor_at, is_closed,"
        " last_number, head, position, claim_attempt, priority, topics)"
        " VALUES ({0}, {1}, {1}, 0, 'live', 'assistant', 1, 0, {1}, {2}, 0, '', 0, 0, 0, '[]')")


class BareDriver(Protocol):
    """What the benchmark asks of a driver."""

    name: str

    async def open(self) -> str:
        """Write a conversation's row."""
        ...

    async def append_each(self, conversation_id: str, count: int) -> None:
        """Append *count* entries, one transaction each: lock and read the row, insert unless the client id is known, update."""
        ...

    async def read(self, conversation_id: str, since: int) -> list[Any]:
        """Read the entries after *since*: plain tuples, moment and body decoded."""
        ...

    async def close(self) -> None:
        """Let go."""
        ...

    async def verify(self, conversation_id: str) -> None:
        """Read everything and hash it twice, as text."""
        rows = await self.read(conversation_id, 0)
        for row in rows:
            hashlib.sha256(bytes.fromhex(row[9]) + json.dumps(row[7], sort_keys=True, ensure_ascii=False).encode()).hexdigest()
            hashlib.sha256(json.dumps([str(cell) for cell in row], ensure_ascii=False).encode()).hexdigest()

    async def export(self, conversation_id: str, key: Ed25519PrivateKey) -> bytes:
        """Read everything, dump it and sign it."""
        rows = [[*row[:2], row[2].isoformat(), *row[3:]] for row in await self.read(conversation_id, 0)]
        content = json.dumps(rows, ensure_ascii=False).encode()
        return content + key.sign(content)


class BareSqlite(BareDriver):
    """The standard library's sqlite3, in a thread as any asyncio program must."""

    name = "bare sqlite3"

    def __init__(self, path: Path) -> None:
        """Use the tables already made in *path*."""
        self._path, self._thread = path, ThreadPoolExecutor(1)
        self._connection: sqlite3.Connection | None = None

    async def open(self) -> str:
        """See BareDriver."""
        name, now = secrets.token_hex(8), _now()
        await self._run(lambda db: db.execute(OPEN.format("?1", "?2", "0"), (name, now)))
        return name

    async def append_each(self, conversation_id: str, count: int) -> None:
        """See BareDriver."""
        for _ in range(count):
            await self._run(lambda db: _append_sqlite(db, conversation_id))

    async def read(self, conversation_id: str, since: int) -> list[Any]:
        """See BareDriver."""
        query = f"SELECT {ENTRY} FROM entry WHERE conversation_id = ? AND number > ? ORDER BY number"
        return await self._run(lambda db: [
            (*row[:2], datetime.fromisoformat(row[2]), *row[3:7], json.loads(row[7]), *row[8:])
            for row in db.execute(query, (conversation_id, since)).fetchall()])

    async def close(self) -> None:
        """See BareDriver."""
        await self._run(lambda db: db.close())
        self._thread.shutdown()

    async def _run(self, operation: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._thread, lambda: operation(self._opened()))

    def _opened(self) -> sqlite3.Connection:
        if self._connection is None:
            self._connection = sqlite3.connect(self._path, isolation_level=None, timeout=10)
            for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
                self._connection.execute(f"PRAGMA {pragma}")
        return self._connection


def _append_sqlite(db: sqlite3.Connection, conversation_id: str) -> None:
    client_id, now = secrets.token_hex(8), _now()
    db.execute("BEGIN IMMEDIATE")
    row = db.execute("SELECT last_number, conversation.* FROM conversation WHERE id = ?", (conversation_id,)).fetchone()
    number = row[0] + 1
    db.execute(f"INSERT INTO entry ({ENTRY}) VALUES (?, ?, ?, 'member', NULL, NULL, 'text', ?, ?, ?, ?, ?, ?, 1) {ONCE}",
               (conversation_id, number, now, BODY, client_id, DIGEST[:32], DIGEST, DIGEST, DIGEST))
    db.execute("UPDATE conversation SET last_number = ?, head = ?, updated_at = ? WHERE id = ?", (number, DIGEST, now, conversation_id))
    db.execute("COMMIT")


class BarePostgres(BareDriver):
    """asyncpg on one connection, with its own cache of prepared statements."""

    name = "bare asyncpg"

    def __init__(self, url: str) -> None:
        """Use the tables already made in *url*."""
        self._url, self._connection = url, None

    async def open(self) -> str:
        """See BareDriver."""
        name = secrets.token_hex(8)
        await (await self._opened()).execute(OPEN.format("$1", "$2", "false"), name, datetime.now(UTC))
        return name

    async def append_each(self, conversation_id: str, count: int) -> None:
        """See BareDriver."""
        db = await self._opened()
        for _ in range(count):
            await _append_postgres(db, conversation_id)

    async def read(self, conversation_id: str, since: int) -> list[Any]:
        """See BareDriver."""
        rows = await (await self._opened()).fetch(
            f"SELECT {ENTRY} FROM entry WHERE conversation_id = $1 AND number > $2 ORDER BY number", conversation_id, since)
        return [(*row[:7], json.loads(row[7]), *row[8:]) for row in map(tuple, rows)]

    async def close(self) -> None:
        """See BareDriver."""
        await (await self._opened()).close()

    async def _opened(self) -> Any:
        if self._connection is None:
            self._connection = await asyncpg.connect(self._url)
        return self._connection


async def _append_postgres(db: Any, conversation_id: str) -> None:
    client_id, now = secrets.token_hex(8), datetime.now(UTC)
    async with db.transaction():
        row = await db.fetchrow("SELECT * FROM conversation WHERE id = $1 FOR UPDATE", conversation_id)
        number = row["last_number"] + 1
        await db.execute(f"INSERT INTO entry ({ENTRY}) VALUES ($1, $2, $3, 'member', NULL, NULL, 'text', $4, $5, $6, $7, $7, $7, true) {ONCE}",
                         conversation_id, number, now, BODY, client_id, DIGEST[:32], DIGEST)
        await db.execute("UPDATE conversation SET last_number = $1, head = $2, updated_at = $3 WHERE id = $4", number, DIGEST, now, conversation_id)


def _now() -> str:
    return datetime.now(UTC).isoformat(sep=" ")
