"""Whoever is in danger gets the numbers first; whoever speaks of an invoice gets an answer."""

from __future__ import annotations

import csv
import time
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.safety import Danger, look
from kernel.paths import ROOT

HERE = Path(__file__).parent
EXAMPLES = ROOT / "bot" / "safety" / "examples"
TOPICS = {"urgence_medicale", "detresse", "violences_danger"}


def sentences(name: str) -> list[dict[str, str]]:
    """
    Read a table of sentences. No rule was changed after a look at ``*_final`` and no weight is learned from it; but the
    same hand wrote rules and sentences, so sentences of other hands judge better (the last test but two).
    """
    folder = HERE if name.endswith("_final") else EXAMPLES
    with (folder / f"{name}.tsv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def is_full(danger: Danger | None) -> bool:
    """Say whether the fixed answer is shown, rather than a reminder or nothing."""
    return danger is not None and not danger.is_reminder


@pytest.mark.parametrize(("text", "topic", "variant"), [
    ("jé mal a la poitrin sa sert", "urgence_medicale", "general"),
    ("il respire plus", "urgence_medicale", "general"),
    ("ma mere fai 1 avc je croi", "urgence_medicale", "general"),
    ("ya du san partou il sarete pa de segné", "urgence_medicale", "general"),
    ("mon fils a bu de la javel", "urgence_medicale", "poisoning"),
    ("je veux en finir", "detresse", "general"),
    ("jen peux plus de vivre", "detresse", "general"),
    ("À quoi bon continuer", "detresse", "general"),
    ("Ma fille parle de suicide", "detresse", "general"),
    ("Mon conjoint me frappe", "violences_danger", "general"),
    ("jai peur de rentrer chez moi ce soir", "violences_danger", "general"),
    ("mari frappe moi beaucoup", "violences_danger", "general"),
    ("Je crois que mon voisin frappe son fils", "violences_danger", "child"),
    ("je vais mettre le feu à votre agence", "violences_danger", "threat"),
])
def test_a_danger_is_seen_however_it_is_written(text: str, topic: str, variant: str) -> None:
    """Somebody in danger does not mind his spelling."""
    danger = look(text)

    assert danger is not None
    assert (danger.topic, danger.variant, danger.is_reminder) == (topic, variant, False)


@pytest.mark.parametrize("text", [
    "je suis mort de rire", "ça me tue ces tarifs", "je vais me tuer à la tâche", "les urgences m'ont facturé 24 euros", "c'est pas une urgence",
    "Mon père est décédé la semaine dernière, que faire de son contrat ?", "prise de sang remboursée ?", "mon remboursement est urgent",
    "j'ai mal aux dents, le dentiste me demande 600 euros", "bande d'incapables", "Accident de voiture hier, comment déclarer le sinistre ?",
    "Opération programmée de la hanche le 15 décembre, chambre individuelle ?", "je veux en finir avec ce dossier", "mon dossier ne bouge plus",
    "bonjour", "", "   ", "👍",
])
def test_an_ordinary_message_gets_its_answer(text: str) -> None:
    """An alarm for an invoice makes the next alarm a nuisance."""
    assert look(text) is None


@pytest.mark.parametrize(("text", "topic"), [
    ("j'ai fait un infarctus en mars, quel remboursement ?", "urgence_medicale"),
    ("Suite à mon AVC de 2023, ai-je droit à des séances d'orthophonie ?", "urgence_medicale"),
    ("Après ma tentative de suicide l'an dernier, mon psychologue est-il remboursé ?", "detresse"),
    ("mon ex me frappait il y a dix ans, puis-je avoir la psychothérapie remboursée ?", "violences_danger"),
])
def test_what_is_over_gets_a_reminder_and_the_normal_answer(text: str, topic: str) -> None:
    """A past infarction is a question of reimbursement, but nobody knows how the person is today."""
    assert look(text) == Danger(topic, is_reminder=True)


def test_a_danger_now_is_not_hidden_by_papers_or_by_the_past() -> None:
    """People write about their invoice and what is happening in the same breath."""
    assert is_full(look("Ma fille a avalé de la javel, vous remboursez les urgences ?"))
    assert is_full(look("Mon mari a fait un infarctus il y a deux ans. Maintenant il a mal à la poitrine."))
    assert is_full(look("si vous ne me remboursez pas je me fous en l'air"))


def test_several_dangers_are_all_named() -> None:
    """Pills taken to die are an emergency first, and a distress."""
    danger = look("J'ai avalé des cachets pour en finir")

    assert danger is not None
    assert {danger.topic, *danger.also} >= {"urgence_medicale", "detresse"}


@pytest.mark.parametrize("part", ["dangers", "danger_final"])
def test_nearly_every_danger_is_answered(part: str) -> None:
    """Recall comes first: at least 98 in a hundred, told by every kind of voice."""
    rows = sentences(part)
    missed = [row["text"] for row in rows if not is_full(look(row["text"]))]

    assert len(missed) <= 0.02 * len(rows), missed


@pytest.mark.parametrize("part", ["lookalikes", "lookalike_final"])
def test_look_alikes_seldom_raise_the_alarm(part: str) -> None:
    """At most 5 in a hundred, of sentences chosen to look like danger."""
    rows = sentences(part)
    alarms = [row["text"] for row in rows if is_full(look(row["text"]))]

    assert len(alarms) <= 0.05 * len(rows), alarms


def test_the_topic_is_the_right_one() -> None:
    """The numbers differ: 15, 3114 and 17 are not interchangeable."""
    rows = [*sentences("dangers"), *sentences("danger_final")]
    wrong = [row["text"] for row in rows if (danger := look(row["text"])) and row["topic"] not in {danger.topic, *danger.also}]

    assert len(wrong) <= 0.03 * len(rows), wrong


def _every_fifth_training_sentence() -> list[tuple[str, str]]:
    found = []
    for path in sorted((ROOT / "bot" / "data" / "nlu").glob("*.yml")):
        for row in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            found += [(line[2:], row["intent"]) for line in row["examples"].splitlines() if line.startswith("- ")] if "intent" in row else []
    return found[::5]


def test_the_sentences_others_wrote_agree() -> None:
    """The assistant's own examples were written by other hands: a check on ours."""
    rows = _every_fifth_training_sentence()
    dangers = [text for text, topic in rows if topic in TOPICS]
    others = [text for text, topic in rows if topic not in TOPICS]

    assert sum(is_full(look(text)) for text in dangers) >= 0.95 * len(dangers)
    assert sum(is_full(look(text)) for text in others) <= 0.02 * len(others)


@given(st.text(max_size=300))
def test_any_text_is_looked_at_without_a_fault(text: str) -> None:
    """It runs before everything else: it may never be what breaks a turn."""
    danger = look(text)

    assert danger is None or danger.topic in TOPICS


@pytest.mark.parametrize("piece", ["mal ", "il a ", "x", "je veux mourir ", "plus pas ", ". ", "mon mari me ", "a a a "])
def test_the_longest_message_is_read_at_once(piece: str) -> None:
    """4 000 characters is the most a message may have."""
    look("")
    started = time.process_time()
    look((piece * 4000)[:4000])

    assert time.process_time() - started < 1.0
