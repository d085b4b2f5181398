"""The desk in a real browser, while things happen."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk.conftest import SignIn
from tests.browser.desk.running_desk import RunningDesk

pytestmark = pytest.mark.browser


def hold(page: Page, desk: RunningDesk, conversation) -> None:
    """Open a conversation and take it."""
    page.goto(f"{desk.url}/conversations/{conversation.id}")
    page.get_by_role("button", name="Prendre cette conversation").click()
    expect(page.locator("#reply")).to_be_focused()


def test_somebody_new_appears_is_announced_and_counted_in_the_title(desk: RunningDesk, sign_in: SignIn):
    """The advisor looks elsewhere: the list, the voice and the tab's title tell him."""
    page = sign_in()
    expect(page.locator("#queues-content")).to_contain_text("Personne n'attend.")
    desk.waiting()

    expect(page.locator("[data-waiting]")).to_have_count(1)
    expect(page.locator("#announcements")).to_have_text("Une nouvelle conversation attend.")
    expect(page).to_have_title("(1) Conversations – Poste des conseillers – Mutuelle de Poitiers")


def test_a_members_line_arrives_without_touching_what_is_being_typed(desk: RunningDesk, sign_in: SignIn):
    """The cursor stays where it is, and the words too."""
    page, conversation = sign_in(), desk.waiting("Bonjour")
    hold(page, desk, conversation)
    page.locator("#reply").type("Je cherche votre doss")
    desk.say(conversation, "Vous êtes toujours là ?")

    expect(page.locator("#thread")).to_contain_text("Vous êtes toujours là ?")
    expect(page.locator("#reply")).to_be_focused()
    page.keyboard.type("ier")
    expect(page.locator("#reply")).to_have_value("Je cherche votre dossier")


def test_a_reply_is_sent_without_leaving_the_page_and_the_box_is_empty_again(desk: RunningDesk, sign_in: SignIn):
    """Ctrl + Entrée, and one goes on."""
    page, conversation = sign_in(), desk.waiting()
    hold(page, desk, conversation)
    page.keyboard.type("Bonjour, je regarde.")
    page.keyboard.press("Control+Enter")

    expect(page.locator("article.advisor")).to_contain_text("Bonjour, je regarde.")
    expect(page.locator("#reply")).to_have_value("")
    expect(page.locator("#reply")).to_be_focused()


def test_a_draft_survives_a_reload_and_another_conversation(desk: RunningDesk, sign_in: SignIn):
    """Nothing typed is lost, and no draft lands in the wrong conversation."""
    page, first, second = sign_in(), desk.waiting("un"), desk.waiting("deux")
    hold(page, desk, first)
    page.keyboard.type("brouillon pour le premier")
    hold(page, desk, second)
    expect(page.locator("#reply")).to_have_value("")
    page.goto(f"{desk.url}/conversations/{first.id}")

    expect(page.locator("#reply")).to_have_value("brouillon pour le premier")


def test_when_the_floor_is_lost_the_words_stay_in_sight(desk: RunningDesk, sign_in: SignIn):
    """The other tab gave the conversation back: no text vanishes, no text is sent."""
    page, conversation = sign_in(), desk.waiting()
    hold(page, desk, conversation)
    page.keyboard.type("une longue réponse")
    other = page.context.new_page()
    other.goto(f"{desk.url}/conversations/{conversation.id}")
    other.locator("summary", has_text="Rendre à l'assistant").click()
    other.get_by_role("button", name="Rendre à l'assistant").click()

    expect(page.get_by_label("Votre texte n’a pas été envoyé.")).to_have_value("une longue réponse")
    expect(page.locator("#conversation-head")).to_contain_text("L'assistant a la main")


def test_a_lost_network_keeps_the_text_and_says_so(desk: RunningDesk, sign_in: SignIn):
    """The advisor tries again with the same words; they arrive once."""
    page, conversation = sign_in(), desk.waiting()
    hold(page, desk, conversation)
    page.keyboard.type("message fragile")
    page.context.set_offline(True)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("alert")).to_contain_text("Votre texte est gardé")
    expect(page.locator("#reply")).to_have_value("message fragile")
    page.context.set_offline(False)
    page.get_by_role("button", name="Envoyer", exact=True).click()

    expect(page.locator("article.advisor")).to_have_count(1)


def test_the_member_file_shows_beside_the_conversation_one_holds(desk: RunningDesk, sign_in: SignIn):
    """Name, contracts, reimbursements, requests: without asking the member."""
    page, conversation = sign_in(), desk.waiting(member="demo-1")
    hold(page, desk, conversation)

    expect(page.locator("#member-content")).to_contain_text("Mme Camille Moreau")
    expect(page.locator("#member-content")).to_contain_text("30,50\u00a0€")


def test_the_slower_of_two_advisors_reads_who_was_quicker(desk: RunningDesk, sign_in: SignIn):
    """Both look at the same waiting person; one button works."""
    camille, hugo, conversation = sign_in("camille"), sign_in("hugo", java_script_enabled=False), desk.waiting()
    hugo.goto(f"{desk.url}/conversations/{conversation.id}")
    hold(camille, desk, conversation)
    hugo.get_by_role("button", name="Prendre cette conversation").click()

    expect(hugo.get_by_role("heading", level=1)).to_have_text("Camille a déjà pris cette conversation.")


def test_the_member_is_seen_typing(desk: RunningDesk, sign_in: SignIn):
    """One does not talk over somebody who is writing."""
    page, conversation = sign_in(), desk.waiting()
    hold(page, desk, conversation)
    page.wait_for_timeout(300)
    desk.wait(desk.journal.bell.ring(conversation.id, {"type": "typing", "who": "member", "name": None}))

    expect(page.locator("#typing")).to_have_text("Le sociétaire écrit…")


def test_a_second_tab_hears_the_news_through_the_first(desk: RunningDesk, sign_in: SignIn):
    """Browsers allow few connections: ten tabs must not freeze the desk."""
    page = sign_in()
    tabs = [page.context.new_page() for _ in range(7)]
    for tab in tabs:
        tab.goto(f"{desk.url}/")
    desk.waiting()

    for tab in (page, *tabs):
        expect(tab.locator("[data-waiting]")).to_have_count(1)
