"""Reading JSON from strangers."""

from __future__ import annotations

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.core.shapes import MAX_NUMBER, check, number, parse_object
from kernel.errors import Malformed


@given(st.binary(max_size=200))
def test_any_bytes_are_an_object_or_malformed(raw):
    """Never another error."""
    with contextlib.suppress(Malformed):
        assert isinstance(parse_object(raw), dict)


@given(st.dictionaries(st.text(max_size=5), st.none() | st.integers() | st.text(max_size=5), max_size=5))
def test_an_object_is_read_back(value):
    """Whatever it holds."""
    assert parse_object(json.dumps(value)) == value


@pytest.mark.parametrize("value", [
    {}, {"id": 4}, {"id": None}, {"id": "a", "count": "4"}, {"id": "a", "count": -1}, {"id": "a", "count": True},
    {"id": "a", "count": MAX_NUMBER + 1}, {"id": "a", "count": 1.0}, {"id": "a", "secret": "Mon secret"},
])
def test_a_missing_wrong_or_unknown_field_is_refused(value):
    """And its value is not repeated."""
    with pytest.raises(Malformed) as refused:
        check(value, {"id": str}, {"count": int})

    assert "secret" not in refused.value.detail


@pytest.mark.parametrize("value", [{"id": "a"}, {"id": "a", "count": 0}, {"id": "", "count": None}, {"id": "a", "count": MAX_NUMBER}])
def test_what_has_the_shape_passes(value):
    """An optional field may be absent or null."""
    check(value, {"id": str}, {"count": int})


@pytest.mark.parametrize("text", ["", "-1", "+1", "1.0", "١", "²", " 1", "1_0", "9" * 30, str(MAX_NUMBER + 1)])
def test_a_number_in_an_address_is_plain_digits(text):
    """And fits in the record."""
    with pytest.raises(Malformed):
        number(text, "since")


def test_the_largest_number_passes():
    """And zero."""
    assert (number("0", "since"), number(str(MAX_NUMBER), "since")) == (0, MAX_NUMBER)
