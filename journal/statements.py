"""
The statements every message goes through, made once: building them costs more than the database needs to run them.

Values are given by name at execution.
"""

from __future__ import annotations

from dataclasses import fields

from sqlalchemy import Connection, Insert, bindparam, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from journal import schema
from journal.entries import Entry

_conversation, _entry = schema.conversation, schema.entry
_columns = [_entry.c[field.name] for field in fields(Entry)]  # so that a row unpacks into an Entry
_is_this = _conversation.c.id == bindparam("conversation_id")
_is_in_this = _entry.c.conversation_id == bindparam("conversation_id")

CONVERSATION = select(_conversation).where(_is_this)
CONVERSATION_LOCKED = CONVERSATION.with_for_update()
OPEN_CONVERSATION = insert(_conversation)
MOVE_CONVERSATION = update(_conversation).where(_is_this)  # its values: the columns named at execution

_ONCE = [_entry.c.conversation_id, _entry.c.author, _entry.c.client_id]
_INSERT_ENTRY: dict[str, Insert] = {
    "sqlite": sqlite.insert(_entry).on_conflict_do_nothing(index_elements=_ONCE),
    "postgresql": postgresql.insert(_entry).on_conflict_do_nothing(index_elements=_ONCE),
}
ENTRY_AT = select(*_columns).where(_is_in_this, _entry.c.number == bindparam("number"))
ENTRY_OF_CLIENT = select(*_columns).where(
    _is_in_this, _entry.c.author == bindparam("author"), _entry.c.client_id == bindparam("client_id"))
ENTRIES_SINCE = (select(*_columns).where(_is_in_this, _entry.c.number > bindparam("since"))
                 .order_by(_entry.c.number).limit(bindparam("limit")))
ALL_ENTRIES = select(*_columns).where(_is_in_this).order_by(_entry.c.number)


def insert_entry(tx: Connection) -> Insert:
    """Give the statement that writes an entry unless its client id is known: no row is written then."""
    return _INSERT_ENTRY[tx.dialect.name]
