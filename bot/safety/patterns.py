"""
The small language the signs of danger are written in, compiled to regular expressions over a line of words.

``word`` · ``stem*`` (any ending) · ``a_b`` (one word after the other) · ``{idea}`` (any of its words, in ``words.yml``) ·
``a|b`` (either) · ``x?`` (perhaps) · ``!x`` (not followed by) · ``..`` (up to four words between), ``..9`` (up to nine) · ``^`` and ``$`` (ends of a sentence).
A line is ``" word word word "``; gaps are bounded, so the time stays proportional to the line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from bot.safety.sound import fold

USUAL_GAP = 4
_GAP = re.compile(r"^\.\.(\d*)$")

Ideas = Mapping[str, Sequence[str]]


class UnknownIdea(Exception):
    """A pattern names an idea that ``words.yml`` does not have."""


def compiled(pattern: str, ideas: Ideas) -> re.Pattern[str]:
    """Compile *pattern*; UnknownIdea."""
    return re.compile("(?<= )" + "".join(_element(element, ideas) for element in pattern.split()))


def _element(element: str, ideas: Ideas) -> str:
    if gap := _GAP.match(element):
        return rf"(?:\S+ ){{0,{gap.group(1) or USUAL_GAP}}}"
    if element in "^$":
        return r"(?<=^ )" if element == "^" else "$"
    if element.startswith("!"):
        return rf"(?!{_choice(element[1:], ideas)})"
    return f"{_choice(element[:-1], ideas)}?" if element.endswith("?") else _choice(element, ideas)


def _choice(element: str, ideas: Ideas) -> str:
    return "(?:" + "|".join(_phrase(phrase) for phrase in phrases_of(element, ideas)) + ")"


def _phrase(phrase: str) -> str:
    return "".join(re.escape(word[:-1]) + r"\S* " if word.endswith("*") else re.escape(word) + " "
                   for word in phrase.split())


def phrases_of(element: str, ideas: Ideas) -> Iterator[str]:
    """Give every phrase *element* stands for, ideas inside ideas opened; UnknownIdea."""
    for option in element.split("|"):
        if not option.startswith("{"):
            yield fold(option).replace("_", " ")
        elif option.strip("{}") in ideas:
            for phrase in ideas[option.strip("{}")]:
                yield from phrases_of(phrase, ideas)
        else:
            raise UnknownIdea(option)


def words_of(pattern: str, ideas: Ideas) -> Iterator[str]:
    """Give every word *pattern* knows, stems with their star."""
    for element in pattern.split():
        if not _GAP.match(element) and element not in "^$":
            for phrase in phrases_of(element.strip("!?"), ideas):
                yield from phrase.split()


def needed_by(pattern: str, ideas: Ideas) -> frozenset[str]:
    """Give words of which a line must have one for *pattern* to stand in it; none when that cannot be told from whole words."""
    elements = (one for one in pattern.split() if not _GAP.match(one) and one not in "^$" and one[0] != "!" and one[-1] != "?")
    firsts = (frozenset(phrase.split()[0] for phrase in phrases_of(element, ideas)) for element in elements)
    return min((words for words in firsts if not any(word.endswith("*") for word in words)), key=len, default=frozenset())
