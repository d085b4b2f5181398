"""Entries as lines of the transcript."""

from __future__ import annotations

import pytest

from connectors.web.transcript_lines import line_of
from journal.entries import Kind


def words(kind, body, author="system", name=None):
    """Give the author and the plain words of a line."""
    entry = {"number": 4, "moment": "2026-11-23T12:00:00+00:00", "author": author, "author_name": name, "kind": kind, "body": body}
    line = line_of(entry, "Assistant automatique")
    return line and (line.author, " ".join(span.text for block in line.blocks for one in block.lines for span in one).replace("\u00a0", " "))


@pytest.mark.parametrize(("kind", "body", "said"), [
    ("form", {"label": "RIB", "ending": "3421"}, "RIB : transmis de façon sécurisée (se termine par 3421)."),
    ("form", {"field": "x", "ending": ""}, "Champ sécurisé : transmis de façon sécurisée."),
    ("identity_proven", {"level": 1}, "Votre identité a été vérifiée."),
    ("identity_proven", {"level": 0}, "Vous n'êtes plus connecté."),
    ("floor_changed", {"to": "advisor", "name": "Camille"}, "Vous parlez maintenant à Camille."),
    ("floor_changed", {"to": "assistant"}, "L'assistant automatique reprend la conversation."),
    ("floor_changed", {"to": "desk"}, "Votre conversation attend un conseiller."),
    ("mode_changed", {"to": "written", "subject": None}, "Votre demande est enregistrée comme message sécurisé."),
    ("promise", {"what": "written_answer", "due_on": "2026-11-25"}, "Réponse au plus tard mercredi 25 novembre 2026."),
    ("promise", {"what": "wait", "wait_s": [60, 300]}, "Attente estimée : entre 1 et 5 minutes."),
    ("handoff_requested", {"text": None, "passed": ["Sujet : carte"]},
     "Vous avez demandé à parler à un conseiller. Ce qui est transmis au conseiller : Sujet : carte"),
    ("safety", {"text": "Appelez.", "numbers": [{"number": "15", "label": "SAMU"}]}, "Appelez. 15  : SAMU"),
    ("act_result", {"text": "Votre adresse est changée."}, "Votre adresse est changée."),
    ("closed", {"name": "Camille"}, "La conversation est terminée."),
    ("attachment", {"file_name": "devis.pdf"}, "Document envoyé : devis.pdf."),
])
def test_what_happened_is_said_in_french(kind, body, said):
    """Each kind in one sentence."""
    assert words(kind, body) == ("Information", said)


def test_people_have_their_names():
    """« Vous », the assistant, Camille."""
    assert words("text", {"text": "a"}, "member")[0] == "Vous"
    assert words("text", {"text": "a"}, "assistant")[0] == "Assistant automatique"
    assert words("text", {"text": "a"}, "advisor", "Camille")[0] == "Camille (équipe des conseillers)"
    assert words("text", {"text": "a"}, "advisor")[0] == "Équipe des conseillers"


def test_an_erased_entry_says_so_and_a_hidden_one_is_silent():
    """A hole is told, a note is not."""
    assert words("text", None, "member") == ("Vous", "Contenu effacé.")
    assert line_of({"number": 1, "hidden": True, "digest": "x"}, "A") is None


@pytest.mark.parametrize("kind", list(Kind))
def test_no_kind_fails_on_an_empty_body(kind):
    """A body written by a future version must not break the page."""
    words(kind.value, {})
