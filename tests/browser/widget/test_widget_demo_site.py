"""The chat on the demonstration insurer's own pages: its « Me connecter » and « Me déconnecter » are the chat's too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from connectors.adapters.tokens import build_verifier
from kernel.clock import SystemClock
from kernel.database import open_database
from kernel.settings import Settings
from member_api.sandbox.app import build_sandbox
from tests.browser.widget.visitor import Visitor
from tests.browser.widget.widget_gateway import HOST, RunningGateway

pytestmark = pytest.mark.browser


class DemoSite(RunningGateway):
    """The gateway, and the demonstration insurer in the place of the plain page."""

    def page(self, attributes: str = "", **query: str) -> str:
        """Give the home page of the insurer."""
        return f"http://{HOST}:{self.page_port}/"

    async def _start(self) -> None:
        settings = replace(Settings(), state_dir=self._folder, host=HOST, port=self.port, sandbox_port=self.page_port)
        self._insurer = open_database(f"sqlite:///{self._folder / 'sandbox.db'}")
        self.identity = build_verifier(settings, SystemClock())
        await self.open_record()
        await self._serve(build_sandbox(settings, SystemClock(), self._insurer), self.page_port)

    async def _stop(self) -> None:
        await super()._stop()
        await self._insurer.close()


@pytest.fixture
def gateway(tmp_path: Path) -> Iterator[RunningGateway]:
    """The gateway and the demonstration insurer."""
    running = DemoSite(tmp_path)
    running.start()
    yield running
    running.stop()


def signed_in(visitor: Visitor) -> Visitor:
    """Sign in on the website, as Camille of the demonstration."""
    visitor.page.goto(visitor.gateway.page() + "connexion")
    visitor.page.locator("button[value=demo-1]").click()
    expect(visitor.page.get_by_role("button", name="Me déconnecter", exact=True).first).to_be_visible()
    return visitor


def test_the_sites_sign_out_also_signs_out_of_the_chat(context: BrowserContext, gateway: RunningGateway) -> None:
    """Who leaves the site on a shared computer leaves the chat: nothing personal, and nobody known, on the next page."""
    member = signed_in(Visitor(context.new_page(), gateway))
    member.open()
    member.write("Mon secret médical")
    expect(member.panel.locator(".fate")).to_contain_text("Envoyé")
    before = member.conversation
    assert gateway.run(gateway.journal.conversation(before)).member_id == "demo-1"
    member.page.get_by_role("button", name="Me déconnecter", exact=True).first.click()
    expect(member.page.locator("nav")).to_contain_text("Me connecter")

    assert member.page.evaluate("() => [...Object.values(localStorage), ...Object.values(sessionStorage)]") == []
    expect(member.panel).to_be_hidden()
    known = gateway.run(gateway.journal.conversation(before))
    assert known.identity.level_at(gateway.journal.clock.now()) == 0
    member.open()
    expect(member.log).not_to_contain_text("Mon secret médical")
    assert member.conversation != before
    member.button("Menu").click()
    expect(member.panel.locator(".menu")).to_contain_text("Me connecter")
    expect(member.panel.locator(".menu").get_by_role("button", name="Mes conversations")).to_be_hidden()


def test_the_sites_sign_out_reaches_a_chat_not_opened_on_this_page(context: BrowserContext, gateway: RunningGateway) -> None:
    """The conversation was left on an earlier page, its panel closed: its key must go all the same."""
    member = signed_in(Visitor(context.new_page(), gateway))
    member.open()
    before = member.conversation
    member.button("Fermer la messagerie").click()
    member.page.reload()
    member.page.get_by_role("button", name="Me déconnecter", exact=True).first.click()
    expect(member.page.locator("nav")).to_contain_text("Me connecter")

    assert member.page.evaluate("() => [...Object.values(localStorage), ...Object.values(sessionStorage)]") == []
    assert gateway.run(gateway.journal.conversation(before)).identity.level_at(gateway.journal.clock.now()) == 0
