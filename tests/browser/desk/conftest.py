"""A browser, a real desk, advisors at work."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.desk.running_desk import PASSWORD, RunningDesk

CHROMIUM = "/usr/bin/chromium"
SignIn = Callable[..., Page]


@pytest.fixture(scope="session")
def desk_browser() -> Iterator[Browser]:
    """Headless Chromium."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"])
        yield launched
        launched.close()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[RunningDesk]:
    """The desk."""
    running = RunningDesk(tmp_path)
    running.start()
    yield running
    running.stop()


@pytest.fixture
def sign_in(desk_browser: Browser, desk: RunningDesk) -> Iterator[SignIn]:
    """Sign an advisor in, in a browser of his own; a script error or a refused resource fails the test."""
    contexts, faults = [], []

    def arrive(login: str = "camille", **options) -> Page:
        context = desk_browser.new_context(**({"viewport": {"width": 1440, "height": 900}, "locale": "fr-FR", "timezone_id": "Europe/Paris"} | options))
        context.set_default_timeout(6_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda message: faults.append(message.text) if "Security Policy" in message.text else None)
        page.goto(f"{desk.url}/sign-in")
        page.get_by_label("Identifiant").fill(login)
        page.get_by_label("Mot de passe").fill(PASSWORD)
        page.get_by_role("button", name="Se connecter").click()
        page.wait_for_url("**/desk/")
        return page

    yield arrive
    for context in contexts:
        context.close()
    assert faults == []
