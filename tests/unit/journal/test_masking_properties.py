"""Every valid number, however it is spaced, wherever it is; and none of its look-alikes."""

from __future__ import annotations

import re
from datetime import date

from hypothesis import assume, example, given
from hypothesis import strategies as st
from stdnum import luhn, numdb

from journal.masking import mask
from journal.masking_accounts import accounts
from journal.masking_numbers import has_right_key

BEFORE = st.sampled_from(["", "bonjour ", "voici : ", "c'est le ", "Madame,\n", "mon numéro (", "est-ce bien ", "né le 3 mai, "])
AFTER = st.sampled_from(["", " merci", ".", ", voilà", " ?", ") svp", "\nCordialement", " et ensuite 12,50 €"])
SEPARATOR = st.sampled_from(["", " ", ".", "-", "\u00a0", " - ", "\u202f", "  "])


def _luhn_ended(digits: str) -> str:
    return digits + luhn.calc_check_digit(digits)


@st.composite
def nirs(draw: st.DrawFn) -> str:
    """Any social-security number somebody may have, with or without its key."""
    department = draw(st.sampled_from([f"{number:02d}" for number in range(1, 96)] + ["2A", "2B", "97", "98", "99"]))
    body = (f"{draw(st.sampled_from('12'))}{draw(st.integers(0, 99)):02d}{draw(st.integers(1, 12)):02d}{department}"
            f"{draw(st.integers(1, 999)):03d}{draw(st.integers(1, 999)):03d}")
    counted = int(body.replace("2A", "19", 1) if department == "2A" else body.replace("2B", "18", 1) if department == "2B" else body)
    return body + (f"{97 - counted % 97:02d}" if draw(st.booleans()) else "")


@st.composite
def ibans(draw: st.DrawFn) -> str:
    """A valid IBAN of any country of the register."""
    country, structure = draw(st.sampled_from([(row[1], row[3]["bban"]) for row in numdb.get("iban").prefixes]))
    alphabets = {"n": "0123456789", "a": "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "c": "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
    bban = "".join(draw(st.text(alphabets[kind], min_size=int(size), max_size=int(size)))
                   for size, kind in re.findall(r"(\d+)!([nac])", structure))
    number = int("".join(str(int(letter, 36)) for letter in f"{bban}{country}00"))
    return f"{country}{98 - number % 97:02d}{bban}"


@st.composite
def cards(draw: st.DrawFn) -> str:
    """A card number with an issuer's prefix, a length it uses, and the right last digit."""
    prefix, length = draw(st.sampled_from([("4", 13), ("4", 16), ("4", 19), ("51", 16), ("55", 16), ("2221", 16), ("2720", 16), ("34", 15),
                                           ("37", 15), ("300", 14), ("36", 14), ("38", 14), ("6011", 16), ("65", 16), ("3528", 16), ("62", 16)]))
    return _luhn_ended(prefix + draw(st.text("0123456789", min_size=length - len(prefix) - 1, max_size=length - len(prefix) - 1)))


def _spaced(written: str, separator: str, sizes: tuple[int, ...]) -> str:
    parts, position = [], 0
    for size in sizes:
        parts.append(written[position:position + size])
        position += size
    return separator.join(part for part in [*parts, written[position:]] if part)


@example("1270860008030", "", " et ensuite 12,50 €", " ", (1, 2, 2, 2, 3, 3))  # with the words that follow, a RIB whose key is right
@given(nirs(), BEFORE, AFTER, SEPARATOR, st.sampled_from([(1, 2, 2, 2, 3, 3), (13,), ()]))
def test_every_social_security_number_is_masked(nir: str, before: str, after: str, separator: str, sizes: tuple[int, ...]) -> None:
    """Printed as on the card, whole, or with its key apart."""
    masked = mask(f"{before}{_spaced(nir, separator, sizes)}{after}")

    assert "nir" in [found.kind for found in masked.found]
    assert nir[-3:] not in masked.text.replace(after, "")


@given(nirs(), st.lists(SEPARATOR, min_size=15, max_size=15))
def test_a_number_with_its_key_is_masked_however_it_is_spaced(nir: str, separators: list[str]) -> None:
    """People read it aloud digit by digit, and telephones put spaces anywhere."""
    assume(len(nir) == 15)

    masked = mask("c'est " + "".join(letter + separator for letter, separator in zip(nir, separators, strict=True)))

    assert [found.kind for found in masked.found] == ["nir"]


@given(ibans(), BEFORE, AFTER, st.sampled_from(["", " ", "-", "\u00a0"]), st.booleans())
def test_every_iban_is_masked(iban: str, before: str, after: str, separator: str, lower: bool) -> None:
    """Of any country, in fours or whole, in capitals or not."""
    written = separator.join(iban[at:at + 4] for at in range(0, len(iban), 4))

    masked = mask(f"{before}{written.lower() if lower else written}{after}")

    assert iban[-8:].lower() not in re.sub(r"[^a-z0-9]", "", masked.text.lower())


@given(cards(), BEFORE, AFTER, st.sampled_from(["", " ", "-", "."]))
def test_every_card_number_is_masked(card: str, before: str, after: str, separator: str) -> None:
    """In fours, or as American Express and Diners print them."""
    sizes = (4, 6) if len(card) in (14, 15) else (4, 4, 4, 4)

    masked = mask(f"{before}{_spaced(card, separator, sizes)}{after}")

    assert masked.found
    assert card not in re.sub(r"\D", "", masked.text)


@given(st.integers(0, 9_999_999), st.integers(0, 99), st.sampled_from([" ", "\u00a0", "\u202f", "", "."]), BEFORE, AFTER)
def test_no_amount_is_masked(whole: int, cents: int, thousands: str, before: str, after: str) -> None:
    """« 1 234,56 € » is what people come to talk about."""
    amount = f"{whole:,}".replace(",", thousands) + f",{cents:02d} €"

    assert mask(f"{before}{amount}{after}").found == ()


@given(st.lists(st.integers(0, 9_999), min_size=2, max_size=6), st.integers(0, 99))
def test_no_list_of_amounts_is_masked(amounts: list[int], cents: int) -> None:
    """A pasted statement is a row of amounts."""
    row = " ; ".join(f"{amount},{cents:02d}" for amount in amounts)

    assert mask(row).found == ()


@given(st.dates(date(1920, 1, 1), date(2099, 12, 31)), st.sampled_from(["%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%Y-%m-%d", "%d %m %Y", "%d/%m/%y"]),
       st.sampled_from(["", " à 10h30", " 14:05", " 9 h 15"]), BEFORE)
def test_no_date_is_masked(day: date, written: str, hour: str, before: str) -> None:
    """Nor a date with an hour, which has as many digits as a telephone number."""
    assert mask(f"{before}{day.strftime(written)}{hour}").found == ()


@given(st.text("0123456789", min_size=5, max_size=9), st.sampled_from(["contrat ", "adhérent n° ", "dossier ", "FINESS ", "réf. ", ""]))
def test_no_short_reference_is_masked(number: str, before: str) -> None:
    """Contract and member numbers, postal codes, FINESS and ADELI have up to nine digits."""
    assert mask(before + number).found == ()


@given(st.text("0123456789", min_size=15, max_size=18), st.sampled_from(["référence ", "dossier ", "suivi colis n° "]))
def test_a_long_reference_that_fails_every_check_stays(number: str, before: str) -> None:
    """A parcel or a transfer has a long number too."""
    assume(not (len(number) == 15 and number[0] in "123478" and has_right_key(number)))
    assume(not luhn.is_valid(number))

    assert mask(before + number).found == ()


@given(st.text(st.sampled_from("0123456789abFR . -/@'é\n[]:mdpest"), max_size=120))
def test_masking_is_stable_and_offsets_hold(written: str) -> None:
    """Whatever the text: what is found lies inside it, in order and apart, and masking again changes nothing more."""
    masked = mask(written)

    assert all(0 <= one.start < one.end <= len(written) for one in masked.found)
    assert all(one.end <= following.start for one, following in zip(masked.found, masked.found[1:], strict=False))
    assert mask(masked.text).text == masked.text


@given(st.text("abcdefghijklmnopqrstuvwxyz éèà,.", max_size=200))
def test_words_alone_are_never_an_account(written: str) -> None:
    """An IBAN may be in small letters: a sentence is not one."""
    assert list(accounts(written)) == []
