"""Where a message names the words of the statement that ``bot.phrasing.acronyms`` knows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapidfuzz import fuzz

from bot.nlu.entities.folding import Folded
from bot.nlu.entities.found import Found, Kind
from bot.phrasing.acronyms import WORDS_THAT_ARE_ALSO_TERMS, Term, find_terms, fold

_NEAR = 75
_SHORT = 6
_ASKS = re.compile(r"\b(?:koi|quoi|kwa|qu'est|keske?|veu(?:t|x|lent) dire|signifi\w+|definition|def|sigles?|abrevi\w+|initiales|lettres|acronymes?|codes?|traduction|"
                   r"correspond\w*|difference|pareil)\b|\?")
"""Only then are « br » or « ro » read in small letters: « bon ben », « mon ami » are words of every day."""

_OTHER_NAMES = frozenset(["ameli"])
"""One letter away from a term (ADELI), and something else."""


def statement_words(message: Folded) -> Iterator[Found]:
    """Find the glossary's terms, each by the name it has there (« BR »)."""
    asked = bool(_ASKS.search(message.plain))
    for term in find_terms(message.text, asked=asked):
        place = _place(message.plain, term)
        if place and (asked or not _is_everyday(message.plain[slice(*place)])):
            yield Found(Kind.ACRONYM, term.term, *place)


def _is_everyday(words: str) -> bool:
    return words in WORDS_THAT_ARE_ALSO_TERMS


def _place(plain: str, term: Term) -> tuple[int, int] | None:
    """Give where *term* stands: by a name, dotted or not, else by its nearest likeness (a slip, a plural)."""
    names = _names(term)
    for name in names:
        dotted = r"\.?".join(map(re.escape, name)) if len(name) <= _SHORT else re.escape(name)
        if match := re.search(rf"(?<!\w){dotted}(?!\w)", plain):
            return match.span()
    likest = max((likeness for name in names if (likeness := _likeness(name, plain))), default=None)
    return likest[1] if likest else None


def _names(term: Term) -> list[str]:
    """Give the names of *term*, and its meaning when it has several words: « consultation » alone is no word of the statement."""
    expansion = fold(re.split(r"[(/,:]| ou ", term.expansion)[0].strip())
    # « 200 % BR » is a rate and a word: the sign goes with the figure.
    return [*(name.removeprefix("% ") for name in term.names), *([expansion] if " " in expansion and expansion[0].isalpha() else [])]


def _likeness(name: str, plain: str) -> tuple[float, tuple[int, int]] | None:
    near = fuzz.partial_ratio_alignment(name, plain, score_cutoff=_NEAR) if len(name) > 4 else None
    if not near:
        return None
    start, end = near.dest_start, near.dest_end
    while start > 0 and plain[start - 1].isalnum():
        start -= 1
    while end < len(plain) and plain[end].isalnum():
        end += 1
    found = plain[start:end].strip()
    # « pas de remboursement » is one slip away from a term of the glossary, and no slip begins a word.
    is_other = found in _OTHER_NAMES or found[:1] != name[0] or fuzz.ratio(name, found) < _NEAR
    return None if is_other else (near.score, (start, start + len(plain[start:end].rstrip())))
