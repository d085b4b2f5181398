"""A browser, the real gateway, a visitor."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.browser.widget.visitor import Visitor
from tests.browser.widget.widget_gateway import RunningGateway

CHROMIUM = "/usr/bin/chromium"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Headless Chromium."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"])
        yield launched
        launched.close()


@pytest.fixture
def gateway(tmp_path: Path) -> Iterator[RunningGateway]:
    """The gateway and the insurer's page."""
    running = RunningGateway(tmp_path)
    running.start()
    yield running
    running.stop()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser with nothing stored."""
    opened = browser.new_context(viewport={"width": 1280, "height": 860}, locale="fr-FR", timezone_id="Europe/Paris", bypass_csp=False)
    opened.set_default_timeout(6_000)
    yield opened
    opened.close()


@pytest.fixture
def visitor(context: BrowserContext, gateway: RunningGateway) -> Visitor:
    """Somebody on the insurer's page."""
    return Visitor(context.new_page(), gateway).arrive()


@pytest.fixture
def member(visitor: Visitor) -> Visitor:
    """Somebody who has opened the chat."""
    return visitor.open()
