"""Dangers, and people who mean harm."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from bot.safety import way_to_a_person
from bot.worker.outputs import entry_buttons
from journal.entries import AuthorKind, Body, Kind
from tests.browser.widget.scenes import SAFETY, safety
from tests.browser.widget.visitor import Visitor
from tests.browser.widget.widget_gateway import RunningGateway

pytestmark = pytest.mark.browser

HOSTILE = '<img src=x onerror="window.hurt=1"><script>window.hurt=1</script><b onclick=alert(1)>[x](javascript:alert(1))'


def unhurt(visitor: Visitor) -> bool:
    """Say that nothing ran and nothing was built from words."""
    ran = visitor.page.evaluate("() => window.hurt === 1")
    built = visitor.panel.locator("img, script, iframe, b, [onclick], [onerror], a[href^='javascript']").count()
    return not ran and built == 0


def test_a_danger_gives_numbers_to_press_and_a_way_out(member: Visitor, gateway: RunningGateway) -> None:
    """On a phone one press calls; the exit stays in sight however far one scrolls."""
    safety(member, gateway)

    assert member.log.locator(".numbers a").evaluate_all("links => links.map(link => link.href)") == ["tel:17", "sms:114", "tel:3919"]
    expect(member.panel.locator(".bar").get_by_role("button", name="Quitter vite")).to_be_visible()


def test_leaving_fast_hides_everything(member: Visitor, gateway: RunningGateway) -> None:
    """Somebody may be coming: the page changes at once, « back » does not return, the device has forgotten."""
    member.write("j'ai peur de rentrer")
    safety(member, gateway)
    storage = member.page.context
    member.button("Quitter vite cette page").click()
    member.page.wait_for_url("about:blank")
    member.page.goto(gateway.page())

    expect(member.panel).to_be_hidden()
    left = member.page.evaluate("() => [...Object.values(localStorage), ...Object.values(sessionStorage)]")
    assert left == []
    member.open()
    expect(member.log).not_to_contain_text("peur")
    storage.close()


def test_leaving_leads_where_the_insurer_chose(visitor: Visitor, gateway: RunningGateway) -> None:
    """A neutral page, named in the page's attributes."""
    target = gateway.page("", neutral="yes")
    visitor.arrive(f'data-exit-url="{target}"').open()
    gateway.write(visitor.conversation, Kind.SAFETY, SAFETY, AuthorKind.SYSTEM)
    visitor.button("Quitter vite cette page").click()

    visitor.page.wait_for_url("**/?neutral=yes")


def test_a_danger_without_violence_offers_no_exit(member: Visitor, gateway: RunningGateway) -> None:
    """The exit is for those who are watched."""
    gateway.write(member.conversation, Kind.SAFETY, {**SAFETY, "quick_exit": False}, AuthorKind.SYSTEM)
    expect(member.log).to_contain_text("Votre sécurité d’abord")

    expect(member.button("Quitter vite")).to_have_count(0)


def test_a_danger_offers_a_person_under_the_numbers(member: Visitor, gateway: RunningGateway) -> None:
    """The numbers come first on the screen and by the keyboard; then one press asks for somebody, and only once."""
    body = {**SAFETY, "buttons": entry_buttons((way_to_a_person(),))}
    gateway.write(member.conversation, Kind.SAFETY, body, AuthorKind.SYSTEM)
    person = member.log.get_by_role("button", name="Parler à un conseiller").last
    expect(person).to_be_enabled()
    numbers = member.log.locator(".numbers a").last.bounding_box()
    below = person.bounding_box()
    assert numbers is not None
    assert below is not None
    assert numbers["y"] + numbers["height"] <= below["y"]
    assert member.accessibility_faults() == []
    person.click()

    expect(member.panel.locator(".waiting")).to_be_visible()
    expect(person).to_be_disabled()


def test_what_people_write_is_only_ever_text(member: Visitor, gateway: RunningGateway) -> None:
    """A member, an advisor, a title, a name, a card: none of them can run anything."""
    talk = member.conversation
    member.write(HOSTILE)
    gateway.answer(talk, f"**{HOSTILE}**\n\n- {HOSTILE}", {"id": "x", "title": HOSTILE})
    gateway.write(talk, Kind.CARD, {"card": "summary", "text": "", "data": {"title": HOSTILE, "fields": [{"name": "n", "label": HOSTILE, "value": HOSTILE}]}})
    gateway.write(talk, Kind.CARD, {"card": "acronyms", "text": "", "data": {"terms": [{"term": HOSTILE, "expansion": HOSTILE, "sentence": HOSTILE, "uncertain": True}]}})
    gateway.write(talk, Kind.SAFETY, {"topic": "x", "text": HOSTILE, "numbers": [{"number": "javascript:alert(1)", "label": HOSTILE}], "quick_exit": True}, AuthorKind.SYSTEM)
    member.ask_for_a_person()
    gateway.take(talk, name=HOSTILE[:80])
    gateway.reply(talk, f"{HOSTILE} Fin.")
    expect(member.log).to_contain_text("Fin.")

    assert unhurt(member)
    assert member.log.locator(".bubble").filter(has_text=HOSTILE).count() >= 2


def test_cards_that_cannot_be_understood_show_their_plain_words(member: Visitor, gateway: RunningGateway) -> None:
    """A newer assistant, or a broken one, must not leave a hole on the screen."""
    talk = member.conversation
    broken: list[Body] = [{"card": "constructor", "data": {}}, {"card": "unheard_of", "data": {"a": 1}}, {"card": "acronyms", "data": {"terms": None}},
              {"card": "example", "data": {"lines": "x"}}, {"card": "summary", "data": None}, {"card": "due", "data": {}}]
    for number, body in enumerate(broken):
        gateway.write(talk, Kind.CARD, {**body, "text": f"En clair {number}."})
    gateway.write(talk, Kind.SAFETY, {"topic": "x", "text": "Appelez le 15.", "numbers": None}, AuthorKind.SYSTEM)
    gateway.write(talk, Kind.TEXT, {})
    gateway.answer(talk, "Fin.")
    expect(member.log).to_contain_text("Fin.")

    for number in range(len(broken)):
        expect(member.log).to_contain_text(f"En clair {number}.")
    assert member.complaints == []


def test_masked_identifiers_are_explained(member: Visitor, gateway: RunningGateway) -> None:
    """The member learns what was removed, and that nothing of it was kept."""
    member.write("Mon numéro de sécu : 1 85 05 78 006 084 91")

    expect(member.log).to_contain_text("Nous avons masqué un numéro de Sécurité sociale : rien n’en a été conservé.")
    expect(member.log).not_to_contain_text("006 084")


def test_links_are_explicit_and_leave_nothing_behind(member: Visitor, gateway: RunningGateway) -> None:
    """The address is read before it is followed; the other site does not learn where one comes from."""
    gateway.answer(member.conversation, "Voir https://exemple.fr/aide ou appelez le 01 47 11 73 77.")
    link = member.log.get_by_role("link", name="https://exemple.fr/aide (nouvelle fenêtre)")

    expect(link).to_have_attribute("rel", "noopener noreferrer")
    expect(member.log.get_by_role("link", name="01 47 11 73 77")).to_have_attribute("href", "tel:0147117377")
