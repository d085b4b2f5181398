"""A member opens a conversation, writes, comes back."""

from __future__ import annotations

import asyncio

from journal.entries import AuthorKind, Draft, Holder, Kind
from journal.record import HeldBy

from .pages import Page, opened


def a_text(text: str) -> Draft:
    return Draft(AuthorKind.ASSISTANT, Kind.TEXT, {"text": text})


async def test_a_new_conversation_is_greeted_and_its_secret_is_told_once(client):
    """The page needs the greeting at once, and the secret is what lets it come back."""
    page = await opened(client)

    assert [entry["kind"] for entry in page.opened["entries"]] == ["text"]
    assert page.opened["state"]["floor"] == "assistant"
    assert page.opened["state"]["level"] == 0
    assert len(page.secret) >= 43
    assert page.secret not in str(await page.entries())


async def test_the_record_never_holds_the_secret(client, journal):
    """Whoever reads the database may not enter a conversation."""
    page = await opened(client)

    kept = await journal.conversation(page.id)
    assert kept.access_digest
    assert page.secret not in repr(kept)


async def test_a_message_is_stored_and_read_back(page: Page):
    """The simplest promise."""
    status, answer = await page.say("Bonjour, où est ma carte ?")

    assert status == 201
    assert answer["entry"]["body"]["text"] == "Bonjour, où est ma carte ?"
    assert answer["entry"]["author"] == "member"
    assert (await page.entries(since=1))[0] == answer["entry"]


async def test_a_double_click_stores_a_message_once(page: Page):
    """An impatient thumb is no reason for two answers."""
    first = await page.say("Bonjour", "same")
    second = await page.say("Bonjour", "same")

    assert (first[0], second[0]) == (201, 200)
    assert first[1] == second[1]
    assert len(await page.entries()) == 2


async def test_a_double_click_at_the_same_instant_stores_a_message_once(page: Page):
    """Both requests may travel at the same time."""
    answers = await asyncio.gather(*(page.say("Bonjour", "same") for _ in range(5)))

    assert len({answer["entry"]["number"] for _, answer in answers}) == 1
    assert len(await page.entries()) == 2


async def test_the_second_tab_reads_what_the_first_one_wrote(page: Page):
    """Two tabs of one browser share the conversation and its secret."""
    other_tab = page.showing(page.secret)
    await page.say("De la première", "a")
    await other_tab.say("De la seconde", "b")

    assert await page.entries() == await other_tab.entries()
    assert [entry["number"] for entry in await page.entries()] == [1, 2, 3]


async def test_reading_gives_at_most_two_hundred_entries_then_the_rest(page: Page, journal):
    """A long conversation comes page by page, without a hole."""
    await asyncio.gather(*(journal.append(page.id, a_text(f"Message {number}")) for number in range(205)))

    first = await page.entries()
    rest = await page.entries(since=first[-1]["number"])
    assert (len(first), len(rest)) == (200, 6)
    assert [entry["number"] for entry in first + rest] == list(range(1, 207))


async def test_a_page_behind_a_proxy_waits_for_news_by_long_polling(page: Page):
    """Some offices block WebSockets; their members hear the answer at once all the same."""
    waiting = asyncio.create_task(page.call("GET", "/entries?since=1&wait=20"))
    await asyncio.sleep(0.2)
    assert not waiting.done()
    await page.say("Bonjour")

    _, answer = await asyncio.wait_for(waiting, 3)
    assert [entry["number"] for entry in answer["entries"]] == [2]


async def test_long_polling_with_something_to_read_does_not_wait(page: Page):
    """The page asks again from the last number: what is there is given."""
    status, answer = await asyncio.wait_for(page.call("GET", "/entries?since=0&wait=25"), 2)

    assert (status, len(answer["entries"])) == (200, 1)


async def test_an_advisors_note_is_a_hole_with_its_number_never_its_text(page: Page, journal):
    """A hidden entry must not be taken for a lost one, nor be read."""
    await journal.append(page.id, Draft(AuthorKind.ADVISOR, Kind.NOTE, {"text": "Dossier délicat"}, author_id="a1", author_name="Camille"))

    hole = (await page.entries())[-1]
    assert hole["hidden"] is True
    assert "délicat" not in str(hole)


async def test_a_message_starting_with_a_slash_is_a_message(page: Page):
    """Rasa reads « /restart » as a command; a member's words never are one. The worker deals with it, the record keeps it."""
    _, answer = await page.say("/restart")

    assert answer["entry"]["body"]["text"] == "/restart"
    assert answer["entry"]["kind"] == "text"


async def test_a_message_sent_again_after_the_closing_does_not_reopen(page: Page, journal):
    """A phone that comes back online retries what was stored: the advisor's closing stands."""
    await page.say("Bonjour", "once")
    await page.call("POST", "/handoff", {"client_id": "h"})
    held = await journal.take(page.id, advisor_id="a1", advisor_name="Camille")
    await journal.close(page.id, HeldBy(Holder.ADVISOR, held.floor.fencing, "a1"))
    status, _ = await page.say("Bonjour", "once")

    assert status == 200
    assert (await page.state())["is_closed"] is True


async def test_an_id_the_system_uses_cannot_be_taken_by_a_member(page: Page):
    """A member who wrote « act:… » first would keep the result of an act from being told."""
    status, answer = await page.say("Bonjour", "act:key")

    assert (status, answer["code"]) == (400, "malformed")


async def test_an_id_that_names_something_else_is_never_taken_for_a_stored_message(page: Page):
    """« sent » must mean that these words are on disk."""
    await page.call("POST", "/handoff", {"client_id": "h1"})
    status, answer = await page.say("Bonjour", "h1")

    assert (status, answer["code"]) == (400, "malformed")


async def test_the_configuration_tells_the_widget_who_it_speaks_for(client):
    """Colours and names come from the installation, not from the widget."""
    answer = await (await client.get("/api/v1/config")).json()

    assert answer["name"] == "Mutuelle de Poitiers"
    assert answer["max_text"] == 4000
    assert answer["signed_in"] is False


async def test_the_state_names_the_advisor_who_speaks(page: Page, journal):
    """« Vous parlez maintenant à Camille » needs her name."""
    await page.call("POST", "/handoff", {"client_id": "h"})
    await journal.take(page.id, advisor_id="a1", advisor_name="Camille, conseillère")

    state = await page.state()
    assert (state["floor"], state["speaker"], state["queue"]) == ("advisor", "Camille, conseillère", None)


async def test_health_says_ready_and_what_is_missing(client, sqlite_database):
    """A proxy sends members elsewhere when the record does not answer."""
    assert (await client.get("/health/live")).status == 200
    assert (await client.get("/health/ready")).status == 200
