"""The first start of the sandbox: its tables, its world, its signing key. Safe to run at every start."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from sqlalchemy import Connection, insert, inspect, select
from sqlalchemy.exc import IntegrityError, ProgrammingError

from kernel.clock import Clock
from kernel.database import Database, create_tables
from member_api.sandbox import keys, schema
from member_api.sandbox.world import Row, Seeding, load_world

_KEPT = frozenset({"sandbox_signing_key"})


async def prepare(database: Database, clock: Clock) -> None:
    """
    Create what is missing; a world that exists stays as it is, also when several processes start at once.

    One left by another version of the sandbox, with other columns, is thrown away: nobody real is in it.
    """
    await database.write(_drop_if_outdated)
    await _create_tables(database)
    if await database.read(_seeded_at) is None:
        now, world = clock.now(), load_world()
        try:
            await database.write(lambda tx: _seed(tx, Seeding(world, now)))
        except IntegrityError:  # another process has just seeded it
            return
    await database.write(lambda tx: keys.ensure_key(tx, clock.now()))


async def start_again(database: Database, clock: Clock) -> None:
    """Forget everything but the signing keys and seed a new world, its days counted back from now."""
    seeding = Seeding(load_world(), clock.now())

    def operation(tx: Connection) -> None:
        for table in reversed(schema.metadata.sorted_tables):
            if table.name not in _KEPT:
                tx.execute(table.delete())
        _seed(tx, seeding)
    await database.write(operation)


def _drop_if_outdated(tx: Connection) -> None:
    known = inspect(tx)
    for table in schema.metadata.sorted_tables:
        if known.has_table(table.name) and {column["name"] for column in known.get_columns(table.name)} != set(table.columns.keys()):
            schema.metadata.drop_all(tx)
            return


async def _create_tables(database: Database) -> None:
    """Create the tables; PostgreSQL refuses a table that another process is just creating: then look again."""
    try:
        await create_tables(database, schema.metadata)
    except (IntegrityError, ProgrammingError):
        await create_tables(database, schema.metadata)


def _seeded_at(tx: Connection) -> datetime | None:
    return tx.execute(select(schema.world.c.seeded_at)).scalar_one_or_none()


def _seed(tx: Connection, seeding: Seeding) -> None:
    tx.execute(insert(schema.world).values(id=1, seeded_at=seeding.now))
    rows: defaultdict[str, list[Row]] = defaultdict(list)
    for name, row in seeding.rows():
        rows[name].append(row)
    for table in schema.metadata.sorted_tables:
        if table.name in rows:
            tx.execute(insert(table), rows[table.name])
