"""
From a reading to a ranked list of topics with honest confidences, or to « not understood ».

Two gates in one figure: confidence (is it this topic?) times likeness (is it ours at all?). Under the limit the message
is not understood: the dialogue asks again, with the first topics of the list as suggestions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from bot.nlu.arrays import Floats
from bot.nlu.likeness import Examples, WordMeaning, WordVector
from bot.nlu.model import ModelDamaged, Part, TopicModel
from bot.nlu.normaliser import Reading
from bot.safety.danger import DANGERS, SEEN_BY_THE_CLASSIFIER_ALONE, Suspicion
from bot.safety.leaning import FEWEST_WORDS

TINY = 1e-30
UNSURE = SEEN_BY_THE_CLASSIFIER_ALONE / 2  # confirms no leaning, dismisses no sign
ALARM_TEMPERATURE = 0.25  # turns the margin of danger into a share, as bot.safety.danger reads it


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
    """
    All topics, likeliest first; how much the message resembles the first; whether that is enough to answer; what is
    suspected of danger.
    """

    ranking: tuple[Guess, ...]
    likeness: float
    is_understood: bool
    suspicion: Suspicion

    def share_of(self, topic: str) -> float:
        """Give the confidence in *topic*."""
        return next((guess.confidence for guess in self.ranking if guess.topic == topic), 0.0)


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
    """Gives verdicts on messages and their parts."""

    def __init__(self, trained: Trained, vector_of: WordVector, limits: Limits) -> None:
        """*vector_of*: the vector of a word, from spaCy."""
        self._model, self._examples, self._limits = trained.model, trained.examples, limits
        self._words = WordMeaning(vector_of, trained.model.space)
        self._dangers = [place for place, topic in enumerate(trained.model.topics) if topic in DANGERS]

    def parts(self, pieces: Sequence[Reading]) -> list[Part]:
        """Read the *pieces* of one message once: parts may be added, and a verdict asked for any run of them."""
        gathered = self._model.gather(pieces)
        return [Part(piece.folded, one, self._words.gather(piece.spelt)) for piece, one in zip(pieces, gathered, strict=True)]

    def verdicts(self, parts: Sequence[Part]) -> list[Verdict]:
        """Rank the topics for each of *parts*. One without a single known word is never understood."""
        sights = self._model.see(parts)
        margins, alarms = self._model.margins(sights)
        shares = softmax(margins / self._limits.temperature)
        vectors = zip(sights.sentences, sights.words, strict=True)
        return [self._verdict(*one) for one in zip(parts, shares, alarms, vectors, strict=True)]

    def _verdict(self, part: Part, shares: Floats, alarm: float, vectors: Sequence[Floats]) -> Verdict:
        suspicion = self._suspicion(part, shares, alarm)
        if suspicion.share < SEEN_BY_THE_CLASSIFIER_ALONE:  # « ça me tue, ces tarifs » is about prices: a danger is never guessed
            shares = self._without_dangers(shares)
        order = np.argsort(-shares, kind="stable").tolist()
        likeness = self._examples.likeness(order[0], vectors)
        ranking = tuple(Guess(self._model.topics[index], float(shares[index])) for index in order)
        is_known = self._model.space.knows_a_word_of(part.folded)
        is_enough = ranking[0].confidence * likeness >= self._limits.understood_from
        return Verdict(ranking, likeness, is_known and is_enough, suspicion)

    def _suspicion(self, part: Part, shares: Floats, alarm: float) -> Suspicion:
        likeliest = max(self._dangers, key=lambda place: shares[place], default=None)
        topic = DANGERS[0] if likeliest is None else self._model.topics[likeliest]
        share = 1 / (1 + exp(-float(alarm) / ALARM_TEMPERATURE))
        # « Ma mère », « tout le monde » answer a question: two or three words are left to the signs.
        return Suspicion(topic, share if len(part.folded.split()) >= FEWEST_WORDS else min(share, UNSURE))

    def _without_dangers(self, shares: Floats) -> Floats:
        others = shares.copy()
        others[self._dangers] = 0
        return others / max(float(others.sum()), TINY)


def softmax(rows: Floats) -> Floats:
    """Give each of *rows* as shares of one."""
    raised = np.exp(rows - rows.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True), np.float32)
