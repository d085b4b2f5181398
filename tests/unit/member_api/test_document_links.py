"""Links to documents: short-lived, and good for one member only."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from yarl import URL

from member_api.sandbox.documents.links import ENDS, SEAL, LinkRefused, Links

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
LINKS = Links("http://insurer.example", "a secret of the insurer")
LINK, ENDS_AT = LINKS.link("d_1", "demo-1", NOON)
GIVEN = URL(LINK).query


def test_a_link_opens_its_document_for_ten_minutes() -> None:
    """Long enough to click, too short to be found in a history."""
    LINKS.check("d_1", "demo-1", GIVEN[ENDS], GIVEN[SEAL], ENDS_AT - timedelta(seconds=1))

    assert NOON + timedelta(minutes=10) == ENDS_AT
    with pytest.raises(LinkRefused):
        LINKS.check("d_1", "demo-1", GIVEN[ENDS], GIVEN[SEAL], ENDS_AT)


@pytest.mark.parametrize(("document_id", "member_id", "ends", "seal"), [
    ("d_2", "demo-1", GIVEN[ENDS], GIVEN[SEAL]), ("d_1", "demo-2", GIVEN[ENDS], GIVEN[SEAL]),
    ("d_1", "demo-1", str(int(GIVEN[ENDS]) + 60), GIVEN[SEAL]), ("d_1", "demo-1", GIVEN[ENDS], ""),
    ("d_1", "demo-1", "", ""), ("d_1\ndemo-1", "", GIVEN[ENDS], GIVEN[SEAL]), ("d_1", "demo-1", "9" * 90, GIVEN[SEAL]),
])
def test_a_link_changed_or_lent_opens_nothing(document_id: str, member_id: str, ends: str, seal: str) -> None:
    """Another document, another member, a longer life."""
    with pytest.raises(LinkRefused):
        LINKS.check(document_id, member_id, ends, seal, NOON)


@given(st.text(max_size=30), st.text(max_size=60))
def test_no_guess_opens_anything(ends: str, seal: str) -> None:
    """Nor breaks the page."""
    with pytest.raises(LinkRefused):
        LINKS.check("d_1", "demo-1", ends, seal, NOON)
