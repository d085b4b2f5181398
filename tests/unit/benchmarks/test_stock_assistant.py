"""The rival is the assistant anybody would write from Rasa's documentation, with our sentences and our answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import stock_assistant, understand_rivals
from benchmarks.processes import Spent
from benchmarks.stock_assistant import project, trained_assistant
from benchmarks.understand_rivals import sentences_as_yaml
from bot.phrasing.phrasebook import topics


def test_every_topic_has_a_rule_and_the_answer_we_give() -> None:
    """A rival that answers less would be easy to beat."""
    files = project()
    rules = {rule["steps"][0]["intent"]: rule["steps"][1]["action"] for rule in files["rules.yml"]["rules"]}

    assert set(topics()) <= set(rules) == set(files["domain.yml"]["intents"])
    assert set(rules.values()) <= set(files["domain.yml"]["responses"])
    assert all(response[0]["text"] for response in files["domain.yml"]["responses"].values())


def test_its_stories_use_what_the_domain_knows() -> None:
    """TEDPolicy learns from them."""
    files = project()
    steps = [step for story in files["stories.yml"]["stories"] for step in story["steps"]]

    assert steps
    assert {step["action"] for step in steps if "action" in step} <= set(files["domain.yml"]["responses"])


def test_no_answer_reads_as_a_slot() -> None:
    """Rasa fills braces with slots: an answer that has some would fail there and not here."""
    assert not [name for name, (response,) in project()["domain.yml"]["responses"].items() if "{" in response["text"]]


@pytest.fixture
def trainings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Trainings done so far, none of which takes time; the sentences are in ``nlu/``."""
    done: list[Path] = []

    def train(folder: Path, _: list[str]) -> Spent:
        done.append(folder)
        (folder / "model.tar.gz").touch()
        (folder / "train.log").write_text("Epochs: 100% i_acc=0.250\rEpochs: 100% i_acc=0.875")
        return Spent(60.0, 110.0, 3000)

    monkeypatch.setattr(understand_rivals, "_train", train)
    monkeypatch.setattr(stock_assistant, "RIVALS_KEPT", tmp_path / "kept")
    monkeypatch.setattr(stock_assistant, "OUR_SENTENCES", tmp_path / "nlu")
    (tmp_path / "nlu").mkdir()
    (tmp_path / "nlu" / "a.yml").write_text("bonjour")
    return done


def test_a_rival_is_trained_once(trainings: list[Path]) -> None:
    """An hour of training serves every benchmark, and every round of it."""
    found = [trained_assistant(epochs=20) for _ in range(2)]

    assert len(trainings) == 1
    assert found[0] == found[1]
    assert found[1].training == Spent(60.0, 110.0, 3000)
    assert found[1].learnt == 0.875


def test_other_sentences_or_epochs_are_another_training(trainings: list[Path], tmp_path: Path) -> None:
    """A model of yesterday's data must not stand beside today's."""
    trained_assistant(epochs=20)
    trained_assistant(epochs=100)
    (tmp_path / "nlu" / "a.yml").write_text("bonsoir")
    trained_assistant(epochs=20)

    assert len(set(trainings)) == 3


def test_an_older_rival_is_taken_only_when_asked_for_and_says_so(trainings: list[Path], tmp_path: Path) -> None:
    """Speed does not depend on the last few sentences; what is told must still be true."""
    first = trained_assistant(epochs=20, older=True)
    (tmp_path / "nlu" / "a.yml").write_text("bonsoir")
    older = trained_assistant(epochs=20, older=True)

    assert len(trainings) == 1
    assert older.archive == first.archive
    assert "earlier sentences" in older.name
    assert "earlier sentences" not in first.name


def test_public_sentences_are_written_as_rasa_reads_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All pipelines learn MTOP from one and the same file."""
    from rasa.shared.nlu.training_data.formats.rasa_yaml import RasaYAMLReader

    monkeypatch.setattr(understand_rivals, "RIVALS_KEPT", tmp_path)
    pairs = [("GET_WEATHER", "Quel temps: demain ?"), ("CREATE_CALL", "Appelle  « maman »"), ("GET_WEATHER", "- pluie # ce soir")]
    read = RasaYAMLReader().read(sentences_as_yaml(pairs))

    assert {(one.get("intent"), one.get("text")) for one in read.training_examples} == {
        ("GET_WEATHER", "Quel temps: demain ?"), ("CREATE_CALL", "Appelle « maman »"), ("GET_WEATHER", "- pluie # ce soir")}
