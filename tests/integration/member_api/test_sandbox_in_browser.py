"""The demonstration's pages in a real browser: usable by everybody, and doing their part in the chat."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer, unused_port
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, async_playwright

from kernel.clock import SetClock
from kernel.database import open_database
from kernel.settings import Settings
from member_api.sandbox.app import build_sandbox

pytestmark = pytest.mark.browser
PAGES = ["/", "/connexion", "/mon-espace", "/sandbox/", "/nulle-part"]
# Stands for the gateway's loader: an element that only remembers what the page asks of it.
FAKE_CHAT = """
const said = JSON.parse(sessionStorage.getItem('said') || '[]')
const say = (word) => { said.push(word); sessionStorage.setItem('said', JSON.stringify(said)) }
class Chat extends HTMLElement {
  open() { say('open') }
  ask(text) { say('ask ' + text) }
  async signIn(getToken) { say('token ' + (await getToken()).split('.').length) }
  async signOut() { say('signOut') }
  askToSignIn() {
    return this.dispatchEvent(new CustomEvent('insurer-chat-signin', { bubbles: true, composed: true, cancelable: true }))
  }
}
customElements.define('insurer-chat', Chat)
document.body.append(document.createElement('insurer-chat'))
"""


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """Give a headless Chromium."""
    async with async_playwright() as playwright:
        yield await playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])


@pytest.fixture
async def site(clock: SetClock, tmp_path) -> AsyncIterator[str]:
    """Give the address of a sandbox whose chat comes from a fake gateway."""
    settings = Settings(state_dir=tmp_path, port=unused_port(), sandbox_port=unused_port())
    gateway, database = web.Application(), open_database(f"sqlite:///{tmp_path / 'sandbox.db'}")
    gateway.router.add_get("/chat.js", _chat)
    servers = [TestServer(gateway, port=settings.port),
               TestServer(build_sandbox(settings, clock, database), port=settings.sandbox_port)]
    for server in servers:
        await server.start_server()
    yield settings.sandbox_url
    for server in servers:
        await server.close()
    await database.close()


async def _chat(_: web.Request) -> web.Response:
    return web.Response(text=FAKE_CHAT, content_type="text/javascript")


async def said(page: Page) -> list[str]:
    """Tell what the page has asked of the chat so far."""
    found: list[str] = await page.evaluate("JSON.parse(sessionStorage.getItem('said') || '[]')")
    return found


async def until_said(page: Page, count: int) -> None:
    """Wait until the page has asked *count* things; the page's own policy forbids a waiting script."""
    async with asyncio.timeout(10):
        while len(await said(page)) < count:
            await asyncio.sleep(0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_every_page_can_be_used_by_everybody(browser: Browser, site: str, scheme: str) -> None:
    """No fault that axe finds, and nothing cut off at 320 pixels."""
    page = await (await browser.new_context(color_scheme=scheme, viewport={"width": 320, "height": 640})).new_page()
    await page.goto(f"{site}/connexion")
    await page.click("button[value=demo-5]")
    for path in PAGES:
        await page.goto(f"{site}{path}")
        found = await Axe().run(page)
        width = await page.evaluate("document.documentElement.scrollWidth")
        assert (path, [fault["id"] for fault in found.response["violations"]], width) == (path, [], 320)


async def test_the_page_does_its_part_in_the_chat(browser: Browser, site: str) -> None:
    """Signing in from the chat and coming back, handing over the token, asking from a card, signing out of both."""
    page = await browser.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    await page.goto(f"{site}/")
    await page.click("text=Signaler un déménagement")
    is_left_to_the_chat = await page.evaluate("document.querySelector('insurer-chat').askToSignIn()")
    await page.click("button[value=demo-1]")
    await until_said(page, 3)

    assert not is_left_to_the_chat
    assert await page.locator("text=Bonjour Camille").is_visible()
    assert sorted(await said(page)) == ["ask J'ai déménagé, je voudrais changer mon adresse", "open", "token 3"]
    await page.click("text=Me déconnecter")
    await page.wait_for_selector("nav >> text=Me connecter")
    assert (await said(page))[-1] == "signOut"
    assert faults == []


async def test_the_site_works_without_the_chat(browser: Browser, site: str) -> None:
    """With the gateway away: no dead button, and signing in and out still work."""
    page = await browser.new_page()
    await page.route("**/chat.js", lambda route: route.abort())
    await page.goto(f"{site}/connexion")
    await page.click("button[value=demo-1]")

    assert not await page.locator("[data-open-chat]").is_visible()
    await page.click("text=Me déconnecter")
    await page.wait_for_selector("nav >> text=Me connecter")
