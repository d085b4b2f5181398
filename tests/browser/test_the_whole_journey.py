"""The whole journey in a real browser: real page, real worker, real sandbox insurer, real desk."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, async_playwright, expect

from tests.system import PASSWORD, RunningSystem

CHROMIUM = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
pytestmark = [pytest.mark.browser, pytest.mark.rasa]


@pytest.fixture
async def system(tmp_path: Path, trained_model: Path) -> AsyncIterator[RunningSystem]:
    """The whole system, started as an operator does."""
    running = RunningSystem(tmp_path / "var")
    await running.start()
    yield running
    running.stop()


@pytest.fixture
async def chromium() -> AsyncIterator[Browser]:
    """A real browser."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM)
        yield browser
        await browser.close()


class Visitor:
    """A member in front of the demo website."""

    def __init__(self, page: Page) -> None:
        """*page* shows the website."""
        self.page = page
        self.log = page.locator("insurer-chat [role=log]")

    async def say(self, words: str) -> None:
        """Type and send."""
        await self.page.locator("insurer-chat #input").fill(words)
        await self.page.keyboard.press("Enter")

    async def sees(self, words: str) -> None:
        """Wait until the conversation shows *words* (spaces may be non-breaking)."""
        await expect(self.log).to_contain_text(words, timeout=15_000, ignore_case=True)

    async def press(self, name: str) -> None:
        """Press the latest button of that name."""
        await self.page.get_by_role("button", name=name).last.click()


async def test_a_member_is_answered_helped_and_handed_over(system: RunningSystem, chromium: Browser) -> None:
    """The main job, end to end: the right answer, an act in the insurer's system, and a person."""
    page = await (await chromium.new_context(viewport={"width": 390, "height": 844}, locale="fr-FR")).new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    await page.goto(system.site)
    await page.locator("insurer-chat button").first.click()
    member = Visitor(page)
    await member.sees("un programme, pas une personne")

    await member.say("cé koi TM é BR sur mon papier")
    await member.sees("Ticket modérateur")
    await member.sees("Base de remboursement")

    await member.say("je n'arrive pas à me connecter à mon espace")
    await member.sees("Avec quoi essayez-vous de vous connecter")
    await member.say("mon numéro de contrat")
    await member.sees("Le numéro de contrat ne permet pas d'entrer")
    await member.say("au fait c'est quoi une télétransmission ?")
    await member.sees("liaison")
    await member.press("Oui, c'est bon")
    await member.sees("vous voilà connecté")

    await member.say("je voudrais changer mon adresse, j'ai déménagé")
    await member.sees("nous reprendrons ici")
    await member.press("Se connecter")
    await page.get_by_role("button", name="Camille").first.click()
    await member.sees("Le numéro et la rue suffisent pour commencer")
    await member.say("12 rue des Lilas")
    await member.say("86000")
    await member.sees("À partir de quelle date")
    await member.say("non pardon c'est le 14 rue des Lilas")
    await member.sees("C'est corrigé")
    await member.say("dès aujourd'hui")
    await member.press("Confirmer")
    await member.sees("C'est enregistré")
    assert addresses(system.insurer) == [("14 rue des Lilas", "86000", "Poitiers")]

    desk = await (await chromium.new_context(viewport={"width": 1440, "height": 900}, locale="fr-FR")).new_page()
    desk.on("pageerror", lambda error: faults.append(str(error)))
    await desk.goto(f"{system.url}/desk/")
    await desk.get_by_label("Identifiant").fill("camille")
    await desk.get_by_label("Mot de passe").fill(PASSWORD)
    await desk.get_by_role("button", name="Se connecter").click()
    await expect(desk.get_by_role("heading", level=1)).to_be_visible()

    await page.locator("insurer-chat").get_by_role("button", name="Parler à un conseiller").first.click()
    await desk.get_by_role("button", name="Prendre").first.click(timeout=20_000)
    await member.sees("Camille")
    await expect(desk.locator("main")).to_contain_text("14 rue des Lilas", timeout=15_000)
    await desk.locator("textarea[name=text]").first.fill("Bonjour, je suis Camille. Votre adresse est bien à jour.")
    await desk.get_by_role("button", name="Envoyer").first.click()
    await member.sees("Votre adresse est bien à jour")
    await member.say("merci ! et la carence c'est quoi ?")
    await expect(desk.locator("main")).to_contain_text("la carence c'est quoi", timeout=15_000)

    await desk.locator("summary", has_text="Rendre à l'assistant").click()
    await desk.get_by_role("button", name="Rendre à l'assistant").click()
    await member.sees("Me revoici")
    await member.say("c'est quoi le délai de carence ?")
    await member.sees("Aucun délai de carence")
    assert faults == []


def addresses(database: Path) -> list[tuple[str, str, str]]:
    """Read the address changes the insurer has recorded."""
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        rows = connection.execute("SELECT new_address FROM sandbox_request WHERE kind = 'address_change' AND member_id = 'demo-1'").fetchall()
    found = [json.loads(row[0]) for row in rows]
    return [(address["line1"], address["postal_code"], address["town"]) for address in found]
