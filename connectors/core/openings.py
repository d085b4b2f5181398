"""
The key of an opening: drawn by the page, so that asking again gives the same conversation, with the same secret.

The secret is made of the key and of a salt kept for an hour: whoever lacks the key cannot have it told, and after that
hour nobody can, not even with the key.
"""

from __future__ import annotations

import base64
import hmac
import re
import secrets

from kernel.errors import Malformed

SALT_BYTES = 16
_KEY = re.compile(r"[A-Za-z0-9_-]{43}")
_DIFFERENT = 16
"""Characters of a drawn key that differ from each other: fewer happens to none in many millions."""


def check_key(key: str) -> str:
    """Give *key* back; Malformed unless it is 32 bytes in base64url and looks drawn at random."""
    if not _KEY.fullmatch(key) or len(set(key)) < _DIFFERENT:
        raise Malformed("key: 32 random bytes in base64url, without padding")
    return key


def new_salt() -> str:
    """Draw what makes the secrets of two openings differ: 128 bits."""
    return secrets.token_hex(SALT_BYTES)


def secret_from(key: str, salt: str) -> str:
    """Make the conversation's secret, 256 bits: the same for the same *key* and *salt*."""
    made = hmac.digest(key.encode(), salt.encode(), "sha256")
    return base64.urlsafe_b64encode(made).decode().rstrip("=")
