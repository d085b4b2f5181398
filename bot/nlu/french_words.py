"""spaCy's French model, slim: words and vectors, loaded once. No Rasa here."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np
import spacy
from numpy.typing import NDArray
from spacy.language import Language

LEFT_OUT = ("tok2vec", "morphologizer", "parser", "senter", "lemmatizer", "attribute_ruler", "ner")


@lru_cache(maxsize=1)
def load_spacy(name: str) -> Language:
    """Load the spaCy model *name* once; raise OSError when it is not installed, ValueError when it has no vectors."""
    language = spacy.load(name, exclude=LEFT_OUT)
    if not language.vocab.vectors_length:
        raise ValueError(f"the spaCy model {name} has no word vectors: use fr_core_news_md or larger")
    return language


def word_vectors(language: Language) -> Callable[[str], NDArray[np.float32]]:
    """Give the function from a word in lower case to its vector; zeros for a word *language* does not know."""
    vocabulary = language.vocab

    def vector_of(word: str) -> NDArray[np.float32]:
        return np.asarray(vocabulary.get_vector(word), np.float32)

    return vector_of
