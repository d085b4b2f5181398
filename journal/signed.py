"""
Signed documents: ``{"content": …, "signature": …}`` in canonical JSON, the Ed25519 signature covering the content.

The bytes of the file are the canonical ones and no others, so that one altered byte anywhere is found. Pure.
"""

from __future__ import annotations

import json
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from journal.chain import canonical
from journal.keys import SigningKey, key_id_of


def sign(content: dict[str, Any], key: SigningKey) -> bytes:
    """Give the signed document of *content*, to which the name of the key is added."""
    signed = canonical(content | {"key_id": key.key_id})
    return b'{"content":%b,"signature":"%b"}' % (signed, key.private.sign(signed).hex().encode())  # canonical as a whole too


def read_signed(document: bytes, public_key: Ed25519PublicKey, *, form: str) -> tuple[dict[str, Any] | None, list[str]]:
    """
    Read a document of the given *form* (``content.form``): its content, None if it cannot be read, and what is wrong.

    The content is given even when the signature is wrong, so that the caller can tell where it was changed.
    """
    try:
        read = json.loads(document)
        content, signature = read["content"], read["signature"]
        is_exact = canonical(read) == document and set(read) == {"content", "signature"}
    except (ValueError, TypeError, KeyError, RecursionError):
        return None, ["Ce fichier ne peut pas être lu : il est abîmé, ou ce n'est pas un document signé."]
    if not isinstance(content, dict) or content.get("form") != form:
        return None, ["Ce fichier n'est pas le document attendu."]
    problems = [] if is_exact else ["Le fichier a été réécrit après la signature : ce ne sont plus les octets d'origine."]
    return content, problems + _signature_problems(content, signature, public_key)


def _signature_problems(content: dict[str, Any], signature: object, public_key: Ed25519PublicKey) -> list[str]:
    expected = key_id_of(public_key)
    if content.get("key_id") != expected:
        return [f"Ce document dit être signé par une autre clé ({content.get('key_id')}) que celle que vous avez donnée ({expected})."]
    try:
        value = bytes.fromhex(str(signature))
        public_key.verify(value, canonical(content))
    except (ValueError, InvalidSignature):
        return ["La signature ne correspond pas au contenu : le document a été modifié, ou signé de nouveau avec une autre clé."]
    return [] if value.hex() == signature else ["La signature a été réécrite."]
