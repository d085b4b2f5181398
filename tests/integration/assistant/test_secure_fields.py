"""Secure fields from the page to the insurer's system and back, over the real gateway and the sandbox; nothing is said."""

from __future__ import annotations

import io
import json
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from assistant.chat import Problem, Terminal, open_terminal
from journal.entries import AuthorKind, Draft, Entry, Kind
from kernel.clock import ShiftedClock
from kernel.settings import Settings
from member_api.contract import Caller

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
MEMBER = "demo-1"
IBAN = "FR7630006000011234567890189"
EMAIL = "une.nouvelle.adresse@courriel.example"
PHONE = "06 39 98 11 42"


class NoDialogue:
    """A dialogue that is never asked: these tests say nothing to the assistant."""

    async def answer(self, *_: Any) -> Any:
        """Answer one message."""
        raise AssertionError("nothing was said")

    async def likely_topics(self, *_: object) -> list[tuple[str, float]]:
        """Give the likeliest topics."""
        return []

    async def suspicion(self, *_: object) -> None:
        """Suspect a danger."""


async def no_turn() -> None:
    """Leave the assistant's answer to other tests."""


@pytest.fixture
async def page(tmp_path: Path) -> AsyncIterator[Terminal]:
    """A signed-in member's conversation."""
    settings = replace(Settings(), state_dir=tmp_path)
    async with open_terminal(settings, ShiftedClock(MONDAY), NoDialogue(), io.StringIO(), as_json=True) as opened:
        opened.settle = no_turn
        await opened.open(MEMBER)
        yield opened


async def ask(page: Terminal, name: str, **data: Any) -> None:
    """Have the assistant ask for a field."""
    body = {"card": "field", "text": name, "data": {"name": name, "label": "Ce qui est demandé", **data}}
    await page.core.journal.append(page.conversation, Draft(AuthorKind.ASSISTANT, Kind.CARD, body))


async def send_code(page: Terminal, key: str = "one-code") -> str:
    """Have a code sent and asked for; gives its digits, as the member reads them in the sandbox's mailbox."""
    row = await page.core.journal.conversation(page.conversation)
    sent = await page.core.members.send_code(Caller(MEMBER, 1, row.identity.expires_at), key=key)
    await ask(page, "code", _code=sent.id)
    async with page.session.get(f"{page.core.settings.sandbox_url}/sandbox/boite.json") as answer:
        text = json.dumps(await answer.json())
    return re.search(r"(?<!\d)\d{6}(?!\d)", text.replace("\\u00a0", "").replace("\\u202f", "")).group()  # type: ignore[union-attr]


async def fill(page: Terminal, name: str, value: str) -> Any:
    """Fill a field as the page does."""
    return await page._call("POST", f"/fields/{name}", {"value": value})


async def record(page: Terminal) -> list[Entry]:
    """Read the whole record."""
    return (await page.core.journal.whole(page.conversation))[1]


async def test_a_code_raises_the_conversation_to_level_2_for_five_minutes(page: Terminal) -> None:
    """What is under a code opens, the record tells how, and the digits are nowhere."""
    digits = await send_code(page)
    filled = await fill(page, "code", f" {digits[:3]} {digits[3:]} ")
    row, entries = await page.core.journal.conversation(page.conversation), await record(page)

    assert row.identity.level_at(page.core.clock.now()) == 2
    assert [one.body for one in entries if one.kind is Kind.IDENTITY_PROVEN][-1] == {"level": 2, "how": "code"}
    assert entries[-1].kind is Kind.FORM
    assert filled["entry"]["body"] == {"field": "code", "label": "Ce qui est demandé", "ending": ""}
    assert digits not in repr(entries)


async def test_a_wrong_code_says_how_many_tries_are_left_then_that_it_is_over(page: Terminal) -> None:
    """Five tries; what is no code at all costs none."""
    digits = await send_code(page)
    wrong = f"{(int(digits) + 1) % 10**6:06d}"
    told = []
    for typed in ("douze", wrong, wrong, wrong, wrong, wrong, digits):
        with pytest.raises(Problem) as refused:
            await fill(page, "code", typed)
        told.append((refused.value.code, str(refused.value).split(". ", 1)[-1]))

    assert [code for code, _ in told] == ["code_malformed", *["code_wrong"] * 5, "code_expired"]
    assert [words for _, words in told[1:5]] == ["Il vous reste 4 essais.", "Il vous reste 3 essais.", "Il vous reste 2 essais.", "Il vous reste un essai."]
    assert "dernier essai" in told[5][1]
    assert (await page.core.journal.conversation(page.conversation)).identity.level == 1


async def test_values_are_deposited_and_only_their_masked_form_is_kept(page: Terminal, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """The record, the logs and the page hold neither value nor deposit."""
    await fill(page, "code", await send_code(page))
    shown = []
    for name, value in (("bank_details", IBAN), ("email", EMAIL), ("phone", PHONE)):
        await ask(page, name)
        shown.append((await fill(page, name, value))["entry"]["body"])
    entries = await record(page)
    ours = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file() and "sandbox" not in path.name)
    logged = "".join(capfd.readouterr())

    assert [(one["ending"], one.get("shown", "")) for one in shown] == [("0189", ""), ("", "u•••••@courriel.example"), ("", "06 •• •• •• 42")]
    assert all(str(one.body["_deposit"]).startswith("v_") for one in entries[-3:] if one.body and one.kind is Kind.FORM)
    assert "_deposit" not in repr(shown)
    for value in (IBAN, EMAIL, PHONE):
        assert value.encode() not in ours
        assert value not in logged + page.out.getvalue()  # type: ignore[attr-defined]


@pytest.mark.parametrize(("name", "value", "code"), [
    ("bank_details", "FR7630006000011234567890188", "iban_invalid"), ("email", "moi@", "email_invalid"), ("phone", "01 02 03 04 05", "phone_invalid"),
])
async def test_a_value_that_cannot_be_right_is_refused_with_its_reason(page: Terminal, name: str, value: str, code: str) -> None:
    """Told in a sentence where it was typed; nothing is written."""
    await fill(page, "code", await send_code(page))
    await ask(page, name)
    before = len(await record(page))
    with pytest.raises(Problem) as refused:
        await fill(page, name, value)

    assert refused.value.code == code
    assert value not in str(refused.value)
    assert len(await record(page)) == before


async def test_a_field_that_was_not_asked_for_takes_nothing(page: Terminal) -> None:
    """Neither a value nor a code may be pushed by a page."""
    for name in ("email", "code"):
        with pytest.raises(Problem) as refused:
            await fill(page, name, "123456")
        assert refused.value.code == "not_asked"
