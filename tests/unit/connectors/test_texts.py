"""What people typed, made safe to keep."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.core import texts
from kernel.errors import Malformed, Refused, TooLarge


@pytest.mark.parametrize(("typed", "kept"), [
    ("  Bonjour  ", "Bonjour"), ("a\r\nb\rc", "a\nb\nc"), ("a\tb", "a\tb"), ("a\x00b\x1bc\x7f", "abc"), ("e\u0301", "é"),
    ("\u202eabc\u2066", "abc"), ("👨‍👩‍👧 ❤️", "👨‍👩‍👧 ❤️"), ("/restart", "/restart"), ("50 % · « oui »", "50 % · « oui »"),
])
def test_text_is_kept_as_it_reads(typed, kept):
    """Spaces inside, accents, joined emoji stay; what no one can see goes."""
    assert texts.message_text(typed) == kept


@pytest.mark.parametrize("typed", ["", "   ", "\n\n", "\x00", "\u202e", "\ud83d"])
def test_nothing_is_not_a_message(typed):
    """Nor is half a character."""
    with pytest.raises(Malformed):
        texts.message_text(typed)


def test_four_thousand_characters_is_the_limit_after_cleaning():
    """What is removed does not count."""
    assert len(texts.message_text("a" * 4000 + "\x00" * 500)) == 4000
    with pytest.raises(TooLarge):
        texts.message_text("a" * 4001)


@given(st.text(max_size=200))
def test_cleaning_twice_is_cleaning_once_and_nothing_unwanted_is_left(typed):
    """Whatever is typed."""
    once = texts.clean(typed)

    assert texts.clean(once) == once
    assert not [one for one in once if unicodedata.category(one) == "Cc" and one not in "\n\t"]


def test_a_subject_is_one_short_line():
    """It is read in lists."""
    assert texts.subject_line("  Ma\ncarte   de tiers payant ") == "Ma carte de tiers payant"
    assert texts.subject_line(" \n ") is None
    with pytest.raises(TooLarge):
        texts.subject_line("a" * 201)


@pytest.mark.parametrize("value", ["", "a" * 65, "act:1", "é", "a b", "a\n", "../x", "a\x00"])
def test_a_client_id_is_plain(value):
    """No colon: those are the system's."""
    with pytest.raises(Refused):
        texts.client_id(value)


def test_the_ids_browsers_draw_are_accepted():
    """A UUID, or random bytes in base64 for addresses."""
    for value in ("0b9c6b0e-6a59-4b7e-9b1a-0d6f5f2f9a10", "Zm9v_YmFy-0", "a"):
        assert texts.client_id(value) == value
