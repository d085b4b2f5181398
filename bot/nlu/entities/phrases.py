"""Phrases of a table found in a message, word by word, plurals and slips of the finger forgiven. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rapidfuzz.distance import DamerauLevenshtein

LONG_ENOUGH = 7
"""Letters from which a word one slip away is the same word, if its first letter is right."""

_WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True)
class Hit:
    """The *name* under which the phrase between *start* and *end* is kept."""

    name: str
    start: int
    end: int


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word[-1] in "sx" else word


def _shortened(word: str) -> Iterator[str]:
    """Give *word* and *word* without one letter: two words one slip apart share one of these."""
    yield word
    for place in range(1, len(word)):
        yield word[:place] + word[place + 1:]


class Phrases:
    """Phrases by name, looked up in time that does not depend on how many there are."""

    def __init__(self, table: Mapping[str, Iterable[str]], *, never: Iterable[str] = ()) -> None:
        """*table*: name → phrases, folded. *never*: words that are near one of them and mean something else."""
        self._names = {_key(phrase): name for name, phrases in table.items() for phrase in phrases}
        self._longest = max((key.count(" ") + 1 for key in self._names), default=0)
        self._never = {_singular(word) for word in never}
        self._near: dict[str, set[str]] = {}
        for word in self._names:
            if " " not in word and len(word) >= LONG_ENOUGH:
                for short in _shortened(word):
                    self._near.setdefault(short, set()).add(word)

    def find(self, plain: str) -> Iterator[Hit]:
        """Find every phrase of folded text *plain*; they may overlap."""
        words = [(_singular(word.group()), *word.span()) for word in _WORD.finditer(plain)]
        for first, (word, start, end) in enumerate(words):
            if name := self._names.get(word) or self._slip(word):
                yield Hit(name, start, end)
            for last in range(first + 1, min(first + self._longest, len(words))):
                key = " ".join(word for word, _, _ in words[first:last + 1])
                if name := self._names.get(key):
                    yield Hit(name, start, words[last][2])

    def _slip(self, word: str) -> str | None:
        if len(word) < LONG_ENOUGH - 1 or len(word) > 40 or word in self._never:
            return None
        near = {known for short in _shortened(word) for known in self._near.get(short, ())
                if known[0] == word[0] and DamerauLevenshtein.distance(known, word, score_cutoff=1) <= 1}
        names = {self._names[known] for known in near}
        return names.pop() if len(names) == 1 else None


def _key(phrase: str) -> str:
    return " ".join(map(_singular, _WORD.findall(phrase)))
