"""The rule book: what is a sign of danger, what is not, what is over. Data in YAML, compiled once. Pure but for reading it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from bot.safety.patterns import Ideas, compiled, needed_by, words_of
from bot.safety.sound import fold
from bot.safety.vocabulary import Vocabulary

HERE = Path(__file__).parent

# Which topic and variant each file of signs is about.
FILES = {
    "urgence_medicale": ("urgence_medicale", "general"),
    "intoxication": ("urgence_medicale", "poisoning"),
    "detresse": ("detresse", "general"),
    "violences_danger": ("violences_danger", "general"),
    "enfant": ("violences_danger", "child"),
    "menace": ("violences_danger", "threat"),
}


@dataclass(frozen=True)
class Wording:
    """A way to say something: its *pattern*, and words of which a line *needs* one (none: not known)."""

    pattern: re.Pattern[str]
    needs: frozenset[str]

    def is_possible(self, words: AbstractSet[str]) -> bool:
        """Say whether a message of these *words* is worth searching."""
        return not self.needs or not self.needs.isdisjoint(words)


Wordings = tuple[Wording, ...]


@dataclass(frozen=True)
class Sign:
    """
    One sign: *weight* 1 to 3 as said in the files; *is_event*: may be over, so papers alone make it a reminder;
    *is_apart*: counts only in a message that says nothing of insurance.
    """

    topic: str
    variant: str
    reason: str
    weight: int
    is_event: bool
    is_apart: bool
    wordings: Wordings

    def is_in(self, line: str) -> bool:
        """Say whether one of the sign's wordings stands in *line*."""
        return any(wording.pattern.search(line) for wording in self.wordings)


@dataclass(frozen=True)
class RuleBook:
    """Everything ``look`` needs."""

    vocabulary: Vocabulary
    signs: tuple[Sign, ...]
    innocent: Wordings
    contexts: dict[str, Wordings]

    def possible(self, words: AbstractSet[str]) -> RuleBook:
        """Give the few rules that a message of these *words* can meet: the rest need not be searched for."""
        signs = ((sign, _possible(sign.wordings, words)) for sign in self.signs)
        return RuleBook(self.vocabulary, tuple(replace(sign, wordings=kept) for sign, kept in signs if kept), _possible(self.innocent, words),
                        {name: _possible(wordings, words) for name, wordings in self.contexts.items()})


def _possible(wordings: Wordings, words: AbstractSet[str]) -> Wordings:
    return tuple(wording for wording in wordings if wording.is_possible(words))


def _read(name: str) -> Any:
    return yaml.safe_load((HERE / name).read_text(encoding="utf-8"))


def _signs(ideas: Ideas) -> Iterator[Sign]:
    for name, (topic, variant) in FILES.items():
        for row in _read(f"signs/{name}.yml"):
            yield Sign(topic, variant, row["reason"], row["weight"], row.get("event", False), row.get("apart", False),
                       _wordings_of(row["says"], ideas))


def _wordings_of(says: Iterable[str], ideas: Ideas) -> Wordings:
    return tuple(Wording(compiled(pattern, ideas), needed_by(pattern, ideas)) for pattern in says)


def _all_says() -> Iterator[str]:
    for name in FILES:
        for row in _read(f"signs/{name}.yml"):
            yield from row["says"]
    contexts = _read("contexts.yml")
    for row in contexts["innocent"]:
        yield from row["says"]
    for name, says in contexts.items():
        if name != "innocent":
            yield from says


def real_words() -> frozenset[str]:
    """Give the common words that are never read as one of ours (``real_words.txt``; # starts a comment)."""
    lines = (HERE / "real_words.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines for word in line.partition("#")[0].split())


def _vocabulary(words: dict[str, Any]) -> Vocabulary:
    ideas = words["ideas"]
    known: Iterable[str] = (word for pattern in _all_says() for word in words_of(pattern, ideas))
    return Vocabulary(known, {fold(written): meant for written, meant in words["spellings"].items()}, real_words())


@lru_cache(maxsize=1)
def rule_book() -> RuleBook:
    """Read and compile every rule, once; UnknownIdea when a pattern names an idea that is not in words.yml."""
    words, contexts = _read("words.yml"), _read("contexts.yml")
    ideas: Ideas = words["ideas"]
    return RuleBook(
        vocabulary=_vocabulary(words),
        signs=tuple(_signs(ideas)),
        innocent=_wordings_of((pattern for row in contexts["innocent"] for pattern in row["says"]), ideas),
        contexts={name: _wordings_of(says, ideas) for name, says in contexts.items() if name != "innocent"},
    )
