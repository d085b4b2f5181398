"""Secure fields: typed past the conversation, kept nowhere in the browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from journal.entries import Kind
from tests.browser.widget.scenes import FIELD, secure_field
from tests.browser.widget.visitor import Visitor
from tests.browser.widget.widget_gateway import RunningGateway

pytestmark = pytest.mark.browser

KEPT = "() => JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage), document.cookie])"


def test_a_code_is_typed_in_its_own_field_and_kept_nowhere(member: Visitor, gateway: RunningGateway) -> None:
    """A wrong one is told beside the field, the right one closes it; no draft, no storage, no address holds it."""
    secure_field(member, gateway)
    field = member.log.get_by_label("Code reçu par SMS")

    expect(field).to_be_focused()
    expect(field).to_have_attribute("autocomplete", "one-time-code")
    expect(field).to_have_attribute("aria-invalid", "true")
    described = [member.page.locator(f"insurer-chat #{one}").inner_text() for one in (field.get_attribute("aria-describedby") or "").split()]
    assert "Ce code n'est pas le bon" in described[0]
    field.fill("482913")
    assert "482913" not in member.page.evaluate(KEPT)
    field.press("Enter")

    expect(member.log).to_contain_text("Code reçu par SMS : bien reçu")
    expect(member.log).to_contain_text("C’est reçu.")
    expect(field).to_have_count(0)
    assert gateway.fields.given == ["482913"]
    assert "482913" not in member.page.evaluate(KEPT) + repr(gateway.entries(member.conversation)) + repr(gateway.served)
    assert gateway.entries(member.conversation)[-1].kind is Kind.FORM


def test_a_field_that_is_no_longer_asked_for_cannot_be_filled(member: Visitor, gateway: RunningGateway) -> None:
    """The last offer is the one that counts."""
    gateway.write(member.conversation, Kind.CARD, FIELD)
    expect(member.log.get_by_label("Code reçu par SMS")).to_be_enabled()
    gateway.answer(member.conversation, "Autre chose ?", {"id": "y", "title": "Oui"})

    expect(member.log).to_contain_text("Ce champ n’est plus demandé.")
    expect(member.log.get_by_label("Code reçu par SMS")).to_have_count(0)
