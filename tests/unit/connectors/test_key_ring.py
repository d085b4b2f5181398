"""The insurer's keys: kept, renewed, survived."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from joserfc.jwk import ECKey, OctKey

from connectors.adapters.key_ring import KeyRing
from kernel.clock import SetClock
from kernel.errors import SignInNeeded, Unavailable

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


class FakeSource:
    """Publishes keys, or does not answer."""

    def __init__(self, *keys) -> None:
        self.keys, self.fetches, self.is_away = list(keys), 0, False

    async def fetch(self):
        self.fetches += 1
        if self.is_away:
            raise Unavailable("away")
        return {"keys": [key if isinstance(key, dict | str) else key.as_dict(private=False) for key in self.keys]}


def a_key(kid="k1", **more):
    return ECKey.generate_key("P-256", {"kid": kid, **more})


@pytest.fixture
def clock():
    return SetClock(NOON)


async def test_keys_are_read_once_for_many_tokens(clock):
    """A thousand members signing in at nine o'clock are one reading."""
    source = FakeSource(a_key())
    ring = KeyRing(source, clock)
    for _ in range(50):
        await ring.find("ES256", "k1")

    assert source.fetches == 1


async def test_old_keys_are_read_again_and_a_withdrawn_one_no_longer_counts(clock):
    """A stolen key is withdrawn by the insurer: ten minutes later it opens nothing."""
    source = FakeSource(a_key("k1"), a_key("k2"))
    ring = KeyRing(source, clock)
    await ring.find("ES256", "k1")
    source.keys = source.keys[1:]
    clock.advance(timedelta(minutes=11))

    with pytest.raises(SignInNeeded):
        await ring.find("ES256", "k1")


async def test_when_the_insurer_does_not_answer_the_keys_we_have_serve_a_day(clock):
    """A short failure there is not a failure here; a long one is not trusted."""
    source = FakeSource(a_key())
    ring = KeyRing(source, clock)
    await ring.find("ES256", "k1")
    source.is_away = True
    clock.advance(timedelta(hours=23))
    assert await ring.find("ES256", "k1")

    clock.advance(timedelta(hours=2))
    with pytest.raises(Unavailable):
        await ring.find("ES256", "k1")


async def test_without_any_key_it_is_unavailable_not_refused(clock):
    """The member did nothing wrong; and it is tried again seconds later."""
    source = FakeSource(a_key())
    source.is_away = True
    ring = KeyRing(source, clock)
    for _ in range(5):
        with pytest.raises(Unavailable):
            await ring.find("ES256", "k1")
    assert source.fetches == 1

    source.is_away = False
    clock.advance(timedelta(seconds=4))
    assert await ring.find("ES256", "k1")


async def test_a_token_that_names_no_key_is_taken_only_when_there_is_no_doubt(clock):
    """One key: that one. Two: which?"""
    source = FakeSource(a_key("k1"))
    assert await KeyRing(source, clock).find("ES256", None)
    source.keys.append(a_key("k2"))

    with pytest.raises(SignInNeeded):
        await KeyRing(source, clock).find("ES256", None)


@pytest.mark.parametrize("published", [
    {"kty": "oct", "k": "c2VjcmV0", "kid": "k1"}, {"kty": "EC", "kid": "k1"}, {"kty": "new", "kid": "k1"}, {}, "text",
    a_key().as_dict(private=False) | {"use": "enc"}, a_key().as_dict(private=False) | {"alg": "ES512"},
    ECKey.generate_key("P-384", {"kid": "k1"}).as_dict(private=False), OctKey.generate_key(256, {"kid": "k1"}).as_dict(private=True),
])
async def test_a_key_we_would_not_trust_is_ignored(clock, published):
    """A password, a curve we did not agree on, a key for something else, nonsense: and the good one still serves."""
    ring = KeyRing(FakeSource(published, a_key("good")), clock)

    assert await ring.find("ES256", "good")
    with pytest.raises(SignInNeeded):
        await ring.find("ES256", "k1")


async def test_a_key_serves_only_for_its_own_algorithm(clock):
    """An elliptic key never verifies what says it is RSA."""
    with pytest.raises(SignInNeeded):
        await KeyRing(FakeSource(a_key()), clock).find("RS256", "k1")
