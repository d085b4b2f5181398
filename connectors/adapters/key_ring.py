"""
The insurer's public keys, kept.

They are read again when they grow old or when a token names one we do not know, but not as often as a stranger who
invents names would make us.
"""

from __future__ import annotations

import asyncio
import contextlib
from datetime import datetime, timedelta
from typing import Any, Protocol

from joserfc.errors import JoseError
from joserfc.jwk import ECKey, JWKRegistry, OKPKey, RSAKey

from kernel.clock import Clock
from kernel.errors import SignInNeeded, Unavailable
from kernel.logs import describe, logger

log = logger("identity")
Key = ECKey | RSAKey | OKPKey
FRESH_FOR = timedelta(minutes=10)
USED_AT_MOST = timedelta(hours=24)
AFTER_SUCCESS, AFTER_FAILURE = timedelta(seconds=30), timedelta(seconds=3)
SMALLEST_RSA = 2048


class KeySource(Protocol):
    """Where keys are published."""

    async def fetch(self) -> dict[str, Any]:
        """Give the key set (``{"keys": […]}``); Unavailable."""
        ...


class KeyRing:
    """Finds the key a token names."""

    def __init__(self, source: KeySource, clock: Clock) -> None:
        """Nothing is read before the first token."""
        self._source, self._clock = source, clock
        self._keys: list[tuple[str, str | None, Key]] = []
        self._read_at: datetime | None = None
        self._not_before: datetime | None = None
        self._lock = asyncio.Lock()

    async def find(self, algorithm: str, kid: str | None) -> Key:
        """Give the key *kid* fit for *algorithm*; SignInNeeded without one, Unavailable when none can be read."""
        if self._is_older_than(FRESH_FOR):
            await self._read_again()
        if (key := self._known(algorithm, kid)) is None:
            await self._read_again()
            key = self._known(algorithm, kid)
        if self._read_at is None or self._is_older_than(USED_AT_MOST):
            raise Unavailable("the identity provider's keys cannot be read")
        if key is None:
            raise SignInNeeded("the token names no key of ours")
        return key

    def _known(self, algorithm: str, kid: str | None) -> Key | None:
        """Without a name, only a key that is alone of its kind is meant."""
        fit = [key for fits, name, key in self._keys if fits == algorithm and kid in (None, name)]
        return fit[0] if len(fit) == 1 or (fit and kid is not None) else None

    async def _read_again(self) -> None:
        async with self._lock:
            now = self._clock.now()
            if self._not_before is not None and now < self._not_before:
                return
            self._not_before = now + AFTER_FAILURE
            try:
                found = await self._source.fetch()
            except Unavailable as error:  # the keys we have are still good for a while
                log.warning("keys_not_read", error=describe(error))
                return
            self._keys = [known for known in map(_read_key, found["keys"]) if known]
            self._read_at, self._not_before = now, now + AFTER_SUCCESS

    def _is_older_than(self, age: timedelta) -> bool:
        return self._read_at is None or self._clock.now() - self._read_at > age


def _read_key(published: Any) -> tuple[str, str | None, Key] | None:
    """Give (algorithm it is fit for, name, key); None for a key we would not trust."""
    if not isinstance(published, dict) or published.get("use", "sig") != "sig":
        return None
    with contextlib.suppress(JoseError, ValueError, TypeError, KeyError):
        key = JWKRegistry.import_key(published)
        algorithm = _algorithm_of(key)
        if algorithm is not None and published.get("alg", algorithm) == algorithm:
            return algorithm, published.get("kid"), key  # type: ignore[return-value]
    return None


def _algorithm_of(key: object) -> str | None:
    if isinstance(key, ECKey) and key.curve_name == "P-256":
        return "ES256"
    if isinstance(key, RSAKey) and key.public_key.key_size >= SMALLEST_RSA:
        return "RS256"
    if isinstance(key, OKPKey) and key.curve_name == "Ed25519":
        return "EdDSA"
    return None
