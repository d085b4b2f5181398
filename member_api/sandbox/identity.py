"""The sandbox's identity provider: who is signed in at the website, and the short-lived tokens that prove it."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from joserfc import jwt
from joserfc.jwk import ECKey
from sqlalchemy import Connection, delete, insert, select

from kernel.clock import Clock
from kernel.database import Database
from kernel.errors import Malformed, NotFound
from kernel.ids import new_id
from kernel.settings import Settings
from member_api.sandbox import keys, schema
from member_api.sandbox.accounts import AccountProtected, is_protected
from member_api.sandbox.members import Person, people

TOKEN_LIFE = timedelta(minutes=5)
LONGEST_TOKEN_LIFE = timedelta(minutes=10)
LEVEL_2_LIFE = timedelta(minutes=5)
SESSION_LIFE = timedelta(hours=12)


class IdentityProvider:
    """Sessions of the demonstration's website and tokens (JWT, ES256) for the chat."""

    def __init__(self, settings: Settings, clock: Clock, database: Database) -> None:
        """Take from *settings* the issuer (by default the sandbox itself) and the audience."""
        self.issuer = settings.identity_issuer or settings.sandbox_url
        self._audience = settings.identity_audience
        self._clock = clock
        self._database = database

    async def issue_token(self, member_id: str, *, life: timedelta = TOKEN_LIFE, level: int = 1) -> str:
        """Sign a token that proves *member_id* at *level* (claim ``acr``) for *life*, at most ten minutes; Malformed beyond."""
        if not timedelta(0) < life <= LONGEST_TOKEN_LIFE:
            raise Malformed("a token lives at most ten minutes")
        now = self._clock.now()
        key = await self._key()
        issued_at = int(now.timestamp())
        claims = {"iss": self.issuer, "aud": self._audience, "sub": member_id, "iat": issued_at,
                  "exp": issued_at + int(life.total_seconds()), "jti": new_id("t"), "acr": str(level)}
        return jwt.encode({"alg": keys.ALGORITHM, "kid": key.kid}, claims, key, algorithms=[keys.ALGORITHM])

    async def jwks(self) -> dict[str, Any]:
        """Give the public keys, in the form of RFC 7517."""
        now = self._clock.now()
        await self._key()
        return {"keys": await self._database.read(lambda tx: keys.public_keys(tx, now))}

    async def rotate_keys(self) -> None:
        """Sign with a new key from now on; tokens already signed stay good until they expire."""
        now = self._clock.now()
        await self._database.write(lambda tx: keys.rotate(tx, now))

    async def _key(self) -> ECKey:
        known = await self._database.read(keys.signing_key)
        if known is not None:
            return known
        return await self._database.write(lambda tx: keys.ensure_key(tx, self._clock.now()))

    def configuration(self) -> dict[str, Any]:
        """Give what exists here of OpenID Connect discovery: a signed-in page is handed its tokens, not redirected."""
        return {"issuer": self.issuer, "jwks_uri": f"{self.issuer}/.well-known/jwks.json",
                "id_token_signing_alg_values_supported": [keys.ALGORITHM], "subject_types_supported": ["public"],
                "claims_supported": ["iss", "aud", "sub", "iat", "exp", "jti", "acr"],
                "acr_values_supported": ["1", "2"]}

    async def people(self) -> list[Person]:
        """List who can sign in."""
        return await self._database.read(people)

    async def sign_in(self, member_id: str) -> str:
        """Open a session and give its secret, of which only a digest is kept; NotFound for an unknown member, AccountProtected."""
        secret, expires_at = secrets.token_urlsafe(32), self._clock.now() + SESSION_LIFE

        def operation(tx: Connection) -> None:
            if member_id not in {person.id for person in people(tx)}:
                raise NotFound
            if is_protected(tx, member_id):
                raise AccountProtected
            tx.execute(delete(schema.session).where(schema.session.c.expires_at <= self._clock.now()))
            row = {"digest": _digest(secret), "member_id": member_id, "expires_at": expires_at}
            tx.execute(insert(schema.session).values(row))
        await self._database.write(operation)
        return secret

    async def signed_in(self, secret: str | None) -> Person | None:
        """Give whose session *secret* opens, if any."""
        if not secret:
            return None
        now, table = self._clock.now(), schema.session

        def operation(tx: Connection) -> Person | None:
            query = select(table.c.member_id).where(table.c.digest == _digest(secret), table.c.expires_at > now)
            member_id = tx.execute(query).scalar_one_or_none()
            return next((person for person in people(tx) if person.id == member_id), None)
        return await self._database.read(operation)

    async def sign_out(self, secret: str | None) -> None:
        """Close a session."""
        if secret:
            gone = delete(schema.session).where(schema.session.c.digest == _digest(secret))
            await self._database.write(lambda tx: tx.execute(gone) and None)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
