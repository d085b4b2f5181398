"""Passwords as argon2id proofs; two at a time, so that guessing cannot take the machine."""

from __future__ import annotations

import asyncio
import contextlib

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError


class Argon2Passwords:
    """See ports.Passwords."""

    def __init__(self, hasher: PasswordHasher | None = None, *, at_once: int = 2) -> None:
        """*hasher*: the library's recommended cost unless given; tests give a cheap one."""
        self._hasher = hasher or PasswordHasher()
        self._turn = asyncio.Semaphore(at_once)
        self._nobody = self._hasher.hash("personne n'a ce mot de passe")

    async def hash(self, password: str) -> str:
        """See Passwords."""
        async with self._turn:
            return await asyncio.to_thread(self._hasher.hash, password)

    async def verify(self, password_hash: str | None, password: str) -> bool:
        """See Passwords."""
        async with self._turn:
            is_right = await asyncio.to_thread(self._verify, password_hash or self._nobody, password)
        return is_right and password_hash is not None

    def is_dated(self, password_hash: str) -> bool:
        """See Passwords."""
        return self._hasher.check_needs_rehash(password_hash)

    def _verify(self, password_hash: str, password: str) -> bool:
        with contextlib.suppress(VerificationError, InvalidHashError):
            return self._hasher.verify(password_hash, password)
        return False
