"""Light markup, read without ever making HTML."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from connectors.core.markup import BlockKind, Span, blocks, spans


def shape(text):
    """Give the kinds and the plain lines of a text."""
    return [(block.kind.value, ["".join(span.text for span in line) for line in block.lines]) for block in blocks(text)]


def test_paragraphs_lists_and_steps_are_told_apart():
    """As the assistant writes them."""
    text = "Voici :\n- un\n- deux\n\n1. D'abord\n2. Ensuite\n\nFin.\nSuite."

    assert shape(text) == [("p", ["Voici :"]), ("ul", ["un", "deux"]), ("ol", ["D'abord", "Ensuite"]), ("p", ["Fin.", "Suite."])]


def test_bold_is_between_two_pairs_of_stars():
    """And a star alone is a star."""
    assert spans("**Oui** et 2 * 3 **") == (Span("Oui", is_strong=True), Span(" et 2 * 3 **"))


def test_an_empty_text_has_no_block():
    """Nothing to show."""
    assert blocks(" \n\n ") == []


@given(st.text(alphabet="ab*- 1.\n<>&", max_size=80))
def test_no_letter_is_lost(text):
    """Whatever the marks, what people wrote is read."""
    kept = "".join(span.text for block in blocks(text) for line in block.lines for span in line)

    assert [one for one in kept if one in "ab<>&"] == [one for one in text if one in "ab<>&"]
    assert {block.kind for block in blocks(text)} <= set(BlockKind)
