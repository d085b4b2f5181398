"""
From what was typed to ordinary French: accents, elisions, phone spelling, repeated letters, slips.

« jarrive pa a me co » gives « j'arrive pas à me connecter ». The original is never changed: this is a second reading of
it, for the classifier only. Pure.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from bot.nlu.lexicon import Lexicon, build_lexicon, french_shares
from bot.nlu.pieces import pieces
from bot.nlu.text import fold, has_accents, plain, shapes, words

SPELLINGS = Path(__file__).parent / "tables" / "spelling.yml"
STORED = "lexicon.json"
REMEMBERED = 20_000  # words whose reading is kept in memory
_REPEATED = re.compile(r"(.)\1{2,}")
_ELIDED = re.compile(r"(qu|[jldnmtsc])([aeiouyh].+)")
_SUBJECT = re.compile(r"(j)([^aeiouyh].+)")


@dataclass(frozen=True)
class Reading:
    """A message in two readings: *folded* words without accents, and the sentence *spelt* as it should be."""

    folded: str
    spelt: str


@dataclass(frozen=True)
class Piece:
    """A part of a message where another request may begin: its *text* and how it reads."""

    text: str
    reading: Reading


class Normaliser:
    """Reads messages. Each word's reading is worked out once, then remembered."""

    def __init__(self, lexicon: Lexicon, spellings: dict[str, str]) -> None:
        """*spellings*: phone spelling → ordinary French, both as in ``tables/spelling.yml``."""
        self._lexicon = lexicon
        self._spellings = spellings
        self._read_word = lru_cache(maxsize=REMEMBERED)(self._work_out)

    @classmethod
    def train(cls, sentences: Iterable[str]) -> Normaliser:
        """Learn the words of the training *sentences*, beside those of ordinary French."""
        return cls(build_lexicon(sentences, french_shares()), load_spellings())

    def save(self, folder: Path) -> None:
        """Write what was learnt into *folder*: words and spellings, as JSON."""
        stored = {"spellings": self._spellings, "words": self._lexicon.rows()}
        (folder / STORED).write_text(json.dumps(stored, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> Normaliser:
        """Read what *save* wrote, ready for the first message; raise OSError or ValueError when it is not there."""
        stored = json.loads((folder / STORED).read_text(encoding="utf-8"))
        normaliser = cls(Lexicon.from_rows(stored["words"]), stored["spellings"])
        normaliser.read("premirre")  # a slip: the index of spellings is built now rather than for a member
        return normaliser

    def read(self, text: str) -> Reading:
        """Read *text*; empty readings for an empty text."""
        return self._read(text, bare=not has_accents(text))

    def read_pieces(self, text: str) -> list[Piece]:
        """Read the pieces of *text*, each as a part of it: whether the writer types accents shows in the whole."""
        bare = not has_accents(text)
        return [Piece(piece, self._read(piece, bare=bare)) for piece in pieces(text)]

    def _read(self, text: str, *, bare: bool) -> Reading:
        shaped = plain(text)
        shouted = shaped.isupper()
        read = [
            self._read_word(word.lower(), bare, not shouted and position > 0 and word.istitle())
            for position, word in enumerate(words(shapes(shaped)))
        ]
        spelt = " ".join(word for word in read if word)
        return Reading(fold(spelt).replace("'", " "), spelt.replace("' ", "'"))

    def _work_out(self, word: str, bare: bool, is_name: bool) -> str:
        folded = fold(word)
        if word.endswith("'") or (len(word) == 1 and folded not in self._spellings):
            return word
        if folded != word and folded in self._lexicon:
            return word  # the writer took care of the accents
        if folded in self._spellings:
            return self._spellings[folded]
        if folded in self._lexicon:
            return word if not bare and self._lexicon.is_bare_word(folded) else self._lexicon.spelt(folded)
        if is_name or not folded.isalpha() or folded.startswith("x"):
            return word
        return self._unrepeated(folded) or self._unglued(folded) or self._corrected(folded) or word

    def _unrepeated(self, folded: str) -> str | None:
        if not _REPEATED.search(folded):
            return None
        for kept in (r"\1\1", r"\1"):
            shorter = _REPEATED.sub(kept, folded)
            if shorter in self._spellings or shorter in self._lexicon:
                return self._spellings.get(shorter) or self._lexicon.spelt(shorter)
        return None

    def _unglued(self, folded: str) -> str | None:
        """Read « jarrive », « lappli », « jpeux »: a small word glued to a known one."""
        for pattern, mark in ((_ELIDED, "'"), (_SUBJECT, "e ")):
            found = pattern.fullmatch(folded)
            if found and (rest := self._known(found[2])):
                return f"{found[1]}{mark}{rest}"
        return None

    def _known(self, folded: str) -> str | None:
        if folded in self._spellings:
            return self._spellings[folded]
        return self._lexicon.spelt(folded) if folded in self._lexicon else None

    def _corrected(self, folded: str) -> str | None:
        nearest = self._lexicon.nearest(folded)
        return self._lexicon.spelt(nearest) if nearest else None


def load_spellings(path: Path = SPELLINGS) -> dict[str, str]:
    """Read the table of phone spellings."""
    return {str(key): str(value) for key, value in yaml.safe_load(path.read_text(encoding="utf-8")).items()}
