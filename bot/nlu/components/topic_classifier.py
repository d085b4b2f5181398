"""Rasa component: the topic of a message, or ``nlu_fallback`` when it is not understood."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.utils.spacy_utils import SpacyModel
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.classifier import Classifier, Limits, Trained, Verdict
from bot.nlu.components.french_normaliser import IS_DANGER, FrenchNormaliser, pieces_of, reading_of
from bot.nlu.components.spacy_nlp import SpacyNLP
from bot.nlu.french_words import word_vectors
from bot.nlu.requests import ENTITY, Request, Separator, Table
from bot.nlu.sentences import installed_encoder
from bot.nlu.serving import in_order

RANKED = 10  # topics kept in ``intent_ranking``
DANGER = "danger"  # the likeliest danger, and how likely it is that somebody is in one


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True, model_from="SpacyNLP")
class TopicClassifier(GraphComponent, IntentClassifier):
    """Sets ``intent`` and ``intent_ranking`` on messages."""

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource,
                 trained: Trained | None = None) -> None:
        """*trained* is None until trained or loaded."""
        self._limits = Limits.of(config)
        self._storage, self._resource, self._trained = storage, resource, trained
        self._classifier: Classifier | None = None

    @classmethod
    def required_components(cls) -> list[type]:
        """Name what must stand before it in config.yml."""
        return [SpacyNLP, FrenchNormaliser]

    @classmethod
    def create(cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource,
               execution_context: ExecutionContext) -> TopicClassifier:
        """Make an untrained one."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource,
             execution_context: ExecutionContext, **kwargs: Any) -> TopicClassifier:
        """Read a trained one; a missing part, or a missing sentence encoder, is an error."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, Trained.load(folder))

    def train(self, training_data: TrainingData, model: SpacyModel) -> Resource:
        """Learn from the sentences of every topic, and store what was learnt."""
        from bot.nlu.fitting import fit  # scikit-learn is not needed to serve

        taught = [example for example in training_data.intent_examples if example.get(TEXT)]
        topics = [str(example.get(INTENT)) for example in taught]
        readings = [reading_of(example) for example in taught]
        dangers = [(reading_of(example), bool(example.get(IS_DANGER))) for example in training_data.training_examples if IS_DANGER in example.data]
        self._trained = fit(readings, topics, dangers, installed_encoder(), word_vectors(model.model))
        with self._storage.write_to(self._resource) as folder:
            self._trained.save(folder)
        return self._resource

    def process(self, messages: list[Message], model: SpacyModel) -> list[Message]:
        """Classify *messages*."""
        classifier = self._ready(model)
        separator = Separator(classifier, Table.read())
        for message in messages:
            verdict, requests = separator.separate(pieces_of(message))
            ranking = [_named(guess.topic, guess.confidence) for guess in verdict.ranking[:RANKED]]
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
            message.set(DANGER, _named(verdict.suspicion.topic, verdict.suspicion.share), add_to_output=True)
            first, *others = in_order(requests)
            intent = _named(first.topic, first.confidence) if others else _intent(verdict)
            message.set(INTENT, intent, add_to_output=True)
            if others:
                known = message.get(ENTITIES) or []
                message.set(ENTITIES, [*known, *map(self._entity, others)], add_to_output=True)
        return messages

    def _entity(self, request: Request) -> dict[str, Any]:
        """Give a request that waits for its turn, as an entity that the dialogue keeps."""
        return {"entity": ENTITY, "value": request.topic, "text": request.text, "confidence": request.confidence,
                "start": 0, "end": 0, "extractor": type(self).__name__}

    def _ready(self, model: SpacyModel) -> Classifier:
        if self._trained is None:
            raise RuntimeError("TopicClassifier was neither trained nor loaded")
        if self._classifier is None:
            self._classifier = Classifier(self._trained, word_vectors(model.model), self._limits)
        return self._classifier


def _intent(verdict: Verdict) -> dict[str, Any]:
    """Give the first topic, or Rasa's name for « not understood »; the ranking keeps the suggestions either way."""
    first = verdict.ranking[0]
    if verdict.is_understood:
        return _named(first.topic, first.confidence)
    return _named(DEFAULT_NLU_FALLBACK_INTENT_NAME, 1 - first.confidence)


def _named(topic: str, confidence: float) -> dict[str, Any]:
    return {"name": topic, "confidence": confidence}
