"""Rasa component: a second reading of each message, in ordinary French. The message's own text never changes."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.normaliser import Normaliser, Piece, Reading
from bot.safety.danger import DANGERS
from bot.safety.examples import of_danger

FOLDED, SPELT, PIECES = "text_folded", "text_spelt", "text_pieces"
IS_DANGER = "is_danger"  # set on sentences that teach danger and nothing else


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class FrenchNormaliser(GraphComponent):
    """Sets ``text_folded``, ``text_spelt`` and ``text_pieces`` on messages; training learns the insurer's own words."""

    def __init__(self, storage: ModelStorage, resource: Resource, normaliser: Normaliser | None = None) -> None:
        """*normaliser* is None until trained or loaded."""
        self._storage, self._resource, self._normaliser = storage, resource, normaliser

    @classmethod
    def create(cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource,
               execution_context: ExecutionContext) -> FrenchNormaliser:
        """Make an untrained one."""
        return cls(model_storage, resource)

    @classmethod
    def load(cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource,
             execution_context: ExecutionContext, **kwargs: Any) -> FrenchNormaliser:
        """Read a trained one; a missing part is an error."""
        with model_storage.read_from(resource) as folder:
            return cls(model_storage, resource, Normaliser.load(folder))

    @staticmethod
    def required_packages() -> list[str]:
        """Name what training and serving import."""
        return ["symspellpy", "wordfreq"]

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from every sentence, and store what was learnt."""
        texts = (example.get(TEXT) for example in training_data.training_examples)
        self._normaliser = Normaliser.train(text for text in texts if text)
        with self._storage.write_to(self._resource) as folder:
            self._normaliser.save(folder)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Read the training sentences as messages are read, and those that teach danger, which are of no intent."""
        taught = [Message({TEXT: text, IS_DANGER: topic in DANGERS}) for text, topic in of_danger()]
        self._read([*training_data.training_examples, *taught])
        return training_data.merge(TrainingData(taught))

    def process(self, messages: list[Message]) -> list[Message]:
        """Read *messages*, and the pieces of each."""
        normaliser = self._read(messages)
        for message in messages:
            message.set(PIECES, normaliser.read_pieces(message.get(TEXT) or ""))
        return messages

    def _read(self, messages: list[Message]) -> Normaliser:
        if self._normaliser is None:
            raise RuntimeError("FrenchNormaliser was neither trained nor loaded")
        for message in messages:
            reading = self._normaliser.read(message.get(TEXT) or "")
            message.set(FOLDED, reading.folded)
            message.set(SPELT, reading.spelt)
        return self._normaliser


def reading_of(message: Message) -> Reading:
    """Give what ``FrenchNormaliser`` set on *message*; raise KeyError when it stands after its reader in config.yml."""
    return Reading(message.data[FOLDED], message.data[SPELT])


def pieces_of(message: Message) -> list[Piece]:
    """Give the pieces that ``FrenchNormaliser`` set on *message*."""
    return list(message.data[PIECES])
