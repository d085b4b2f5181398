"""
Reading a message as a line of known words: misspelled, glued, phonetic or abbreviated ones become the word meant.

A word written as it should be is never read as another one: ``real_words.txt`` holds the common French words that sound
or look like one of ours (« soigne » is not « saigne »). Pure, and nothing read is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from rapidfuzz.distance import OSA

from bot.safety.sound import sound, words

_SENTENCE_ENDS = re.compile(r"[.!?;:\n…]+")
# Where a member turns to something else: the request and what he lives through are seldom in the same clause.
_CLAUSE_ENDS = re.compile(r",|[()]|\b(?=(?:et puis|et l[aà]|sinon|par ailleurs|au fait|parce qu|pcq|car|mais|bref|en plus|pendant qu)\b)", re.IGNORECASE)
_GLUED = re.compile(r"^(?:([dlmtsnc])(?=[aeiouh])|(j|qu)(?=.))(.+)$")
_SHORTEST_FUZZY, _SHORTEST_SOUND = 6, 2
_NOT_SAID = frozenset({"ne", "n", "tres", "vraiment", "super", "hyper", "tellement", "euh", "bah", "ben", "stp", "svp"})


def one_line(clauses: Iterable[str]) -> str:
    """Join *clauses* to one line."""
    return " " + " ".join(clause.strip() for clause in clauses) + " "


class Vocabulary:
    """Every word the rules know. *spellings* are habits of phones (« g » for « j ai »), *real* is not to be corrected."""

    def __init__(self, known: Iterable[str], spellings: Mapping[str, str], real: Iterable[str]) -> None:
        """Stems end with a star in *known*; the first word of a sound wins."""
        listed = list(dict.fromkeys(known))
        self._stems = tuple(word[:-1] for word in listed if word.endswith("*"))
        self._words = frozenset(word.rstrip("*") for word in listed)
        self._spellings, self._real = spellings, frozenset(real)
        self._sounds: dict[str, str] = {}
        self._alike: dict[int, list[str]] = {}
        for word in (one.rstrip("*") for one in listed):
            self._sounds.setdefault(sound(word), word)
            self._alike.setdefault(len(word), []).append(word)

    def clauses(self, text: str) -> list[list[str]]:
        """Give the clauses of each sentence of *text*, each as `` word word `` (a line of patterns.py)."""
        sentences = ([" ".join(self.read(words(clause))) for clause in _CLAUSE_ENDS.split(part)] for part in _SENTENCE_ENDS.split(text))
        cut = ([f" {clause} " for clause in sentence if clause] for sentence in sentences)
        return [sentence for sentence in cut if sentence]

    def lines(self, text: str) -> list[str]:
        """Give each sentence of *text* as a line."""
        return [one_line(sentence) for sentence in self.clauses(text)]

    def read(self, written: Sequence[str]) -> Iterator[str]:
        """Give the words meant by those *written*; words that say nothing (« ne », « très ») are left out."""
        for word in written:
            for meant in self.meant_by(word).split():
                if meant not in _NOT_SAID:
                    yield meant

    def meant_by(self, word: str) -> str:
        """Give the known word or words a single written *word* stands for, or itself."""
        if word in self._spellings:
            return self._spellings[word]
        if self.is_known(word) or word in self._real or word.isdigit():
            return word
        return self._by_sound(word) or self._unglued(word) or self._by_look(word) or word

    def is_known(self, word: str) -> bool:
        """Say whether *word* is one of the rules' words, as it should be written."""
        return word in self._words or word.startswith(self._stems)

    def is_spelling(self, word: str) -> bool:
        """Say whether *word* is one of the telephones' habits."""
        return word in self._spellings

    def _by_sound(self, word: str) -> str | None:
        known = self._sounds.get(sound(word))
        if known is None or len(word) < _SHORTEST_SOUND:
            return None
        return known if OSA.distance(word, known) <= max(2, (len(word) + 1) // 2) else None

    def _unglued(self, word: str) -> str | None:
        parts = _GLUED.match(word)
        if not parts:
            return None
        rest = parts.group(3)
        if rest in self._spellings or self.is_known(rest) or rest in self._real:
            meant: str | None = self._spellings.get(rest, rest)
        else:
            meant = self._by_sound(rest) or self._by_look(rest)
        return f"{parts.group(1) or parts.group(2)} {meant}" if meant else None

    def _by_look(self, word: str) -> str | None:
        if len(word) < _SHORTEST_FUZZY:
            return None
        allowed = 2 if len(word) > 9 else 1
        near = (known for length in range(len(word) - 1, len(word) + 2) for known in self._alike.get(length, ())
                if len(known) >= _SHORTEST_FUZZY and known[0] == word[0])
        return next((known for known in near if OSA.distance(word, known, score_cutoff=allowed) <= allowed), None)
