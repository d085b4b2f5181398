"""Who may open what; colours one can read."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handoff.core import colour
from handoff.core.access import may_open
from handoff.core.roles import Right, Role, has_right
from handoff.web.assets import DARK_GROUND, LIGHT_GROUND, theme
from journal.entries import Floor, Holder
from tests.unit.handoff.makers import NOW, a_conversation, held_by

WITH_ASSISTANT = a_conversation(floor=Floor(Holder.ASSISTANT, 1, 0, NOW))


def opens(role: Role, conversation, *, asked: bool = True, served: bool = False) -> bool:
    return may_open(role, "camille", conversation, asked_for_person=asked, has_served=served)


def test_nobody_at_the_desk_reads_a_talk_with_the_assistant_in_which_nobody_was_asked_for():
    """The member spoke to a machine; he did not call the staff in."""
    assert not any(opens(role, WITH_ASSISTANT, asked=False) for role in Role)


def test_an_advisor_reads_what_waits_what_he_holds_and_what_he_served():
    """And not what a colleague holds: need to know."""
    assert opens(Role.ADVISOR, a_conversation())
    assert opens(Role.ADVISOR, a_conversation(floor=held_by("camille")))
    assert opens(Role.ADVISOR, WITH_ASSISTANT, served=True)
    assert not opens(Role.ADVISOR, a_conversation(floor=held_by("hugo")))
    assert not opens(Role.ADVISOR, replace(a_conversation(), is_closed=True))


def test_team_leads_and_auditors_read_what_came_to_the_desk_and_editors_nothing():
    """Each role has its reason."""
    assert opens(Role.TEAM_LEAD, a_conversation(floor=held_by("hugo")))
    assert opens(Role.AUDITOR, WITH_ASSISTANT)
    assert not opens(Role.CONTENT_EDITOR, a_conversation())


def test_only_advisors_and_team_leads_answer():
    """An auditor who could write would no longer be one."""
    assert [role for role in Role if has_right(role, Right.ANSWER)] == [Role.ADVISOR, Role.TEAM_LEAD]


@given(st.integers(0, 0xFFFFFF))
def test_any_insurers_colour_becomes_readable_in_both_schemes(value):
    """A yellow brand must not give yellow links on white."""
    sheet = theme(f"#{value:06x}")
    light, on_light, dark, on_dark = (colour.parse(part[-7:]) for part in
                                      sheet.replace("}", ";").replace("\n", "").split(";") if "#" in part)

    assert colour.contrast(light, LIGHT_GROUND) >= colour.AA
    assert colour.contrast(dark, DARK_GROUND) >= colour.AA
    assert min(colour.contrast(light, on_light), colour.contrast(dark, on_dark)) >= colour.AA


@pytest.mark.parametrize("text", ["red", "#fff", "#12345g", "#123456;} body{display:none", ""])
def test_a_colour_that_is_no_colour_never_reaches_a_style_sheet(text):
    """The organisation file is trusted, and checked."""
    with pytest.raises(ValueError, match="#rrggbb"):
        theme(text)
