"""A whole gateway in process, on a real SQLite journal, with an identity provider that signs for real."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import pytest
from aiohttp import TCPConnector, web
from aiohttp.test_utils import TestClient
from joserfc import jws, jwt
from joserfc.jwk import ECKey, KeySet

from connectors.adapters.key_ring import KeyRing
from connectors.adapters.tokens import ALGORITHMS, JwtVerifier
from connectors.build import build_gateway
from connectors.core.asked import AskedField
from connectors.core.errors import FieldRefused
from connectors.core.rates import Limit, Limits
from connectors.service.ports import FilledField
from journal.entries import AuthorKind, Conversation, Draft, Kind
from journal.journal import Journal
from kernel.bell import MemoryBell
from kernel.clock import SetClock
from kernel.database import SqliteDatabase
from kernel.errors import NotFound
from kernel.organisation import organisation
from kernel.settings import Settings

from .pages import Page, opened

ISSUER, AUDIENCE = "https://insurer.example", "assistant"
OURS, FOREIGN = "http://127.0.0.1:8090", "https://elsewhere.example"
GREETED = 1
WIDE = Limits(openings=(Limit(10_000, 3600),), messages=(Limit(10_000, 60),), reads=(Limit(10_000, 60),))


class Insurer:
    """The insurer's identity provider: signs tokens, publishes its keys."""

    def __init__(self, clock: SetClock) -> None:
        self.clock = clock
        self.key = ECKey.generate_key("P-256", {"kid": "first"})
        self.published = [self.key]
        self.fetches = 0

    async def fetch(self) -> dict[str, Any]:
        self.fetches += 1
        return KeySet(self.published).as_dict(private=False)

    def claims(self, member_id: str, **changes: Any) -> dict[str, Any]:
        now = int(self.clock.now().timestamp())
        claims = {"iss": ISSUER, "aud": AUDIENCE, "sub": member_id, "iat": now, "exp": now + 300}
        return {name: value for name, value in (claims | changes).items() if value is not None}

    def token(self, member_id: str = "demo-1", *, key: Any = None, header: dict[str, Any] | None = None, **changes: Any) -> str:
        header = {"alg": "ES256", "kid": "first"} | (header or {})
        registry = jws.JWSRegistry(algorithms=[*ALGORITHMS, "HS256"])
        return jwt.encode(header, self.claims(member_id, **changes), key or self.key, registry=registry)


class FakeFields:
    """Takes bank details; remembers what it was given."""

    def __init__(self) -> None:
        self.given: list[tuple[str, str]] = []

    async def submit(self, asked: AskedField, value: str, conversation: Conversation) -> FilledField:
        if asked.name != "iban":
            raise NotFound(asked.name)
        if value == "explode":
            raise RuntimeError(f"bad value {value}")
        if value == "wrong":
            raise FieldRefused("iban_invalid")
        self.given.append((asked.name, value))
        return FilledField(asked.label, value[-4:], deposit_id="v_secret")


async def ask(journal: Journal, conversation_id: str, name: str = "iban") -> None:
    """Have the assistant ask for a secure field."""
    body = {"card": "field", "text": "Votre RIB ?", "data": {"name": name, "label": "RIB", "kind": "bank_details"}}
    await journal.append(conversation_id, Draft(AuthorKind.ASSISTANT, Kind.CARD, body))


def greeting(conversation: Conversation) -> Draft:
    """Offers two starting buttons."""
    body = {"text": "Bonjour, je suis un assistant automatique.", "buttons": [
        {"id": "card", "title": "Ma carte", "_topic": "carte_tp", "_payload": "/carte_tp"},
        {"id": "person", "title": "Parler à un conseiller", "act": "handoff"},
    ]}
    return Draft(AuthorKind.ASSISTANT, Kind.TEXT, body, client_id="greeting:1")


@pytest.fixture
def journal(sqlite_database: SqliteDatabase, clock: SetClock) -> Journal:
    """Open the record on a real SQLite file."""
    return Journal(sqlite_database, MemoryBell(), clock)


@pytest.fixture
def insurer(clock: SetClock) -> Insurer:
    return Insurer(clock)


@pytest.fixture
def fields() -> FakeFields:
    return FakeFields()


Build = Callable[..., Awaitable[TestClient]]


@pytest.fixture
def build(journal: Journal, insurer: Insurer, tmp_path: Any, aiohttp_client: Any, fields: FakeFields) -> Build:
    """Build a gateway, with other settings when a test wants some."""
    async def built(*, limits: Limits | None = WIDE, with_fields: bool = True, mounted: web.Application | None = None,
                    crowd: bool = False, **settings: Any) -> TestClient:
        identity = JwtVerifier(KeyRing(insurer, insurer.clock), insurer.clock, issuer=ISSUER, audience=AUDIENCE)
        app = build_gateway(
            journal, replace(Settings(state_dir=tmp_path), **settings), organisation(), identity, greeting=greeting,
            assistant_state=lambda: "ready", fields=fields if with_fields else None, limits=limits)
        if mounted is not None:
            app.add_subapp("/desk", mounted)
        return await aiohttp_client(app, **({"connector": TCPConnector(limit=0)} if crowd else {}))
    return built


@pytest.fixture
async def client(build: Build) -> TestClient:
    """Give a gateway whose limits no test reaches by chance."""
    return await build()


@pytest.fixture
async def page(client: TestClient) -> Page:
    """Open an anonymous conversation."""
    return await opened(client)
