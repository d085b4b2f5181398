"""What the record promises of openings asked again, on SQLite and on PostgreSQL."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from journal import schema
from journal.entries import AuthorKind, Conversation, Draft, Identity
from journal.journal import Journal
from journal.openings import LASTS, Opening
from kernel.clock import SetClock
from kernel.database import Database
from tests.conftest import NOON
from tests.makers import answered, said

KEY = "a" * 64


def greeting(_: Conversation) -> Draft:
    """The first entry."""
    return answered("Bonjour.")


def an_opening(salt: str, key: str = KEY) -> Opening:
    """An opening as the gateway asks for it: a salt drawn each time."""
    return Opening(key, salt)


async def kept(database: Database) -> int:
    """Count the keys kept."""
    return await database.read(lambda tx: tx.execute(select(func.count()).select_from(schema.opening)).scalar_one())


async def test_a_conversation_is_never_without_its_greeting(journal: Journal) -> None:
    """A machine that stops between the two would leave a member in front of nothing."""
    begun = await journal.open_greeted(greeting, access_digest="d", identity=Identity(1, "m1", NOON + timedelta(minutes=5)))

    assert (begun.is_new, begun.conversation.last_number, begun.conversation.member_id) == (True, 1, "m1")
    assert [entry.author for entry in await journal.read(begun.conversation.id)] == [AuthorKind.ASSISTANT]


async def test_a_greeting_that_fails_leaves_no_conversation_behind(journal: Journal) -> None:
    """One step: all of it or nothing."""
    def broken(_: Conversation) -> Draft:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await journal.open_greeted(broken, opening=an_opening("s1"))
    assert await journal.count() == {"conversation": 0, "entry": 0}
    assert (await journal.open_greeted(greeting, opening=an_opening("s2"))).is_new


async def test_an_opening_asked_again_gives_the_same_conversation_and_the_first_salt(journal: Journal) -> None:
    """A page that heard nothing asks again; what was said meanwhile is there."""
    first = await journal.open_greeted(greeting, access_digest="d1", opening=an_opening("s1"))
    await journal.append(first.conversation.id, said())
    again = await journal.open_greeted(greeting, access_digest="d2", opening=an_opening("s2"))

    assert (again.conversation.id, again.salt, again.is_new) == (first.conversation.id, "s1", False)
    assert (again.conversation.access_digest, again.conversation.last_number) == ("d1", 2)
    assert await journal.count() == {"conversation": 1, "entry": 2}


async def test_ten_pages_that_ask_at_once_share_one_conversation(journal: Journal) -> None:
    """Several processes, several tabs: the key decides, not luck."""
    begun = await asyncio.gather(*(journal.open_greeted(greeting, opening=an_opening(f"s{n}")) for n in range(10)))

    assert len({(one.conversation.id, one.salt) for one in begun}) == 1
    assert sum(one.is_new for one in begun) == 1
    assert await journal.count() == {"conversation": 1, "entry": 1}


async def test_other_keys_and_no_key_open_other_conversations(journal: Journal) -> None:
    """Only whoever holds the key is meant."""
    asked = [an_opening("s1"), an_opening("s2", "b" * 64), None, None]
    begun = [await journal.open_greeted(greeting, opening=one) for one in asked]

    assert len({one.conversation.id for one in begun}) == 4
    assert [one.salt for one in begun] == ["s1", "s2", None, None]


async def test_a_key_ends_after_an_hour(journal: Journal, clock: SetClock) -> None:
    """Found later in a browser, it opens nothing of what was said; it may be used as a new one."""
    first = await journal.open_greeted(greeting, opening=an_opening("s1"))
    clock.advance(LASTS)
    second = await journal.open_greeted(greeting, opening=an_opening("s2"))
    again = await journal.open_greeted(greeting, opening=an_opening("s3"))

    assert second.is_new
    assert second.conversation.id != first.conversation.id
    assert (again.conversation.id, again.salt) == (second.conversation.id, "s2")


async def test_keys_that_have_ended_are_forgotten(journal: Journal, database: Database, clock: SetClock) -> None:
    """What is of no use any more is not kept; two openings at once do not wait for each other."""
    for number in range(8):
        await journal.open_greeted(greeting, opening=an_opening("s", f"{number}" * 64))
    clock.advance(LASTS)
    await asyncio.gather(*(journal.open_greeted(greeting, opening=an_opening("s", letter * 64)) for letter in "abcd"))

    assert await kept(database) == 4


async def test_erasing_a_conversation_forgets_how_it_was_opened(journal: Journal, database: Database) -> None:
    """Its key then opens another one: what was erased is not shown again."""
    first = await journal.open_greeted(greeting, opening=an_opening("s1"))
    await journal.erase(first.conversation.id, by=AuthorKind.MEMBER)

    assert await kept(database) == 0
    assert (await journal.open_greeted(greeting, opening=an_opening("s2"))).is_new
