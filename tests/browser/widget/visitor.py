"""Somebody in front of the page: opens, writes, presses, reads. Names are what a person would say."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.browser.widget.widget_gateway import RunningGateway

AXE = Axe()
AXE_RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


class Visitor:
    """One tab."""

    def __init__(self, page: Page, gateway: RunningGateway) -> None:
        """*page*: a tab where nothing is loaded yet."""
        self.page, self.gateway = page, gateway
        self.complaints: list[str] = []
        page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    # -- places -------------------------------------------------------------------------------------------------------

    @property
    def launcher(self) -> Locator:
        """The button on the page."""
        return self.page.locator("insurer-chat .launcher")

    @property
    def panel(self) -> Locator:
        """The dialog."""
        return self.page.get_by_role("dialog")

    @property
    def field(self) -> Locator:
        """Where one writes."""
        return self.page.get_by_label("Votre message", exact=True)

    @property
    def log(self) -> Locator:
        """What was said."""
        return self.page.get_by_role("log")

    def button(self, name: str, **options: Any) -> Locator:
        """A button of the panel."""
        return self.panel.get_by_role("button", name=name, **options)

    # -- gestures -----------------------------------------------------------------------------------------------------

    def arrive(self, attributes: str = "", **query: str) -> Visitor:
        """Load the insurer's page."""
        self.page.goto(self.gateway.page(attributes, **query))
        expect(self.page.locator("insurer-chat")).to_be_attached()
        return self

    def open(self) -> Visitor:
        """Open the chat, and wait for the greeting."""
        self.launcher.click()
        expect(self.log).to_contain_text("assistant automatique")
        expect(self.panel.locator(".connection")).to_have_text("Connecté")
        return self

    def write(self, text: str) -> Visitor:
        """Write and send."""
        self.field.fill(text)
        self.button("Envoyer").click()
        return self

    def ask_for_a_person(self) -> Visitor:
        """Press the button that is always there, and wait to be told."""
        self.panel.locator(".bar .handoff").click()
        expect(self.panel.locator(".waiting")).to_be_visible()
        return self

    def call(self, script: str) -> Any:
        """Use the JS API as the insurer's page does."""
        return self.page.evaluate(f"async () => {{ const chat = document.querySelector('insurer-chat'); return await ({script}) }}")

    def emulate_sleep(self) -> None:
        """Let the laptop sleep: what was connected is cut without a word."""
        self.page.context.set_offline(True)

    # -- what one can check -------------------------------------------------------------------------------------------

    @property
    def conversation(self) -> str:
        """The conversation this browser keeps."""
        found = self.page.evaluate(
            "() => Object.entries(localStorage).filter(([name, value]) => value.includes('secret')).map(([, value]) => JSON.parse(value).id)[0]")
        return str(found)

    def said(self) -> list[str]:
        """The bubbles, in order."""
        return self.log.locator(".message .bubble").all_inner_texts()

    def announced(self) -> list[str]:
        """What a screen reader was told."""
        return self.page.locator("insurer-chat [role=status].vh p").all_inner_texts()

    def accessibility_faults(self) -> list[str]:
        """Run axe on the page and the shadow root."""
        found = AXE.run(self.page, context={"include": [["insurer-chat"]]}, options=AXE_RULES)
        return [f"{one['id']}: {node['html'][:120]} {node.get('failureSummary', '')}" for one in found.response["violations"] for node in one["nodes"]]
