"""The key that signs, and the daily checkpoint that shows a truncation."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, delete, update

from journal import schema
from journal.checkpoint import compare, compare_in_order, write_checkpoint
from journal.entries import AuthorKind
from journal.journal import Journal
from journal.keys import PRIVATE, PUBLIC, SigningKey, key_id_of, read_public_key, signing_key
from kernel.clock import SetClock
from kernel.database import SqliteDatabase
from kernel.errors import SettingsError
from tests.makers import said


def test_a_key_is_drawn_once_and_kept_from_other_accounts(state: Path) -> None:
    """A new key at each start would make every earlier export look forged."""
    first = signing_key(state)

    assert signing_key(state).key_id == first.key_id
    assert stat.S_IMODE((state / PRIVATE).stat().st_mode) == 0o600
    assert key_id_of(read_public_key((state / PUBLIC).read_bytes())) == first.key_id


def test_processes_that_start_together_share_one_key(state: Path) -> None:
    """`web` and `worker` start in the same second on a new machine."""
    with ThreadPoolExecutor(8) as together:
        keys = list(together.map(lambda _: signing_key(state).key_id, range(8)))

    assert len(set(keys)) == 1


@pytest.mark.parametrize("content", [b"", b"not a key", b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"])
def test_a_spoilt_key_is_told_and_never_replaced(state: Path, content: bytes) -> None:
    """Drawing a new one silently would hide the loss of the old one."""
    state.mkdir()
    (state / PRIVATE).write_bytes(content)

    with pytest.raises(SettingsError, match="clé de signature"):
        signing_key(state)
    assert (state / PRIVATE).read_bytes() == content


@pytest.mark.parametrize("pem", [b"", b"ssh-ed25519 AAAA", b"-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----\n"])
def test_a_file_that_is_no_public_key_is_told_so(pem: bytes) -> None:
    """An operator may give the wrong file."""
    with pytest.raises(SettingsError, match="clé publique"):
        read_public_key(pem)


@pytest.fixture
async def checkpoint(record: Journal, talk: str, sqlite_database: SqliteDatabase, key: SigningKey, state: Path) -> bytes:
    """A checkpoint of a record with one long conversation and an empty one."""
    await record.open_conversation()
    return (await write_checkpoint(sqlite_database, record.clock, key, state)).read_bytes()


async def test_a_record_that_only_grew_matches_its_checkpoint(
        record: Journal, talk: str, sqlite_database: SqliteDatabase, checkpoint: bytes, key: SigningKey) -> None:
    """Writing more, opening more and erasing are not truncation."""
    await record.append(talk, said("encore"))
    await record.open_conversation()
    await record.erase(talk, by=AuthorKind.MEMBER)

    assert await compare(sqlite_database, checkpoint, key.public) == []


async def test_a_conversation_cut_short_and_mended_is_found(
        talk: str, sqlite_database: SqliteDatabase, checkpoint: bytes, key: SigningKey) -> None:
    """Whoever can write the database removes the last entries and sets the head back: the chain alone still holds."""
    def cut(tx: Connection) -> None:
        table = schema.entry
        tx.execute(delete(table).where(table.c.number > 3))
        head = tx.exec_driver_sql("SELECT hash FROM entry WHERE number = 3").scalar_one()
        tx.execute(update(schema.conversation).where(schema.conversation.c.id == talk).values(last_number=3, head=head))

    await sqlite_database.write(cut)
    problems = await compare(sqlite_database, checkpoint, key.public)
    assert problems == [f"Conversation {talk} : elle avait 11 entrées, il n'en reste que 3."]


async def test_a_conversation_removed_is_found(talk: str, sqlite_database: SqliteDatabase, checkpoint: bytes, key: SigningKey) -> None:
    """A whole conversation gone leaves no chain to check: only the list tells."""
    def remove(tx: Connection) -> None:
        for table in reversed(schema.metadata.sorted_tables):
            tx.execute(delete(table))

    await sqlite_database.write(remove)
    assert f"La conversation {talk} a disparu." in await compare(sqlite_database, checkpoint, key.public)


async def test_a_rewritten_conversation_is_found(talk: str, sqlite_database: SqliteDatabase, checkpoint: bytes, key: SigningKey) -> None:
    """A body changed in place breaks the chain; the sentence names the entry."""
    await sqlite_database.write(lambda tx: tx.execute(
        update(schema.entry).where(schema.entry.c.number == 1).values(body={"text": "autre"})))

    assert await compare(sqlite_database, checkpoint, key.public) == [
        f"Conversation {talk} : Le contenu de l'entrée n° 1 a été modifié."]


async def test_there_is_one_checkpoint_a_day_and_they_name_each_other(
        record: Journal, sqlite_database: SqliteDatabase, clock: SetClock, key: SigningKey, state: Path) -> None:
    """A checkpoint replaced by a more convenient one no longer fits between its neighbours."""
    paths = []
    for _ in range(3):
        paths.append(await write_checkpoint(sqlite_database, clock, key, state))
        assert await write_checkpoint(sqlite_database, clock, key, state) == paths[-1]
        await record.open_conversation()
        clock.advance(timedelta(days=1))
    documents = [path.read_bytes() for path in paths]

    assert len(set(paths)) == 3
    assert compare_in_order(documents) == []
    assert len(compare_in_order([documents[0], documents[2]])) == 1


async def test_a_changed_checkpoint_is_refused(sqlite_database: SqliteDatabase, checkpoint: bytes, key: SigningKey) -> None:
    """It would accuse the record, or excuse it."""
    problems = await compare(sqlite_database, checkpoint.replace(b'"c_', b'"d_', 1), key.public)

    assert any("signature" in problem for problem in problems)
