"""The key of an opening, and the secret made of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.core.access import is_token, new_secret
from connectors.core.openings import check_key, new_salt, secret_from
from kernel.errors import Malformed

KEY = "Qm9uam91ci1qZS1zdWlzLXVuZS1jbGUtdGlyZWUtYXU"


@pytest.mark.parametrize("key", ["", "abc", "a" * 43, "ab" * 21 + "a", KEY + "=", KEY[:-1], KEY + "A", KEY[:-1] + "é", KEY[:-1] + "."])
def test_a_key_that_somebody_could_guess_is_refused(key: str) -> None:
    """It gives the conversation to who holds it: it must have been drawn."""
    with pytest.raises(Malformed) as refused:
        check_key(key)
    assert not key or key not in refused.value.detail


def test_keys_that_are_drawn_are_taken() -> None:
    """Thirty-two random bytes never look made up."""
    assert all(check_key(key) == key for key in (new_secret() for _ in range(2_000)))


@given(st.text(alphabet="abcdef0123456789", min_size=32, max_size=32))
def test_the_same_key_and_salt_make_the_same_secret_and_no_other(salt: str) -> None:
    """Asking again must give back the secret that opens the conversation; another salt, or another key, never does."""
    secret = secret_from(KEY, salt)

    assert secret == secret_from(KEY, salt)
    assert secret not in (secret_from(KEY, new_salt()), secret_from(KEY[::-1], salt), KEY)
    assert len(secret) == 43
    assert not is_token(secret)
