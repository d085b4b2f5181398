"""What the insurer's page can ask, hear, and change."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from journal.entries import AuthorKind
from tests.browser.widget.visitor import Visitor
from tests.browser.widget.widget_gateway import RunningGateway

pytestmark = pytest.mark.browser

NAMES = ("open", "close", "message", "unread", "signin")
LISTEN = f"window.heard = []; for (const name of {list(NAMES)}) document.addEventListener('insurer-chat-' + name, event => heard.push([name, event.detail]))"


def test_the_page_can_ask_a_question_for_its_member(visitor: Visitor, gateway: RunningGateway) -> None:
    """A link « une question sur ce remboursement ? » opens the chat with the question."""
    visitor.call("chat.ask('Une question sur ma carte')")

    expect(visitor.panel.locator(".fate")).to_contain_text("Envoyé")
    words = [entry.body["text"] for entry in gateway.entries(visitor.conversation) if entry.author is AuthorKind.MEMBER and entry.body]
    assert words == ["Une question sur ma carte"]


def test_events_tell_that_something_happened_never_what(visitor: Visitor, gateway: RunningGateway) -> None:
    """The insurer's audience measure must not receive a member's words."""
    visitor.page.evaluate(LISTEN)
    visitor.open().write("Mon secret")
    gateway.answer(visitor.conversation, "Ma réponse secrète.")
    expect(visitor.log).to_contain_text("Ma réponse")
    visitor.call("chat.close()")
    heard = visitor.page.evaluate("JSON.stringify(heard)")

    assert "secr" not in heard
    assert visitor.page.evaluate("heard.map(([name]) => name)") == ["open", "message", "message", "close"]
    assert visitor.page.evaluate("heard[2][1]") == {"author": "assistant", "kind": "text"}


def test_an_answer_that_comes_while_closed_is_counted_on_the_button(member: Visitor, gateway: RunningGateway) -> None:
    """Somebody who reads another page sees that he was answered, and hears it."""
    member.page.evaluate(LISTEN)
    member.call("chat.close()")
    gateway.answer(member.conversation, "Voici votre réponse.")

    expect(member.launcher.locator(".badge")).to_have_text("1")
    expect(member.launcher).to_have_accessible_name("Besoin d’aide ? Nouveau message")
    assert any("Voici votre réponse" in text for text in member.announced())
    member.launcher.click()
    expect(member.launcher.locator(".badge")).to_be_hidden()
    assert [detail for name, detail in member.page.evaluate("heard") if name == "unread"] == [{"count": 1}, {"count": 0}]


def test_the_conversation_can_be_kept(member: Visitor, tmp_path: Path) -> None:
    """A dated copy, complete, that opens anywhere."""
    member.write("À garder")
    expect(member.panel.locator(".fate")).to_contain_text("Envoyé")
    member.button("Menu").click()
    with member.page.expect_download() as waiting:
        member.button("Télécharger la conversation").click()
    waiting.value.save_as(tmp_path / "copy.html")

    assert waiting.value.suggested_filename.startswith("conversation-20")
    assert "À garder" in (tmp_path / "copy.html").read_text()


def test_erasing_is_confirmed_then_done_everywhere(member: Visitor, gateway: RunningGateway) -> None:
    """The words leave the record, the screen and the device; one can begin again at once."""
    member.write("À effacer")
    expect(member.panel.locator(".fate")).to_contain_text("Envoyé")
    conversation = member.conversation
    member.button("Menu").click()
    member.button("Effacer la conversation").click()
    member.button("Garder").click()
    expect(member.log).to_contain_text("À effacer")
    member.button("Menu").click()
    member.button("Effacer la conversation").click()
    member.button("Effacer", exact=True).click()

    expect(member.panel).to_contain_text("La conversation est effacée")
    expect(member.log).not_to_contain_text("À effacer")
    assert not any("À effacer" in str(entry.body) for entry in gateway.entries(conversation))
    member.write("Une autre question")
    expect(member.panel.locator(".fate")).to_contain_text("Envoyé")
    assert member.conversation != conversation


def test_the_page_may_place_name_and_colour_it(visitor: Visitor) -> None:
    """A pale accent still gives words one can read."""
    visitor.arrive('data-accent="#ffe14d" data-label="Écrire à votre mutuelle" data-side="left"')
    expect(visitor.launcher).to_have_text("Écrire à votre mutuelle")
    box = visitor.launcher.bounding_box()
    assert box is not None
    assert box["x"] < 100
    visitor.open()

    assert visitor.accessibility_faults() == []
    assert visitor.panel.locator(".header").evaluate("node => getComputedStyle(node).backgroundColor") == "rgb(255, 225, 77)"


def test_on_a_phone_it_takes_the_whole_screen_and_gives_it_back(visitor: Visitor) -> None:
    """A small window in a small screen serves nobody."""
    visitor.page.emulate_media(reduced_motion="reduce")
    visitor.page.set_viewport_size({"width": 360, "height": 740})
    visitor.open()
    assert visitor.panel.bounding_box() == {"x": 0, "y": 0, "width": 360, "height": 740}
    visitor.button("Fermer la messagerie").click()

    expect(visitor.panel).to_be_hidden()
    expect(visitor.page.get_by_role("link", name="Un lien avant")).to_be_visible()


def test_the_app_shows_it_as_a_page(visitor: Visitor) -> None:
    """The same modules, without a button to open or to close."""
    visitor.arrive('data-display="page"')
    expect(visitor.log).to_contain_text("assistant automatique")
    visitor.page.keyboard.press("Escape")

    expect(visitor.panel).to_be_visible()
    expect(visitor.launcher).to_be_hidden()


def test_a_chat_that_cannot_be_loaded_says_so(visitor: Visitor, gateway: RunningGateway) -> None:
    """A button that does nothing is worse than a sentence; the next press tries again."""
    visitor.page.route("**/widget/insurer-chat.js*", lambda route: route.abort())
    visitor.launcher.click()
    expect(visitor.page.get_by_role("alert")).to_contain_text("n’a pas pu s’ouvrir")
    visitor.page.unroute("**/widget/insurer-chat.js*")
    visitor.launcher.click()

    expect(visitor.log).to_contain_text("assistant automatique")
