"""Signing in, renewing, signing out, another device, a shared one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.browser.widget.visitor import Visitor
from tests.browser.widget.widget_gateway import RunningGateway, token_for

pytestmark = pytest.mark.browser

MAKE_TOKENS = """async () => {
  window.asked = 0
  await document.querySelector('insurer-chat').signIn(async () => {
    window.asked += 1
    const now = Math.floor(Date.now() / 1000)
    return 'e30.' + btoa(JSON.stringify({ sub: 'm1', iat: now, exp: now + 12 })).replace(/=+$/, '') + '.signed'
  })
}"""
"""Tokens of twelve seconds, made by the page as often as it is asked."""


def sign_in(visitor: Visitor, token: str) -> None:
    """Do what the insurer's page does when its member is signed in."""
    visitor.page.evaluate("token => { window.asked = 0; return document.querySelector('insurer-chat').signIn(() => { window.asked += 1; return token }) }", token)


def level(visitor: Visitor, gateway: RunningGateway) -> tuple[str | None, int]:
    """Read who the record says is there."""
    known = gateway.run(gateway.journal.conversation(visitor.conversation))
    return known.member_id, known.identity.level_at(gateway.journal.clock.now())


def test_signing_in_halfway_keeps_the_conversation(member: Visitor, gateway: RunningGateway) -> None:
    """What was said before is not lost, and is now the member's."""
    member.write("Où en est mon remboursement ?")
    expect(member.panel.locator(".fate")).to_contain_text("Envoyé")
    sign_in(member, token_for("m1"))

    expect(member.log).to_contain_text("Votre identité est vérifiée.")
    assert level(member, gateway) == ("m1", 1)
    assert gateway.conversations() == 1


def test_signing_in_before_opening_asks_nothing_until_the_member_opens(visitor: Visitor, gateway: RunningGateway) -> None:
    """A page signs in at each load; who does not open the chat leaves no trace in it."""
    sign_in(visitor, token_for("m1"))
    visitor.page.wait_for_timeout(200)
    assert gateway.served == ["GET /chat.js"]
    assert visitor.page.evaluate("window.asked") == 0

    visitor.open()

    assert level(visitor, gateway) == ("m1", 1)


def test_the_token_is_renewed_before_it_expires_and_nobody_notices(member: Visitor, gateway: RunningGateway) -> None:
    """A session of an hour is many tokens and one conversation."""
    member.page.evaluate(MAKE_TOKENS)
    expect(member.log).to_contain_text("Votre identité est vérifiée.")
    for _ in range(150):
        if member.page.evaluate("window.asked") >= 3:
            break
        member.page.wait_for_timeout(100)
    assert member.page.evaluate("window.asked") >= 3
    member.write("Toujours là")

    expect(member.panel.locator(".fate")).to_contain_text("Envoyé")
    assert level(member, gateway) == ("m1", 1)
    assert member.panel.locator(".trouble").is_hidden()


def test_after_a_reload_the_conversation_waits_for_its_member(member: Visitor, gateway: RunningGateway) -> None:
    """The page calls signIn as it loads: the same conversation comes back."""
    sign_in(member, token_for("m1"))
    expect(member.log).to_contain_text("Votre identité est vérifiée.")
    member.page.reload()
    sign_in(member, token_for("m1"))
    member.write("Me revoilà")

    expect(member.panel.locator(".fate")).to_contain_text("Envoyé")
    assert gateway.conversations() == 1


def test_a_members_conversation_is_not_shown_to_whoever_comes_next(member: Visitor, gateway: RunningGateway) -> None:
    """A tablet lent: the secret alone opens nothing any more once the token has ended."""
    member.write("Mon secret médical")
    sign_in(member, token_for("m1", timedelta(seconds=4)))
    expect(member.log).to_contain_text("Votre identité est vérifiée.")
    member.page.wait_for_timeout(4_500)
    member.page.reload()

    expect(member.panel).to_contain_text("Cette conversation est protégée")
    expect(member.panel).not_to_contain_text("Mon secret médical")
    member.button("Nouvelle conversation").click()
    expect(member.log).to_contain_text("assistant automatique")
    assert gateway.conversations() == 2


def test_signing_out_leaves_nothing_on_the_device(member: Visitor, gateway: RunningGateway) -> None:
    """Token, level, words on the screen, key, draft."""
    sign_in(member, token_for("m1"))
    expect(member.log).to_contain_text("Votre identité est vérifiée.")
    conversation = member.conversation
    member.field.fill("Un brouillon")
    member.call("chat.signOut()")

    expect(member.panel).to_be_hidden()
    assert member.page.evaluate("() => [...Object.values(localStorage), ...Object.values(sessionStorage)]") == []
    assert gateway.run(gateway.journal.conversation(conversation)).identity.level_at(gateway.journal.clock.now()) == 0
    member.open()
    assert len(member.said()) == 1
    assert member.field.input_value() == ""


def test_signing_out_in_one_tab_empties_the_other(member: Visitor, gateway: RunningGateway) -> None:
    """One person leaves: all of his tabs do."""
    member.write("Visible dans les deux")
    other = Visitor(member.page.context.new_page(), gateway).arrive()
    other.launcher.click()
    expect(other.log).to_contain_text("Visible dans les deux")
    member.call("chat.signOut()")

    expect(other.log).not_to_contain_text("Visible dans les deux")


def test_another_device_of_the_member_finds_the_conversation(browser: Browser, member: Visitor, gateway: RunningGateway) -> None:
    """Begun on the phone, ended on the computer."""
    member.write("Commencé ici")
    sign_in(member, token_for("m1"))
    expect(member.log).to_contain_text("Votre identité est vérifiée.")
    context = browser.new_context(locale="fr-FR")
    other = Visitor(context.new_page(), gateway).arrive()
    sign_in(other, token_for("m1"))
    other.open()

    expect(other.log).to_contain_text("Commencé ici")
    other.write("Continué là")
    expect(member.log).to_contain_text("Continué là")
    context.close()
    assert gateway.conversations() == 1


def test_another_member_on_the_same_device_gets_his_own_conversation(member: Visitor, gateway: RunningGateway) -> None:
    """A conversation never changes hands."""
    member.write("Les affaires de m1")
    sign_in(member, token_for("m1"))
    expect(member.log).to_contain_text("Votre identité est vérifiée.")
    sign_in(member, token_for("m2"))

    expect(member.log).not_to_contain_text("Les affaires de m1")
    expect(member.log).to_contain_text("assistant automatique")
    assert level(member, gateway) == ("m2", 1)


def test_a_button_that_needs_a_sign_in_asks_the_page(member: Visitor, gateway: RunningGateway) -> None:
    """The chat never asks for a password: the insurer's page signs its members in."""
    member.page.evaluate("""token => document.addEventListener('insurer-chat-signin', event => {
      event.preventDefault(); event.target.signIn(() => token) })""", token_for("m1"))
    gateway.answer(member.conversation, "Pour voir vos décomptes :", {"id": "s", "title": "Me connecter", "act": "sign_in"})
    member.log.get_by_role("button", name="Me connecter").click()

    expect(member.log).to_contain_text("Votre identité est vérifiée.")
    expect(member.log.get_by_role("button", name="Me connecter")).to_be_disabled()


def test_a_page_that_does_not_sign_in_says_where_it_is_done(member: Visitor, gateway: RunningGateway) -> None:
    """A button never does nothing."""
    gateway.answer(member.conversation, "Pour voir vos décomptes :", {"id": "s", "title": "Me connecter", "act": "sign_in"})
    member.log.get_by_role("button", name="Me connecter").click()

    expect(member.panel.locator(".banner")).to_contain_text("La connexion se fait sur le site de votre mutuelle")


def test_the_members_conversations_are_listed_and_one_can_be_opened(member: Visitor, gateway: RunningGateway) -> None:
    """Earlier ones are beside this one."""
    member.write("La première")
    sign_in(member, token_for("m1"))
    expect(member.log).to_contain_text("Votre identité est vérifiée.")
    member.button("Menu").click()
    member.button("Nouvelle question").click()
    expect(member.log).not_to_contain_text("La première")
    expect(member.log).to_contain_text("assistant automatique")
    member.button("Menu").click()
    member.button("Mes conversations").click()
    sheet = member.page.get_by_role("alertdialog", name="Mes conversations")
    expect(sheet.locator(".conversation")).to_have_count(2)
    sheet.locator(".conversation:not([aria-current])").click()

    expect(member.log).to_contain_text("La première")


def menu_of(visitor: Visitor) -> list[str]:
    """Open the menu, read what it offers about who is there, and close it."""
    visitor.button("Menu").click()
    about = ("Me connecter", "Me déconnecter", "Mes conversations")
    shown = [name for name in about if visitor.panel.locator(".menu").get_by_role("button", name=name).is_visible()]
    visitor.page.keyboard.press("Escape")
    return shown


def everything_in(visitor: Visitor) -> str:
    """Read every word the chat holds, shown or not, and every value the browser keeps."""
    return str(visitor.page.evaluate("""() => {
      const root = document.querySelector('insurer-chat').shadowRoot
      const fields = [...root.querySelectorAll('textarea')].map((one) => one.value)
      return JSON.stringify([root.textContent, fields, Object.values(localStorage), Object.values(sessionStorage)])
    }"""))


def test_the_menu_offers_what_fits_who_is_there(member: Visitor) -> None:
    """« Me connecter » to who is not signed in, « Me déconnecter » to who is; never both, never neither."""
    assert menu_of(member) == ["Me connecter"]
    sign_in(member, token_for("m1"))
    expect(member.log).to_contain_text("Votre identité est vérifiée.")

    assert menu_of(member) == ["Me déconnecter", "Mes conversations"]


def test_the_menu_signs_in_by_the_page(member: Visitor, gateway: RunningGateway) -> None:
    """The line does what it says."""
    member.page.evaluate("""token => document.addEventListener('insurer-chat-signin', event => {
      event.preventDefault(); event.target.signIn(() => token) })""", token_for("m1"))
    member.button("Menu").click()
    member.button("Me connecter").click()

    expect(member.log).to_contain_text("Votre identité est vérifiée.")
    assert level(member, gateway) == ("m1", 1)


def test_a_page_whose_member_is_not_there_any_more_is_not_called_signed_in(member: Visitor) -> None:
    """The site's own session has ended: the chat has no token to show, and says so by what it offers."""
    member.page.evaluate("() => document.querySelector('insurer-chat').signIn(() => Promise.reject(new Error('signed out')))")
    member.write("Toujours là ?")
    expect(member.panel.locator(".fate")).to_contain_text("Envoyé")

    assert menu_of(member) == ["Me connecter"]


def test_a_sign_in_that_ends_brings_the_menu_back_to_signing_in(member: Visitor) -> None:
    """A token that is not renewed: what needs it is not offered any more."""
    sign_in(member, token_for("m1", timedelta(seconds=4)))
    expect(member.log).to_contain_text("Votre identité est vérifiée.")
    expect(member.panel).to_contain_text("Cette conversation est protégée", timeout=15_000)

    assert menu_of(member) == ["Me connecter"]


def test_signing_out_by_the_menu_tells_the_page_and_leaves_nothing(member: Visitor, gateway: RunningGateway) -> None:
    """The site can sign its member out too: who signs out in one place means to be gone from both."""
    member.page.evaluate("() => { window.told = 0; document.addEventListener('insurer-chat-signout', () => { window.told += 1 }) }")
    sign_in(member, token_for("m1"))
    member.write("Mon secret médical")
    expect(member.panel.locator(".fate")).to_contain_text("Envoyé")
    gateway.answer(member.conversation, "La réponse sur mon secret.")
    expect(member.log).to_contain_text("La réponse sur mon secret.")
    member.field.fill("Un secret de plus")
    member.button("Menu").click()
    member.button("Me déconnecter").click()

    expect(member.panel).to_be_hidden()
    member.page.wait_for_function("window.told === 1")
    assert "secret" not in everything_in(member)
    member.open()
    assert menu_of(member) == ["Me connecter"]
    assert "secret m" not in everything_in(member)
    assert gateway.conversations() == 2


def test_signing_out_closes_the_list_of_conversations(member: Visitor, gateway: RunningGateway) -> None:
    """Their subjects are personal: the list is not there when the chat is opened again."""
    sign_in(member, token_for("m1"))
    expect(member.log).to_contain_text("Votre identité est vérifiée.")
    member.button("Menu").click()
    member.button("Mes conversations").click()
    expect(member.panel.locator(".conversation")).to_have_count(1)
    member.call("chat.signOut()")
    member.open()

    expect(member.panel.locator(".conversation")).to_have_count(0)
    expect(member.panel.locator(".veil")).to_be_hidden()


def test_a_tab_left_open_does_not_sign_in_again_by_itself(member: Visitor, gateway: RunningGateway) -> None:
    """It still had a token in memory: who comes next on this device must not find the member's conversations with it."""
    sign_in(member, token_for("m1"))
    member.write("Mon secret médical")
    expect(member.panel.locator(".fate")).to_contain_text("Envoyé")
    other = Visitor(member.page.context.new_page(), gateway).arrive()
    sign_in(other, token_for("m1"))
    other.open()
    expect(other.log).to_contain_text("Mon secret médical")
    other.field.fill("Un autre secret")
    member.call("chat.signOut()")
    expect(other.log).not_to_contain_text("Mon secret médical")

    other.write("Qui vient ensuite")
    expect(other.panel.locator(".fate")).to_contain_text("Envoyé")
    assert "secret m" not in everything_in(other)
    assert "autre secret" not in everything_in(other)
    assert level(other, gateway) == (None, 0)
    assert menu_of(other) == ["Me connecter"]


def test_signing_out_while_the_conversation_opens_keeps_nothing_of_it(visitor: Visitor, gateway: RunningGateway) -> None:
    """A slow line: the answer comes after the member has gone, and is not kept for who comes next."""
    held: list[Route] = []
    visitor.page.route("**/api/v1/conversations", lambda route: held.append(route) if route.request.method == "POST" else route.continue_())
    sign_in(visitor, token_for("m1"))
    visitor.launcher.click()
    for _ in range(50):
        if held:
            break
        visitor.page.wait_for_timeout(50)
    visitor.call("chat.signOut()")
    with visitor.page.expect_response("**/identity"):
        held[0].continue_()

    assert visitor.page.evaluate("() => Object.keys(localStorage)") == []
    visitor.page.unroute("**/api/v1/conversations")
    visitor.open()
    assert level(visitor, gateway) == (None, 0)
