"""Opening, closing, coming back."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import BrowserContext, Route, expect

from tests.browser.widget.visitor import Visitor
from tests.browser.widget.widget_gateway import RunningGateway

pytestmark = pytest.mark.browser


def stored(visitor: Visitor) -> list[str]:
    """Name everything the browser keeps for the page."""
    names = visitor.page.evaluate("() => [...Object.keys(localStorage), ...Object.keys(sessionStorage), document.cookie].filter(Boolean)")
    return [str(name) for name in names]


def test_before_the_member_opens_it_nothing_is_stored_or_asked(visitor: Visitor, gateway: RunningGateway) -> None:
    """A tracker set before the click would need consent; a request would tell who merely read the page."""
    visitor.page.wait_for_timeout(300)

    assert gateway.served == ["GET /chat.js"]
    assert stored(visitor) == []
    expect(visitor.launcher).to_have_accessible_name(re.compile("Besoin d’aide"))


def test_opening_greets_as_an_automatic_assistant_with_four_buttons(member: Visitor) -> None:
    """The law asks that one knows at once that no person is there."""
    expect(member.log).to_contain_text("un programme informatique, pas une personne")
    expect(member.panel.locator(".speaker")).to_have_text("Assistant automatique")
    expect(member.log.get_by_role("button")).to_have_count(4)
    expect(member.panel).to_contain_text("ni numéro de Sécurité sociale, ni coordonnées bancaires, ni détail médical")
    expect(member.panel.locator(".bar").get_by_role("button", name="Parler à un conseiller")).to_be_visible()


def test_it_works_under_a_strict_security_policy(member: Visitor) -> None:
    """No inline script or style, no eval, trusted types: the browser would have complained."""
    member.write("Bonjour")
    expect(member.log).to_contain_text("Bonjour")

    assert member.complaints == []
    assert member.panel.evaluate("panel => getComputedStyle(panel).position") == "fixed"


def test_the_pages_own_styles_do_not_come_in(member: Visitor) -> None:
    """The insurer's page makes its buttons red and its letters wide: not ours."""
    button = member.log.get_by_role("button").first

    assert button.evaluate("node => getComputedStyle(node).letterSpacing") == "normal"
    assert button.evaluate("node => getComputedStyle(node).backgroundColor") != "rgb(255, 0, 0)"
    assert member.launcher.evaluate("node => getComputedStyle(node).letterSpacing") == "normal"


def test_the_focus_goes_to_the_field_and_back_to_the_button(visitor: Visitor) -> None:
    """Somebody without a mouse must never wonder where he is."""
    visitor.launcher.focus()
    visitor.page.keyboard.press("Enter")
    expect(visitor.field).to_be_focused()
    expect(visitor.panel).to_have_attribute("aria-modal", "false")

    visitor.page.keyboard.press("Escape")

    expect(visitor.panel).to_be_hidden()
    expect(visitor.launcher).to_be_focused()


def test_escape_closes_the_innermost_thing_first(member: Visitor) -> None:
    """Closing a menu must not close the conversation."""
    member.button("Menu").click()
    member.page.keyboard.press("Escape")
    expect(member.button("Menu")).to_be_focused()
    expect(member.panel).to_be_visible()

    member.button("Menu").click()
    member.button("Effacer la conversation").click()
    expect(member.page.get_by_role("alertdialog")).to_be_visible()
    member.page.keyboard.press("Escape")
    expect(member.page.get_by_role("alertdialog")).to_be_hidden()
    expect(member.panel).to_be_visible()


def test_the_next_page_of_the_site_continues_the_same_conversation(member: Visitor, gateway: RunningGateway) -> None:
    """Nobody repeats a question because he followed a link; and his focus stays where it was."""
    member.write("Ma première question")
    expect(member.panel.locator(".fate")).to_contain_text("Envoyé")
    gateway.answer(member.conversation, "Ma réponse.")
    before = member.conversation

    member.page.reload()

    expect(member.log).to_contain_text("Ma réponse.")
    expect(member.panel.locator(".connection")).to_have_text("Connecté")
    assert member.conversation == before
    assert member.said()[1:] == ["Ma première question", "Ma réponse."]
    assert member.announced() == []
    expect(member.field).not_to_be_focused()
    assert gateway.conversations() == 1


def test_a_closed_chat_stays_closed_on_the_next_page(member: Visitor, gateway: RunningGateway) -> None:
    """What was put away stays put away, and asks nothing."""
    member.button("Fermer la messagerie").click()
    gateway.served.clear()
    member.page.reload()
    expect(member.launcher).to_be_visible()
    member.page.wait_for_timeout(300)

    assert [call for call in gateway.served if "chat.js" not in call or "insurer" in call] == []


def test_two_tabs_opened_at_once_are_one_conversation(context: BrowserContext, gateway: RunningGateway) -> None:
    """Two tabs of one member are one member."""
    first, second = (Visitor(context.new_page(), gateway).arrive() for _ in range(2))
    first.launcher.click()
    second.launcher.click()
    expect(first.log).to_contain_text("Bonjour")
    expect(second.log).to_contain_text("Bonjour")

    first.write("Écrit dans le premier")
    expect(second.log).to_contain_text("Écrit dans le premier")
    assert gateway.conversations() == 1


def lose_the_first_opening(visitor: Visitor) -> list[str]:
    """Let the gateway open a conversation whose answer never arrives; gives the openings asked for, as they come."""
    asked: list[str] = []

    def lose(route: Route) -> None:
        if route.request.method != "POST":
            return route.continue_()
        asked.append(str(route.request.post_data))
        if len(asked) > 1:
            return route.continue_()
        route.fetch()
        return route.abort()

    visitor.page.context.route("**/api/v1/conversations", lose)
    return asked


def test_an_opening_whose_answer_is_lost_is_tried_again_and_stays_one_conversation(visitor: Visitor, gateway: RunningGateway) -> None:
    """A slow line must not leave an empty conversation behind for the insurer to wonder about."""
    asked = lose_the_first_opening(visitor)
    visitor.open()

    assert len(asked) == 2
    assert asked[0] == asked[1]
    assert gateway.conversations() == 1
    assert len(visitor.said()) == 1
    assert [name for name in stored(visitor) if name.endswith(":opening")] == []


def test_who_reloads_before_the_answer_finds_the_same_conversation(visitor: Visitor, gateway: RunningGateway) -> None:
    """Impatience is what a page that does not answer gets."""
    lose_the_first_opening(visitor)
    visitor.launcher.click()
    expect(visitor.panel).to_contain_text("Connexion impossible pour l’instant")
    visitor.page.reload()
    expect(visitor.log).to_contain_text("assistant automatique")

    assert gateway.conversations() == 1


def test_an_opening_given_up_for_another_tab_is_the_same_conversation(visitor: Visitor, gateway: RunningGateway) -> None:
    """The first tab heard nothing and is closed; the second asks for the same."""
    lose_the_first_opening(visitor)
    visitor.launcher.click()
    expect(visitor.panel).to_contain_text("Connexion impossible pour l’instant")
    second = Visitor(visitor.page.context.new_page(), gateway).arrive()
    visitor.page.close()
    second.open()

    assert gateway.conversations() == 1


def test_a_gateway_that_is_away_is_said_and_tried_again(visitor: Visitor, gateway: RunningGateway) -> None:
    """What is typed meanwhile is kept and leaves when it can."""
    visitor.open()
    visitor.call("chat.signOut()")
    gateway.cut()
    visitor.launcher.click()
    expect(visitor.panel).to_contain_text("Connexion impossible pour l’instant")
    visitor.write("Écrit pendant la panne")

    gateway.restore()

    expect(visitor.log).to_contain_text("assistant automatique", timeout=15_000)
    expect(visitor.panel.locator(".fate")).to_contain_text("Envoyé", timeout=15_000)
    assert [entry.body["text"] for entry in gateway.entries(visitor.conversation) if entry.body][1:] == ["Écrit pendant la panne"]
