"""
From a reading to a ranked list of topics with honest confidences, or to « not understood ».

Two gates in one figure: confidence (is it this topic?) times likeness (is it ours at all?). Under the limit the message
is not understood: the dialogue asks again, with the first topics of the list as suggestions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from bot.nlu.arrays import Floats
from bot.nlu.likeness import Examples, WordMeaning, WordVector
from bot.nlu.model import ModelDamaged, Part, TopicModel
from bot.nlu.normaliser import Reading
from bot.safety.danger import DANGERS, SEEN_BY_THE_CLASSIFIER_ALONE


@dataclass(frozen=True)
class Limits:
    """
    Two figures from cross-validation, written in ``config.yml``.

    *temperature* turns margins into confidences that are right as often as they say. *understood_from* is the least
    confidence × likeness of a message taken as understood.
    """

    temperature: float
    understood_from: float

    @classmethod
    def of(cls, config: Mapping[str, Any]) -> Limits:
        """Read them from a component's settings; raise KeyError when one is missing."""
        return cls(float(config["temperature"]), float(config["understood_from"]))


@dataclass(frozen=True)
class Guess:
    """A topic, and the confidence (0 to 1) that the message is about it."""

    topic: str
    confidence: float


@dataclass(frozen=True)
class Verdict:
    """All topics, likeliest first; how much the message resembles the first; whether that is enough to answer."""

    ranking: tuple[Guess, ...]
    likeness: float
    is_understood: bool


@dataclass(frozen=True)
class Trained:
    """What training leaves: the linear *model*, and the *examples* a message is compared with."""

    model: TopicModel
    examples: Examples

    def save(self, folder: Path) -> None:
        """Write both into *folder*."""
        self.model.save(folder)
        self.examples.save(folder)

    @classmethod
    def load(cls, folder: Path) -> Trained:
        """Read what *save* wrote; raise ModelDamaged when a part is missing or unreadable."""
        model = TopicModel.load(folder)
        try:
            return cls(model, Examples.load(folder))
        except (OSError, KeyError, ValueError, BadZipFile) as cause:
            raise ModelDamaged(f"the examples in {folder.name} cannot be read: {cause}") from cause


class Classifier:
    """Gives a verdict on a reading."""

    def __init__(self, trained: Trained, vector_of: WordVector, limits: Limits) -> None:
        """*vector_of*: the vector of a word, from spaCy."""
        self._model, self._examples, self._limits = trained.model, trained.examples, limits
        self._words = WordMeaning(vector_of, trained.model.space)

    def classify(self, reading: Reading) -> Verdict:
        """Rank the topics for *reading*. A message without a single known word is never understood."""
        return self.verdict(self.part(reading))

    def part(self, reading: Reading) -> Part:
        """Read *reading* once: parts may be added, and a verdict asked for any run of them."""
        return self._model.part(reading, self._words.gather(reading.spelt))

    def verdict(self, part: Part) -> Verdict:
        """Rank the topics for *part*."""
        sight = self._model.see(part)
        confidences = softmax(self._model.margins(sight) / self._limits.temperature)
        order = np.argsort(-confidences, kind="stable")
        likeness = self._examples.likeness(int(order[0]), (sight.sentence, sight.words))
        ranking = tuple(Guess(self._model.topics[index], float(confidences[index])) for index in order)
        return Verdict(ranking, likeness, is_understood=self._is_enough(ranking[0], likeness) and self._model.space.knows_a_word_of(part.folded))

    def _is_enough(self, best: Guess, likeness: float) -> bool:
        # Under the confidence from which bot.safety believes the classifier alone, a danger is a guess.
        if best.topic in DANGERS and best.confidence < SEEN_BY_THE_CLASSIFIER_ALONE:
            return False
        return best.confidence * likeness >= self._limits.understood_from


def softmax(values: Floats) -> Floats:
    """Give *values* as shares of one."""
    raised = np.exp(values - values.max())
    return np.asarray(raised / raised.sum(), np.float32)
