"""A person, a written answer, the assistant again; ratings, secure fields, the transcript, the erasure."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime

import pytest

from connectors.web.gateway import GATEWAY
from journal.chain import faults
from journal.entries import AuthorKind, Draft, Holder, Kind
from journal.journal import DeskStatus
from journal.record import HeldBy

from .conftest import FakeFields, Insurer, ask
from .pages import Page, opened

ASK = {"client_id": "ask"}


# -- a person ----------------------------------------------------------------------------------------------------------


async def test_the_button_always_reaches_the_desk_and_says_what_is_passed_on(page: Page, journal):
    """« Parler à un conseiller » works with every worker dead, and hides nothing of what the advisor will see."""
    await page.say("Mon remboursement n'est pas arrivé")
    await journal.set_topics(page.id, ["remboursement_retard"])
    status, answer = await page.call("POST", "/handoff", ASK)

    asked = (await page.entries())[-1]
    assert (status, answer["state"]["floor"]) == (200, "desk")
    assert (asked["kind"], asked["author"], asked["body"]["by"], asked["body"]["queue"]) == ("handoff_requested", "member", "member", "live")
    assert asked["body"]["passed"] == [
        "Sujet\u00a0: remboursement retard", "Dernier message\u00a0: «\u00a0Mon remboursement n'est pas arrivé\u00a0»"]


async def test_asking_for_a_person_twice_is_asking_once(page: Page):
    """An anxious member presses again."""
    for client_id in ("a", "a", "b"):
        assert (await page.call("POST", "/handoff", {"client_id": client_id}))[0] == 200

    assert [entry["kind"] for entry in await page.entries()].count("handoff_requested") == 1


async def test_what_is_passed_on_holds_no_identifier(page: Page):
    """A social-security number is masked before it is stored, so nowhere later."""
    await page.say("Mon numéro est 2 55 08 14 168 025 38")
    await page.call("POST", "/handoff", ASK)

    assert "168 025" not in str(await page.entries())


async def test_a_dangerous_situation_stays_in_the_urgent_queue(page: Page, journal):
    """Asking for a person by oneself must not send one back behind the others."""
    await journal.raise_priority(page.id, 10, queue="urgent")
    await page.call("POST", "/handoff", ASK)

    assert [one.id for one in await journal.waiting("urgent")] == [page.id]


async def test_the_place_in_the_queue_is_told_and_the_wait_only_when_it_is_known(client, journal):
    """« Vous êtes le deuxième » is a fact; a wait without a basis is not."""
    first, second = await opened(client), await opened(client)
    await first.call("POST", "/handoff", ASK)
    await second.call("POST", "/handoff", ASK)
    assert (await second.state())["queue"] == {"position": 2, "wait_s": None}

    await journal.put_desk_status(DeskStatus("live", is_open=True, advisors=1, estimated_wait_s=600))
    room = client.app[GATEWAY].states._room
    room._queues.clear()
    assert (await second.state())["queue"] == {"position": 2, "wait_s": [180, 600]}
    assert (await first.state())["queue"] == {"position": 1, "wait_s": [60, 300]}


async def test_stopping_to_wait_goes_back_to_the_assistant_once(page: Page):
    """And the second press is not an error."""
    await page.call("POST", "/handoff", ASK)
    answers = [await page.call("POST", "/back", {"client_id": f"b{number}"}) for number in range(2)]

    assert [(status, answer["state"]["floor"]) for status, answer in answers] == [(200, "assistant")] * 2


async def test_nobody_sends_away_an_advisor_who_is_answering(page: Page, journal):
    """Neither « retour » nor « message écrit » takes the conversation out of an advisor's hands."""
    await page.call("POST", "/handoff", ASK)
    await journal.take(page.id, advisor_id="a1", advisor_name="Camille")

    assert (await page.call("POST", "/back", ASK))[1]["code"] == "not_waiting"
    assert (await page.call("POST", "/written", ASK))[1]["code"] == "with_advisor"
    assert (await journal.conversation(page.id)).floor.holder is Holder.ADVISOR


# -- in writing --------------------------------------------------------------------------------------------------------


async def test_a_written_request_has_its_due_date_told_to_the_member(page: Page):
    """48 business hours from Monday noon is Wednesday; a date, not a delay."""
    status, answer = await page.call("POST", "/written", {"client_id": "w", "subject": "Ma carte"})

    assert (status, answer["state"]["mode"], answer["state"]["due_on"]) == (200, "written", "2026-11-25")
    mode, promise = (await page.entries())[-2:]
    assert (mode["kind"], mode["body"]["subject"]) == ("mode_changed", "Ma carte")
    assert (promise["body"]["what"], promise["body"]["due_on"]) == ("written_answer", "2026-11-25")
    assert datetime.fromisoformat(promise["body"]["due_at"]) == datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


async def test_a_request_written_on_a_friday_is_answered_after_the_week_end(page: Page, clock):
    """Business hours do not run on Saturday and Sunday."""
    clock.advance(datetime(2026, 11, 27, 16, 30, tzinfo=UTC) - clock.now())
    _, answer = await page.call("POST", "/written", ASK)

    assert answer["state"]["due_on"] == "2026-12-01"


async def test_writing_twice_keeps_the_first_date(page: Page, clock):
    """Pressing again does not push the promise back."""
    await page.call("POST", "/written", ASK)
    _, answer = await page.call("POST", "/written", {"client_id": "again"})

    assert answer["state"]["due_on"] == "2026-11-25"
    assert [entry["kind"] for entry in await page.entries()].count("promise") == 1


async def test_identifiers_in_a_subject_are_masked(page: Page):
    """A subject is read on every screen."""
    await page.call("POST", "/written", {"client_id": "w", "subject": "IBAN FR14 2004 1010 0505 0001 3M02 606"})

    assert "2004 1010" not in str(await page.entries())


# -- opinions ----------------------------------------------------------------------------------------------------------


async def test_a_rating_after_the_closing_is_kept_and_does_not_reopen(page: Page, journal):
    """Two questions at the end, then it is over."""
    await page.call("POST", "/handoff", ASK)
    held = await journal.take(page.id, advisor_id="a1", advisor_name="Camille")
    await journal.close(page.id, HeldBy(Holder.ADVISOR, held.floor.fencing, "a1"))
    status, _ = await page.call("POST", "/rating", {"client_id": "r", "score": 5, "comment": "Merci, écrivez à camille@exemple.fr"})

    kept = (await journal.read(page.id))[-1]
    assert status == 201
    assert (kept.kind, kept.body["score"], "exemple" in kept.body["comment"]) == (Kind.RATING, 5, False)
    assert (await page.state())["is_closed"] is True


@pytest.mark.parametrize("score", [0, 6, -1, "5", 4.5, True, None])
async def test_a_rating_out_of_range_is_refused(page: Page, score):
    """One to five."""
    assert (await page.call("POST", "/rating", {"client_id": "r", "score": score}))[0] == 400


async def test_an_answer_is_said_useful_or_not(page: Page, journal):
    """Content editors learn which answers to rewrite."""
    status, _ = await page.call("POST", "/useful", {"client_id": "u", "entry": 1, "useful": False})

    assert status == 201
    assert (await journal.read(page.id))[-1].body == {"entry": 1, "useful": False}


async def test_only_an_answer_can_be_useful(page: Page):
    """Not one's own message, not an entry that does not exist."""
    await page.say("Bonjour")

    assert (await page.call("POST", "/useful", {"client_id": "u", "entry": 2, "useful": True}))[0] == 400
    assert (await page.call("POST", "/useful", {"client_id": "u", "entry": 99, "useful": True}))[0] == 404


# -- secure fields -----------------------------------------------------------------------------------------------------


async def test_a_secure_field_leaves_only_its_end(page: Page, journal, fields: FakeFields):
    """The value goes to whoever it is for, and nowhere else."""
    value = "FR1420041010050500013M02606"
    await ask(journal, page.id)
    status, answer = await page.call("POST", "/fields/iban", {"value": value})

    assert (status, answer["entry"]["kind"]) == (201, "form")
    assert answer["entry"]["body"] == {"field": "iban", "label": "RIB", "ending": "2606"}
    assert fields.given == [("iban", value)]
    assert value not in repr(await journal.read(page.id))
    assert (await journal.read(page.id))[-1].body["_deposit"] == "v_secret"
    assert "v_secret" not in repr(await page.entries())


async def test_a_field_nobody_asks_for_takes_nothing(page: Page, journal, fields: FakeFields):
    """Before it is asked for, twice, after another offer, under another name, or while a person answers."""
    async def fill(name: str = "iban") -> tuple[int, str]:
        status, answer = await page.call("POST", f"/fields/{name}", {"value": "FR1420041010050500013M02606"})
        return status, answer.get("code", "")
    refused = (404, "not_asked")

    assert await fill() == refused
    await ask(journal, page.id)
    assert await fill("email") == refused
    assert (await fill())[0] == 201
    assert await fill() == refused
    await ask(journal, page.id)
    await journal.append(page.id, Draft(AuthorKind.ASSISTANT, Kind.TEXT, {"text": "Autre chose", "buttons": [{"id": "b1", "title": "Oui"}]}))
    assert await fill() == refused
    await ask(journal, page.id)
    await page.call("POST", "/handoff", {"client_id": "h"})
    assert await fill() == refused
    assert len(fields.given) == 1


async def test_a_value_that_is_not_accepted_says_why_and_stays_asked_for(page: Page, journal):
    """The member corrects it where he typed it."""
    await ask(journal, page.id)
    status, answer = await page.call("POST", "/fields/iban", {"value": "wrong"})

    assert (status, answer["code"]) == (400, "iban_invalid")
    assert "IBAN" in answer["title"]
    assert (await page.call("POST", "/fields/iban", {"value": "FR1420041010050500013M02606"}))[0] == 201


async def test_a_secure_fields_value_is_in_no_error_and_no_log(page: Page, journal, caplog, capsys):
    """Even when the insurer's system fails and quotes it."""
    await ask(journal, page.id)
    caplog.set_level(logging.DEBUG)
    status, answer = await page.call("POST", "/fields/iban", {"value": "explode"})

    assert (status, answer["code"]) == (503, "unavailable")
    printed = capsys.readouterr()
    assert "explode" not in str(answer) + caplog.text + printed.out + printed.err


async def test_without_a_port_no_field_exists(build):
    """An installation that has not wired them does not pretend."""
    page = await opened(await build(with_fields=False))

    status, answer = await page.call("POST", "/fields/iban", {"value": "FR7630006000011234567890189"})
    assert (status, answer["code"], answer["title"]) == (404, "not_asked", "Rien de tel ne vous est demandé pour l'instant.")
    assert "FR76" not in str(answer)
    assert len(await page.entries()) == 1


@pytest.mark.parametrize(("path", "body", "status"), [
    ("/fields/unknown", {"value": "x"}, 404), ("/fields/iban", {"value": " "}, 400), ("/fields/iban", {"value": 4}, 400),
    ("/fields/iban", {"value": "x" * 501}, 413), ("/fields/..", {"value": "x"}, 404), ("/fields/iban", {}, 400),
])
async def test_a_bad_field_is_refused(page: Page, journal, path, body, status):
    """Name, size, kind."""
    await ask(journal, page.id)
    assert (await page.call("POST", path, body))[0] == status


# -- the transcript ----------------------------------------------------------------------------------------------------


async def test_the_transcript_is_complete_french_and_escaped(page: Page, journal, insurer: Insurer):
    """A member keeps or prints it; what people typed stays text."""
    await page.say("<script>alert(1)</script> & **pas** <b>ça</b>")
    await page.call("POST", "/identity", {"token": insurer.token()})
    answer = "Voici **vos** garanties.\n\n- Optique\n- Dentaire"
    await journal.append(page.id, Draft(AuthorKind.ASSISTANT, Kind.TEXT, {"text": answer}))
    await journal.append(page.id, Draft(AuthorKind.ADVISOR, Kind.NOTE, {"text": "note interne"}, author_id="a", author_name="C"))
    safety = {"topic": "detresse", "text": "Vous n'êtes pas seul.", "numbers": [{"number": "3114", "label": "écoute jour et nuit"}]}
    await journal.append(page.id, Draft(AuthorKind.SYSTEM, Kind.SAFETY, safety))
    await page.call("POST", "/written", {"client_id": "w", "subject": "Garanties"})
    status, html = await page.call("GET", "/transcript")

    assert status == 200
    assert '<html lang="fr">' in html
    assert "<script>" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; <strong>pas</strong> &lt;b&gt;" in html
    assert "<li>Optique</li><li>Dentaire</li>" in html
    assert "note interne" not in html
    assert "<strong>3114</strong>" in html
    assert "mercredi 25 novembre 2026" in html
    assert html.count("<h1>") == 1


async def test_the_transcript_of_a_long_conversation_leaves_nothing_out(page: Page, journal):
    """All pages of it."""
    lines = [Draft(AuthorKind.ASSISTANT, Kind.TEXT, {"text": f"Ligne {number}."}) for number in range(450)]
    await asyncio.gather(*(journal.append(page.id, line) for line in lines))
    _, html = await page.call("GET", "/transcript")

    assert html.count('<li class="theirs"') == 451


async def test_the_transcript_allows_no_script_and_no_frame(client):
    """A page made of people's words runs nothing."""
    page = await opened(client)
    answer = await client.get(f"/api/v1/conversations/{page.id}/transcript", headers={"Authorization": f"Bearer {page.secret}"})
    policy = answer.headers["Content-Security-Policy"]

    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["Cache-Control"] == "no-store"


async def test_every_kind_of_entry_has_its_line(page: Page, journal):
    """A kind added one day must not make the page fail, nor vanish in silence."""
    for kind in Kind:
        await journal.append(page.id, Draft(AuthorKind.SYSTEM, kind, {"text": f"texte {kind}"} if kind in (Kind.TEXT, Kind.CARD) else {}))
    status, html = await page.call("GET", "/transcript")

    assert status == 200
    assert "La conversation est terminée." in html


# -- erasure -----------------------------------------------------------------------------------------------------------


async def test_erasing_leaves_the_proof_and_no_word(page: Page, journal):
    """The member's right; the chain still verifies."""
    await page.say("Quelque chose de très personnel")
    assert (await page.call("DELETE"))[0] == 204

    entries = await page.entries()
    assert entries[-1]["kind"] == "erased"
    assert "personnel" not in str(entries) + (await page.call("GET", "/transcript"))[1]
    assert faults(await journal.read(page.id)) == []


async def test_erasing_while_waiting_leaves_the_queue(page: Page, journal):
    """No advisor takes a conversation that is gone."""
    await page.call("POST", "/handoff", ASK)
    await page.call("DELETE")

    assert await journal.waiting() == []


async def test_options_of_an_erased_conversation_are_outdated(page: Page):
    """What they meant is gone."""
    await page.call("DELETE")

    assert (await page.call("POST", "/entries", {"client_id": "c", "entry": 1, "option": "card"}))[1]["code"] == "outdated"
