"""The demonstration's website and its operator page."""

from __future__ import annotations

import re
from datetime import date

from member_api.contract import Address, AddressChange, Proof, RequestStatus
from tests.integration.member_api.conftest import Sandbox
from tests.integration.member_api.test_sandbox_identity import sign_in

PAGES = ["/", "/connexion", "/mon-espace", "/sandbox/", "/nulle-part"]


async def page(sandbox: Sandbox, path: str, **headers: str) -> tuple[int, str]:
    """Read a page."""
    async with sandbox.session.get(f"{sandbox.url}{path}", headers=headers) as response:
        return response.status, await response.text()


async def test_the_home_page_holds_the_chat_with_one_line(sandbox: Sandbox) -> None:
    """What we tell an insurer to paste in his page is what this page has."""
    _, text = await page(sandbox, "/")

    gateway = sandbox.settings.base_url
    assert f'<script src="{gateway}/chat.js" data-gateway="{gateway}" defer></script>' in text
    assert re.findall(r"<script(?![^>]*src=)", text) == []
    assert re.findall(r"\son\w+=|\sstyle=|<style", text) == []


async def test_the_home_page_knows_who_is_there(sandbox: Sandbox) -> None:
    """« Bonjour Camille », or a button to sign in."""
    _, before = await page(sandbox, "/")
    await sign_in(sandbox)
    _, after = await page(sandbox, "/")

    assert ("Me connecter" in before, "Bonjour Camille" in before) == (True, False)
    assert ("Me connecter" in after, "Bonjour Camille" in after) == (False, True)


async def test_the_sign_in_page_says_that_it_is_a_demonstration(sandbox: Sandbox) -> None:
    """Nobody must type a real password here: there is no field for one."""
    _, text = await page(sandbox, "/connexion")

    assert "Assureur de démonstration" in text
    assert 'type="password"' not in text
    assert len(re.findall(r'name="member_id" value="demo-\d"', text)) == 6


async def test_every_page_is_under_a_strict_policy(sandbox: Sandbox) -> None:
    """No inline script, no frame, no memory of personal pages."""
    for path in PAGES:
        async with sandbox.session.get(f"{sandbox.url}{path}") as response:
            policy = response.headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy
            assert "frame-ancestors 'none'" in policy
            assert "unsafe" not in policy
            assert response.headers["X-Content-Type-Options"] == "nosniff"
            assert response.headers["Cache-Control"] == "no-store"


async def test_the_member_sees_what_the_assistant_changed(sandbox: Sandbox) -> None:
    """The request, its status in words, its new address, the letter to the old one."""
    change = AddressChange(Address("12 rue <b>Gambetta</b>", None, "86000", "Poitiers"), date(2026, 12, 1))
    await sandbox.client.change_address(sandbox.caller(), change, key="summary-1-confirm")
    await sign_in(sandbox)
    _, text = await page(sandbox, "/mon-espace")

    assert "Justificatif attendu" in text
    assert "12 rue &lt;b&gt;Gambetta&lt;/b&gt;" in text
    assert "1er décembre 2026" in text
    assert "Un courrier d'avis est parti à l'ancienne adresse le 23 novembre 2026" in text
    assert "14 rue des Feuillants" in text


async def test_the_member_space_asks_to_sign_in(sandbox: Sandbox) -> None:
    """Without a session there is nothing to see."""
    async with sandbox.session.get(f"{sandbox.url}/mon-espace", allow_redirects=False) as response:
        assert (response.status, response.headers["Location"]) == (303, "/connexion?retour=/mon-espace")


async def test_every_demo_member_has_a_space(sandbox: Sandbox) -> None:
    """A page that breaks for one of them would break in front of somebody."""
    for number in range(1, 7):
        await sign_in(sandbox, f"demo-{number}")
        status, text = await page(sandbox, "/mon-espace")
        assert (number, status, "None" in text) == (number, 200, False)


async def test_an_unknown_page_is_said_in_french(sandbox: Sandbox) -> None:
    """With a way back."""
    status, text = await page(sandbox, "/nulle-part")

    assert status == 404
    assert "Page introuvable" in text


async def test_the_operator_page_is_for_this_machine(sandbox: Sandbox) -> None:
    """Neither a proxy's visitors nor a name that resolves to this machine may choose faults."""
    for headers in ({"X-Forwarded-For": "203.0.113.9"}, {"Forwarded": "for=203.0.113.9"}, {"Host": "evil.example"}):
        for path in ("/sandbox/", "/sandbox/faults"):
            assert (headers, (await page(sandbox, path, **headers))[0]) == (headers, 403)


async def test_another_site_cannot_choose_faults(sandbox: Sandbox) -> None:
    """The operator's browser visits other pages too."""
    for path in ("/sandbox/faults", "/sandbox/keys", "/sandbox/again", "/sandbox/requests/r-501"):
        headers = {"Origin": "https://evil.example"}
        async with sandbox.session.post(f"{sandbox.url}{path}", data={"kind": "error"}, headers=headers) as response:
            assert response.status == 403


async def test_a_fault_that_does_not_exist_is_refused(sandbox: Sandbox) -> None:
    """A test that misspells a fault must not pass for having met it."""
    for asked in ({}, {"kind": "fire"}, {"kind": "error", "calls": 0}, {"kind": "error", "calls": "x"}, [], "error",
                  {"kind": "slow", "delay_s": 999}, {"kind": "slow", "delay_s": "nan"}):
        async with sandbox.session.post(f"{sandbox.url}/sandbox/faults", json=asked) as response:
            assert (asked, response.status) == (asked, 400)
    headers = {"Content-Type": "application/json"}
    async with sandbox.session.post(f"{sandbox.url}/sandbox/faults", data=b"{", headers=headers) as response:
        assert response.status == 400


async def test_faults_can_be_seen_and_taken_back(sandbox: Sandbox) -> None:
    """An operator sees what is coming, and heals it."""
    await sandbox.fail("slow", calls=2)
    async with sandbox.session.get(f"{sandbox.url}/sandbox/faults") as response:
        assert [fault["kind"] for fault in (await response.json())["coming"]] == ["slow", "slow"]
    async with sandbox.session.delete(f"{sandbox.url}/sandbox/faults") as response:
        assert response.status == 204

    assert (await sandbox.client.member(sandbox.caller())).first_name == "Camille"


async def test_an_operator_refuses_a_document(sandbox: Sandbox) -> None:
    """The member reads that it was refused, and the address stays."""
    change = AddressChange(Address("12 rue Gambetta", None, "86000", "Poitiers"), date(2026, 11, 1))
    asked = await sandbox.client.change_address(sandbox.caller(), change, key="summary-1-confirm")
    await sandbox.client.send_proof(sandbox.caller(), asked.id, Proof("a.pdf", "application/pdf", b"%PDF-"), key="summary-1-proof")
    assert "12 rue Gambetta" in (await page(sandbox, "/sandbox/"))[1]
    for expected in (303, 409):
        form = {"decision": "refuse"}
        async with sandbox.session.post(
            f"{sandbox.url}/sandbox/requests/{asked.id}", data=form, allow_redirects=False
        ) as response:
            assert response.status == expected

    assert (await sandbox.client.requests(sandbox.caller()))[0].status is RequestStatus.REFUSED
    assert (await sandbox.client.member(sandbox.caller())).address.line1 == "14 rue des Feuillants"


async def test_the_world_can_start_again(any_sandbox: Sandbox) -> None:
    """After a demonstration nothing of it is left, but the keys stay so that the chat goes on verifying."""
    change = AddressChange(Address("12 rue Gambetta", None, "86000", "Poitiers"), date(2026, 12, 1))
    await any_sandbox.client.change_address(any_sandbox.caller(), change, key="summary-1-confirm")
    keys = await any_sandbox.identity.jwks()
    await any_sandbox.session.post(f"{any_sandbox.url}/sandbox/again", allow_redirects=False)

    assert await any_sandbox.client.requests(any_sandbox.caller()) == ()
    assert (await any_sandbox.client.member(any_sandbox.caller())).first_name == "Camille"
    assert await any_sandbox.identity.jwks() == keys
