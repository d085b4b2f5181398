"""Verifies the insurer's tokens (JWT, RFC 7519): who signed, for whom, until when. Anything unclear is refused."""

from __future__ import annotations

import math
import re
import warnings
from datetime import UTC, datetime, timedelta
from typing import Any

from joserfc import jws, jwt
from joserfc.errors import JoseError

from connectors.adapters.key_ring import Key, KeyRing
from connectors.adapters.key_source import HttpKeySource
from connectors.core.access import ProvenMember
from kernel.clock import Clock
from kernel.errors import SignInNeeded
from kernel.settings import Settings

ALGORITHMS = ("ES256", "RS256", "EdDSA")
LONGEST_LIFE = timedelta(minutes=10)
CLOCKS_DIFFER = timedelta(seconds=30)
MAX_LENGTH = 8 * 1024
CODE_LEVEL = 2  # claim `acr` = "2": a one-time code was just given; any other value, or none, proves level 1
KEYS_PATH = "/.well-known/jwks.json"
_MEMBER_ID = re.compile(r"[\x21-\x7e]{1,80}")
_REGISTRY = jws.JWSRegistry(algorithms=list(ALGORITHMS))


class JwtVerifier:
    """Accepts tokens of one issuer for one audience."""

    def __init__(self, keys: KeyRing, clock: Clock, *, issuer: str, audience: str) -> None:
        """*issuer* and *audience* must be in the token to the letter."""
        self._keys, self._clock, self._issuer, self._audience = keys, clock, issuer, audience

    async def verify(self, token: str) -> ProvenMember:
        """See TokenVerifier."""
        header = _header_of(token)
        algorithm, kid = header.get("alg"), header.get("kid")
        # Never what the token says it should be verified with: no embedded key, no address, no extension.
        if algorithm not in ALGORITHMS or "crit" in header or "b64" in header or not isinstance(kid, str | None):
            raise SignInNeeded("the token is not signed as agreed")
        claims = _claims_of(token, await self._keys.find(algorithm, kid))
        return self._member_of(claims)

    def _member_of(self, claims: dict[str, Any]) -> ProvenMember:
        audience = claims.get("aud")
        audiences = audience if isinstance(audience, list) else [audience]
        if claims.get("iss") != self._issuer or self._audience not in audiences:
            raise SignInNeeded("the token is for somebody else")
        member_id = claims.get("sub")
        if not isinstance(member_id, str) or not _MEMBER_ID.fullmatch(member_id):
            raise SignInNeeded("the token names nobody")
        return ProvenMember(member_id, self._end_of(claims), CODE_LEVEL if claims.get("acr") == str(CODE_LEVEL) else 1)

    def _end_of(self, claims: dict[str, Any]) -> datetime:
        now = self._clock.now().timestamp()
        ends, begins, valid_from = (_moment(claims, name) for name in ("exp", "iat", "nbf"))
        if ends is None or begins is None:
            raise SignInNeeded("the token has no dates")
        if max(begins, valid_from or begins) > now + CLOCKS_DIFFER.total_seconds():
            raise SignInNeeded("the token is not valid yet")
        if ends <= now:
            raise SignInNeeded("the token has expired")
        if ends - begins > LONGEST_LIFE.total_seconds():
            raise SignInNeeded("the token lives too long")
        return datetime.fromtimestamp(ends, UTC)


def _header_of(token: str) -> dict[str, Any]:
    if len(token) > MAX_LENGTH or not token.isascii():
        raise SignInNeeded("not a token")
    try:
        return dict(jws.extract_compact(token.encode()).headers())
    except (JoseError, ValueError, TypeError, RecursionError):
        raise SignInNeeded("not a token") from None


def _claims_of(token: str, key: Key) -> dict[str, Any]:
    try:
        with warnings.catch_warnings():
            # Ed25519 signs well; the library warns that the name « EdDSA » could mean another curve, which we refuse.
            warnings.simplefilter("ignore")
            return dict(jwt.decode(token, key, registry=_REGISTRY).claims)
    except (JoseError, ValueError, TypeError, RecursionError):
        raise SignInNeeded("the token's signature does not hold") from None


def _moment(claims: dict[str, Any], name: str) -> float | None:
    value = claims.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise SignInNeeded("the token's dates cannot be read")
    return float(value)


def build_verifier(settings: Settings, clock: Clock) -> JwtVerifier:
    """Make the verifier of an installation; without an identity provider of its own, the sandbox insurer's."""
    keys_url = settings.identity_jwks_url or settings.sandbox_url + KEYS_PATH
    return JwtVerifier(
        KeyRing(HttpKeySource(keys_url), clock), clock,
        issuer=settings.identity_issuer or settings.sandbox_url, audience=settings.identity_audience)
