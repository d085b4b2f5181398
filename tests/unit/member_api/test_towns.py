"""Towns as members write them: what kernel.towns finds, suggests, and refuses to guess."""

from __future__ import annotations

import subprocess
import sys
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.towns import Town, find_town, fold, postal_codes_of, suggest_towns, towns_of


@pytest.mark.parametrize(("text", "postal_code", "name"), [
    ("Poitiers", "86000", "Poitiers"),
    ("  POITIERS ", "86000", "Poitiers"),
    ("86000 poitiers", "86000", "Poitiers"),
    ("poitiers cedex 9", "86000", "Poitiers"),
    ("86066 Poitiers CEDEX 9", "86000", "Poitiers"),
    ("Ste-Foy-lès-Lyon", "69110", "Sainte-Foy-lès-Lyon"),
    ("st maixent l'ecole", "79400", "Saint-Maixent-l'École"),
    ("St. Maixent l’École", "79400", "Saint-Maixent-l'École"),
    ("chalon s/ saone", "71100", "Chalon-sur-Saône"),
    ("Œting", "57600", "Œting"),
    ("oeting", "57600", "Œting"),
    ("Paris 11", "75011", "Paris 11e Arrondissement"),
    ("PARIS 11ème", "75011", "Paris 11e Arrondissement"),
    ("paris 1er arrondissement", "75001", "Paris 1er Arrondissement"),
    ("Paris 01", "75001", "Paris 1er Arrondissement"),
    ("Lyon 3e", "69003", "Lyon 3e Arrondissement"),
    ("75015 Paris", "75015", "Paris 15e Arrondissement"),
])
def test_a_town_is_found_however_it_is_written(text: str, postal_code: str, name: str) -> None:
    """Nobody types « Saint-Maixent-l'École » on a phone."""
    found = find_town(text)

    assert found is not None
    assert (found.postal_code, found.name) == (postal_code, name)


@pytest.mark.parametrize(("text", "postal_code", "name"), [
    ("Saint-Denis", "97400", "Saint-Denis"),
    ("st denis", "93200", "Saint-Denis"),
    ("Paris", "75116", "Paris 16e Arrondissement"),
    ("Issy les Moulineaux", "75015", "Issy-les-Moulineaux"),
    ("Poitiers", "86066", "Poitiers"),
])
def test_the_postal_code_chooses_between_towns_of_one_name(text: str, postal_code: str, name: str) -> None:
    """There are four Saint-Denis; a « cedex » code, which is in no table, chooses nothing and harms nothing."""
    found = find_town(text, postal_code)

    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(("text", "postal_code"), [
    ("Saint-Denis", None), ("Paris", None), ("Lyon", "86000"), ("zzzz", None), ("", None), ("86000", None), ("Paris 25", None),
])
def test_a_town_is_never_guessed(text: str, postal_code: str | None) -> None:
    """Several towns of that name, none, or a postal code that says otherwise: the member chooses."""
    assert find_town(text, postal_code) is None


def test_the_towns_of_a_postal_code_are_listed() -> None:
    """The code alone often is enough to propose the town."""
    assert towns_of("86000") == [Town("86000", "Poitiers", "POITIERS")]
    assert {town.name for town in towns_of("01000")} == {"Bourg-en-Bresse", "Saint-Denis-lès-Bourg"}
    assert towns_of("99999") == []


def test_the_postal_codes_of_a_town_are_listed() -> None:
    """A city with districts has them all."""
    assert postal_codes_of("Saint-Étienne") == ["42000", "42100", "42230"]
    assert len(postal_codes_of("Lyon")) == 9
    assert postal_codes_of("nowhere") == []


def test_what_is_given_can_be_changed_by_who_receives_it() -> None:
    """The next asker must not see what the last one did to his list."""
    towns_of("86000").clear()

    assert len(towns_of("86000")) == 1


@pytest.mark.parametrize(("text", "postal_code", "first"), [
    ("poitier", None, "Poitiers"), ("larochelle", "17000", "La Rochelle"), ("Lyon", "86000", "Poitiers"),
    ("Lyon", None, "Lyon 1er Arrondissement"), ("chatelerault", None, "Châtellerault"),
])
def test_the_likeliest_town_is_suggested_first(text: str, postal_code: str | None, first: str) -> None:
    """« Vouliez-vous dire Châtellerault ? »; a known postal code is believed more than a name."""
    assert suggest_towns(text, postal_code)[0].name == first


def test_nothing_like_it_gives_no_suggestion() -> None:
    """A suggestion out of the blue would look like a mistake of ours."""
    assert suggest_towns("xqzw") == []


@given(st.text(max_size=60), st.none() | st.sampled_from(["86000", "75015", "99999"]))
def test_no_text_breaks_the_search(text: str, postal_code: str | None) -> None:
    """Members paste anything."""
    found = find_town(text, postal_code)

    assert found is None or found in towns_of(found.postal_code)
    assert len(suggest_towns(text, postal_code)) <= 5
    assert fold(fold(text)) == fold(text)


def test_the_table_is_read_at_the_first_question_only() -> None:
    """A process that never asks pays nothing; the first question waits less than half a second on a busy machine."""
    code = "import kernel.towns as t; assert t._towns.cache_info().currsize == 0; print(t.find_town('Poitiers').postal_code)"
    asked = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    find_town("Poitiers")
    began = perf_counter()
    for _ in range(100):
        find_town("Châtellerault")

    assert asked.stdout.strip() == "86000"
    assert perf_counter() - began < 0.1
