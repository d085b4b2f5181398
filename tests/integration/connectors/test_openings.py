"""A page whose opening was not answered asks again; nobody else can."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from connectors.core.access import new_secret

from .pages import Page, opened


async def ask(client, status: int | None = None, **sent: str):
    """Ask for a conversation."""
    answer = await client.post("/api/v1/conversations", json=sent)
    assert status in (None, answer.status), await answer.text()
    return answer.status, await answer.json()


async def test_an_opening_asked_again_gives_the_same_conversation(client, journal):
    """The first answer was lost on its way: no empty conversation stays behind, and nothing said is missing."""
    key = new_secret()
    _, first = await ask(client, 201, key=key)
    await Page(client, first).say("Bonjour")
    _, again = await ask(client, 200, key=key)

    assert (again["id"], again["secret"]) == (first["id"], first["secret"])
    assert [entry["number"] for entry in again["entries"]] == [1, 2]
    assert again["state"]["last_number"] == 2
    assert (await journal.count())["conversation"] == 1


async def test_two_tabs_that_ask_at_once_are_one_conversation(client, journal):
    """They share the browser's storage, so they ask with the same key."""
    key = new_secret()
    answers = await asyncio.gather(*(ask(client, key=key) for _ in range(6)))

    assert sorted(status for status, _ in answers) == [200] * 5 + [201]
    assert len({(answer["id"], answer["secret"]) for _, answer in answers}) == 1
    assert await journal.count() == {"conversation": 1, "entry": 1}


async def test_a_gateway_that_restarted_meanwhile_knows_the_key(build, journal):
    """The machine stopped before it answered: the record remembers, not the process."""
    key = new_secret()
    _, first = await ask(await build(), 201, key=key)
    _, again = await ask(await build(), 200, key=key)

    assert again["secret"] == first["secret"]
    assert (await journal.count())["conversation"] == 1


async def test_neither_the_key_nor_the_secret_is_in_the_record(client, sqlite_database, tmp_path):
    """Whoever reads the database may not enter a conversation."""
    key = new_secret()
    _, first = await ask(client, 201, key=key)
    await sqlite_database.close()
    record = b"".join(path.read_bytes() for path in tmp_path.glob("record.db*"))

    assert first["id"].encode() in record
    assert key.encode() not in record
    assert first["secret"].encode() not in record


async def test_the_conversation_id_or_another_key_gives_nothing(client):
    """Knowing that a conversation exists is not holding its key."""
    _, first = await ask(client, 201, key=new_secret())
    status, _ = await ask(client, key=first["id"])
    _, other = await ask(client, 201, key=new_secret())

    assert status == 400
    assert other["id"] != first["id"]


async def test_the_secret_is_no_key_and_the_key_no_secret(client):
    """Each opens what it is for."""
    key = new_secret()
    _, first = await ask(client, 201, key=key)
    _, other = await ask(client, 201, key=first["secret"])

    assert other["id"] != first["id"]
    assert (await Page(client, first).showing(key).call("GET", "/entries"))[0] == 404


async def test_an_hour_later_the_key_opens_another_conversation(client, clock):
    """A key left in a browser must not give a conversation back for ever."""
    key = new_secret()
    _, first = await ask(client, 201, key=key)
    await Page(client, first).say("Mes soucis")
    clock.advance(timedelta(hours=1))
    _, later = await ask(client, 201, key=key)

    assert later["id"] != first["id"]
    assert len(later["entries"]) == 1


@pytest.mark.parametrize("key", ["court", "a" * 43, 43, ""])
async def test_a_key_that_is_not_drawn_is_refused(client, key, journal):
    """Nothing is opened under a key that another page could find."""
    answer = await client.post("/api/v1/conversations", json={"key": key})

    assert (answer.status, (await answer.json())["code"]) == (400, "malformed")
    assert (await journal.count())["conversation"] == 0


async def test_a_members_opening_asked_again_with_his_token_is_signed_in(client, insurer, clock):
    """The token of the first try may have ended meanwhile: the page asks with a fresh one."""
    key = new_secret()
    _, first = await ask(client, 201, key=key, token=insurer.token("demo-1"))
    clock.advance(timedelta(minutes=6))
    _, again = await ask(client, 200, key=key, token=insurer.token("demo-1"))

    assert (again["id"], again["state"]["level"]) == (first["id"], 1)
    assert (await Page(client, again).say("Bonjour"))[0] == 201


async def test_signing_in_between_two_tries_attaches_the_conversation(client, insurer, journal):
    """The page was loading its member's session while it opened."""
    key = new_secret()
    _, first = await ask(client, 201, key=key)
    _, again = await ask(client, 200, key=key, token=insurer.token("demo-1"))

    assert (again["id"], again["state"]["level"]) == (first["id"], 1)
    assert (await journal.conversation(first["id"])).member_id == "demo-1"


async def test_the_key_of_a_members_conversation_is_worth_nothing_without_his_token(client, insurer, clock):
    """A tablet lent within the hour: the key is held to the same rule as the secret."""
    key = new_secret()
    _, first = await ask(client, 201, key=key, token=insurer.token("demo-1"))
    await Page(client, first).say("Mon secret médical")
    clock.advance(timedelta(minutes=6))
    status, answer = await ask(client, key=key)

    assert (status, answer["code"]) == (401, "sign_in_needed")
    assert "secret" not in answer
    assert first["id"] not in str(answer)


async def test_signing_out_ends_what_the_key_opens(client, insurer):
    """Whoever comes next on this device finds nothing with it."""
    key = new_secret()
    _, first = await ask(client, 201, key=key, token=insurer.token("demo-1"))
    assert (await Page(client, first).call("DELETE", "/identity"))[0] == 204

    assert (await ask(client, key=key))[0] == 401


async def test_another_members_token_does_not_take_the_conversation(client, insurer, journal):
    """A conversation never passes from one member to another."""
    key = new_secret()
    _, first = await ask(client, 201, key=key, token=insurer.token("demo-1"))
    status, answer = await ask(client, key=key, token=insurer.token("demo-2"))

    assert (status, answer["code"]) == (400, "other_member")
    assert (await journal.conversation(first["id"])).member_id == "demo-1"


async def test_an_erased_conversation_is_not_given_back(client):
    """Erased is erased: the key begins another one."""
    key = new_secret()
    _, first = await ask(client, 201, key=key)
    await Page(client, first).call("DELETE")
    _, after = await ask(client, 201, key=key)

    assert after["id"] != first["id"]


async def test_without_a_key_each_opening_is_a_conversation(client):
    """Older pages and other screens go on as before."""
    assert (await opened(client)).id != (await opened(client)).id
