"""Addresses as members type them."""

from __future__ import annotations

from datetime import date

import pytest

from bot.actions.address_reading import Parts, is_correction, lines_of, read_address

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(("text", "asked", "known", "parts"), [
    ("12 rue des Lilas 86000 Poitiers", "street", None, Parts("12 rue des Lilas", "86000", "Poitiers")),
    ("j'ai déménagé, j'habite maintenant au 3 bis avenue Jean Jaurès, 17000 La Rochelle depuis le 15 novembre", None, None,
     Parts("3 bis avenue Jean Jaurès", "17000", "La Rochelle", date(2026, 11, 15))),
    ("12 rue des lilas", "street", None, Parts("12 rue des lilas")),
    ("86000", "postal_code", None, Parts(None, "86000", "Poitiers")),
    ("86 000", "postal_code", None, Parts(None, "86000", "Poitiers")),
    ("Poitiers", "postal_code", None, Parts(None, "86000", "Poitiers")),
    ("poitiers", "town", "86000", Parts(None, None, "Poitiers")),
    ("99999", "postal_code", None, Parts(bad_postal_code="99999")),
    ("8600", "postal_code", None, Parts(bad_postal_code="8600")),
    ("non pardon c'est le 14 rue des lilas", "postal_code", None, Parts("14 rue des lilas")),
    ("75011 paris", "postal_code", None, Parts(None, "75011", "Paris")),
    ("saint étienne", "town", "42000", Parts(None, None, "Saint-Étienne")),
    ("lieu dit la Grange", "street", None, Parts("Lieu dit la Grange")),
    ("14 grand rue", "street", None, Parts("14 grand rue")),
    ("appartement 4, 12 place du marché", "street", None, Parts("Appartement 4, 12 place du marché")),
    ("le 1er décembre", "from_on", None, Parts(from_on=date(2026, 12, 1))),
    ("c koi la carence", "town", "86000", Parts()),
    ("c'est quoi le TM", "street", None, Parts()),
    ("je veux parler à quelqu'un", "street", None, Parts()),
])
def test_an_address_is_read_in_parts(text: str, asked: str | None, known: str | None, parts: Parts) -> None:
    """One message may hold everything, or one word; a question on the side holds nothing."""
    assert read_address(text, TODAY, asked=asked, known_postal_code=known) == parts


@pytest.mark.parametrize("text", ["non pardon c'est le 14", "je me suis trompé", "en fait c'est 86100", "oups mauvais numero"])
def test_a_correction_is_heard(text: str) -> None:
    """People correct themselves without warning; the form says « c'est corrigé »."""
    assert is_correction(text)


@pytest.mark.parametrize(("street", "lines"), [
    ("14 rue des Lilas", ("14 rue des Lilas", None)),
    ("Résidence les Tilleuls bâtiment B, 14 avenue du Général de Gaulle", ("14 avenue du Général de Gaulle", "Résidence les Tilleuls bâtiment B")),
    ("une rue au nom vraiment interminable qui ne tient sur aucune enveloppe", None),
])
def test_a_long_address_takes_two_lines_or_is_asked_again(street: str, lines: tuple[str, str | None] | None) -> None:
    """The insurer's system refuses more than 38 characters a line; the member should hear it before confirming."""
    assert lines_of(street) == lines
