"""What a hostile page, visitor or colleague would try at the desk."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import update

from handoff.core.roles import Right, Role, has_right
from handoff.web.routes import ROUTES
from journal import schema
from journal.entries import AuthorKind, Draft, Kind
from kernel.logs import configure_logs
from tests.integration.handoff.desk_world import World

HOSTILE = "<script>alert('x')</script><img src=x onerror=alert(1)> {{ 7*7 }} **</p><b>"
STATIC = "/static/0/desk.css"


def path_of(route, conversation_id: str = "c_unknown") -> str:
    """Give an address of a route."""
    path = route.path.replace("{version:[0-9a-f]{1,16}}/{name:[\\w.-]{1,40}}", "0/desk.css")
    return re.sub(r"\{conversation_id:.*?\}\}", conversation_id, path)


def right_of(route) -> Right | None:
    return route.handler.right  # a route without one is an error of ours, caught by the guard and by this


async def test_no_address_answers_somebody_without_the_right(world: World):
    """Every route, every role: what is not allowed is 403, and without a session there is only the door."""
    outsider = await world.advisor("Dehors", signed_in=False)
    staff = {role: await world.advisor(role.value, role) for role in Role}
    tokens = {role: await browser.token() for role, browser in staff.items()}
    for route in (one for one in ROUTES if right_of(one) is not None):
        answer = await outsider.client.request(route.method, f"/desk{path_of(route)}", allow_redirects=False)
        assert answer.status == (303 if route.method == "GET" else 401), route
        for role in (one for one in Role if not has_right(one, right_of(route))):
            form = {"form_token": tokens[role]} if route.method == "POST" else None
            refused = await staff[role].client.request(route.method, f"/desk{path_of(route)}", data=form)
            assert refused.status == 403, (route, role)


async def test_no_form_is_accepted_without_the_token_of_its_session(world: World):
    """Another site can make the advisor's browser post, but cannot know the token."""
    camille, conversation = await world.advisor(), await world.waiting()
    for route in (one for one in ROUTES if one.method == "POST"):
        for token in ("", "x" * 43, "é"):
            form = {"form_token": token, "text": "Bonjour", "fencing": "2", "client_id": "d_12345678", "said": "paused"}
            answer = await camille.client.post(f"/desk{path_of(route, conversation.id)}", data=form)
            assert answer.status == 403, route
            assert "Ce formulaire n&#39;est plus valable." in await answer.text()
    assert (await camille.get("/")).url.path == "/desk/"
    assert await world.journal.conversation(conversation.id) == conversation


@pytest.mark.parametrize("headers", [
    {"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}])
async def test_a_form_from_another_site_is_refused_even_with_the_token(world: World, headers: dict[str, str]):
    """A second lock on the same door."""
    camille, conversation = await world.advisor(), await world.waiting()
    camille.headers.update(headers)

    assert (await camille.take(conversation)).status == 403


async def test_one_sessions_token_does_not_open_anothers_forms(world: World):
    """Tokens belong to a session, not to the desk."""
    camille, hugo, conversation = await world.advisor("Camille"), await world.advisor("Hugo"), await world.waiting()
    answer = await camille.client.post(f"/desk/conversations/{conversation.id}/take", data={"form_token": await hugo.token()})

    assert answer.status == 403


async def test_pages_cannot_be_framed_kept_or_made_to_run_foreign_code(world: World):
    """Clickjacking, caches, injected scripts: refused by headers on every answer, errors and files included."""
    camille = await world.advisor()
    for path in ("/", "/help", "/conversations/nope", "/nowhere", "/queues"):
        page = await camille.get(path)
        policy = page.headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in policy
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy
        assert page.headers["X-Frame-Options"] == "DENY"
        assert page.headers["Cache-Control"] == "no-store"
        assert not re.search(r"<script(?![^>]* src=)|\son\w+=|style=", page.text)


async def test_hostile_words_are_only_words_wherever_they_appear(world: World):
    """In the thread, the queue, the file, a kept text, an author's name: shown, never run."""
    camille = await world.advisor(name="Camille")
    conversation = await world.member_says(HOSTILE)
    for author, kind, body in [
        (AuthorKind.ASSISTANT, Kind.TEXT, {"text": HOSTILE, "topic": HOSTILE, "buttons": [{"title": HOSTILE}]}),
        (AuthorKind.ASSISTANT, Kind.CARD, {"card": HOSTILE, "text": HOSTILE}),
        (AuthorKind.SYSTEM, Kind.SAFETY, {"topic": HOSTILE, "text": HOSTILE, "numbers": [{"number": HOSTILE, "label": HOSTILE}]}),
        (AuthorKind.SYSTEM, Kind.FORM, {"label": HOSTILE, "ending": HOSTILE}),
        (AuthorKind.SYSTEM, Kind.PROMISE, {"what": "written_answer", "due_on": HOSTILE}),
        (AuthorKind.MEMBER, Kind.ATTACHMENT, {"file_name": HOSTILE}),
    ]:
        await world.journal.append(conversation.id, Draft(author, kind, body))
    await world.journal.set_topics(conversation.id, [HOSTILE])
    await world.ask_for_a_person(conversation)
    pages = [await camille.get(f"/conversations/{conversation.id}"), await camille.get("/"),
             await camille.get(f"/conversations/{conversation.id}/news?since=0"),
             await camille.post(f"/conversations/{conversation.id}/reply", text=HOSTILE, fencing=99, client_id="d_12345678")]

    assert all("<script>alert" not in page.text and "<img src=x" not in page.text and "<b>" not in page.text for page in pages)
    assert "&lt;script&gt;" in pages[0].text
    assert "{{ 7*7 }}" in pages[0].text


async def test_every_kind_of_entry_is_shown_whole_even_when_its_body_is_strange_or_erased(world: World):
    """No entry can make a conversation unreadable for the advisor who must answer it."""
    camille, conversation = await world.advisor("Camille", Role.TEAM_LEAD), await world.waiting()
    for kind in Kind:
        for body in ({}, {"text": 3, "buttons": 4, "numbers": 7, "due_on": None, "queue": [], "card": {}, "status": {}, "wait_s": "x", "masked": [None], "topic": 1}):
            await world.journal.append(conversation.id, Draft(AuthorKind.SYSTEM, kind, body))
    page = await camille.get(f"/conversations/{conversation.id}")
    await world.journal.erase(conversation.id, by=AuthorKind.MEMBER)
    erased = await camille.get(f"/conversations/{conversation.id}")

    assert (page.status, erased.status) == (200, 200)
    assert "Contenu effacé." in erased.text


async def test_an_advisor_cannot_read_or_touch_what_a_colleague_holds(world: World):
    """Object access is checked on each address, not only hidden from the lists."""
    camille, hugo, conversation = await world.advisor("Camille"), await world.advisor("Hugo"), await world.waiting("mon secret")
    await camille.take(conversation)
    here = f"/conversations/{conversation.id}"
    looked = [await hugo.get(here), await hugo.get(f"{here}/news"), await hugo.get(f"{here}/member")]
    touched = [await hugo.post(f"{here}/{what}", text="x", fencing=3, seen=99, client_id="d_12345678", queue="live")
               for what in ("reply", "note", "give-back", "close", "transfer", "written")]

    assert [page.status for page in looked] == [404, 404, 403]
    assert all(page.status in (404, 409) for page in touched)
    assert all("secret" not in page.text for page in [*looked, *touched])
    assert (await world.journal.conversation(conversation.id)).floor.advisor_name == "Camille"


async def test_a_talk_with_the_assistant_cannot_be_opened_nor_taken_by_its_address(world: World):
    """Nobody was called in; whether it exists is not said either."""
    camille, private = await world.advisor(), await world.member_says("entre la machine et moi")
    pages = [await camille.get(f"/conversations/{private.id}"), await camille.take(private),
             await camille.get("/conversations/c_unknown"), await camille.post(f"/conversations/{private.id}/note", text="x", client_id="d_12345678")]

    assert [page.status for page in pages] == [404] * 4
    assert "machine" not in "".join(page.text for page in pages)


async def test_the_members_file_is_read_by_whoever_answers_and_every_reading_is_written_down(world: World):
    """Need to know, and an account of it: who, what, which conversation, which member."""
    camille, conversation = await world.advisor(), await world.waiting(level=1, member_id="demo-1")
    before = await camille.get(f"/conversations/{conversation.id}/member")
    await camille.take(conversation)
    shown = await camille.get(f"/conversations/{conversation.id}/member")
    auditor = await world.advisor("Aude", Role.AUDITOR)
    register = await auditor.get("/audit")

    assert before.status == 403
    assert world.members.asked == ["demo-1"]
    assert "Camille Moreau &lt;b&gt;" in shown.text
    assert "30,50\u00a0€" in shown.text
    assert "a lu le dossier du sociétaire" in register.text
    assert "demo-1" in register.text


async def test_an_insurers_system_out_of_order_is_said_in_its_place_and_harms_nothing_else(world: World):
    """The conversation goes on without the file."""
    camille, conversation = await world.advisor(), await world.waiting(level=1, member_id="demo-1")
    await camille.take(conversation)
    world.members.is_down = True
    page = await camille.get(f"/conversations/{conversation.id}/member")

    assert page.status == 200
    assert "Le système de l'assureur ne répond pas." in page.text
    assert (await camille.reply(conversation, "Je vous réponds quand même.")).status == 200


@pytest.mark.parametrize("form", [
    {"fencing": "0x1"}, {"fencing": "9" * 30}, {"fencing": "-1"}, {"client_id": "desk:away:2"}, {"client_id": ""}, {"text": "   "},
    {"text": "x" * 4001}, {"text": "\x00\x01"}])
async def test_a_forged_form_is_refused_with_its_text_kept(world: World, form: dict[str, str]):
    """Nothing is written, and nothing breaks."""
    camille, conversation = await world.advisor(), await world.waiting()
    await camille.take(conversation)
    before = (await world.journal.conversation(conversation.id)).last_number
    page = await camille.reply(conversation, **({"text": "Mon texte"} | form))

    assert page.status in (400, 413)
    assert (await world.journal.conversation(conversation.id)).last_number == before


async def test_what_cannot_be_a_form_is_refused(world: World):
    """A megabyte, an unknown encoding, a file in place of a text."""
    camille = await world.advisor()
    url, token = "/desk/presence", {"X-Form-Token": await camille.token()}
    big = await camille.client.post(url, data={"said": "x" * 1_000_000}, headers=token)
    odd = await camille.client.post(url, data=b"said=available", headers={"Content-Type": "application/x-www-form-urlencoded; charset=nope"})

    assert (big.status, odd.status) == (413, 400)


async def test_no_word_of_a_member_reaches_the_logs_even_when_a_page_fails(world: World, capfd: pytest.CaptureFixture[str]):
    """A kind of entry nobody knows stands for any fault whose message quotes the record."""
    configure_logs("INFO")
    camille, conversation = await world.advisor(), await world.waiting("mot-tres-secret")
    await world.database.write(lambda tx: tx.execute(update(schema.entry).where(
        schema.entry.c.conversation_id == conversation.id).values(kind="mot-tres-secret")))
    page = await camille.get(f"/conversations/{conversation.id}")

    assert page.status == 500
    assert "mot-tres-secret" not in page.text + "".join(capfd.readouterr())
