"""What an advisor reads first, made from the entries."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from handoff.core.handoff_file import excerpt, handoff_file
from journal.entries import AuthorKind, Identity, Kind
from tests.unit.handoff.makers import NOW, a_conversation, an_entry

MEMBER, ASSISTANT, SYSTEM = AuthorKind.MEMBER, AuthorKind.ASSISTANT, AuthorKind.SYSTEM


def file_of(*entries: tuple[AuthorKind, Kind, dict[str, Any] | None], **changes: Any):
    made = [an_entry(number, *entry) for number, entry in enumerate(entries, 1)]
    return handoff_file(a_conversation(**changes), made, NOW)


def test_the_members_first_words_and_his_latest_are_kept():
    """The member repeats nothing: why he came, and where it stands."""
    said = [(MEMBER, Kind.TEXT, {"text": f"message {number}"}) for number in range(9)]

    assert [one.text for one in file_of(*said).words] == ["message 0", *(f"message {number}" for number in range(5, 9))]


def test_what_the_assistant_tried_is_told_once_a_topic():
    """Three answers on the same topic are one attempt, shown by the last."""
    tried = file_of(
        (ASSISTANT, Kind.TEXT, {"text": "Une **première** réponse", "topic": "noemie"}),
        (ASSISTANT, Kind.TEXT, {"text": "Autre chose", "topic": "devis"}),
        (ASSISTANT, Kind.TEXT, {"text": "- La dernière", "topic": "noemie"})).tried

    assert [(one.topic, one.text) for one in tried] == [("devis", "Autre chose"), ("noemie", "La dernière")]


def test_a_danger_spoken_of_is_in_sight():
    """Before any question on money."""
    assert file_of((SYSTEM, Kind.SAFETY, {"topic": "detresse", "text": "3114"})).dangers == ("detresse",)


def test_facts_given_are_not_asked_again_and_secure_fields_show_only_their_end():
    """A new value replaces the old one; a bank account never appears."""
    facts = file_of(
        (SYSTEM, Kind.FORM, {"field": "iban", "label": "IBAN", "ending": "3421"}),
        (ASSISTANT, Kind.CARD, {"card": "summary", "data": {"fields": [{"label": "Ville", "value": "Tours"}]}}),
        (ASSISTANT, Kind.CARD, {"card": "summary", "data": {"fields": [{"label": "Ville", "value": "Poitiers"}]}})).facts

    assert [(one.label, one.value) for one in facts] == [("IBAN", "se termine par 3421"), ("Ville", "Poitiers")]


def test_an_expired_proof_is_not_shown_as_valid():
    """An advisor must see that the person in front of him is no longer proven."""
    expired = Identity(1, "demo-1", NOW - timedelta(minutes=1))
    file = file_of((SYSTEM, Kind.IDENTITY_PROVEN, {"level": 1, "how": "token"}), identity=expired)

    assert (file.identity_level, file.identity_was, file.identity_how) == (0, 1, "token")


def test_what_the_assistant_adds_is_read_and_anything_else_in_it_is_ignored():
    """Another part writes this: a surprise there must not break the desk."""
    added = {"summary": "Adresse faite.", "facts": [{"label": "Ville", "value": 3}, "?"], "tried": ["Aide", 4], "topics": 9}
    file = file_of((ASSISTANT, Kind.HANDOFF_REQUESTED, {"by": "assistant", "passed": ["a", None], "_file": added}))

    assert (file.summary, file.passed, file.asked_by) == ("Adresse faite.", ("a",), "assistant")
    assert [(fact.label, fact.value) for fact in file.facts] == [("Ville", "3")]
    assert [said.text for said in file.tried] == ["Aide"]


def test_an_erased_conversation_gives_an_empty_file():
    """Erasure reaches the desk too."""
    file = file_of((MEMBER, Kind.TEXT, None), (ASSISTANT, Kind.CARD, None), (SYSTEM, Kind.SAFETY, None), (MEMBER, Kind.HANDOFF_REQUESTED, None))

    assert (file.words, file.facts, file.tried, file.dangers) == ((), (), (), ())


JSON = st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=8),
                    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3), max_leaves=6)
NAMES = st.sampled_from(["text", "topic", "card", "data", "passed", "_file", "masked", "fields", "how", "by", "buttons", "status"])


@given(st.lists(st.tuples(st.sampled_from(list(AuthorKind)), st.sampled_from(list(Kind)), st.dictionaries(NAMES, JSON)), max_size=6))
def test_no_body_however_strange_breaks_the_file(entries):
    """An advisor in front of an unexpected entry still sees everything else."""
    file_of(*entries)


def test_an_excerpt_ends_on_a_word():
    """Cut words are hard to read."""
    assert excerpt("un deux trois quatre", 12) == "un deux…"
