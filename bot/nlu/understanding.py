"""
What a message is about, without Rasa's dialogue: for the command ``assistant understand``, the benchmarks and the tests.

Reads the very archive that Rasa trained (no Rasa is imported), or trains in memory with the same code and figures.
"""

from __future__ import annotations

import json
import tarfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bot.nlu.classifier import Classifier, Guess, Limits, Trained, Verdict
from bot.nlu.french_words import load_spacy, word_vectors
from bot.nlu.normaliser import Normaliser, Piece
from bot.nlu.requests import STEERING, Cut, Separator, Table
from bot.nlu.sentences import installed_encoder
from bot.nlu.serving import in_order
from bot.safety.danger import DANGERS, Suspicion
from bot.safety.examples import Example, of_danger

SUGGESTED = 3


@dataclass(frozen=True)
class Topic:
    """A topic by its *id* in the catalogue, and the *confidence* (0 to 1) that the message is about it."""

    id: str
    confidence: float


@dataclass(frozen=True)
class Understood:
    """
    What a message is about. *topics*: what to answer, in order of serving, none when it is not understood; *candidates*: the likeliest
    topics of the catalogue, understood or not, to be offered as suggestions; *likeness*: how much the message resembles
    what is known (about 0: foreign). *suspicion*: of danger, to be joined with what the words say (bot.safety).
    """

    topics: tuple[Topic, ...]
    candidates: tuple[Topic, ...]
    likeness: float
    suspicion: Suspicion | None = None


class Understanding:
    """Understands messages, about 2 ms each. Not for several threads at once."""

    def __init__(self, normaliser: Normaliser, classifier: Classifier) -> None:
        """Use `load` or `train`."""
        self._normaliser, self._classifier = normaliser, classifier
        self._separator = Separator(classifier, Table.read())

    def understand(self, text: str) -> Understood:
        """Say what *text* is about."""
        verdict, requests = self._separator.separate(self._normaliser.read_pieces(text))
        requests = in_order(requests)
        is_understood = verdict.is_understood or len(requests) > 1
        topics = tuple(Topic(request.topic, request.confidence) for request in requests) if is_understood else ()
        candidates = tuple(_topic(guess) for guess in verdict.ranking if guess.topic not in STEERING)
        return Understood(topics, candidates[:SUGGESTED], verdict.likeness, verdict.suspicion)

    def pieces(self, text: str) -> list[Piece]:
        """Give the parts of *text* where another request may begin."""
        return self._normaliser.read_pieces(text)

    def best_cut(self, text: str) -> tuple[Verdict, Cut | None]:
        """Give the verdict on *text*, and its most convincing cut if one is worth trying, made or not."""
        return self._separator.best_cut(self.pieces(text))

    def verdict(self, text: str) -> Verdict:
        """Give the whole ranking for *text*, dialogue control included."""
        return self._separator.best_cut([Piece(text, self._normaliser.read(text))])[0]

    @classmethod
    def load(cls, archive: Path) -> Understanding:
        """
        Open a model *archive* of Rasa. Raise ModelDamaged or OSError when a part is missing, EncoderMissing when it was
        trained with the sentence encoder and the package is not installed.
        """
        with TemporaryDirectory() as unpacked:
            folder = Path(unpacked)
            with tarfile.open(archive) as parts:
                parts.extractall(folder, filter="data")
            config = _configs(folder)
            spacy_model = load_spacy(config["SpacyNLP"]["model"])
            normaliser = Normaliser.load(_component(folder, "FrenchNormaliser"))
            trained = Trained.load(_component(folder, "TopicClassifier"))
        return cls(normaliser, Classifier(trained, word_vectors(spacy_model), Limits.of(config["TopicClassifier"])))

    @classmethod
    def train(cls, sentences: Iterable[tuple[str, str]], limits: Limits, *, dangers: Iterable[Example] | None = None,
              spacy_model: str = "fr_core_news_md") -> Understanding:
        """
        Learn from *sentences*, pairs of a text and its topic (about a minute for 8 000 on two cores), and from *dangers*,
        those of bot.safety.examples by default.
        """
        from bot.nlu.fitting import fit

        texts, topics = zip(*sentences, strict=True)
        vector_of = word_vectors(load_spacy(spacy_model))
        normaliser = Normaliser.train(texts)
        read = [(normaliser.read(text), topic in DANGERS) for text, topic in (of_danger() if dangers is None else dangers)]
        trained = fit([normaliser.read(text) for text in texts], topics, read, installed_encoder(), vector_of)
        return cls(normaliser, Classifier(trained, vector_of, limits))


def _topic(guess: Guess) -> Topic:
    return Topic(guess.topic, guess.confidence)


def _configs(folder: Path) -> dict[str, dict[str, Any]]:
    """Give the settings each component was trained with, by the name of its class."""
    nodes = json.loads((folder / "metadata.json").read_text(encoding="utf-8"))["predict_schema"]["nodes"]
    return {node["uses"].rsplit(".", 1)[-1]: node["config"] for node in nodes.values()}


def _component(folder: Path, name: str) -> Path:
    found = [path for path in (folder / "components").iterdir() if name in path.name]
    if len(found) != 1:
        raise FileNotFoundError(f"the archive holds {len(found)} parts named {name}, not one")
    return found[0]
