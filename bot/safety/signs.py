"""The rule book: what is a sign of danger, what is not, what is over. Data in YAML, compiled once. Pure but for reading it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from bot.safety.patterns import Ideas, compiled, words_of
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

Patterns = tuple[re.Pattern[str], ...]


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
    patterns: Patterns

    def is_in(self, line: str) -> bool:
        """Say whether one of the sign's wordings stands in *line*."""
        return any(pattern.search(line) for pattern in self.patterns)


@dataclass(frozen=True)
class RuleBook:
    """Everything ``look`` needs."""

    vocabulary: Vocabulary
    signs: tuple[Sign, ...]
    innocent: Patterns
    contexts: dict[str, Patterns]


def _read(name: str) -> Any:
    return yaml.safe_load((HERE / name).read_text(encoding="utf-8"))


def _signs(ideas: Ideas) -> Iterator[Sign]:
    for name, (topic, variant) in FILES.items():
        for row in _read(f"signs/{name}.yml"):
            yield Sign(topic, variant, row["reason"], row["weight"], row.get("event", False), row.get("apart", False),
                       tuple(compiled(pattern, ideas) for pattern in row["says"]))


def _wordings() -> Iterator[str]:
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
    known: Iterable[str] = (word for pattern in _wordings() for word in words_of(pattern, ideas))
    return Vocabulary(known, {fold(written): meant for written, meant in words["spellings"].items()}, real_words())


@lru_cache(maxsize=1)
def rule_book() -> RuleBook:
    """Read and compile every rule, once; UnknownIdea when a pattern names an idea that is not in words.yml."""
    words, contexts = _read("words.yml"), _read("contexts.yml")
    ideas: Ideas = words["ideas"]
    return RuleBook(
        vocabulary=_vocabulary(words),
        signs=tuple(_signs(ideas)),
        innocent=tuple(compiled(pattern, ideas) for row in contexts["innocent"] for pattern in row["says"]),
        contexts={name: tuple(compiled(pattern, ideas) for pattern in says)
                  for name, says in contexts.items() if name != "innocent"},
    )
