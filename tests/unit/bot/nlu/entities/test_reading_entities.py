"""What an action gets from a member's words, and what it must not."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.nlu.entities import Entity, Kind, entities
from bot.nlu.entities.care import kinds_of_care
from bot.nlu.entities.folding import fold_with_places
from bot.nlu.entities.found import Found, longest
from bot.nlu.entities.numbers import whole_number
from kernel.reimbursement.kinds import care_kinds
from member_api.contract import Relationship

TUESDAY = date(2026, 11, 24)
SENTENCES = [line.split("\t") for line in (Path(__file__).parent / "sentences.tsv").read_text(encoding="utf-8").splitlines()
             if line and not line.startswith("#")]
PIECES = ["mardi dernier", "le 12", "du 3", "au 15 mai", "4/11", "31/02", "depuis", "il y a trois", "semaines", "50", "balles", "€", "45e", "100 %",
          "pour cent", "ma fille", "Léa", "pour", "dentiste", "couronne", "BR", "86000", "Poitiers", "à", "et", "entre", "fin", "septembre",
          "sept", "quatre vingt", "deux", "  ", "\n", "é", "e\u0301", "œ", "’", "²", "١٢", "n°", "[iban masqué]", ".", "-", "ﬁ", "99999999999", "😀"]


def told(entity: Entity) -> str:
    """Write *entity* as the table does."""
    value = entity.value
    if entity.kind is Kind.DATE:
        value = value["from"] if value["from"] == value["to"] else f"{value['from']}..{value['to']}"
    if entity.kind is Kind.PERSON:
        value = ":".join(value.values())
    return f"{entity.kind}={value}"


def values(text: str, on: date = TUESDAY) -> list[Any]:
    """Give the values of what *text* says."""
    return [entity.value for entity in entities(text, on)]


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES)
def test_a_sentence_says_this_and_nothing_else(sentence: str, expected: str) -> None:
    """An entity missed is a question asked twice; one too many is an answer about something else."""
    assert " | ".join(map(told, entities(sentence, TUESDAY))) == expected


@pytest.mark.parametrize(("sentence", "words"), [
    ("Vu chez l’ostéo  mardi\u00a0dernier, 50 balles", ["ostéo", "mardi\u00a0dernier", "50 balles"]),
    ("depuis le 12 mars j'attends 1\u202f200,00\u00a0€", ["depuis le 12 mars", "1\u202f200,00\u00a0€"]),
    ("Ma sœur Inès, à Poitiers", ["Ma sœur Inès", "Poitiers"]),
    ("du 3 au 15 mai", ["3 au 15 mai"]),
    ("me\u0301decin le 4 fe\u0301vrier", ["me\u0301decin", "4 fe\u0301vrier"]),
    ("😀 100 % remboursé ?", ["100 %"]),
])
def test_places_are_those_of_the_words_as_typed(sentence: str, words: list[str]) -> None:
    """Screens underline them; accents, ligatures and odd spaces must not shift them."""
    assert [sentence[entity.start:entity.end] for entity in entities(sentence, TUESDAY)] == words


@pytest.mark.parametrize(("on", "sentence", "first", "last"), [
    (date(2027, 1, 4), "le 28 décembre", "2026-12-28", "2026-12-28"),
    (date(2027, 1, 4), "le mois dernier", "2026-12-01", "2026-12-31"),
    (date(2027, 1, 4), "la semaine dernière", "2026-12-28", "2027-01-03"),
    (date(2026, 12, 30), "dans une semaine", "2027-01-04", "2027-01-10"),
    (date(2028, 2, 29), "l'année dernière", "2027-01-01", "2027-12-31"),
    (date(2027, 3, 1), "le 29 février", "2024-02-29", "2024-02-29"),
    (date(2028, 3, 31), "il y a un mois", "2028-02-01", "2028-02-29"),
    (date(2026, 11, 29), "le week-end dernier", "2026-11-21", "2026-11-22"),
    (date(2026, 11, 24), "mardi", "2026-11-17", "2026-11-17"),
    (date(2026, 11, 24), "à partir de mardi", "2026-12-01", "2026-12-01"),
])
def test_days_are_counted_from_the_day_of_the_message(on: date, sentence: str, first: str, last: str) -> None:
    """Ends of years, leap days and Sundays are where a bot is caught."""
    assert values(sentence, on) == [{"from": first, "to": last}]


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), max_size=14), st.dates(date(2020, 1, 1), date(2060, 12, 31)))
@settings(max_examples=400, deadline=None)
def test_whatever_is_typed_is_read_without_fault(pieces: list[str], on: date) -> None:
    """Nothing a visitor types stops a turn; places are inside the text, in order, and no two share a letter."""
    text = " ".join(pieces)
    found = entities(text, on)

    assert all(0 <= entity.start < entity.end <= len(text) for entity in found)
    assert all(before.end <= after.start for before, after in pairwise(found))
    assert all(entity.value["from"] <= entity.value["to"] for entity in found if entity.kind is Kind.DATE)


@given(st.dates(date(2020, 1, 1), date(2050, 12, 31)), st.integers(-3000, 300))
def test_a_day_with_its_year_is_always_read_back(on: date, distance: int) -> None:
    """In figures or in letters, whatever today is."""
    day = on + timedelta(days=distance)
    months = ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"]
    expected = [{"from": day.isoformat(), "to": day.isoformat()}]

    assert values(f"soins du {day.day}/{day.month:02}/{day.year}", on)[-1:] == expected
    assert values(f"{day.day} {months[day.month - 1]} {day.year}", on) == expected


@given(st.integers(0, 999_999), st.integers(0, 99))
def test_an_amount_is_exact_to_the_cent(whole: int, cents: int) -> None:
    """No float ever touches money."""
    assert values(f"{whole:,}".replace(",", " ") + f",{cents:02} €") == [whole * 100 + cents]


UNITS = ["zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize", "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf"]
TENS = {2: "vingt", 3: "trente", 4: "quarante", 5: "cinquante", 6: "soixante", 8: "quatre-vingt"}


def spelt(number: int) -> str:
    """Write *number*, below a million, in letters."""
    if number < 20:
        return UNITS[number]
    if number < 100:
        ten = number // 10 - (number // 10 in (7, 9))
        unit = number - ten * 10
        joint = " et " if unit in (1, 11) and ten < 8 else "-"
        return TENS[ten] + (joint + spelt(unit) if unit else "")
    power, name = (1000, "mille") if number >= 1000 else (100, "cent")
    many, rest = divmod(number, power)
    return " ".join([*([spelt(many)] if many > 1 else []), name, *([spelt(rest)] if rest else [])])


@given(st.integers(1, 999_999))
def test_a_number_in_letters_is_read_with_or_without_its_hyphens(number: int) -> None:
    """Few people know where the hyphens of « quatre-vingt-dix-sept » go."""
    words = spelt(number)

    assert whole_number(words) == whole_number(words.replace("-", " ")) == whole_number(words.replace(" ", "-")) == number


@pytest.mark.parametrize("flood", ["un " * 1300, "le 1 " * 800, "a " * 2000, "1 1 " * 1000, "il y a " * 500, "j'habite a " * 360, "a@" * 2000,
                                   "pour Léa " * 400, "[masque" * 500, "n° " * 1300, "1" * 9000, "quatre vingt " * 300], ids=lambda flood: flood[:8].strip())
def test_a_flood_is_read_in_bounded_time(flood: str) -> None:
    """A hostile visitor must not hold the worker; two seconds are far above what any takes."""
    begun = perf_counter()
    entities(flood, TUESDAY)

    assert perf_counter() - begun < 2


def test_the_longest_reading_wins_and_the_first_given_at_equal_length() -> None:
    """« 12/10 » inside « 12/10/2026 » is no second day."""
    short, long, same = Found(Kind.DATE, 1, 0, 3), Found(Kind.AMOUNT, 2, 2, 9), Found(Kind.TOWN, 3, 2, 9)

    assert longest([short, long, same]) == [long]


def test_kinds_of_care_are_those_of_the_insurer_where_it_has_them() -> None:
    """An action compares them with the lines of a statement."""
    heard = kinds_of_care()

    assert {kind.said_as for kind in care_kinds().values()} <= set(heard)
    assert {kind.name: heard[kind.name] for kind in care_kinds().values() if kind.name in heard} == {
        kind.name: kind.heading for kind in care_kinds().values() if kind.name in heard}


def test_relations_are_those_of_the_contract_where_it_has_them() -> None:
    """« ma fille » is looked up among the beneficiaries."""
    assert {told(entity) for text in ("pour moi", "mon mari", "ma fille") for entity in entities(text, TUESDAY)} == {
        f"person={relationship}" for relationship in Relationship}


def test_identifiers_are_hidden_from_every_reading() -> None:
    """A masked label, a telephone or a file number holds digits that look like anything."""
    message = fold_with_places("[n° de sécurité sociale masqué] 06 39 98 12 42 dossier n° 86000-12/10")

    assert not any(character.isdigit() for character in message.plain)
