"""
The words a message may be made of: French by frequency, and the words of the insurer's own subjects, which win.

Built once at training from ``wordfreq`` and the training sentences, and stored in the model: a message never waits for
the big dictionary. Keys are folded; each knows its usual spelling with accents.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import astuple, dataclass, replace
from functools import cached_property

from symspellpy import SymSpell, Verbosity

from bot.nlu.text import fold, plain, words

KNOWN = 2e-7  # share of French text from which a spelling is taken as right: about 80 000 spellings
USUAL = 1e-6  # share from which a slip may be corrected to it: about 30 000 words
SEEN_TWICE = 2  # training sentences hold slips too, seldom twice the same
OURS = 2e-4  # share lent to a word of the domain, so that a slip lands on it first
ORDINARY = 0.1  # a spelling without accents is a word of its own when it has this part of the accented one's share
_LETTERS = re.compile(r"[^\W\d_]+")
_GLUED = re.compile(r"(?:qu|[jldnmtsc])(?=[aeiouyh])|j|l")
_SCALE = 1e9


@dataclass(frozen=True)
class Entry:
    """
    A known word: how it is *spelt* with its accents, its *share* of French text, whether it is one of *ours*, and
    whether its form without accents *is_bare_word* too (« marche » beside « marché »).
    """

    spelt: str
    share: float
    is_ours: bool
    is_bare_word: bool


Row = tuple[str, str, float, bool, bool]


class Lexicon:
    """Known words by their folded form, and the nearest one to a slip."""

    def __init__(self, entries: dict[str, Entry]) -> None:
        """*entries* by folded form."""
        self._entries = entries

    def __contains__(self, folded: str) -> bool:
        """Whether *folded* is a known word."""
        return folded in self._entries

    def __len__(self) -> int:
        """How many words are known."""
        return len(self._entries)

    def spelt(self, folded: str) -> str:
        """Give the usual spelling of *folded*, accents included; itself when it is unknown."""
        entry = self._entries.get(folded)
        return entry.spelt if entry else folded

    def is_bare_word(self, folded: str) -> bool:
        """Whether *folded* is a word of its own without any accent."""
        entry = self._entries.get(folded)
        return entry is not None and entry.is_bare_word

    def nearest(self, folded: str) -> str | None:
        """
        Give the known word nearest to the slip *folded*: at one edit, or at two for a word of ours of 7 letters or
        more. None when nothing is near enough, or the word is too short to tell.
        """
        if len(folded) < 4:
            return None
        reach = 2 if len(folded) >= 7 else 1
        for found in self._spelling.lookup(folded, Verbosity.CLOSEST, max_edit_distance=reach):
            if found.distance == 1 or self._entries[found.term].is_ours:
                return str(found.term)
        return None

    def rows(self) -> list[Row]:
        """Give the words as plain rows, to be stored."""
        return [(folded, *astuple(entry)) for folded, entry in self._entries.items()]

    @classmethod
    def from_rows(cls, rows: Iterable[Row]) -> Lexicon:
        """Rebuild from what *rows* gave."""
        return cls({folded: Entry(*entry) for folded, *entry in rows})

    @cached_property
    def _spelling(self) -> SymSpell:
        index = SymSpell(max_dictionary_edit_distance=2, prefix_length=7)
        for folded, entry in self._entries.items():
            if len(folded) >= 4 and (entry.share >= USUAL or entry.is_ours):
                index.create_dictionary_entry(folded, max(1, int(entry.share * _SCALE)))
        return index


def build_lexicon(sentences: Iterable[str], french: dict[str, float]) -> Lexicon:
    """Build from training *sentences* and from *french*, the share of French text of each spelling."""
    entries: dict[str, Entry] = {}
    for spelling, share in sorted(french.items(), key=lambda row: (row[1], row[0])):
        if share >= KNOWN and _LETTERS.fullmatch(spelling):
            folded = fold(spelling)
            bare = french.get(folded, 0.0) >= ORDINARY * share
            entries[folded] = Entry(plain(spelling), share, is_ours=False, is_bare_word=bare)
    for folded, spelling in _own_spellings(sentences).items():
        known = entries.get(folded)
        if known:
            entries[folded] = replace(known, share=max(OURS, known.share), is_ours=True)
        elif not _is_glued(folded, entries):
            entries[folded] = Entry(spelling, OURS, is_ours=True, is_bare_word=spelling == folded)
    return Lexicon(entries)


def _is_glued(folded: str, entries: dict[str, Entry]) -> bool:
    """Whether *folded* is a small word glued to a known one (« jrecois »): to be taken apart, not learnt."""
    small = _GLUED.match(folded)
    return small is not None and folded[small.end():] in entries


def _own_spellings(sentences: Iterable[str]) -> dict[str, str]:
    counts: dict[str, Counter[str]] = {}
    for sentence in sentences:
        for word in words(plain(sentence).lower()):
            if _LETTERS.fullmatch(word) and len(word) > 2:
                counts.setdefault(fold(word), Counter())[word] += 1
    return {folded: _most_accented(forms) for folded, forms in counts.items() if forms.total() >= SEEN_TWICE}


def _most_accented(forms: Counter[str]) -> str:
    """Of the spellings of one word, an accented one wins: members leave accents out far more than they add them."""
    return max(forms, key=lambda form: (form != fold(form), forms[form]))


def french_shares() -> dict[str, float]:
    """Give the share of French text of each spelling, from ``wordfreq`` (used at training only: it takes a second)."""
    from wordfreq import get_frequency_dict

    return dict(get_frequency_dict("fr"))
