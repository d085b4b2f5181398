"""
What Alembic runs: on the connection and tables given by `journal.migrate`, or, for developers at the command line, on
the configured database with the tables of every part.
"""

from __future__ import annotations

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection, MetaData

from journal.migrate import on_database
from kernel.moment import Moment


def render(kind: str, what: object, _: AutogenContext) -> str | bool:
    """Write our moments as plain types: a migration must not change when the code does."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(what, Moment) else False


def run(connection: Connection, metadata: list[MetaData]) -> None:
    """Run what was asked in the transaction of *connection*."""
    context.configure(connection=connection, target_metadata=metadata, render_as_batch=True, render_item=render, compare_type=True)
    with context.begin_transaction():
        context.run_migrations()


if given := context.config.attributes.get("connection"):
    run(given, context.config.attributes["metadata"])
else:
    from assistant.compose import all_metadata
    from kernel.settings import load_settings

    on_database(load_settings().journal_url, lambda connection: run(connection, all_metadata()))
