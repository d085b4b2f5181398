"""What `kernel.database` promises: groups that isolate, threads, snapshots, outages told as Unavailable, recovery."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from pathlib import Path

import pytest
from sqlalchemy import Column, Connection, Integer, MetaData, Table, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from journal.entries import AuthorKind
from journal.journal import Journal
from kernel.bell import MemoryBell
from kernel.clock import SystemClock
from kernel.database import Database, PostgresDatabase, SqliteDatabase, create_tables, open_database, ping
from kernel.errors import Unavailable
from tests.makers import said
from tests.servers import running_postgres

numbers = Table("numbers", MetaData(), Column("n", Integer, primary_key=True), Column("m", Integer))


@pytest.fixture
async def store(database: Database) -> Database:
    """A store with one table of numbers."""
    await create_tables(database, numbers.metadata)
    return database


def put(n: int) -> object:
    """Make an operation that writes *n*."""
    return lambda tx: tx.execute(insert(numbers).values(n=n))


def kept(tx: Connection) -> list[int]:
    """Read every number."""
    return list(tx.execute(select(numbers.c.n).order_by(numbers.c.n)).scalars())


async def test_one_refused_operation_does_not_harm_those_written_with_it(store: Database) -> None:
    """Fifty messages may share one disk flush; a duplicate among them is its sender's affair alone."""
    outcomes = await asyncio.gather(*(store.write(put(n % 40)) for n in range(50)), return_exceptions=True)

    assert sum(isinstance(one, IntegrityError) for one in outcomes) == 10
    assert await store.read(kept) == list(range(40))


async def test_an_operation_that_fails_halfway_leaves_nothing(store: Database) -> None:
    """Half a message is worse than none."""
    def half(tx: Connection) -> None:
        tx.execute(insert(numbers).values(n=1))
        raise LookupError("on purpose")

    with pytest.raises(LookupError, match="on purpose"):
        await store.write(half)
    assert await store.read(kept) == []


async def test_what_was_written_is_read_by_the_next_reader(store: Database) -> None:
    """Write the row, then ring the bell: who hears must be able to read."""
    for n in range(20):
        await store.write(put(n))
        assert (await store.read(kept))[-1] == n


async def test_a_reading_sees_one_moment(store: Database) -> None:
    """An export that reads the head, then the entries, must not meet what was written in between."""
    began, written = threading.Event(), threading.Event()

    def twice(tx: Connection) -> tuple[list[int], list[int]]:
        before = kept(tx)
        began.set()
        if isinstance(store, SqliteDatabase):
            written.wait(5)
        return before, kept(tx)

    await store.write(put(1))
    if isinstance(store, SqliteDatabase):
        reading = asyncio.create_task(store.snapshot(twice))
        await asyncio.to_thread(began.wait, 5)
        await store.write(put(2))
        written.set()
        before, after = await reading
        assert before == after == [1]
    else:
        level = await store.snapshot(lambda tx: tx.execute(text("SHOW transaction_isolation")).scalar_one())
        assert level == "repeatable read"


async def test_a_reading_changes_nothing(store: Database) -> None:
    """A screen that only shows must not be able to write, even by mistake."""
    for reading in (store.read, store.snapshot):
        with pytest.raises(Exception, match=r"readonly|read-only|cannot be read"):
            await reading(put(1))

    assert await store.read(kept) == []


async def test_a_closed_store_says_so_instead_of_hanging(store: Database) -> None:
    """A request that arrives while the process stops gets an answer."""
    await store.close()
    await store.close()

    with pytest.raises(Unavailable):
        await store.write(put(1))
    with pytest.raises(Unavailable):
        await store.read(kept)


async def test_closing_finishes_what_was_asked(sqlite_database: SqliteDatabase) -> None:
    """A message accepted before the stop is on disk after it."""
    await create_tables(sqlite_database, numbers.metadata)
    writes = [asyncio.ensure_future(sqlite_database.write(put(n))) for n in range(300)]
    await asyncio.sleep(0)
    await sqlite_database.close()

    assert len(await asyncio.gather(*writes)) == 300


async def test_a_caller_who_leaves_does_not_stop_the_others(store: Database) -> None:
    """A browser closes in the middle of a request; everyone else's messages go on."""
    writes = [asyncio.create_task(store.write(put(n))) for n in range(30)]
    await asyncio.sleep(0)
    for write in writes[::3]:
        write.cancel()
    await asyncio.gather(*writes, return_exceptions=True)
    await store.write(put(1000))

    assert {n for n in range(30) if n % 3} | {1000} <= set(await store.read(kept))


async def test_two_threads_with_their_own_loops_share_a_sqlite_record(sqlite_database: SqliteDatabase) -> None:
    """`assistant run`: pages in one loop, the worker in another thread, one record."""
    journal = Journal(sqlite_database, MemoryBell(), SystemClock())
    conversation = await journal.open_conversation()

    async def write_many(author: str) -> None:
        for n in range(25):
            await journal.append(conversation.id, said(f"{author} {n}"))

    threads = [threading.Thread(target=asyncio.run, args=(write_many(f"t{n}"),)) for n in range(3)]
    for thread in threads:
        thread.start()
    await write_many("main")
    for thread in threads:
        await asyncio.to_thread(thread.join)

    assert [entry.number for entry in await journal.read(conversation.id)] == list(range(1, 101))


async def test_an_operation_that_breaks_in_any_way_does_not_kill_the_writer(sqlite_database: SqliteDatabase) -> None:
    """The writer thread is one for the whole process: if it died, every later message would wait for ever."""
    def leave(_: Connection) -> None:
        raise SystemExit

    with pytest.raises(SystemExit):
        await sqlite_database.write(leave)
    with pytest.raises(Unavailable):
        await sqlite_database.write(lambda tx: tx.execute(text("SELECT * FROM missing_table")))

    await asyncio.wait_for(ping(sqlite_database), 5)


async def test_a_locked_sqlite_file_is_unavailable_then_works_again(tmp_path: Path) -> None:
    """A backup that holds the file too long delays messages; it does not lose the process."""
    store = SqliteDatabase(f"sqlite:///{tmp_path / 'locked.db'}", busy_timeout_s=0.05)
    await create_tables(store, numbers.metadata)
    with sqlite3.connect(tmp_path / "locked.db", isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        outcomes = await asyncio.gather(*(store.write(put(n)) for n in range(3)), return_exceptions=True)
        other.execute("ROLLBACK")
    other.close()

    assert {type(one) for one in outcomes} == {Unavailable}
    await store.write(put(1))
    assert await store.read(kept) == [1]
    await store.close()


async def test_a_full_disk_is_unavailable_then_works_again(sqlite_database: SqliteDatabase) -> None:
    """A message that did not fit is refused, not half written; once there is room, messages pass again."""
    await create_tables(sqlite_database, numbers.metadata)
    journal = Journal(sqlite_database, MemoryBell(), SystemClock())
    conversation = await journal.open_conversation()
    pages = await sqlite_database.write(lambda tx: tx.exec_driver_sql("PRAGMA page_count").scalar_one())
    await sqlite_database.write(lambda tx: tx.exec_driver_sql(f"PRAGMA max_page_count={pages}"))

    long_text = said("il pleut ce matin " * 5_000)
    with pytest.raises(Unavailable):
        await journal.append(conversation.id, long_text)
    await sqlite_database.write(lambda tx: tx.exec_driver_sql("PRAGMA max_page_count=1000000"))
    assert (await journal.append(conversation.id, long_text)).number == 1


async def test_what_is_erased_is_overwritten_in_the_file(sqlite_database: SqliteDatabase, tmp_path: Path) -> None:
    """Erased means gone from the disk, not only from the screens."""
    journal = Journal(sqlite_database, MemoryBell(), SystemClock())
    conversation = await journal.open_conversation()
    await journal.append(conversation.id, said("introuvable-ensuite"))
    await journal.erase(conversation.id, by=AuthorKind.MEMBER)
    await sqlite_database.close()

    assert b"introuvable-ensuite" not in b"".join(path.read_bytes() for path in tmp_path.iterdir())


async def test_a_message_on_disk_survives_a_killed_process(tmp_path: Path) -> None:
    """« Envoyé » means on disk: what was acknowledged is there after the power fails."""
    path = tmp_path / "record.db"
    store = SqliteDatabase(f"sqlite:///{path}")
    await create_tables(store, numbers.metadata)
    await store.write(put(7))

    copied = tmp_path / "after.db"  # what a reboot would find: the files as they are now, nothing closed
    for suffix in ("", "-wal"):
        Path(f"{copied}{suffix}").write_bytes(Path(f"{path}{suffix}").read_bytes())
    await store.close()
    with sqlite3.connect(copied) as found:
        assert found.execute("SELECT n FROM numbers").fetchall() == [(7,)]
    found.close()


def test_sqlite_in_memory_is_refused() -> None:
    """The writer and the readers are separate connections: in memory each would see a record of its own."""
    with pytest.raises(ValueError, match="needs a file"):
        open_database("sqlite://")


async def test_a_lost_postgres_is_unavailable_then_works_again() -> None:
    """PostgreSQL dies: messages are refused with an error that may be tried again, then pass; what was told stored is there."""
    with running_postgres(durable=True) as server:
        store = open_database(server.url)
        await create_tables(store, numbers.metadata)
        await asyncio.gather(*(store.write(put(n)) for n in range(5)))
        server.stop()
        outcomes = await asyncio.gather(store.write(put(6)), store.read(kept), ping(store), return_exceptions=True)
        server.start()

        assert {type(one) for one in outcomes} == {Unavailable}
        assert len(await asyncio.gather(*(store.read(kept) for _ in range(8)))) == 8
        assert (await store.snapshot(kept)) == [0, 1, 2, 3, 4]
        await store.close()


async def test_a_restart_between_two_messages_is_not_noticed() -> None:
    """The connections kept from before are dead; the message takes a new one instead of failing."""
    with running_postgres(durable=False) as server:
        store = open_database(server.url)
        await create_tables(store, numbers.metadata)
        await asyncio.gather(*(store.write(put(n)) for n in range(5)))
        server.stop()
        server.start()

        await store.write(put(100))
        assert 100 in await store.read(kept)
        await store.close()


async def test_a_connection_cut_in_the_middle_is_unavailable_and_writes_nothing(postgres_database: PostgresDatabase) -> None:
    """An administrator, or the network, cuts the connection between two statements."""
    await create_tables(postgres_database, numbers.metadata)

    def cut(tx: Connection) -> None:
        tx.execute(insert(numbers).values(n=1))
        tx.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))

    with pytest.raises(Unavailable):
        await postgres_database.write(cut)
    assert await postgres_database.read(kept) == []


async def test_a_pool_that_is_used_up_is_unavailable(postgres_url: str) -> None:
    """Too many requests at once are told so; they do not wait for ever."""
    store = PostgresDatabase(postgres_url.replace("postgresql:", "postgresql+asyncpg:"), pool_size=1, pool_timeout_s=0.1)
    slow = [asyncio.create_task(store.read(lambda tx: tx.execute(text("SELECT pg_sleep(1)")))) for _ in range(2)]
    await asyncio.sleep(0.2)

    with pytest.raises(Unavailable):
        await ping(store)
    await asyncio.gather(*slow, return_exceptions=True)
    await store.close()


async def test_two_operations_that_lock_each_other_both_end(postgres_database: PostgresDatabase) -> None:
    """PostgreSQL stops one of them; it is run again, and nobody is told of it."""
    await create_tables(postgres_database, numbers.metadata)
    await asyncio.gather(postgres_database.write(put(1)), postgres_database.write(put(2)))

    def crossing(first: int, second: int) -> object:
        def operation(tx: Connection) -> None:
            for n in (first, second):
                tx.execute(update(numbers).where(numbers.c.n == n).values(m=first))
                tx.execute(text("SELECT pg_sleep(0.05)"))
        return operation

    await asyncio.gather(postgres_database.write(crossing(1, 2)), postgres_database.write(crossing(2, 1)))
    assert await postgres_database.read(kept) == [1, 2]


async def test_an_error_never_quotes_what_was_written(store: Database) -> None:
    """Errors end in logs; a member's words must not travel with them."""
    await create_tables(store, numbers.metadata)
    await store.write(put(1))

    with pytest.raises(IntegrityError) as refused:
        await store.write(lambda tx: tx.execute(insert(numbers).values(n=1, m=424242)))
    assert "424242" not in str(refused.value)
