"""Draws that are the same at every seeding: from a name, never from chance. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """A row of draws; two dice of the same *name* give the same row."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._rolled = 0

    def below(self, limit: int) -> int:
        """Give a number from 0 to *limit* - 1."""
        self._rolled += 1
        digest = hashlib.sha256(f"{self._name}/{self._rolled}".encode()).digest()
        return int.from_bytes(digest[:6], "big") % limit

    def between(self, least: int, most: int) -> int:
        """Give a number from *least* to *most*, both possible."""
        return least + self.below(most - least + 1)

    def pick(self, choices: Sequence[T]) -> T:
        """Give one of *choices*."""
        return choices[self.below(len(choices))]
