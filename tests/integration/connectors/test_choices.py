"""Buttons: valid once, still offered, meaning what our record says."""

from __future__ import annotations

import asyncio

from journal.entries import AuthorKind, Draft, Kind

from .pages import Page, opened


async def choose(page: Page, client_id: str = "c1", entry: int = 1, option: str = "card"):
    return await page.call("POST", "/entries", {"client_id": client_id, "entry": entry, "option": option})


async def test_a_choice_takes_its_meaning_from_the_record(page: Page, journal):
    """A client that could write a payload could make the assistant do anything."""
    status, answer = await choose(page)

    kept = await journal.entry(page.id, 2)
    assert status == 201
    assert kept.body == {"entry": 1, "option": "card", "text": "Ma carte", "_topic": "carte_tp", "_payload": "/carte_tp"}
    assert answer["entry"]["body"] == {"entry": 1, "option": "card", "text": "Ma carte"}


async def test_a_payload_sent_by_the_client_is_refused(page: Page):
    """Unknown names are refused, this one first of all."""
    status, answer = await page.call(
        "POST", "/entries", {"client_id": "c1", "entry": 1, "option": "card", "_payload": "/pay_me"})

    assert (status, answer["code"]) == (400, "malformed")


async def test_a_double_click_on_a_button_chooses_once(page: Page):
    """The same click sent twice is the same choice."""
    first, second = await choose(page), await choose(page)

    assert (first[0], second[0]) == (201, 200)
    assert first[1] == second[1]


async def test_two_devices_choosing_at_once_choose_once(page: Page):
    """A confirmation pressed on a phone and on a tablet acts once; the other device is told."""
    answers = await asyncio.gather(*(choose(page, f"device{number}") for number in range(6)))

    assert sorted(status for status, _ in answers) == [201, 409, 409, 409, 409, 409]
    assert {answer["code"] for status, answer in answers if status == 409} == {"outdated"}
    assert len(await page.entries()) == 2


async def test_a_replayed_choice_is_outdated(page: Page):
    """A button pressed yesterday does nothing today."""
    await choose(page, "c1")
    status, answer = await choose(page, "c2")

    assert (status, answer["code"]) == (409, "outdated")
    assert "propos" in answer["title"]


async def test_another_option_of_the_same_entry_is_outdated_too(page: Page):
    """Confirming after having cancelled must not act."""
    await choose(page, "c1")
    status, answer = await choose(page, "c2", option="person")

    assert (status, answer["code"]) == (409, "outdated")


async def test_an_option_followed_by_others_is_outdated(page: Page, journal):
    """What the assistant offered before is no longer the question."""
    body = {"text": "Autre chose ?", "buttons": [{"id": "yes", "title": "Oui"}]}
    await journal.append(page.id, Draft(AuthorKind.ASSISTANT, Kind.TEXT, body))

    assert (await choose(page, "c1"))[1]["code"] == "outdated"
    assert (await choose(page, "c2", entry=2, option="yes"))[0] == 201


async def test_an_option_stays_valid_after_an_answer_without_buttons(page: Page, journal):
    """An explanation in between does not take the question away."""
    await journal.append(page.id, Draft(AuthorKind.ASSISTANT, Kind.TEXT, {"text": "Voici."}))

    assert (await choose(page))[0] == 201


async def test_an_option_of_another_entry_or_of_none_is_refused(page: Page):
    """Only what was offered can be chosen."""
    await page.say("Bonjour")

    for entry, option in ((1, "unknown"), (2, "card"), (99, "card"), (0, "card")):
        status, answer = await choose(page, f"c{entry}", entry, option)
        assert (status, answer["code"]) == (400, "malformed"), (entry, option)


async def test_an_option_of_another_conversation_means_nothing_here(client):
    """Numbers are those of this conversation."""
    mine, theirs = await opened(client), await opened(client)
    await theirs.say("Bonjour")
    await theirs.say("Encore", "m2")

    assert (await choose(mine, entry=3))[1]["code"] == "malformed"


async def test_what_a_member_writes_never_becomes_a_button(page: Page, journal):
    """Even a record with buttons in a member's entry would not make them valid."""
    body = {"text": "x", "buttons": [{"id": "evil", "title": "Payer", "_payload": "/evil"}]}
    await journal.append(page.id, Draft(AuthorKind.MEMBER, Kind.TEXT, body))

    assert (await choose(page, entry=2, option="evil"))[1]["code"] == "malformed"


async def test_a_choice_and_a_text_together_are_neither(page: Page):
    """One message says one thing."""
    for body in ({"text": "a", "entry": 1, "option": "card"}, {"entry": 1}, {"option": "card"}, {"text": "a", "entry": 1}, {}):
        status, answer = await page.call("POST", "/entries", {"client_id": "c1", **body})
        assert (status, answer["code"]) == (400, "malformed"), body
