"""
How well messages are understood: figures over labelled messages nobody trained on. Pure.

Used by the quality gate of the tests, by ``benchmarks/understand.py``, and by whoever wants to know the effect of new
training sentences before publishing them.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.nlu.understanding import Understanding, Understood

FOREIGN = "hors_perimetre"


@dataclass(frozen=True)
class Labelled:
    """A message, the *topic* a person gave it, and who it sounds like (*voice*)."""

    text: str
    topic: str
    voice: str


@dataclass(frozen=True)
class Heard:
    """A labelled message and what was understood of it."""

    message: Labelled
    understood: Understood

    @property
    def first(self) -> str:
        """The likeliest topic, whether it was thought enough to answer or not."""
        chosen = self.understood.topics or self.understood.candidates
        return chosen[0].id

    @property
    def is_right(self) -> bool:
        """Whether the likeliest topic is the right one."""
        return self.first == self.message.topic

    @property
    def is_among_three(self) -> bool:
        """Whether the right topic is among the three that would be suggested."""
        return any(topic.id == self.message.topic for topic in self.understood.candidates)

    @property
    def is_refused(self) -> bool:
        """Whether it is taken as foreign, or as not understood."""
        return not self.understood.topics or self.understood.topics[0].id == FOREIGN


@dataclass(frozen=True)
class Figures:
    """Shares between 0 and 1 over *count* messages; *answered_right*: right among those answered at once."""

    count: int
    first_right: float
    among_three: float
    macro_f1: float
    answered: float
    answered_right: float


def read_labelled(paths: Iterable[Path]) -> list[Labelled]:
    """Read test sets: tab-separated ``topic``, ``voice``, ``text``, with a header."""
    rows: list[Labelled] = []
    for path in paths:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            rows += [Labelled(row["text"], row["topic"], row["voice"]) for row in reader]
    return rows


def listen(understanding: Understanding, messages: Iterable[Labelled]) -> list[Heard]:
    """Let *understanding* read every message."""
    return [Heard(message, understanding.understand(message.text)) for message in messages]


def figures(heard: Sequence[Heard]) -> Figures:
    """Sum up; ZeroDivisionError for no message at all."""
    answered = [one for one in heard if one.understood.topics]
    return Figures(
        count=len(heard),
        first_right=_share(heard, lambda one: one.is_right),
        among_three=_share(heard, lambda one: one.is_among_three),
        macro_f1=macro_f1([one.message.topic for one in heard], [one.first for one in heard]),
        answered=len(answered) / len(heard),
        answered_right=_share(answered, lambda one: one.is_right) if answered else 0.0,
    )


def figures_by(heard: Sequence[Heard], key: Callable[[Labelled], str]) -> dict[str, Figures]:
    """Sum up each voice, group or topic apart: *key* says which one a message belongs to."""
    apart: defaultdict[str, list[Heard]] = defaultdict(list)
    for one in heard:
        apart[key(one.message)].append(one)
    return {name: figures(ones) for name, ones in sorted(apart.items())}


def refusals(heard: Sequence[Heard]) -> tuple[float, float]:
    """Give the share of foreign messages refused (good), and of our own messages refused (bad)."""
    foreign = [one for one in heard if one.message.topic == FOREIGN]
    ours = [one for one in heard if one.message.topic != FOREIGN]
    return _share(foreign, lambda one: one.is_refused), _share(ours, lambda one: one.is_refused)


@dataclass(frozen=True)
class Several:
    """Of messages with several requests, the share where all were *found*; of those with one, the share that was *split*."""

    found: float
    split: float


def read_several(path: Path) -> list[tuple[str, frozenset[str]]]:
    """Read messages and the topics of each: tab-separated ``topics`` (joined by +; or ``topic``), ``voice``, ``text``, with a header."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [(row["text"], frozenset((row.get("topics") or row["topic"]).split("+"))) for row in reader]


def several(understanding: Understanding, messages: Iterable[tuple[str, frozenset[str]]]) -> Several:
    """Let *understanding* look for every request of *messages*."""
    found, split = [], []
    for text, topics in messages:
        understood = {topic.id for topic in understanding.understand(text).topics}
        if len(topics) > 1:
            found.append(topics <= understood)
        else:
            split.append(len(understood) > 1)
    return Several(sum(found) / len(found), sum(split) / len(split))


def confusions(heard: Sequence[Heard]) -> list[tuple[int, str, str]]:
    """Give (how often, right topic, topic understood), most frequent first."""
    counts = Counter((one.message.topic, one.first) for one in heard if not one.is_right)
    return sorted(((count, right, wrong) for (right, wrong), count in counts.items()), key=lambda row: (-row[0], row[1:]))


def calibration_error(heard: Sequence[Heard], bands: int = 10) -> float:
    """Give how far confidence is from being right, on average over *bands* of confidence (expected calibration error)."""
    counts: Mapping[int, list[Heard]] = defaultdict(list)
    for one in heard:
        counts[min(bands - 1, int(_confidence(one) * bands))].append(one)
    return sum(
        abs(sum(_confidence(one) for one in ones) - sum(one.is_right for one in ones)) for ones in counts.values()
    ) / len(heard)


def macro_f1(right: Sequence[str], chosen: Sequence[str]) -> float:
    """Give the mean over the topics of *right* of the harmonic mean of precision and recall."""
    hits = Counter(topic for topic, other in zip(right, chosen, strict=True) if topic == other)
    wanted, given = Counter(right), Counter(chosen)
    return sum(2 * hits[topic] / (wanted[topic] + given[topic]) for topic in wanted) / len(wanted)


def _confidence(one: Heard) -> float:
    chosen = one.understood.topics or one.understood.candidates
    return chosen[0].confidence


def _share(heard: Sequence[Heard], holds: Callable[[Heard], bool]) -> float:
    return sum(map(holds, heard)) / len(heard)
