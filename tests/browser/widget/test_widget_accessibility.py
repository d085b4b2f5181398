"""RGAA and WCAG 2.2 AA: what a machine can check, and what a keyboard and a small screen show."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.widget.scenes import SCENES, advisor, cards, closed, safety, waiting
from tests.browser.widget.visitor import Visitor
from tests.browser.widget.widget_gateway import RunningGateway

pytestmark = pytest.mark.browser

Scene = Callable[[Visitor, RunningGateway], None]


def visit(browser: Browser, gateway: RunningGateway, **options: Any) -> Visitor:
    """Come with another screen or other preferences."""
    context = browser.new_context(locale="fr-FR", timezone_id="Europe/Paris", **options)
    context.set_default_timeout(8_000)
    return Visitor(context.new_page(), gateway).arrive()


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: str(scene.__name__))
def test_axe_finds_no_fault_in_any_state(browser: Browser, gateway: RunningGateway, scene: Scene) -> None:
    """In both colour schemes; axe finds a part of the faults only, docs/accessibilite.md has the rest."""
    member = visit(browser, gateway, viewport={"width": 1280, "height": 860}, color_scheme="light", reduced_motion="reduce").open()
    scene(member, gateway)
    light = member.accessibility_faults()
    member.page.emulate_media(color_scheme="dark")
    dark = member.accessibility_faults()
    member.page.context.close()

    assert (light, dark) == ([], [])


TOO_WIDE = """panel => [...panel.querySelectorAll('*')].filter(node => {
  const style = getComputedStyle(node)
  const isSeen = !node.closest('.vh, .typing') && style.clipPath === 'none' && !['inline', 'none'].includes(style.display)
  return isSeen && style.overflowX !== 'visible' && node.scrollWidth > node.clientWidth + 1
}).map(node => node.className)"""


@pytest.mark.parametrize("scene", [cards, safety, waiting, closed], ids=lambda scene: str(scene.__name__))
def test_nothing_is_lost_on_the_narrowest_screen(browser: Browser, gateway: RunningGateway, scene: Scene) -> None:
    """320 px is also a wide screen zoomed four times: no sideways scroll, the whole panel on the screen."""
    member = visit(browser, gateway, viewport={"width": 320, "height": 568}, has_touch=True, is_mobile=True).open()
    scene(member, gateway)
    for size in ("normal", "larger"):
        member.panel.evaluate("(panel, size) => { panel.dataset.size = size }", size)
        box = member.panel.bounding_box()

        assert member.panel.evaluate(TOO_WIDE) == [], size
        assert box is not None
        assert (box["x"], box["width"]) == (0, 320)
    member.page.context.close()


def test_targets_are_large_enough_for_a_finger(browser: Browser, gateway: RunningGateway) -> None:
    """44 px on a touch screen, measured on every button shown."""
    member = visit(browser, gateway, viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True).open()
    waiting(member, gateway)
    member.button("Menu").click()
    small = member.panel.evaluate(
        "panel => [...panel.querySelectorAll('button:not(:disabled), summary, .numbers a')].filter(node => node.offsetParent)"
        ".map(node => [node.textContent || node.ariaLabel, node.getBoundingClientRect().height]).filter(([, height]) => height < 43.5)")
    member.page.context.close()

    assert small == []


def test_everything_can_be_done_with_the_keyboard(member: Visitor, gateway: RunningGateway) -> None:
    """Tab goes round the panel and out of it: it is no trap."""
    names = []
    member.panel.evaluate("panel => panel.focus()")
    for _ in range(14):
        member.page.keyboard.press("Tab")
        names.append(member.page.evaluate(
            "() => { const node = document.querySelector('insurer-chat').shadowRoot.activeElement; "
            "return node ? node.ariaLabel || node.textContent || node.id : 'page' }"))

    for expected in ("Menu", "Fermer la messagerie", "Parler à un conseiller", "Suivre un remboursement", "input", "Envoyer", "page"):
        assert expected in names


def test_the_focus_is_seen_on_every_button(member: Visitor) -> None:
    """A thick outline, in the text's colour or the accent."""
    member.panel.evaluate("panel => panel.focus()")
    for _ in range(8):
        member.page.keyboard.press("Tab")
        seen = member.page.evaluate(
            "() => { const node = document.querySelector('insurer-chat').shadowRoot.activeElement; if (!node) return true; "
            "const ring = node.matches('textarea') ? getComputedStyle(node.parentElement).boxShadow !== 'none' "
            ": parseFloat(getComputedStyle(node).outlineWidth) >= 2; return ring }")

        assert seen


def test_each_news_is_said_once(member: Visitor, gateway: RunningGateway) -> None:
    """A screen reader that repeats is one that gets turned off; one's own words are not news."""
    advisor(member, gateway)
    said = [text.replace("\u00a0", " ") for text in member.announced()]

    assert sum("je suis Camille" in text for text in said) == 1
    assert "Vous parlez maintenant à Camille, conseillère." in said
    assert not any("Je veux parler" in text for text in said)
    expect(member.log).to_have_attribute("aria-live", "off")


def test_a_choice_with_the_keyboard_leaves_the_focus_where_one_writes(member: Visitor) -> None:
    """A disabled button loses the focus: it must go somewhere known."""
    member.log.get_by_role("button", name="Comprendre mon décompte").focus()
    member.page.keyboard.press("Enter")

    expect(member.field).to_be_focused()


def test_the_menus_lines_follow_the_arrows_and_the_sheet_keeps_the_focus(member: Visitor) -> None:
    """As in every menu and every question of a system."""
    member.button("Menu").press("Enter")
    expect(member.button("Nouvelle question")).to_be_focused()
    member.page.keyboard.press("ArrowDown")
    expect(member.button("Télécharger la conversation")).to_be_focused()
    member.button("Effacer la conversation").press("Enter")
    for _ in range(3):
        member.page.keyboard.press("Tab")

    expect(member.button("Garder")).to_be_focused()


def test_nothing_moves_for_those_who_ask_it(browser: Browser, gateway: RunningGateway) -> None:
    """Moving dots make some people ill."""
    member = visit(browser, gateway, viewport={"width": 1280, "height": 860}, reduced_motion="reduce").open()
    moving = member.panel.evaluate("panel => panel.getAnimations({ subtree: true }).length")
    member.page.context.close()

    assert moving == 0


def test_forced_colours_keep_borders(browser: Browser, gateway: RunningGateway) -> None:
    """Where a system chooses the colours, shapes must be drawn by lines."""
    member = visit(browser, gateway, viewport={"width": 1280, "height": 860}, forced_colors="active").open()
    borders = member.panel.evaluate("panel => [...panel.querySelectorAll('.bubble, .button, .field')].map(node => getComputedStyle(node).borderTopStyle)")
    member.page.context.close()

    assert set(borders) == {"solid"}


def test_the_text_can_grow_and_the_choice_is_kept(member: Visitor) -> None:
    """Once chosen, a size is not asked for again."""
    before = member.field.evaluate("node => parseFloat(getComputedStyle(node).fontSize)")
    member.button("Menu").click()
    member.panel.get_by_label("Très grande").check(force=True)
    assert member.field.evaluate("node => parseFloat(getComputedStyle(node).fontSize)") > before * 1.4
    member.page.reload()

    expect(member.panel).to_have_attribute("data-size", "larger")


def test_cards_are_read_as_what_they_are(member: Visitor, gateway: RunningGateway) -> None:
    """A table with headers, a list of terms: structure, not only looks."""
    cards(member, gateway)

    expect(member.log.get_by_role("table", name="Exemple de calcul")).to_be_visible()
    expect(member.log.get_by_role("row", name="Reste à votre charge 30,50 €")).to_be_visible()
    expect(member.log.get_by_role("rowheader", name="Part mutuelle")).to_be_visible()
    assert member.log.locator("dl.terms dt").all_inner_texts() == ["TM", "PF"]
