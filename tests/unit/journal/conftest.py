"""A conversation of every kind of entry, and the key of an installation."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from journal import schema
from journal.entries import AuthorKind, Draft, Identity, Kind
from journal.export import Bundle, export
from journal.journal import Journal
from journal.keys import SigningKey, signing_key
from kernel.bell import MemoryBell
from kernel.clock import SetClock
from kernel.database import SqliteDatabase, create_tables
from kernel.organisation import organisation
from tests.conftest import NOON
from tests.makers import answer_next, noted, replied, said, taken_by, told


@pytest.fixture
def record(sqlite_database: SqliteDatabase, clock: SetClock) -> Journal:
    """A record in a SQLite file."""
    return Journal(sqlite_database, MemoryBell(), clock)


@pytest.fixture(scope="session")
def key(tmp_path_factory: pytest.TempPathFactory) -> SigningKey:
    """The installation's key."""
    return signing_key(tmp_path_factory.mktemp("state"))


@pytest.fixture
def state(tmp_path: Path) -> Path:
    """A state folder that does not exist yet."""
    return tmp_path / "state"


@pytest.fixture
async def talk(record: Journal) -> str:
    """A whole conversation in the record."""
    return await held(record)


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory, key: SigningKey) -> Bundle:
    """The export of a whole conversation, made once: fonts are slow to embed."""
    async def made() -> Bundle:
        database = SqliteDatabase(f"sqlite:///{tmp_path_factory.mktemp('exported') / 'record.db'}")
        await create_tables(database, schema.metadata)
        journal = Journal(database, MemoryBell(), SetClock(NOON))
        exported = await export(journal, await held(journal), key, organisation())
        await database.close()
        return exported
    return asyncio.run(made())


async def held(record: Journal) -> str:
    """Hold a conversation with a question, an answer, a proof, an advisor, a note and a written request; give its id."""
    conversation = await record.open_conversation()
    await record.append(conversation.id, said("cé koi TM sur mon papier 🤔 ?", client_id="m1"))
    await answer_next(record, "**TM** : le ticket modérateur. Œuvre, « guillemets », 1 166,00 €.")
    await record.append(conversation.id, Draft(AuthorKind.ASSISTANT, Kind.CARD, {
        "card": "summary", "text": "Voulez-vous continuer ?", "buttons": [{"id": "yes", "title": "Oui"}, {"id": "no", "title": "Non"}]}))
    await record.set_identity(conversation.id, Identity(1, "demo-1", None), how="sign_in")
    await record.append(conversation.id, told())
    held_by = await taken_by(record, conversation.id)
    await record.append(conversation.id, noted())
    await record.append(conversation.id, replied(), held_by=held_by)
    await record.to_written(conversation.id, due_at=NOON, due_on=NOON.date(), subject="Mon papier", by=held_by)
    return conversation.id
