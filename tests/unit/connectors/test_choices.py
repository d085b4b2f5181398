"""Options: offered, chosen once, still the question."""

from __future__ import annotations

import pytest

from connectors.core.choices import FAR, choice_draft
from connectors.core.errors import Outdated
from journal.entries import AuthorKind, Kind
from kernel.errors import Malformed

from .makers import an_entry, buttons

OFFER = an_entry(3, body=buttons("yes", "no"))


def choose(*later, offer=OFFER, entry=3, option="yes", client_id="c1"):
    """Choose after *later* entries."""
    return choice_draft([offer, *later], entry=entry, option=option, client_id=client_id)


def chosen(number=4, option="yes", client_id="c0", entry=3):
    """Make a choice already made."""
    return an_entry(number, author=AuthorKind.MEMBER, kind=Kind.CHOICE, body={"entry": entry, "option": option}, client_id=client_id)


def test_the_choice_copies_what_only_the_record_holds():
    """Its title for people, its payload for the assistant."""
    draft = choose()

    assert (draft.author, draft.kind) == (AuthorKind.MEMBER, Kind.CHOICE)
    assert draft.body == {"entry": 3, "option": "yes", "text": "Yes", "_payload": "/yes"}


def test_an_act_is_copied_for_the_record_only():
    """Names that start with an underscore are never sent out."""
    offer = an_entry(3, body={"buttons": [{"id": "x", "title": "X", "act": "complaint", "_topic": "reclamation"}]})

    assert choose(offer=offer, option="x").body == {"entry": 3, "option": "x", "text": "X", "_act": "complaint", "_topic": "reclamation"}


@pytest.mark.parametrize("later", [
    [chosen()], [chosen(option="no")], [an_entry(4, body=buttons("other"))], [an_entry(4, body={"text": "a"}), chosen(5)],
    [an_entry(number, body={"text": "a"}) for number in range(4, 4 + FAR)],
])
def test_chosen_replaced_or_long_ago_is_outdated(later):
    """Another device, another question, another day."""
    with pytest.raises(Outdated):
        choose(*later)


@pytest.mark.parametrize("later", [
    [an_entry(4, body={"text": "a"})], [an_entry(4, author=AuthorKind.MEMBER, body={"text": "a", "buttons": [{"id": "z"}]})],
    [chosen(entry=1)], [an_entry(4, body={"buttons": []})], [an_entry(4)],
    [an_entry(4, author=AuthorKind.SYSTEM, kind=Kind.CARD, body=buttons("write"))],
])
def test_anything_else_in_between_leaves_it_valid(later):
    """An explanation, a member's words, the choice of another entry, the desk's card."""
    assert choose(*later).body["option"] == "yes"


def test_the_same_choice_sent_twice_is_the_same_draft():
    """The record then gives back what it stored."""
    assert choose(chosen(client_id="c1")) == choose()


def test_an_erased_offer_is_outdated():
    """What it meant is gone."""
    with pytest.raises(Outdated):
        choose(offer=an_entry(3))


@pytest.mark.parametrize(("offer", "entry", "option"), [
    (OFFER, 3, "maybe"), (OFFER, 2, "yes"), (an_entry(3, body={"text": "a"}), 3, "yes"),
    (an_entry(3, author=AuthorKind.MEMBER, body=buttons("yes")), 3, "yes"),
])
def test_what_was_never_offered_is_refused(offer, entry, option):
    """Another entry's number, another's option, a member's own words."""
    with pytest.raises(Malformed):
        choose(offer=offer, entry=entry, option=option)


def test_no_entry_at_all_is_refused():
    """A number that does not exist yet."""
    with pytest.raises(Malformed):
        choice_draft([], entry=9, option="a", client_id="c")


def test_the_clients_id_is_checked():
    """As for a message."""
    with pytest.raises(Malformed):
        choose(client_id="act:1")
