"""Password links: the answer is the same whoever is named, and after the same work."""

from __future__ import annotations

import asyncio
import re
from datetime import timedelta
from typing import Any

from tests.integration.member_api.conftest import Sandbox
from tests.integration.member_api.mailbox import messages

KEY = "conversation-1-reset"
KNOWN, UNKNOWN = "camille.moreau@courriel.example", "personne@courriel.example"


async def raw(sandbox: Sandbox, identifier: str, key: str) -> tuple[int, dict[str, Any], str]:
    """Ask as the assistant does; give all that can be seen of the answer but its date."""
    headers = {"Authorization": sandbox.headers()["Authorization"], "Idempotency-Key": key}
    async with sandbox.session.post(f"{sandbox.url}/v1/reset-links", headers=headers, json={"identifier": identifier}) as answer:
        seen = {name: value for name, value in answer.headers.items() if name != "Date"}
        return answer.status, seen, await answer.text()


async def letters_to(sandbox: Sandbox, count: int, member_id: str = "demo-1") -> list[dict[str, Any]]:
    """Wait until there are *count* letters, or a while."""
    for _ in range(50):
        if len(known := await messages(sandbox, member_id)) >= count:
            break
        await asyncio.sleep(0.02)
    return known


async def use(sandbox: Sandbox, url: str) -> str:
    """Open the link, then press the button; give the page."""
    token = url.partition("jeton=")[2]
    async with sandbox.session.get(url) as page:
        assert page.status == 200
    async with sandbox.session.post(f"{sandbox.url}/mot-de-passe", data={"jeton": token}, headers={"Origin": sandbox.url}) as page:
        return await page.text()


async def test_the_answer_says_nothing_of_who_has_an_account(any_sandbox: Sandbox) -> None:
    """A stranger must not learn who is insured here: the same bytes, for a member, for nobody, for nonsense."""
    answers = [await raw(any_sandbox, who, f"{KEY}-{place}") for place, who in enumerate((KNOWN, UNKNOWN, "' OR 1=1", "demo-1"))]

    assert answers == [answers[0]] * 4
    assert [one["subject"] for one in await letters_to(any_sandbox, 2)] == ["Choisir un nouveau mot de passe"] * 2
    assert await messages(any_sandbox, "demo-2") == []


async def test_a_link_works_once_for_half_an_hour(sandbox: Sandbox) -> None:
    """And a mailbox that looks at links does not use it up."""
    for number in (1, 2):
        await sandbox.client.ask_reset_link(KNOWN.upper(), key=f"{KEY}-{number}")
        await letters_to(sandbox, number)
    first, second = (re.findall(r"http\S+", one["text"])[0] for one in await messages(sandbox))

    assert "Le lien a fonctionné" in await use(sandbox, first)
    assert "Ce lien ne fonctionne plus" in await use(sandbox, first)
    sandbox.clock.advance(timedelta(minutes=30))
    assert "Ce lien ne fonctionne plus" in await use(sandbox, second)
    assert "Ce lien ne fonctionne plus" in await use(sandbox, f"{sandbox.url}/mot-de-passe?jeton=")


async def test_one_request_sends_one_letter_and_an_hour_three(sandbox: Sandbox) -> None:
    """Raced and repeated under one key; then a mailbox that somebody tries to fill, with the same answer each time."""
    await sandbox.fail("lost_answer", 1)
    await asyncio.gather(*(sandbox.client.ask_reset_link(KNOWN, key=KEY) for _ in range(4)))
    assert len(await letters_to(sandbox, 1)) == 1
    for number in range(6):
        await sandbox.client.ask_reset_link(KNOWN, key=f"{KEY}-{number}")
    await letters_to(sandbox, 4)

    assert len(await messages(sandbox)) == 3
