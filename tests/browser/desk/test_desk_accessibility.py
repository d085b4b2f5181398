"""axe on every screen, in both colour schemes and three sizes; nothing to scroll sideways."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from journal.entries import AuthorKind, Conversation, Kind
from tests.browser.desk.conftest import SignIn
from tests.browser.desk.running_desk import RunningDesk

SIZES = [(1440, 900), (768, 1024), (390, 844)]

pytestmark = pytest.mark.browser


def violations(page: Page) -> list[tuple[str, list]]:
    """Run axe."""
    return [(one["id"], [node["target"] for node in one["nodes"]]) for one in Axe().run(page).response["violations"]]


def overflows(page: Page) -> int:
    """Give how far the page scrolls sideways."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def everything(desk: RunningDesk) -> Conversation:
    """A conversation that shows every kind of line."""
    one = desk.somebody("Bonjour, mon n° est le 2 84 03 86 194 001 59", member="demo-1")
    system, assistant = AuthorKind.SYSTEM, AuthorKind.ASSISTANT
    desk.write(one, assistant, Kind.TEXT, {"text": "**Oui** :\n- un\n- deux", "topic": "remb_suivi", "buttons": [{"title": "Oui"}]})
    desk.write(one, assistant, Kind.CARD, {"card": "summary", "text": "Récapitulatif", "data": {"fields": [{"label": "Ville", "value": "Poitiers"}]}})
    desk.write(one, AuthorKind.MEMBER, Kind.CHOICE, {"text": "Oui"})
    desk.write(one, system, Kind.SAFETY, {"topic": "detresse", "text": "Vous n'êtes pas seul.", "numbers": [{"number": "3114", "label": "jour et nuit"}]})
    for status in ("done", "refused"):
        desk.write(one, system, Kind.ACT_RESULT, {"status": status, "text": "Changement d'adresse"})
    desk.write(one, system, Kind.PROMISE_BROKEN, {"what": "wait"})
    return desk.ask(one)


def crowd(desk: RunningDesk) -> None:
    """Some of each queue, on time, at risk and late."""
    desk.waiting()
    desk.waiting(queue="urgent")
    for hours in (-3, 4, 30):
        one, due = desk.somebody("x"), datetime.now(UTC) + timedelta(hours=hours)
        desk.wait(desk.journal.to_written(one.id, due_at=due, due_on=due.date(), subject="Un objet assez long pour ne pas tenir sur une seule ligne"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_screen_of_the_desk_has_a_fault_axe_can_find(desk: RunningDesk, sign_in: SignIn, scheme: str):
    """Queues, waiting, held, each panel open, file, help, refusals, register: zero violations."""
    crowd(desk)
    conversation, page = everything(desk), sign_in("nadia", color_scheme=scheme)
    here = f"{desk.url}/conversations/{conversation.id}"
    found = {}

    def look(name: str) -> None:
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            if faults := violations(page):
                found[name, width] = faults
            if overflows(page) > 0:
                found[name, width, "sideways"] = overflows(page)
    look("queues")
    page.goto(here)
    look("waiting")
    page.get_by_role("button", name="Prendre cette conversation").click()
    expect(page.locator("#member-content")).to_contain_text("Moreau")
    look("held")
    page.goto(f"{here}#file")
    look("file")
    page.goto(here)
    page.set_viewport_size({"width": 1440, "height": 900})
    for panel in ("note", "give-back", "written", "transfer", "close"):
        page.locator(f"#act-{panel} summary").click()
        look(f"panel {panel}")
    for path in ("/help", "/audit", "/conversations/c_nope"):
        page.goto(f"{desk.url}{path}")
        look(path)

    assert found == {}


def test_the_door_has_no_fault_either(desk: RunningDesk, desk_browser):
    """Before and after a wrong password."""
    page = desk_browser.new_page()
    page.goto(f"{desk.url}/sign-in")
    before = violations(page)
    page.get_by_label("Identifiant").fill("camille")
    page.get_by_label("Mot de passe").fill("pas le bon")
    page.get_by_role("button", name="Se connecter").click()
    expect(page.get_by_role("alert")).to_have_text("Identifiant ou mot de passe incorrect.")
    after = violations(page)
    page.close()

    assert before == after == []


def test_the_desk_fits_a_width_of_320_pixels(desk: RunningDesk, sign_in: SignIn):
    """What 400 % of zoom gives on a common screen (WCAG 1.4.10)."""
    crowd(desk)
    conversation, page = everything(desk), sign_in(viewport={"width": 320, "height": 640})
    seen = {"queues": overflows(page)}
    page.goto(f"{desk.url}/conversations/{conversation.id}")
    seen["conversation"] = overflows(page)
    page.get_by_role("link", name="Dossier").click()
    expect(page.locator("#handoff-file")).to_be_in_viewport()
    seen["file"] = overflows(page)

    assert seen == {"queues": 0, "conversation": 0, "file": 0}


def test_without_motion_when_asked_and_focus_always_in_sight(desk: RunningDesk, sign_in: SignIn):
    """Nothing moves for those whom it makes sick; the keyboard's place is always drawn."""
    page, conversation = sign_in(reduced_motion="reduce"), desk.waiting()
    page.goto(f"{desk.url}/conversations/{conversation.id}")
    for _ in range(12):
        page.keyboard.press("Tab")
        style = page.evaluate("(() => { const s = getComputedStyle(document.activeElement); return [s.outlineStyle, parseFloat(s.outlineWidth)] })()")
        assert style[0] == "solid"
        assert style[1] >= 2
    moving = page.evaluate("document.getAnimations().length")

    assert moving == 0
