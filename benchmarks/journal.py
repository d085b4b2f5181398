"""
The record: append, read since, verify, export, on SQLite and PostgreSQL, against the same driver, durability and
statements without our code; concurrent appends against one by one; cost against size.

    python -m benchmarks.journal [--rounds 5] [--count 200] [--json FILE] [--plot FILE.png]
"""

from __future__ import annotations

import argparse
import asyncio
import sqlite3
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import asyncpg
from sqlalchemy import insert

from benchmarks.bare import BareDriver, BarePostgres, BareSqlite
from benchmarks.measure import Line, Report, flush_cost, in_turn
from journal import chain, schema
from journal.entries import AuthorKind, Draft, Kind
from journal.export import content_of
from journal.journal import Journal
from journal.keys import SigningKey, signing_key
from journal.pdf import conversation_pdf
from journal.record import prepare
from journal.signed import sign
from journal.verify import verify
from kernel.bell import MemoryBell
from kernel.clock import SystemClock
from kernel.database import Database, SqliteDatabase, create_tables, open_database
from kernel.ids import new_id
from kernel.organisation import organisation
from tests.servers import running_postgres

LONG = 1_000  # entries of the conversation that is read, verified and exported
READ = 20  # entries asked for by a page that comes back
AT_ONCE = 64  # writers at the same time
TEXT = "Bonjour, j'ai payé 60 euros chez l'ophtalmo et je n'ai reçu que 29,50, c'est normal ?"


@dataclass(frozen=True)
class Bench:
    """One backend: our record and the bare driver on the same kind of store, and what is read."""

    name: str
    database: Database
    journal: Journal
    bare: BareDriver
    long_id: str
    key: SigningKey
    count: int
    rounds: int


def said() -> Draft:
    """A member's message."""
    return Draft(AuthorKind.MEMBER, Kind.TEXT, {"text": TEXT}, client_id=new_id("m"))


async def append_each(journal: Journal, conversation_ids: list[str], count: int) -> None:
    """Append *count* messages, each awaited before the next."""
    for n in range(count):
        await journal.append(conversation_ids[n % len(conversation_ids)], said())


async def append_together(journal: Journal, conversation_ids: list[str], count: int) -> None:
    """Append *count* messages by one writer per conversation, all at once."""
    each = count // len(conversation_ids)
    await asyncio.gather(*(append_each(journal, [one], each) for one in conversation_ids))


async def conversations(journal: Journal, count: int) -> list[str]:
    """Open conversations."""
    return [(await journal.open_conversation()).id for _ in range(count)]


async def fill(database: Database, conversation_id: str, count: int) -> None:
    """Write *count* chained entries fast: what a long conversation looks like, without measuring it."""
    rows, last = [], (await database.read(lambda tx: tx.execute(
        schema.conversation.select().where(schema.conversation.c.id == conversation_id)).one()))
    previous, number, now = last.head, last.last_number, SystemClock().now()
    body = prepare(said()).body
    for number in range(last.last_number + 1, last.last_number + 1 + count):
        salt = chain.new_salt()
        digest = chain.body_digest(salt, body)
        head = chain.entry_hash(conversation_id=conversation_id, number=number, moment=now, author="member", author_id=None, author_name=None,
                                kind="text", client_id=f"f{number}", digest=digest, previous=previous)
        rows.append({"conversation_id": conversation_id, "number": number, "moment": now, "author": "member", "kind": "text", "body": body,
                     "client_id": f"f{number}", "salt": salt, "digest": digest, "previous": previous, "hash": head, "starts_turn": True})
        previous = head
    for start in range(0, count, 500):
        await database.write(lambda tx, some=rows[start:start + 500]: tx.execute(insert(schema.entry), some))
    await database.write(lambda tx: tx.execute(schema.conversation.update().where(schema.conversation.c.id == conversation_id)
                                               .values(last_number=number, head=previous)))


async def measure_appends(bench: Bench) -> AsyncIterator[Line]:
    """One writer who waits for the disk each time; then many at once."""
    (mine,) = await conversations(bench.journal, 1)
    rates = await in_turn({
        "ours": partial(append_each, bench.journal, [mine], bench.count),
        "bare": partial(bench.bare.append_each, await bench.bare.open(), bench.count),
    }, count=bench.count, rounds=bench.rounds)
    yield Line(f"{bench.name}: append, one by one", bench.count, bench.rounds, rates["ours"], bench.bare.name, rates["bare"], 0.5)


async def measure_group_commit(bench: Bench, alone: Journal) -> AsyncIterator[Line]:
    """Many writers at once, against the same code writing one by one. The reach is for our group commit: PostgreSQL has its own."""
    crowd, total = await conversations(bench.journal, AT_ONCE), AT_ONCE * max(1, bench.count // 16)
    rates = await in_turn({
        "together": partial(append_together, bench.journal, crowd, total),
        "one by one": partial(append_each, alone, crowd, total // 8),
    }, count=total, rounds=bench.rounds)
    yield Line(f"{bench.name}: append, {AT_ONCE} writers at once", total, bench.rounds, rates["together"],
               "ours, one by one, one transaction each", rates["one by one"] / 8, 5 if alone is not bench.journal else None)


async def measure_reads(bench: Bench) -> AsyncIterator[Line]:
    """A page that comes back reads what it missed."""
    async def ours() -> None:
        for _ in range(bench.count):
            await bench.journal.read(bench.long_id, LONG - READ)

    async def bare() -> None:
        for _ in range(bench.count):
            await bench.bare.read(bench.long_id, LONG - READ)

    rates = await in_turn({"ours": ours, "bare": bare}, count=bench.count, rounds=bench.rounds)
    yield Line(f"{bench.name}: read the last {READ} of {LONG}", bench.count, bench.rounds, rates["ours"], bench.bare.name, rates["bare"], 0.5)


async def measure_proofs(bench: Bench) -> AsyncIterator[Line]:
    """Verify and export a long conversation; entries per second."""
    async def verified() -> None:
        conversation, entries = await bench.journal.whole(bench.long_id)
        if chain.faults(entries, head=conversation.head, count=conversation.last_number):
            raise AssertionError("the chain must hold")

    async def exported() -> bytes:
        conversation, entries = await bench.journal.whole(bench.long_id)
        return sign(content_of(conversation, entries, organisation(), bench.journal.clock.now(), b""), bench.key)

    async def printed() -> None:
        conversation, entries = await bench.journal.whole(bench.long_id)
        await asyncio.to_thread(conversation_pdf, conversation, entries, organisation(), key_id=bench.key.key_id, at=bench.journal.clock.now())

    async def offline(document: bytes) -> None:
        if verify(document, bench.key.public):
            raise AssertionError("the export must hold")

    rates = await in_turn({"verify": verified, "bare verify": partial(bench.bare.verify, bench.long_id), "export": exported,
                           "bare export": partial(bench.bare.export, bench.long_id, bench.key.private), "pdf": printed,
                           "offline": partial(offline, await exported())}, count=LONG, rounds=bench.rounds)
    yield Line(f"{bench.name}: verify, entries", LONG, bench.rounds, rates["verify"], f"{bench.bare.name}, hashed", rates["bare verify"], 0.5)
    yield Line(f"{bench.name}: export signed JSON, entries", LONG, bench.rounds, rates["export"], f"{bench.bare.name}, dumped, signed",
               rates["bare export"], 0.5)
    yield Line(f"{bench.name}: verify an export offline, entries", LONG, bench.rounds, rates["offline"])
    yield Line(f"{bench.name}: export PDF, entries", LONG, bench.rounds, rates["pdf"])


async def measure_growth(bench: Bench, sizes: list[int]) -> dict[str, list[tuple[int, float]]]:
    """Append to and read the end of conversations of growing length: both must stay flat."""
    found: dict[str, list[tuple[int, float]]] = {f"{bench.name}: append": [], f"{bench.name}: read the end": []}
    (mine,) = await conversations(bench.journal, 1)
    filled = 0
    for size in sizes:
        await fill(bench.database, mine, size - filled)
        filled = size

        async def read(end: int = size) -> None:
            for _ in range(bench.count):
                await bench.journal.read(mine, end - READ, READ)

        rates = await in_turn({"read": read, "append": partial(append_each, bench.journal, [mine], bench.count)},
                              count=bench.count, rounds=bench.rounds)
        filled += bench.count * (bench.rounds + 1)
        found[f"{bench.name}: append"].append((size, rates["append"]))
        found[f"{bench.name}: read the end"].append((size, rates["read"]))
    return found


@asynccontextmanager
async def opened(name: str, url: str, bare: BareDriver, key: SigningKey, options: argparse.Namespace) -> AsyncIterator[Bench]:
    """Open a record with one long conversation in it."""
    database = open_database(url)
    await create_tables(database, schema.metadata)
    journal = Journal(database, MemoryBell(), SystemClock())
    (long_id,) = await conversations(journal, 1)
    await fill(database, long_id, LONG)
    yield Bench(name, database, journal, bare, long_id, key, options.count, options.rounds)
    await bare.close()
    await database.close()


async def measure(report: Report, bench: Bench, alone: Journal, sizes: list[int]) -> None:
    """Add one backend's lines to the report."""
    for lines in (measure_appends(bench), measure_group_commit(bench, alone), measure_reads(bench), measure_proofs(bench)):
        async for line in lines:
            report.lines.append(line)
    report.growth |= await measure_growth(bench, sizes)


async def run(options: argparse.Namespace) -> Report:
    """Measure both backends."""
    report = Report("Benchmark: journal", packages=("sqlalchemy", "asyncpg"), servers={"sqlite": sqlite3.sqlite_version})
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        folder, key = Path(name), signing_key(Path(name) / "state")
        url = f"sqlite:///{folder / 'record.db'}"
        report.servers["one flush to disk"] = flush_cost(folder)
        async with opened("SQLite", url, BareSqlite(folder / "record.db"), key, options) as bench:
            alone = SqliteDatabase(url, group_size=1)
            await measure(report, bench, Journal(alone, MemoryBell(), SystemClock()), options.sizes)
            await alone.close()
        with running_postgres(durable=True) as server:
            bare = BarePostgres(server.url)
            async with opened("PostgreSQL", server.url, bare, key, options) as bench:
                report.servers["postgresql"] = await version_of(server.url)
                await measure(report, bench, bench.journal, options.sizes)
    return report


async def version_of(url: str) -> str:
    """Ask PostgreSQL which it is."""
    connection = await asyncpg.connect(url)
    try:
        return str(await connection.fetchval("SHOW server_version"))
    finally:
        await connection.close()


def main() -> None:
    """Read the options, measure, show."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--count", type=int, default=200, help="operations a round")
    parser.add_argument("--sizes", type=lambda text: [int(one) for one in text.split(",")], default=[100, 1_000, 10_000, 50_000])
    parser.add_argument("--folder", type=Path, help="where SQLite's file goes (default: the temporary folder)")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--plot", type=Path)
    options = parser.parse_args()
    asyncio.run(run(options)).show(json_to=options.json, plot_to=options.plot)


if __name__ == "__main__":
    main()
