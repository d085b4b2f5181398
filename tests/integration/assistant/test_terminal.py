"""The terminal chat over the real gateway, sandbox insurer and worker; only the dialogue is played."""

from __future__ import annotations

import io
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession, web

from assistant.chat import Terminal, converse, open_terminal
from connectors.adapters.tokens import build_verifier
from connectors.build import build_gateway
from connectors.core.asked import AskedField
from connectors.service.ports import FilledField
from journal.entries import AuthorKind, Conversation, Draft, Kind
from kernel.clock import ShiftedClock
from kernel.errors import NotFound
from kernel.settings import Settings
from tests.servers import free_port

IBAN = "FR7630006000011234567890189"
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


class NoDialogue:
    """A dialogue that is never asked: these tests say nothing to the assistant."""

    async def answer(self, *_: Any) -> Any:
        """Answer one message."""
        raise AssertionError("nothing was said")

    async def likely_topics(self, *_: object) -> list[tuple[str, float]]:
        """Give the likeliest topics."""
        raise AssertionError("nothing was said")

    async def suspicion(self, *_: object) -> None:
        """Suspect a danger."""
        raise AssertionError("nothing was said")


class FakeFields:
    """The insurer's side of secure fields: takes bank details and codes."""

    def __init__(self) -> None:
        """Nothing was given yet."""
        self.given: list[tuple[str, str]] = []

    async def submit(self, asked: AskedField, value: str, conversation: Conversation) -> FilledField:
        """Take a value; only a code has no ending that may be kept."""
        if asked.name not in ("iban", "code"):
            raise NotFound(asked.name)
        self.given.append((asked.name, value))
        return FilledField(asked.label, value[-4:] if asked.name == "iban" else "")


async def ask(terminal: Terminal, name: str, label: str) -> None:
    """Have the assistant ask for a secure field."""
    body = {"card": "field", "text": label, "data": {"name": name, "label": label}}
    await terminal.core.journal.append(terminal.conversation, Draft(AuthorKind.ASSISTANT, Kind.CARD, body))
    terminal.seen += 1


@pytest.fixture(params=[True, False], ids=["json", "text"])
def as_json(request: pytest.FixtureRequest) -> bool:
    """Both ways to read."""
    return bool(request.param)


@pytest.fixture
async def terminal(tmp_path: Path, as_json: bool) -> AsyncIterator[Terminal]:
    """A conversation that has been greeted."""
    settings = replace(Settings(), state_dir=tmp_path)
    async with open_terminal(settings, ShiftedClock(MONDAY), NoDialogue(), io.StringIO(), as_json=as_json) as opened:
        await opened.open(None)
        yield opened


async def played(terminal: Terminal, *lines: str) -> str:
    """Say *lines* until the last, as a file given to the command does; gives what was written meanwhile."""
    out = io.StringIO()
    terminal.out = out
    await converse(terminal, io.StringIO("\n".join(lines) + "\n"), out)
    return out.getvalue()


def told(written: str, as_json: bool) -> list[str]:
    """Give the sentences written."""
    if not as_json:
        return [line.removeprefix("  ⚠ ") for line in written.splitlines()]
    return [json.loads(line)["text"] for line in written.splitlines()]


@pytest.mark.parametrize(("line", "sentence"), [
    (f"/field iban {IBAN}", "Aucun champ sécurisé ne vous est demandé pour l'instant."),
    ("/field iban", "Aucun champ sécurisé ne vous est demandé pour l'instant."),
    ("/code 482913", "Aucun code ne vous est demandé pour l'instant."),
    ("   /code 482913", "Aucun code ne vous est demandé pour l'instant."),
    ("/code", "Aucun code ne vous est demandé pour l'instant."),
    ("/file /etc/hostname", "Aucune pièce jointe ne vous est demandée pour l'instant."),
    ("/file", "Aucune pièce jointe ne vous est demandée pour l'instant."),
])
async def test_what_nobody_asked_for_is_said_in_one_sentence(terminal: Terminal, as_json: bool, line: str, sentence: str) -> None:
    """The chat goes on, and nothing of the value is written anywhere."""
    before = terminal.seen
    written = await played(terminal, line, "/entries")

    assert told(written.splitlines()[0], as_json) == [sentence]
    if as_json:
        assert json.loads(written.splitlines()[0])["problem"] == "not_asked"
    assert "482913" not in written
    assert IBAN not in written
    assert terminal.seen == before


@pytest.mark.parametrize(("line", "words"), [
    ("/", "commande inconnue"), ("/field", "écrivez /field NOM VALEUR"), (f"/field {IBAN}", "écrivez /field NOM VALEUR"),
    ("/advisor", "commande inconnue"), ("/advisor dance", "commande inconnue"), ("/wait", "écrivez /wait"), ("/wait long", "écrivez /wait"),
    ("/choose 9", "aucun bouton"), ("/sign-in", ""),
])
async def test_a_command_badly_written_is_told_and_the_chat_goes_on(terminal: Terminal, as_json: bool, line: str, words: str) -> None:
    """A slip of the hand must not end a conversation, nor repeat what was typed by mistake."""
    written = await played(terminal, line, "/code 1")
    first, *_, last = told(written, as_json)

    assert words in first
    assert IBAN not in written
    assert last == "Aucun code ne vous est demandé pour l'instant."


@pytest.fixture
async def fields(terminal: Terminal) -> AsyncIterator[FakeFields]:
    """An installation that asks for secure fields: the terminal goes on with its gateway."""
    settings = replace(terminal.core.settings, port=free_port())
    taken = FakeFields()
    gateway = build_gateway(
        terminal.core.journal, settings, terminal.core.organisation, build_verifier(settings, terminal.core.clock),
        greeting=lambda _: Draft(AuthorKind.ASSISTANT, Kind.TEXT, {"text": "Bonjour."}), assistant_state=lambda: "ready", fields=taken)
    runner = web.AppRunner(gateway, access_log=None, shutdown_timeout=0.2)
    await runner.setup()
    await web.TCPSite(runner, settings.host, settings.port).start()
    terminal.gateway_url = settings.base_url
    async with ClientSession() as session:
        terminal.session, before = session, terminal.session
        yield taken
        terminal.session = before
    await runner.cleanup()


async def no_turn() -> None:
    """Leave the assistant's answer to other tests."""


async def test_a_field_that_is_asked_for_goes_past_the_conversation(terminal: Terminal, fields: FakeFields, as_json: bool, tmp_path: Path) -> None:
    """Bank details reach the insurer; the record, its files and the screen hold the last characters only."""
    terminal.settle = no_turn
    await ask(terminal, "iban", "RIB")
    written = await played(terminal, f"/field iban {IBAN}")
    await ask(terminal, "code", "Code reçu")
    written += await played(terminal, "/code 482913")
    record = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())

    assert fields.given == [("iban", IBAN), ("code", "482913")]
    assert IBAN not in written
    assert "482913" not in written
    assert IBAN.encode() not in record
    assert b"482913" not in record
    if as_json:
        bodies = [json.loads(line)["body"] for line in written.splitlines()]
        assert bodies == [{"field": "iban", "label": "RIB", "ending": "0189"}, {"field": "code", "label": "Code reçu", "ending": ""}]
    else:
        assert written.splitlines() == ["Vous : RIB : transmis de façon sécurisée (se termine par 0189).",
                                        "Vous : Code reçu : transmis de façon sécurisée."]
