"""The installation's signing key: Ed25519, drawn at first use, kept in the state folder; the public half is for everyone."""

from __future__ import annotations

import hashlib
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from kernel.errors import SettingsError

PRIVATE, PUBLIC = "journal-signing-key.pem", "journal-public-key.pem"


@dataclass(frozen=True)
class SigningKey:
    """What exports and checkpoints are signed with; *key_id* names it in what it signed."""

    private: Ed25519PrivateKey
    key_id: str

    @property
    def public(self) -> Ed25519PublicKey:
        """What verifies: to be kept away from the record, by whoever will have to verify."""
        return self.private.public_key()


def signing_key(folder: Path) -> SigningKey:
    """Give the installation's key, drawing it at first use into *folder* (mode 600); the public key stands beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / PRIVATE
    if not path.exists():
        _draw(path)
    loaded = _load(path)
    (folder / PUBLIC).write_bytes(public_pem(loaded.public))
    return loaded


def _draw(path: Path) -> None:
    """Write a new key; when another process does the same at once, the first one stands."""
    pem = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    own = path.with_name(f".{secrets.token_hex(8)}")
    descriptor = os.open(own, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(pem)
        file.flush()
        os.fsync(descriptor)
    try:
        path.hardlink_to(own)
    except FileExistsError:
        return
    finally:
        own.unlink()


def _load(path: Path) -> SigningKey:
    try:
        private = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except ValueError as cause:
        raise SettingsError(f"La clé de signature {path} ne peut pas être lue.") from cause
    if not isinstance(private, Ed25519PrivateKey):
        raise SettingsError(f"La clé de signature {path} n'est pas une clé Ed25519.")
    return SigningKey(private, key_id_of(private.public_key()))


def key_id_of(public: Ed25519PublicKey) -> str:
    """Give the short name of a key: the first 16 characters of the SHA-256 of its public half."""
    raw = public.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    return hashlib.sha256(raw).hexdigest()[:16]


def public_pem(public: Ed25519PublicKey) -> bytes:
    """Give a public key as a PEM text."""
    return public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)


def read_public_key(pem: bytes) -> Ed25519PublicKey:
    """Read a public key given as a PEM text; SettingsError with a sentence when it is none."""
    try:
        public = serialization.load_pem_public_key(pem)
    except ValueError as cause:
        raise SettingsError("Ce fichier n'est pas une clé publique (texte PEM).") from cause
    if not isinstance(public, Ed25519PublicKey):
        raise SettingsError("Cette clé publique n'est pas une clé Ed25519.")
    return public
