"""Opaque, unguessable identifiers."""

import secrets


def new_id(prefix: str) -> str:
    """Give an id such as ``c_9Zb…``: *prefix* says what it names, 128 random bits make it unguessable."""
    return f"{prefix}_{secrets.token_urlsafe(16)}"
