"""From a message to topics: small models trained in memory, stored, opened again, damaged."""

from __future__ import annotations

import json
import subprocess
import sys
import tarfile
from pathlib import Path

import numpy as np
import pytest

from bot.nlu.classifier import Guess, Limits, Trained
from bot.nlu.model import ModelDamaged
from bot.nlu.understanding import Understanding
from bot.safety import Suspicion

SENTENCES = [
    ("j'ai perdu ma carte de tiers payant", "carte_tp"), ("ma carte mutuelle est abîmée", "carte_tp"),
    ("je voudrais une nouvelle carte", "carte_tp"), ("où télécharger ma carte", "carte_tp"),
    ("j'ai oublié mon mot de passe", "mdp_oublie"), ("mot de passe perdu", "mdp_oublie"),
    ("comment changer mon mot de passe", "mdp_oublie"), ("je ne me souviens plus de mon code", "mdp_oublie"),
    ("quel temps fera-t-il demain", "hors_perimetre"), ("raconte une blague", "hors_perimetre"),
    ("qui a gagné le match", "hors_perimetre"), ("une recette de crêpes", "hors_perimetre"),
    ("oui", "affirm"), ("d'accord", "affirm"), ("c'est ça", "affirm"), ("ok", "affirm"),
]
LIMITS = Limits(temperature=0.2, understood_from=0.25)


@pytest.fixture(scope="module")
def understanding() -> Understanding:
    """Four topics, four sentences each."""
    return Understanding.train(SENTENCES, LIMITS, dangers=[])


@pytest.fixture(scope="module")
def archive(understanding: Understanding, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, packed as Rasa packs a model."""
    return packed(understanding, tmp_path_factory.mktemp("model"))


def packed(understanding: Understanding, folder: Path, *, without: str = "") -> Path:
    """Write the parts as Rasa's archive holds them, but for one file."""
    parts = {"train_bot.FrenchNormaliser2": understanding._normaliser, "train_bot.TopicClassifier3": trained(understanding)}
    for name, part in parts.items():
        place = folder / "components" / name
        place.mkdir(parents=True)
        part.save(place)
        for file in place.glob(without or "nothing"):
            file.unlink()
    nodes = {"a": {"uses": "bot.x.SpacyNLP", "config": {"model": "fr_core_news_md"}}, "b": {"uses": "bot.x.TopicClassifier", "config": LIMITS.__dict__}}
    (folder / "metadata.json").write_text(json.dumps({"predict_schema": {"nodes": nodes}}))
    with tarfile.open(folder / "model.tar.gz", "w") as archive:
        for name in ("metadata.json", "components"):
            archive.add(folder / name, name)
    return folder / "model.tar.gz"


def trained(understanding: Understanding) -> Trained:
    """What the classifier was made of."""
    return Trained(understanding._classifier._model, understanding._classifier._examples)


def test_a_message_gets_its_topic(understanding: Understanding) -> None:
    """Said otherwise, and badly spelt."""
    seen = understanding.understand("jai perdu mon mdp")

    assert [topic.id for topic in seen.topics] == ["mdp_oublie"]
    assert seen.candidates[0].id == "mdp_oublie"


@pytest.mark.parametrize("text", ["", " ", "🙂", "xqzt wrrp glmf"])
def test_what_says_nothing_is_not_understood(understanding: Understanding, text: str) -> None:
    """The assistant then asks again, with suggestions, rather than answer at random."""
    seen = understanding.understand(text)

    assert not seen.topics
    assert seen.candidates


@pytest.mark.parametrize(("topic", "share", "answered"), [("detresse", 0.1, False), ("detresse", 0.6, True), ("carte_tp", 0.1, True)])
def test_a_danger_is_not_guessed(understanding: Understanding, topic: str, share: float, answered: bool) -> None:
    """« C'est quand que je touche mes sous » leant to violence: an emergency number beside the point frightens."""
    assert understanding._classifier._is_enough(Guess(topic, 0.6), 1.0, Suspicion("detresse", share)) is answered


def test_a_danger_told_in_passing_is_suspected_and_changes_no_topic() -> None:
    """What teaches danger is of no topic: « remboursement » in such a message must not come to mean danger."""
    taught = [("mon mari me frappe, où est ma carte", "violences_danger"), ("ma carte est frappée à mon nom", "none")] * 4
    understanding = Understanding.train(SENTENCES, LIMITS, dangers=taught)

    beaten, calm = (understanding.understand(text) for text in ("il me frappe, mon mari, et ma carte", "j'ai perdu ma carte"))

    assert beaten.suspicion is not None
    assert calm.suspicion is not None
    assert beaten.suspicion.share > 0.5 > calm.suspicion.share
    assert beaten.topics[0].id == "carte_tp"


def test_dialogue_control_is_never_suggested(understanding: Understanding) -> None:
    """« Voulez-vous parler de : affirm ? » would be absurd."""
    seen = understanding.understand("oui")

    assert seen.topics[0].id == "affirm"
    assert "affirm" not in {topic.id for topic in seen.candidates}


def test_confidences_are_shares_of_one(understanding: Understanding) -> None:
    """They are shown to advisors as percentages."""
    ranking = understanding.verdict("une carte").ranking

    assert sum(guess.confidence for guess in ranking) == pytest.approx(1)
    assert [guess.confidence for guess in ranking] == sorted((guess.confidence for guess in ranking), reverse=True)


def test_an_archive_understands_as_what_it_was_made_from(understanding: Understanding, archive: Path) -> None:
    """Half precision on disk changes no verdict."""
    opened = Understanding.load(archive)

    for text, _ in SENTENCES:
        ours, theirs = understanding.verdict(text), opened.verdict(text)
        assert ours.ranking[0].topic == theirs.ranking[0].topic
        assert {guess.topic: guess.confidence for guess in ours.ranking} == pytest.approx(
            {guess.topic: guess.confidence for guess in theirs.ranking}, abs=0.01)


@pytest.mark.parametrize("part", ["topics.json", "topics.npz", "examples.npz", "lexicon.json"])
def test_a_missing_part_is_an_error(understanding: Understanding, tmp_path: Path, part: str) -> None:
    """Never a silent half-model that answers anything."""
    with pytest.raises((ModelDamaged, OSError)):
        Understanding.load(packed(understanding, tmp_path, without=part))


def test_a_truncated_part_is_an_error(understanding: Understanding, tmp_path: Path) -> None:
    """A copy that was cut short."""
    trained(understanding).save(tmp_path)
    whole = (tmp_path / "topics.npz").read_bytes()
    (tmp_path / "topics.npz").write_bytes(whole[:len(whole) // 2])

    with pytest.raises(ModelDamaged):
        Trained.load(tmp_path)


def test_weights_that_do_not_fit_are_an_error(understanding: Understanding, tmp_path: Path) -> None:
    """Parts of two trainings mixed."""
    trained(understanding).save(tmp_path)
    names = json.loads((tmp_path / "topics.json").read_text())
    (tmp_path / "topics.json").write_text(json.dumps(names | {"topics": names["topics"][:-1]}))

    with pytest.raises(ModelDamaged):
        Trained.load(tmp_path)


def test_a_model_holds_no_pickle(archive: Path, tmp_path: Path) -> None:
    """Opening a model must not be able to run code: JSON and plain arrays only."""
    with tarfile.open(archive) as parts:
        parts.extractall(tmp_path, filter="data")
    files = [path for path in tmp_path.rglob("*") if path.is_file()]

    assert {path.suffix for path in files} == {".json", ".npz"}
    for path in tmp_path.rglob("*.npz"):
        with np.load(path, allow_pickle=False) as arrays:
            assert all(arrays[name].dtype != object for name in arrays.files)


def test_an_archive_that_points_outside_is_refused(archive: Path, tmp_path: Path) -> None:
    """Path traversal in a model file."""
    evil = tmp_path / "evil.tar.gz"
    with tarfile.open(evil, "w") as parts:
        parts.add(archive, "../../outside")

    with pytest.raises(tarfile.TarError):
        Understanding.load(evil)


def test_understanding_imports_neither_rasa_nor_tensorflow() -> None:
    """`assistant understand` answers in seconds because of it."""
    code = "import sys, bot.nlu.understanding; print([name for name in ('rasa', 'tensorflow', 'sklearn', 'wordfreq') if name in sys.modules])"
    printed = subprocess.run([sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, check=True)

    assert printed.stdout.strip() == "[]"
