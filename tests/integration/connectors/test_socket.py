"""The WebSocket: in order, without a hole, stored before acknowledged, and closed for a reason."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta

import pytest
from aiohttp import WSMsgType, WSServerHandshakeError

from connectors.web import socket as socket_module
from connectors.web.gateway import GATEWAY
from journal.entries import AuthorKind, Draft, Holder, Kind
from journal.record import HeldBy
from tests.integration.connectors.conftest import FOREIGN, Insurer

from .pages import Page, Socket, eventually, opened


def an_answer(text: str = "Voici.") -> Draft:
    return Draft(AuthorKind.ASSISTANT, Kind.TEXT, {"text": text})


async def test_a_page_is_welcomed_then_told_every_entry_it_lacks(page: Page, journal):
    """A page that reloads shows the whole conversation, once."""
    await journal.append(page.id, an_answer())
    line = await page.socket(since=1)

    assert (await line.next())["type"] == "welcome"
    assert (await line.next())["entry"]["number"] == 2
    assert await line.quiet()


async def test_a_message_is_acknowledged_once_it_is_on_disk(page: Page, journal):
    """« Envoyé » is a promise."""
    line = await page.socket(since=1)
    await line.send(type="send", client_id="m1", text="Bonjour")
    sent = await line.hear("sent")

    assert sent == {"type": "sent", "client_id": "m1", "number": 2}
    assert (await journal.entry(page.id, 2)).body["text"] == "Bonjour"


async def test_a_message_that_could_not_be_stored_is_never_acknowledged(page: Page, journal, monkeypatch):
    """The disk is full: the page keeps the message and says so."""
    line = await page.socket(since=1)
    await line.hear("welcome")

    async def broken(*_, **__):
        raise OSError("disk full: Bonjour")
    monkeypatch.setattr(journal, "append", broken)
    await line.send(type="send", client_id="m1", text="Bonjour")

    problem = await line.hear("problem")
    assert (problem["code"], "Bonjour" in str(problem)) == ("internal", False)
    assert not [frame for frame in line.heard if frame["type"] == "sent"]


async def test_the_same_message_sent_twice_is_acknowledged_twice_and_stored_once(page: Page):
    """A page that lost its line sends again what was not acknowledged."""
    line = await page.socket(since=1)
    for _ in range(2):
        await line.send(type="send", client_id="m1", text="Bonjour")

    assert (await line.hear("sent"))["number"] == (await line.hear("sent"))["number"] == 2
    assert len(await page.entries()) == 2


async def test_two_tabs_hear_the_same_conversation_in_the_same_order(page: Page):
    """One browser, two tabs; or a computer and a phone."""
    one, other = await page.socket(since=1), await page.socket(since=1)
    for number in range(5):
        await (one if number % 2 else other).send(type="send", client_id=f"m{number}", text=f"Message {number}")

    for line in (one, other):
        assert [(await line.hear("entry"))["entry"]["number"] for _ in range(5)] == [2, 3, 4, 5, 6]


async def test_an_answer_written_elsewhere_is_heard_at_once(page: Page, journal):
    """The worker and the desk write in the record; the bell brings it here."""
    line = await page.socket(since=1)
    await line.hear("welcome")
    await journal.append(page.id, an_answer("Votre carte arrive."))

    assert (await line.hear("entry", within=1))["entry"]["body"]["text"] == "Votre carte arrive."


async def test_a_lost_ring_costs_a_delay_never_a_message(page: Page, journal, monkeypatch):
    """Redis may drop a notice; the page looks by itself."""
    monkeypatch.setattr(socket_module, "LOOK_EVERY_S", 0.2)
    line = await page.socket(since=1)
    await line.hear("welcome")

    async def silent(*_, **__):
        return None
    monkeypatch.setattr(journal.bell, "ring", silent)
    await journal.append(page.id, an_answer())

    assert (await line.hear("entry", within=2))["entry"]["number"] == 2


async def test_saying_hello_again_reads_again_from_there(page: Page, journal):
    """A page that sees a hole asks again from its last number."""
    for _ in range(3):
        await journal.append(page.id, an_answer())
    line = await page.socket(since=0)
    for _ in range(4):
        await line.hear("entry")
    await line.send(type="hello", conversation=page.id, authorization=page.secret, since=2)

    await line.hear("welcome")
    assert [(await line.hear("entry"))["entry"]["number"] for _ in range(2)] == [3, 4]


async def test_saying_hello_to_another_conversation_changes_to_it(client, journal):
    """« Nouvelle question » keeps the line."""
    first, second = await opened(client), await opened(client)
    line = await first.socket(since=1)
    await line.hear("welcome")
    await line.send(type="hello", conversation=second.id, authorization=second.secret, since=1)
    await line.hear("welcome")
    await journal.append(first.id, an_answer("pour la première"))
    await journal.append(second.id, an_answer("pour la seconde"))

    assert (await line.hear("entry"))["entry"]["body"]["text"] == "pour la seconde"
    assert await line.quiet()


async def test_a_long_conversation_arrives_whole(page: Page, journal):
    """More than a page of entries, all of them, in order."""
    await asyncio.gather(*(journal.append(page.id, an_answer()) for _ in range(450)))
    line = await page.socket(since=0)

    assert [(await line.hear("entry", within=10))["entry"]["number"] for _ in range(451)] == list(range(1, 452))


async def test_the_state_is_told_when_it_changes(page: Page, journal):
    """Asking for a person changes who will answer: the header says so."""
    line = await page.socket(since=1)
    await line.hear("welcome")
    await page.call("POST", "/handoff", {"client_id": "h"})

    state = (await line.hear("state"))["state"]
    assert (state["floor"], state["queue"]) == ("desk", {"position": 1, "wait_s": None})
    await journal.take(page.id, advisor_id="a1", advisor_name="Camille")
    assert (await line.hear("state"))["state"]["speaker"] == "Camille"


async def test_someone_writing_is_shown_and_fades(page: Page, journal):
    """A typing sign only while somebody works on an answer."""
    line = await page.socket(since=1)
    await line.hear("welcome")
    await journal.bell.ring(page.id, {"type": "typing", "who": "advisor", "name": "Camille"})

    typing = await line.hear("typing")
    assert (typing["who"], typing["name"]) == ("advisor", "Camille")
    assert (await page.state())["typing"] is True
    await journal.append(page.id, an_answer())
    await line.hear("entry")
    assert (await page.state())["typing"] is False


async def test_a_members_typing_is_passed_on_once_a_second_and_not_to_himself(page: Page, journal, clock):
    """The advisor sees that the member is writing; the member's own page does not."""
    line = await page.socket(since=1)
    await line.hear("welcome")
    async with journal.bell.listen() as heard:
        for _ in range(5):
            await line.send(type="typing")
        await line.send(type="ping")
        await line.hear("pong")
        clock.advance(timedelta(seconds=2))
        await line.send(type="typing")
        rings = [await heard.next(1), await heard.next(1), await heard.next(0.2)]

    assert [ring.signal for ring in rings if ring] == [{"type": "typing", "who": "member", "name": None}] * 2
    assert not [frame for frame in line.heard if frame["type"] == "typing"]


async def test_what_the_member_has_seen_is_kept_and_never_goes_beyond_what_he_was_told(page: Page, journal):
    """The advisor sees « vu »; nobody can pretend to have seen the future."""
    line = await page.socket(since=0)
    await line.hear("entry")
    await line.send(type="seen", number=99)
    await line.send(type="ping")
    await line.hear("pong")

    assert await journal.cursor("member", page.id) == 1


# -- refusals ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("hello", [
    {"type": "send", "client_id": "a", "text": "x"}, {"type": "hello"}, {"type": "hello", "conversation": "c_1", "authorization": 4},
    {"type": "hello", "conversation": "c_1\u0000", "authorization": "x"},
    {"type": "hello", "conversation": "c_1", "authorization": "x", "since": -1},
    {"type": "hello", "conversation": "c_1", "authorization": "x", "since": 10**30},
    {"type": "hello", "conversation": "c_1", "authorization": "x", "since": True},
    {"type": "hello", "conversation": "c_1", "authorization": "x", "admin": True},
])
async def test_a_first_frame_that_is_not_a_hello_closes(client, hello):
    """Nothing is opened to whoever does not say who he is."""
    line = Socket(await client.ws_connect("/api/v1/socket"))
    await line.send(**hello)

    assert (await line.hear("problem"))["code"] == "malformed"
    assert await line.closed() == (1008, "malformed")


async def test_silence_instead_of_hello_closes(client, monkeypatch):
    """Connections held open for nothing are how a small attacker empties a large server."""
    monkeypatch.setattr(socket_module, "HELLO_WITHIN_S", 0.1)
    line = Socket(await client.ws_connect("/api/v1/socket"))

    assert (await line.hear("problem"))["code"] == "malformed"
    assert (await line.closed())[0] == 1008


async def test_a_wrong_secret_closes(page: Page):
    """The id alone opens nothing here either."""
    line = await page.showing("a" * 43).socket()

    problem = await line.hear("problem")
    assert (problem["code"], problem["title"][:17]) == ("not_found", "Cette conversatio")
    assert await line.closed() == (1008, "not_found")


async def test_a_foreign_sites_socket_is_refused_before_it_opens(client):
    """Browsers let any page open a WebSocket to us; the Origin tells."""
    for origin in (FOREIGN, "null", "http://127.0.0.1.elsewhere.example", "http://127.0.0.1:8090@elsewhere.example"):
        with pytest.raises(WSServerHandshakeError, match="403"):
            await client.ws_connect("/api/v1/socket", origin=origin)


async def test_the_insurers_page_opens_a_socket(page: Page):
    """By either name of this machine."""
    for origin in ("http://127.0.0.1:8090", "http://localhost:8090", "http://127.0.0.1:8080"):
        line = await page.client.ws_connect("/api/v1/socket", origin=origin)
        await line.close()


@pytest.mark.parametrize(("frame", "code"), [
    ({"type": "send", "client_id": "m", "text": ""}, "malformed"),
    ({"type": "send", "client_id": "m", "text": " \u0000\u0007 "}, "malformed"),
    ({"type": "send", "client_id": "m", "text": "\ud800"}, "malformed"),
    ({"type": "send", "client_id": "m", "text": "a" * 4001}, "too_large"),
    ({"type": "send", "client_id": "m", "text": 12}, "malformed"),
    ({"type": "send", "client_id": "", "text": "a"}, "malformed"),
    ({"type": "send", "client_id": "é" * 10, "text": "a"}, "malformed"),
    ({"type": "send", "client_id": "m" * 100, "text": "a"}, "malformed"),
    ({"type": "send", "client_id": "m", "text": "a", "author": "advisor"}, "malformed"),
    ({"type": "send", "client_id": "m", "entry": 99, "option": "x"}, "malformed"),
    ({"type": "identity", "token": "a.b.c"}, "sign_in_needed"),
    ({"type": "note", "text": "a"}, "malformed"),
    ({"type": None}, "malformed"), ({"type": {}}, "malformed"), ({}, "malformed"),
])
async def test_a_refused_frame_says_why_and_keeps_the_line(page: Page, frame, code):
    """A mistake costs a sentence, not the conversation."""
    line = await page.socket(since=1)
    await line.send(**frame)

    assert (await line.hear("problem"))["code"] == code
    await line.send(type="send", client_id="after", text="Toujours là")
    assert (await line.hear("sent"))["client_id"] == "after"
    assert len(await page.entries()) == 2


async def test_the_problem_names_the_message_it_is_about(page: Page):
    """So that the page marks the right one « non envoyé »."""
    line = await page.socket(since=1)
    await line.send(type="send", client_id="too-long", text="a" * 5000)

    assert (await line.hear("problem"))["client_id"] == "too-long"


@pytest.mark.parametrize("raw", ["", "{", "[]", "12", "null", '"hello"', "[" * 60_000, '{"a":' * 10_000, "9" * 5000, "NaN"])
async def test_what_is_not_an_object_is_refused(page: Page, raw):
    """Parsers are attacked with depth and with length."""
    line = await page.socket(since=1)
    await line.hear("welcome")
    await line.line.send_str(raw)

    assert (await line.hear("problem"))["code"] == "malformed"
    await line.send(type="ping")
    await line.hear("pong")


async def test_a_frame_of_one_megabyte_closes_with_its_reason(page: Page):
    """Nobody makes us hold a megabyte for one page."""
    line = await page.socket(since=1)
    await line.hear("welcome")
    await line.line.send_str(json.dumps({"type": "send", "client_id": "m", "text": "a" * 1_000_000}))

    assert await line.closed() == (1009, "too_large")


async def test_invalid_utf8_closes_with_its_reason(page: Page):
    """The protocol itself demands it."""
    line = await page.socket(since=1)
    await line.hear("welcome")
    await line.line.send_frame(b"\xff\xfe", WSMsgType.TEXT)

    assert await line.closed() == (1007, "malformed")


async def test_a_binary_frame_is_refused(page: Page):
    """Only text is spoken here."""
    line = await page.socket(since=1)
    await line.line.send_bytes(b"{}")

    assert (await line.hear("problem"))["code"] == "malformed"


async def test_three_hundred_emoji_are_a_message_like_any_other(page: Page):
    """Families, flags and skin tones included, kept to the byte."""
    text = "👨‍👩‍👧‍👦🇫🇷👍🏽" * 100
    line = await page.socket(since=1)
    await line.send(type="send", client_id="m", text=text)

    assert (await line.hear("entry"))["entry"]["body"]["text"] == text


# -- signing in and out ------------------------------------------------------------------------------------------------


async def test_a_member_signs_in_on_the_line(page: Page, insurer: Insurer):
    """Without losing the conversation."""
    line = await page.socket(since=1)
    await line.hear("welcome")
    await line.send(type="identity", token=insurer.token())

    assert (await line.hear("entry"))["entry"]["kind"] == "identity_proven"
    assert (await line.hear("state"))["state"]["level"] == 1


async def test_hello_with_a_token_opens_a_members_conversation(client, insurer: Insurer):
    """From another device."""
    page = await opened(client, insurer.token())
    line = await page.showing(insurer.token()).socket(since=1)

    assert (await line.hear("welcome"))["state"]["level"] == 1


async def test_hello_with_the_secret_and_a_token_opens_a_locked_page_at_once(page: Page, insurer: Insurer, clock):
    """A laptop wakes up, its page has a fresh token: one frame is enough."""
    await page.call("POST", "/identity", {"token": insurer.token()})
    clock.advance(timedelta(hours=1))
    refused = await page.socket(since=1)
    assert (await refused.hear("problem"))["code"] == "sign_in_needed"

    line = await page.socket(since=1, token=insurer.token())
    assert (await line.hear("welcome"))["state"]["level"] == 1


async def test_an_open_page_locks_when_its_token_expires_and_tells_nothing_more(page: Page, insurer: Insurer, clock, journal):
    """The advisor's answer, with its personal details, does not appear on a tablet nobody is signed in on."""
    line = await page.socket(since=1)
    await line.send(type="identity", token=insurer.token())
    await line.hear("state")
    clock.advance(timedelta(minutes=6))
    await journal.append(page.id, an_answer("Votre remboursement de 120 €"))

    assert (await line.hear("problem"))["code"] == "sign_in_needed"
    await line.send(type="send", client_id="m", text="Je lis toujours ?")
    assert (await line.hear("problem"))["client_id"] == "m"
    assert await line.quiet()
    assert "120 €" not in str(line.heard)

    await line.send(type="identity", token=insurer.token())
    assert "120 €" in (await line.hear("entry"))["entry"]["body"]["text"]


async def test_signing_out_in_one_tab_locks_the_other(page: Page, insurer: Insurer, journal):
    """Whoever signs out means everywhere in this browser."""
    other_tab = await page.socket(since=1)
    await page.call("POST", "/identity", {"token": insurer.token()})
    await other_tab.hear("state")
    await page.call("DELETE", "/identity")

    assert (await other_tab.hear("problem"))["code"] == "sign_in_needed"
    await journal.append(page.id, an_answer("secret"))
    assert await other_tab.quiet()


async def test_another_members_token_on_the_line_is_refused(page: Page, insurer: Insurer):
    """The conversation stays whose it is."""
    line = await page.socket(since=1)
    await line.send(type="identity", token=insurer.token("demo-1"))
    await line.hear("state")
    await line.send(type="identity", token=insurer.token("demo-2"))

    assert (await line.hear("problem"))["code"] == "other_member"


# -- resources ---------------------------------------------------------------------------------------------------------


async def test_a_page_that_leaves_is_forgotten(page: Page):
    """Readers do not pile up in memory."""
    hub = page.client.app[GATEWAY].hub
    line = await page.socket(since=1)
    await line.hear("welcome")
    assert hub.readers == 1
    await line.line.close()

    await eventually(lambda: hub.readers == 0)
    assert hub._watchers == {}


async def test_one_conversation_has_a_limited_number_of_readers(page: Page):
    """A broken script that reconnects without closing does not take everybody's room."""
    lines = [await page.socket(since=1) for _ in range(13)]

    assert (await lines[-1].hear("problem"))["code"] == "too_many"
    await lines[0].send(type="ping")
    await lines[0].hear("pong")


async def test_a_page_that_reads_nothing_is_dropped(page: Page, journal, monkeypatch):
    """A phone in a tunnel must not fill our memory with what it does not take."""
    monkeypatch.setattr(socket_module, "SEND_WITHIN_S", 0.3)
    line = await page.socket(since=1)
    await line.hear("welcome")
    transport = line.line._response.connection.transport
    transport.pause_reading()
    hub = page.client.app[GATEWAY].hub
    for _ in range(60):
        await asyncio.gather(*(journal.append(page.id, an_answer("x" * 50_000)) for _ in range(10)))
        if hub.readers == 0:
            break

    await eventually(lambda: hub.readers == 0, within=5)
    transport.abort()


async def test_a_full_process_says_so_before_opening(page: Page, monkeypatch):
    """The proxy then tries another one; those already here go on."""
    line = await page.socket(since=1)
    await line.hear("welcome")
    monkeypatch.setattr(socket_module, "SOCKETS_A_PROCESS", 1)

    with pytest.raises(WSServerHandshakeError, match="503"):
        await page.socket(since=1)
    await line.send(type="ping")
    await line.hear("pong")


async def test_five_thousand_frames_at_once_end_the_line_and_store_a_minutes_worth(build):
    """A machine gone mad, or an enemy."""
    client = await build(limits=None)
    page = await opened(client)
    line = await page.socket(since=1)
    await line.hear("welcome")
    for number in range(5_000):
        if line.line.closed:
            break
        try:
            await line.send(type="send", client_id=f"m{number}", text="encore")
        except ConnectionError:
            break

    assert (await line.closed(within=10))[0] in (1008, 1006, 0)
    assert len(await page.entries()) <= 31


async def test_stopping_tells_every_page_to_come_back(build, aiohttp_client, journal):
    """A new version is installed during the day."""
    client = await build()
    pages = [await opened(client) for _ in range(3)]
    lines = [await page.socket(since=1) for page in pages]
    for line in lines:
        await line.hear("welcome")
    closing = [asyncio.create_task(line.closed()) for line in lines]
    await client.server.close()

    assert await asyncio.gather(*closing) == [(1001, "restarting")] * 3


async def test_a_reply_of_the_advisor_reaches_the_page_after_the_handoff(page: Page, journal):
    """From end to end: ask, be taken, be answered."""
    line = await page.socket(since=1)
    await page.call("POST", "/handoff", {"client_id": "h"})
    held = await journal.take(page.id, advisor_id="a1", advisor_name="Camille")
    reply = Draft(AuthorKind.ADVISOR, Kind.TEXT, {"text": "Bonjour, je regarde."}, author_id="a1", author_name="Camille")
    await journal.append(page.id, reply, held_by=HeldBy(Holder.ADVISOR, held.floor.fencing, "a1"))

    kinds = [(await line.hear("entry"))["entry"] for _ in range(3)]
    assert [entry["kind"] for entry in kinds] == ["handoff_requested", "floor_changed", "text"]
    assert kinds[2]["author_name"] == "Camille"
    assert "a1" not in str(kinds)


async def test_the_assistants_own_sign_is_understood_too(page: Page, journal):
    """The worker rings a shorter form."""
    line = await page.socket(since=1)
    await line.hear("welcome")
    await journal.bell.ring(page.id, {"typing": "assistant"})

    assert (await line.hear("typing"))["who"] == "assistant"


async def test_a_place_that_moves_is_told(client, journal):
    """The desk rings when somebody before you was taken."""
    first, second = await opened(client), await opened(client)
    for one in (first, second):
        await one.call("POST", "/handoff", {"client_id": "h"})
    line = await second.socket(since=5)
    assert (await line.hear("welcome"))["state"]["queue"]["position"] == 2
    await journal.take(first.id, advisor_id="a1", advisor_name="Camille")
    await asyncio.sleep(1.1)  # the queue is read at most once a second
    await journal.bell.ring(second.id, {"type": "position", "position": 1})

    assert (await line.hear("state"))["state"]["queue"]["position"] == 1


async def test_tokens_are_tried_at_a_reasonable_pace(build, insurer: Insurer):
    """Each costs a signature to verify."""
    page = await opened(await build(limits=None))
    statuses = [(await page.call("POST", "/identity", {"token": "a.b.c"}))[0] for _ in range(22)]

    assert statuses == [401] * 20 + [429] * 2
