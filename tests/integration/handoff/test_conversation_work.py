"""An advisor's day: take, answer, note, let go."""

from __future__ import annotations

import asyncio
import csv
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from journal.entries import Holder, Kind, Mode, View
from kernel import french
from tests.integration.handoff.desk_world import World

VECTORS = list(csv.DictReader((Path(__file__).parent / "deadline_vectors_48h.csv").open(encoding="utf-8")))
PARIS = ZoneInfo("Europe/Paris")


async def test_two_advisors_take_at_once_and_one_reads_who_was_quicker(world: World):
    """Two people answering one member is the worst a desk can do."""
    camille, hugo = await world.advisor("Camille"), await world.advisor("Hugo")
    conversation = await world.waiting()
    pages = await asyncio.gather(camille.take(conversation), hugo.take(conversation))
    holder = (await world.journal.conversation(conversation.id)).floor.advisor_name

    assert sorted(page.status for page in pages) == [200, 409]
    assert any(f"{holder} a déjà pris cette conversation." in page.text for page in pages)
    assert (await world.kinds(conversation)).count("floor_changed") == 1


async def test_ten_advisors_taking_the_next_get_ten_different_conversations(world: World):
    """Losing a race is no reason to come back empty-handed."""
    team = [await world.advisor(f"Conseiller{number}") for number in range(5)]
    for _ in range(5):
        await world.waiting()
    pages = await asyncio.gather(*(one.post("/next") for one in team))

    assert len({page.url.path for page in pages}) == 5


async def test_taking_the_next_when_nobody_waits_says_so(world: World):
    """And changes nothing."""
    camille = await world.advisor()

    assert "Aucune conversation n&#39;attend." in (await camille.post("/next")).text


async def test_a_reply_reaches_the_member_under_the_advisors_name(world: World):
    """What the advisor sends is what the member reads, with French spaces."""
    camille, conversation = await world.advisor(), await world.waiting()
    await camille.take(conversation)
    page = await camille.reply(conversation, "Bonjour !\r\nJe regarde.")
    seen = (await world.journal.view(conversation.id, View.MEMBER))[-1]

    assert "Votre réponse est envoyée." in page.text
    assert (seen["body"]["text"], seen["author_name"]) == ("Bonjour\u00a0!\nJe regarde.", "Camille")


async def test_a_reply_written_with_an_old_number_is_refused_and_given_back(world: World):
    """The floor moved while Camille was typing: nothing is sent, nothing she typed is lost."""
    camille, conversation = await world.advisor(), await world.waiting()
    await camille.take(conversation)
    old = (await camille.get(f"/conversations/{conversation.id}")).field("fencing")
    await camille.act(conversation, "give-back")
    page = await camille.post(f"/conversations/{conversation.id}/reply", text="Mon long <texte>", fencing=old, client_id="d_12345678")

    assert page.status == 409
    assert "Votre message n&#39;a pas été envoyé." in page.text
    assert "Mon long &lt;texte&gt;</textarea>" in page.text
    assert "text" not in (await world.kinds(conversation))[2:]


async def test_a_double_click_sends_once_and_an_edited_text_is_never_swallowed(world: World):
    """The same form twice is one reply; the same form with other words is another."""
    camille, conversation = await world.advisor(), await world.waiting()
    await camille.take(conversation)
    seen = await camille.get(f"/conversations/{conversation.id}")
    form = {"fencing": seen.field("fencing"), "client_id": seen.field("client_id")}
    for text in ("Bonjour", "Bonjour", "Bonjour à vous"):
        await camille.post(f"/conversations/{conversation.id}/reply", text=text, **form)
    said = [entry.body["text"] for entry in await world.journal.read(conversation.id) if entry.author == "advisor" and entry.body]

    assert said == ["Bonjour", "Bonjour à vous"]


async def test_a_note_is_hidden_from_the_member_and_marked_for_colleagues(world: World):
    """The member's view holds a sealed hole, not the words."""
    camille, conversation = await world.advisor(), await world.waiting()
    page = await camille.act(conversation, "note", text="Ton agressif, rester calme")
    seen = (await world.journal.view(conversation.id, View.MEMBER))[-1]

    assert "note privée" in page.text
    assert seen["hidden"] is True
    assert "agressif" not in str(await world.journal.view(conversation.id, View.MEMBER))


async def test_giving_back_wakes_the_assistant_which_knows_the_line_left_for_it(world: World):
    """The assistant resumes by itself; the member reads who speaks now, not the instruction."""
    camille, conversation = await world.advisor(), await world.waiting()
    while (turn := await world.journal.claim_turn("w")) is not None:
        await world.journal.commit_turn(turn, [], None)
    await camille.take(conversation)
    await camille.act(conversation, "give-back", summary="Identité vérifiée au téléphone")
    turn = await world.journal.claim_turn("w")

    assert turn is not None
    assert turn.has_floor
    assert turn.entry.body == {"from": "advisor", "to": "assistant", "resume": True, "name": "Camille", "_summary": "Identité vérifiée au téléphone"}
    assert "vérifiée" not in str(await world.journal.view(conversation.id, View.MEMBER))


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["id"])
async def test_converting_promises_the_date_of_the_vectors_to_both_sides(world: World, vector: dict[str, str]):
    """48 business hours, computed once, stored, read by the member and the advisor alike."""
    received = datetime.strptime(vector["Reception"].split(" ", 1)[1], "%Y-%m-%d %H:%M").replace(tzinfo=PARIS)
    world.clock.advance(received - world.clock.now())
    due = datetime.strptime(vector["48 h ouvrées — A"].split(" (")[0].split(" ", 1)[1], "%Y-%m-%d %H:%M").replace(tzinfo=PARIS)
    camille, conversation = await world.advisor(), await world.waiting()
    await camille.take(conversation)
    await camille.act(conversation, "written", subject="Ma question")
    now, page = await world.journal.conversation(conversation.id), await camille.get(f"/conversations/{conversation.id}")
    promise = next(entry for entry in await world.journal.read(conversation.id) if entry.kind is Kind.PROMISE and "due_on" in (entry.body or {}))

    assert now.due_at == due
    assert now.due_on is not None
    assert promise.body == {"what": "written_answer", "due_at": now.due_at.isoformat(), "due_on": now.due_on.isoformat()}
    assert french.day(now.due_on) in page.text
    assert (now.mode, now.floor.holder, now.subject) == (Mode.WRITTEN, Holder.DESK, "Ma question")


async def test_a_written_reply_keeps_the_promise_and_tells_the_member(world: World):
    """The clock stops with the answer, in the same step, and the member is told so."""
    camille, conversation = await world.advisor(), await world.waiting()
    await camille.take(conversation)
    await camille.act(conversation, "written")
    await camille.take(conversation)
    page = await camille.reply(conversation, "Voici la réponse.", mode="written")
    now, last = await world.journal.conversation(conversation.id), (await world.journal.view(conversation.id, View.MEMBER))[-1]

    assert (now.due_at, now.due_on) == (None, None)
    assert (last["kind"], last["body"]["card"]) == ("card", "answered")
    assert "la promesse de réponse est tenue" in page.text


async def test_a_written_request_is_not_closed_nor_given_back_before_its_answer(world: World):
    """A promise is never made to disappear by a button."""
    camille, conversation = await world.advisor(), await world.waiting()
    await camille.take(conversation)
    await camille.act(conversation, "written")
    await camille.take(conversation)
    refused = [await camille.act(conversation, what) for what in ("close", "give-back")]

    assert [page.status for page in refused] == [409, 409]
    assert "Une réponse écrite est promise au sociétaire." in refused[0].text
    closed = await camille.reply(conversation, "Voici.", mode="written", then="close", topic="devis")
    assert "la demande est close" in closed.text
    assert (await world.journal.conversation(conversation.id)).topics == ("devis",)


async def test_a_conversation_is_not_closed_over_words_the_advisor_has_not_seen(world: World):
    """The member wrote at the very moment of closing: his words are read first."""
    camille, conversation = await world.advisor(), await world.waiting()
    await camille.take(conversation)
    seen = (await world.journal.conversation(conversation.id)).last_number
    await world.member_says("Attendez, une dernière chose", conversation)
    page = await camille.act(conversation, "close", seen=seen)

    assert page.status == 409
    assert "Le sociétaire vient d&#39;écrire." in page.text
    assert not (await world.journal.conversation(conversation.id)).is_closed


async def test_a_transferred_conversation_waits_in_front_with_a_note_for_the_colleague(world: World):
    """Whoever takes it next knows why."""
    camille, conversation = await world.advisor(), await world.waiting()
    first = await world.waiting("arrivé avant")
    await camille.take(conversation)
    await camille.act(conversation, "transfer", queue="complaints", note="Réclamation à instruire")
    now = await world.journal.conversation(conversation.id)

    assert (now.queue, now.floor.holder, now.priority) == ("complaints", Holder.DESK, 1)
    assert (await world.kinds(conversation))[-2:] == ["note", "transferred"]
    assert first.floor.holder is Holder.DESK


async def test_signing_out_gives_the_live_conversations_back_at_once(world: World):
    """Nobody talks to somebody who has gone home."""
    camille, conversation = await world.advisor(), await world.waiting()
    await camille.take(conversation)
    await camille.post("/sign-out")

    assert (await world.journal.conversation(conversation.id)).floor.holder is Holder.DESK


async def test_everything_works_with_the_assistant_dead(world: World):
    """No worker runs in this test: a person is asked for, answers, and is read."""
    camille, conversation = await world.advisor(), await world.waiting()
    await camille.take(conversation)
    await camille.reply(conversation, "Je suis là.")
    await world.member_says("Merci", conversation)
    page = await camille.get(f"/conversations/{conversation.id}")

    assert "Merci" in page.text
    assert await world.journal.turns_waiting() == 1
