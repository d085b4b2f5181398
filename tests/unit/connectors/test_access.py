"""What a proof opens: the table of a shared tablet."""

from __future__ import annotations

import pytest

from connectors.core.access import ProvenMember, Secret, Verdict, digest_of, is_token, judge, new_secret
from journal.entries import Identity

from .makers import NOON, PAST, SOON, a_conversation

DIGEST, OTHER = digest_of("the secret"), digest_of("another")
ANONYMOUS = a_conversation(access_digest=DIGEST)
SIGNED_IN = a_conversation(access_digest=DIGEST, identity=Identity(1, "m1", SOON))
SIGNED_OUT = a_conversation(access_digest=DIGEST, identity=Identity(1, "m1", PAST))
CHECKED = a_conversation(access_digest=DIGEST, identity=Identity(3, "m1", SOON))
CHECK_OVER = a_conversation(access_digest=DIGEST, identity=Identity(3, "m1", PAST))
WITHOUT_SECRET = a_conversation(identity=Identity(1, "m1", SOON))


@pytest.mark.parametrize(("conversation", "proof", "verdict"), [
    (ANONYMOUS, Secret(DIGEST), Verdict.OPEN),
    (ANONYMOUS, Secret(OTHER), Verdict.UNKNOWN),
    (ANONYMOUS, ProvenMember("m1", SOON), Verdict.UNKNOWN),
    (SIGNED_IN, Secret(DIGEST, SOON), Verdict.OPEN),
    (SIGNED_IN, Secret(DIGEST), Verdict.LOCKED),  # signed in elsewhere, not on this page
    (SIGNED_IN, Secret(DIGEST, PAST), Verdict.LOCKED),
    (SIGNED_IN, Secret(DIGEST, NOON), Verdict.LOCKED),
    (SIGNED_IN, Secret(OTHER, SOON), Verdict.UNKNOWN),
    (SIGNED_IN, ProvenMember("m1", SOON), Verdict.OPEN),
    (SIGNED_IN, ProvenMember("m1", NOON), Verdict.LOCKED),
    (SIGNED_IN, ProvenMember("m2", SOON), Verdict.UNKNOWN),
    (SIGNED_OUT, Secret(DIGEST), Verdict.LOCKED),
    (SIGNED_OUT, ProvenMember("m1", SOON), Verdict.OPEN),
    (CHECKED, Secret(DIGEST), Verdict.OPEN),
    (CHECKED, Secret(OTHER), Verdict.UNKNOWN),
    (CHECK_OVER, Secret(DIGEST), Verdict.LOCKED),
    (WITHOUT_SECRET, Secret(digest_of("")), Verdict.UNKNOWN),
    (WITHOUT_SECRET, Secret(""), Verdict.LOCKED),
])
def test_what_opens_what(conversation, proof, verdict):
    """Open only to the secret of an anonymous conversation, or to a token still valid of its member."""
    assert judge(conversation, proof, NOON) is verdict


def test_secrets_are_long_and_never_alike():
    """256 bits, and never mistaken for a token."""
    drawn = {new_secret() for _ in range(100)}

    assert len(drawn) == 100
    assert all(len(one) == 43 and not is_token(one) for one in drawn)


def test_a_secret_of_any_characters_has_a_digest():
    """Headers carry whatever the caller likes."""
    assert len(digest_of("\udcff é\x00")) == 64
