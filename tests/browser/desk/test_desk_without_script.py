"""Links and forms are enough; the keyboard is enough."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from journal.entries import AuthorKind, Holder, Kind, Mode
from tests.browser.desk.conftest import SignIn
from tests.browser.desk.running_desk import RunningDesk

pytestmark = pytest.mark.browser


def test_a_whole_day_without_any_script(desk: RunningDesk, sign_in: SignIn):
    """Sign in, take, answer, note, convert, answer in writing, close: with nothing but the pages."""
    page, conversation = sign_in(java_script_enabled=False), desk.waiting("Mon remboursement ?", member="demo-1")
    page.get_by_role("button", name="Prendre la suivante").first.click()
    page.get_by_label("Votre réponse au sociétaire").fill("Bonjour, je regarde.")
    page.get_by_role("button", name="Envoyer").click()
    expect(page.locator("article.advisor")).to_contain_text("Bonjour, je regarde.")
    page.locator("summary", has_text="Note privée").click()
    page.get_by_label("Note (le sociétaire ne la voit pas)").fill("À vérifier")
    page.get_by_role("button", name="Garder la note").click()
    expect(page.locator("article.note")).to_contain_text("À vérifier")
    page.get_by_role("link", name="Afficher le dossier").click()
    expect(page.locator("main")).to_contain_text("Mme Camille Moreau")
    page.get_by_role("link", name="Revenir à la conversation").click()
    page.locator("summary", has_text="Passer en demande écrite").click()
    page.get_by_role("button", name="Passer en demande écrite").click()
    expect(page.locator(".done")).to_contain_text("demande écrite")
    page.get_by_role("button", name="Prendre cette conversation").click()
    page.get_by_label("Votre réponse au sociétaire (par écrit)").fill("Voici la réponse.")
    page.get_by_role("button", name="Envoyer et clore").click()
    expect(page.locator(".done")).to_contain_text("la demande est close")
    now = desk.now(conversation)

    assert (now.is_closed, now.mode, now.due_at) == (True, Mode.WRITTEN, None)


def test_a_conversation_opens_at_its_last_line_without_script(desk: RunningDesk, sign_in: SignIn):
    """Long conversations are read from the end."""
    page = sign_in(java_script_enabled=False)
    conversation = desk.ask(desk.somebody(*[f"Ligne numéro {number}, assez longue pour remplir l'écran" for number in range(30)]))
    page.goto(f"{desk.url}/conversations/{conversation.id}")

    expect(page.get_by_text("Ligne numéro 29,", exact=False).first).to_be_in_viewport()


def test_the_desk_is_worked_by_keyboard_alone(desk: RunningDesk, sign_in: SignIn):
    """j, k, Entrée, t, r, n, ?: and letters typed in a text stay letters."""
    page, first = sign_in(), desk.waiting("premier")
    second = desk.waiting("second")
    expect(page.locator("[data-waiting]")).to_have_count(2)
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/conversations/{first.id}")
    page.keyboard.press("t")
    expect(page.locator("#reply")).to_be_focused()
    page.keyboard.type("trk jn?")
    expect(page.locator("#reply")).to_have_value("trk jn?")
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    expect(page.locator("#note")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("Au clavier")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("r")

    expect(page.locator("#reply")).to_be_focused()
    assert desk.now(second).floor.holder is Holder.DESK


def test_hostile_words_never_run(desk: RunningDesk, sign_in: SignIn):
    """In the first page and in what arrives live."""
    hostile = "<img src=x onerror=\"document.title='pwned'\"><script>document.title='pwned'</script>"
    page, conversation = sign_in(), desk.somebody(hostile)
    desk.write(conversation, AuthorKind.ASSISTANT, Kind.TEXT, {"text": hostile, "topic": hostile, "buttons": [{"title": hostile}]})
    desk.ask(conversation)
    page.goto(f"{desk.url}/conversations/{conversation.id}")
    desk.say(conversation, f"live {hostile}")
    expect(page.locator("#thread")).to_contain_text("live <img")

    assert "pwned" not in page.title()
    assert page.locator("#thread img, #thread script").count() == 0
