"""Sending, receiving, losing the network."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.sync_api import BrowserContext, expect

from connectors.core.rates import Limit
from journal.entries import AuthorKind, Kind
from tests.browser.widget.visitor import Visitor
from tests.browser.widget.widget_gateway import GENEROUS, RunningGateway

pytestmark = pytest.mark.browser

YES = {"id": "y", "title": "Oui, regarder", "_payload": "/affirm"}
NO = {"id": "n", "title": "Non merci"}


def members_words(gateway: RunningGateway, conversation: str) -> list[str]:
    """Read what the record holds of the member's words."""
    return [entry.body["text"] for entry in gateway.entries(conversation) if entry.author is AuthorKind.MEMBER and entry.body]


def test_a_message_is_stored_once_and_said_to_be_sent(member: Visitor, gateway: RunningGateway) -> None:
    """The member must know that his words arrived."""
    member.field.fill("Où en est mon remboursement ?")
    member.field.press("Enter")

    expect(member.panel.locator(".fate")).to_contain_text("Envoyé")
    assert members_words(gateway, member.conversation) == ["Où en est mon remboursement ?"]
    expect(member.field).to_have_value("")
    expect(member.field).to_be_focused()


def test_shift_enter_makes_a_new_line_and_nothing_empty_is_sent(member: Visitor, gateway: RunningGateway) -> None:
    """People write in paragraphs, and press keys by mistake."""
    member.field.press("Enter")
    member.field.fill("   ")
    member.field.press("Enter")
    member.field.fill("")
    member.page.keyboard.type("Un")
    member.page.keyboard.press("Shift+Enter")
    member.page.keyboard.type("deux")
    member.page.keyboard.press("Enter")

    expect(member.panel.locator(".fate")).to_contain_text("Envoyé")
    assert members_words(gateway, member.conversation) == ["Un\ndeux"]


def test_a_message_too_long_is_said_before_it_is_sent(member: Visitor, gateway: RunningGateway) -> None:
    """Nothing typed is cut off in silence."""
    member.field.fill("é" * 4_010)
    member.field.press("Enter")

    expect(member.panel).to_contain_text("Message trop long : 10 caractères de trop")
    expect(member.field).to_have_value("é" * 4_010)
    assert members_words(gateway, member.conversation) == []


def test_a_quick_answer_names_its_button_and_is_given_once(member: Visitor, gateway: RunningGateway) -> None:
    """What the button does comes from the record, never from the page."""
    gateway.answer(member.conversation, "Je regarde un décompte ?", YES, NO)
    member.log.get_by_role("button", name="Oui, regarder").dblclick()

    expect(member.panel.locator(".fate")).to_contain_text("Envoyé")
    chosen = gateway.entries(member.conversation)[-1]
    body = chosen.body or {}
    assert (chosen.kind, body["entry"], body["option"]) == (Kind.CHOICE, 2, "y")
    assert len(gateway.entries(member.conversation)) == 3
    expect(member.log.get_by_role("button", name="Oui, regarder")).to_be_disabled()
    expect(member.log.get_by_role("button", name="Non merci")).to_be_disabled()


def test_buttons_are_outdated_by_the_next_offer(member: Visitor, gateway: RunningGateway) -> None:
    """Free words are always possible instead."""
    member.write("Autre chose")
    expect(member.log.get_by_role("button", name="Suivre un remboursement")).to_be_enabled()
    gateway.answer(member.conversation, "Alors ?", YES)

    expect(member.log.get_by_role("button", name="Oui, regarder")).to_be_enabled()
    expect(member.log.get_by_role("button", name="Suivre un remboursement")).to_be_disabled()


def test_a_choice_made_on_another_tab_is_no_longer_offered(context: BrowserContext, member: Visitor, gateway: RunningGateway) -> None:
    """A choice is valid once, whichever device made it."""
    gateway.answer(member.conversation, "Je regarde ?", YES, NO)
    other = Visitor(context.new_page(), gateway).arrive()
    other.launcher.click()
    other.log.get_by_role("button", name="Oui, regarder").click()

    expect(member.log.get_by_role("button", name="Oui, regarder")).to_be_disabled()
    assert member.said() == other.said()


def test_the_typing_sign_shows_only_what_the_server_tells_and_fades(member: Visitor, gateway: RunningGateway) -> None:
    """A sign that lies makes people wait for nobody."""
    sign = member.panel.locator(".typing")
    member.write("Bonjour")
    expect(sign).to_be_hidden()
    gateway.typing(member.conversation)
    expect(sign).to_be_visible()
    expect(sign).to_have_text("L’assistant prépare une réponse")

    expect(sign).to_be_hidden(timeout=7_000)


def test_what_is_written_without_network_leaves_once_it_is_back(member: Visitor, gateway: RunningGateway) -> None:
    """A train enters a tunnel."""
    member.page.context.set_offline(True)
    expect(member.panel.locator(".connection")).to_have_text("Hors ligne")
    member.write("Écrit dans le tunnel")
    expect(member.panel.locator(".fate")).to_contain_text("En attente d’envoi")

    member.page.context.set_offline(False)

    expect(member.panel.locator(".fate")).to_contain_text("Envoyé", timeout=15_000)
    assert members_words(gateway, member.conversation) == ["Écrit dans le tunnel"]


def test_after_a_cut_nothing_is_missing_and_nothing_is_doubled(member: Visitor, gateway: RunningGateway) -> None:
    """The server restarts in the middle of a talk."""
    member.write("Avant la coupure")
    expect(member.panel.locator(".fate")).to_contain_text("Envoyé")
    gateway.cut()
    member.write("Pendant la coupure")
    for number in range(3):
        gateway.answer(member.conversation, f"Réponse {number}")

    gateway.restore()

    expect(member.panel.locator(".connection")).to_have_text("Connecté", timeout=15_000)
    expect(member.panel.locator(".fate")).to_contain_text("Envoyé", timeout=15_000)
    assert member.said()[1:] == ["Avant la coupure", "Réponse 0", "Réponse 1", "Réponse 2", "Pendant la coupure"]
    assert members_words(gateway, member.conversation) == ["Avant la coupure", "Pendant la coupure"]


def test_where_websockets_are_blocked_the_talk_goes_on(visitor: Visitor, gateway: RunningGateway) -> None:
    """A company's proxy often lets nothing but plain requests through."""
    gateway.sockets_refused = True
    visitor.launcher.click()
    expect(visitor.panel.locator(".connection")).to_have_text("Connecté", timeout=15_000)
    visitor.write("Par un autre chemin")
    expect(visitor.panel.locator(".fate")).to_contain_text("Envoyé")
    gateway.answer(visitor.conversation, "Bien reçu.")

    expect(visitor.log).to_contain_text("Bien reçu.")
    assert visitor.said()[1:] == ["Par un autre chemin", "Bien reçu."]


def test_a_draft_survives_a_reload(member: Visitor) -> None:
    """Nothing typed is ever lost."""
    member.field.fill("Je n'ai pas fini ma phr")
    member.page.reload()

    expect(member.field).to_have_value("Je n'ai pas fini ma phr")


def test_an_unsent_message_survives_a_reload(member: Visitor, gateway: RunningGateway) -> None:
    """Nothing sent is ever lost, even when the page goes first."""
    gateway.cut()
    member.write("Envoyé puis rechargé")
    expect(member.panel.locator(".fate")).to_be_visible()
    conversation = member.conversation
    gateway.restore()
    member.page.reload()

    expect(member.panel.locator(".fate")).to_contain_text("Envoyé", timeout=15_000)
    assert members_words(gateway, conversation) == ["Envoyé puis rechargé"]


def test_a_refused_message_keeps_its_words_and_can_be_tried_again(visitor: Visitor, gateway: RunningGateway) -> None:
    """The reason is said in words, and two buttons say what one can do."""
    gateway.cut()
    gateway.limits = replace(GENEROUS, messages=(Limit(1, 2),))
    gateway.restore()
    visitor.open().write("Un").write("Deux")
    failed = visitor.log.locator(".is-failed.message")
    expect(failed).to_contain_text("Message non envoyé.")
    expect(failed).to_contain_text("Patientez un instant")
    expect(failed).to_contain_text("Deux")
    visitor.page.wait_for_timeout(2_100)

    failed.get_by_role("button", name="Réessayer").click()

    expect(visitor.log.locator(".fate").last).to_contain_text("Envoyé")
    assert members_words(gateway, visitor.conversation) == ["Un", "Deux"]


def test_a_refused_message_can_be_dropped(visitor: Visitor, gateway: RunningGateway) -> None:
    """One may also change one's mind."""
    gateway.cut()
    gateway.limits = replace(GENEROUS, messages=(Limit(1, 60),))
    gateway.restore()
    visitor.open().write("Un").write("Deux")
    visitor.log.get_by_role("button", name="Supprimer").click()

    expect(visitor.log).not_to_contain_text("Deux")
    expect(visitor.field).to_be_focused()


def test_the_readers_place_is_not_stolen(member: Visitor, gateway: RunningGateway) -> None:
    """Who reads an earlier answer keeps reading it; a button tells that there is more."""
    for number in range(12):
        gateway.answer(member.conversation, f"Une réponse assez longue pour prendre de la place, numéro {number}.\n\nEt sa suite.")
    expect(member.log).to_contain_text("numéro 11")
    member.log.evaluate("log => { log.scrollTop = 0 }")
    member.page.wait_for_timeout(100)
    gateway.answer(member.conversation, "Une nouvelle.")

    latest = member.button("Nouveau message")
    expect(latest).to_be_visible()
    assert member.log.evaluate("log => log.scrollTop") == 0
    latest.click()
    expect(member.log.get_by_text("Une nouvelle.")).to_be_in_viewport()


def test_a_long_history_comes_by_pages(member: Visitor, gateway: RunningGateway) -> None:
    """A conversation of months opens at once, and nothing of it is out of reach."""
    for number in range(230):
        gateway.answer(member.conversation, f"Réponse {number}.")
    member.page.reload()
    expect(member.log).to_contain_text("Réponse 229.")
    expect(member.log).not_to_contain_text("Réponse 3.")
    member.button("Afficher les messages précédents").click()

    expect(member.log).to_contain_text("Réponse 3.")
    assert len(member.said()) == 231
