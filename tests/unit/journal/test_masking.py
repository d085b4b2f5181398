"""What must never reach the record, and what must stay as the member wrote it."""

from __future__ import annotations

import time

import pytest

from journal.entries import AuthorKind
from journal.masking import LABELS, LONGEST_READ, Found, find, mask, mask_body

NIR = "[n° de Sécurité sociale masqué]"
IBAN = "[IBAN masqué]"
CARD = "[n° de carte masqué]"
PASSWORD = "[mot de passe masqué]"
EMAIL = "[adresse e-mail masquée]"
PHONE = "[téléphone masqué]"

MASKED = [
    # Social-security numbers.
    ("Mon numéro de sécu c'est 1 85 05 78 006 084 36", f"Mon numéro de sécu c'est {NIR}"),
    ("185057800608491", NIR),
    ("1.85.05.78.006.084.91, merci", f"{NIR}, merci"),
    ("1-85-05-78-006-084-91", NIR),
    ("1\u202f85\u00a005 78 006 084 91", NIR),
    ("le 1850578006084 est à moi", f"le {NIR} est à moi"),
    ("1 85 05 78 006 084", NIR),
    ("1 85 05 78 006 084 clé 91", NIR),
    ("185057800608436 est mon nir ? mon NIR : 185057800608436", f"185057800608436 est mon nir ? mon NIR : {NIR}"),
    ("né en Corse : 1 85 05 2A 006 084 merci", f"né en Corse : {NIR} merci"),
    ("290122B123456", NIR),
    ("moi 1 85 05 78 006 084 91 et ma femme 2 90 12 33 063 125 29", f"moi {NIR} et ma femme {NIR}"),
    ("n° d'immatriculation 185057800608400", f"n° d'immatriculation {NIR}"),
    ("１８５０５７８００６０８４９１", NIR),
    # Bank accounts.
    ("voila mon iban FR76 3000 6000 0112 3456 7890 189", f"voila mon iban {IBAN}"),
    ("fr7630006000011234567890189", IBAN),
    ("IBANFR7630006000011234567890189", f"IBAN{IBAN}"),
    ("DE89 3704 0044 0532 0130 00.", f"{IBAN}."),
    ("gb29 nwbk 6016 1331 9268 19", IBAN),
    ("Malte MT84MALT011000012345MTLCAST001S", f"Malte {IBAN}"),
    ("mon IBAN est FR76 3000 6000 0112 3456 7890 188 ok", f"mon IBAN est {IBAN} ok"),
    ("rib 30006 00001 12345678901 89", f"rib {IBAN}"),
    # Cards.
    ("4111 1111 1111 1111", CARD),
    ("ma carte 5555-5555-5555-4444 exp 12/27", f"ma carte {CARD} exp 12/27"),
    ("3782 822463 10005", CARD),
    # Passwords.
    ("mon mdp est Soleil2024", f"mon mdp est {PASSWORD}"),
    ("mdp: azerty12", f"mdp: {PASSWORD}"),
    ("mot de passe c'est bien toto59", f"mot de passe c'est bien {PASSWORD}"),
    ("j'ai mis Poitiers86 comme mot de passe", f"j'ai mis {PASSWORD} comme mot de passe"),
    ("le code c 4512", f"le code c {PASSWORD}"),
    ("mon mot de passe est soleil.", f"mon mot de passe est {PASSWORD}."),
    ("Mot de passe : Soleil2024!", f"Mot de passe : {PASSWORD}!"),
    ("mdp azerty12 marche pas", f"mdp {PASSWORD} marche pas"),
    ("mon mot de passe pour le site c'est Loulou86", f"mon mot de passe pour le site c'est {PASSWORD}"),
    ("Soleil2024 c'est mon mot de passe", f"{PASSWORD} c'est mon mot de passe"),
    ("le code que j'ai reçu est 482913", f"le code que j'ai reçu est {PASSWORD}"),
    ("mon code pin est 1234", f"mon code pin est {PASSWORD}"),
    ("mot passe moi Casablanca77 pourquoi refuser", f"mot passe moi {PASSWORD} pourquoi refuser"),
    ("mon sésame pour le site, je vous le dépose ici : Hortensia1948", f"mon sésame pour le site, je vous le dépose ici : {PASSWORD}"),
    ("j'ai changé mon mdp pour Lola2019", f"j'ai changé mon mdp pour {PASSWORD}"),
    # Mistyped, but said to be what they are.
    ("ma carte bancaire c'est bien 4970 1012 3456 7890 ?", f"ma carte bancaire c'est bien {CARD} ?"),
    ("prélevez sur FR76 1551 9390 1200 0201 2345 601", f"prélevez sur {IBAN}"),
    ("banque 20041, guichet 01005, compte 0500013M026, clé 06", IBAN),
    ("284057508600436", NIR),
    ("le deux cinquante et un zéro trois quatre-vingt-six cent quatre-vingt-quatorze zéro quarante", f"le {NIR}"),
    # A member's own contacts.
    ("écrivez à jean.dupont@gmail.com.", f"écrivez à {EMAIL}."),
    ("jean.dupont (at) gmail.com", EMAIL),
    ("jean arobase gmail point com", EMAIL),
    ("jean.dupont @ orange . fr", EMAIL),
    ("06 12 34 56 78", PHONE),
    ("appelez le 0612345678 svp", f"appelez le {PHONE} svp"),
    ("+33 6 12 34 56 78", PHONE),
    ("0033612345678", PHONE),
    ("06.12.34.56.78 ou 05-49-12-34-56", f"{PHONE} ou {PHONE}"),
    ("06, 12, 34, 56, 78", PHONE),
    ("zéro six douze trente-quatre cinquante-six soixante-dix-huit", PHONE),
    ("+32 475 12 34 56", PHONE),
]

KEPT = [
    "mon mot de passe est oublié", "mon mot de passe ne marche plus", "mon mot de passe est expiré", "Mot de passe oublié",
    "mot de passe incorrect depuis 3 jours", "mot de passe : impossible de le changer", "le mot de passe c'est pas le bon",
    "mon mot de passe doit avoir 8 caractères", "le mot de passe de mon mari est différent", "mot de passe : comment le réinitialiser ?",
    "je tape mon identifiant et mon mot de passe et ça tourne", "j'ai reçu un code mais il ne marche pas", "code postal 86000",
    "mon code postal est 86000", "code erreur 404", "voila mon iban FR76 …",
    "1 166,00 €", "12 450 €", "1 234 567,89 €", "70 %", "29,50", "le 12/05/2024 à 10h30", "12.05.2024 10:30",
    "du 1.05.2024 au 12.06.2024", "12.05.2024 - 12.06.2024", "contrat 12345678", "numéro d'adhérent 7654321",
    "FINESS 860000123", "RPPS 10001234567", "ADELI 861234567", "86066 Poitiers cedex 9", "référence 202411230012345678",
    "réf AB1234567890123456", "dossier 2024112300123", "SIRET 380 129 866 46850", "facture n° 0123456789",
    "01 47 11 73 77", "+33 1 47 11 73 77", "accueil@mutuelledepoitiers.fr", "appelez le 3114, le 15 ou le 112", "39 89",
    "BP 80000, 86066", "RCL-2026-000123", "2026-11-23T12:00:00", "60 + 29,50 + 31,50 = 121",
]


@pytest.mark.parametrize(("written", "kept"), MASKED)
def test_an_identifier_is_replaced_by_what_it_was(written: str, kept: str) -> None:
    """A number that reaches the record would be there for years, in every export."""
    assert mask(written).text == kept


@pytest.mark.parametrize("written", KEPT)
def test_what_identifies_nobody_stays_as_it_was_written(written: str) -> None:
    """An advisor who reads « [masqué] » instead of an amount or a file number cannot help."""
    assert mask(written).text == written


@pytest.mark.parametrize("written", [written for written, _ in MASKED])
def test_masking_twice_changes_nothing(written: str) -> None:
    """A text quoted from the record goes through masking again."""
    once = mask(written).text

    assert mask(once).text == once


@pytest.mark.parametrize("label", LABELS.values())
def test_a_label_is_not_an_identifier(label: str) -> None:
    """« mot de passe masqué » must not look like a password told."""
    assert mask(f"mon mot de passe est {label} voilà").found == ()


def test_offsets_are_those_of_the_text_written() -> None:
    """The widget underlines what was removed: ligatures, capitals and odd spaces must not shift it."""
    written = "Ma sœur ÉLOÏSE, İ, ﬁn :\u202f1\u00a085 05 78 006 084 91."

    assert find(written, AuthorKind.MEMBER) == (Found("nir", 24, 45),)
    assert written[24:45] == "1\u00a085 05 78 006 084 91"


def test_only_members_words_lose_their_contacts() -> None:
    """An advisor gives the telephone of a hospital: it must reach the member."""
    written = "Appelez le 05 49 44 44 44 ou accueil@chu-poitiers.fr"

    assert mask(written, AuthorKind.ADVISOR).text == written
    assert [found.kind for found in mask(written, AuthorKind.MEMBER).found] == ["email", "phone"] or \
        [found.kind for found in mask(written, AuthorKind.MEMBER).found] == ["phone", "email"]


def test_a_body_is_masked_wherever_its_words_are() -> None:
    """What is passed to the advisor is a list of lines, and a member may edit them."""
    body = {"text": "sécu 1850578006084", "passed": ["iban FR7630006000011234567890189"], "queue": "live", "number": 3,
            "_file": {"summary": "mdp: azerty12"}}

    masked = mask_body(AuthorKind.MEMBER, body)

    assert masked == {"text": f"sécu {NIR}", "passed": [f"iban {IBAN}"], "queue": "live", "number": 3,
                      "_file": {"summary": f"mdp: {PASSWORD}"}, "masked": ["iban", "nir", "password"]}


def test_a_body_with_nothing_to_hide_is_given_back_as_it_is() -> None:
    """The hash is that of the body: a needless `masked` would be a lie."""
    assert mask_body(AuthorKind.MEMBER, {"text": "bonjour"}) == {"text": "bonjour"}


HOSTILE = {
    "digits": "1", "spaced digits": "1 ", "numbers": "1850578006084 36 ", "countries": "FR76 ", "glued countries": "FR76", "at signs": "@",
    "letters": "a", "spaces": " ", "passwords": "mdp est ", "brackets": "[", "telephones": "06 12 34 56 78 ",
}


def _seconds_for(text: str) -> float:
    started = time.process_time()
    mask(text)
    return time.process_time() - started


def test_a_megabyte_of_digits_takes_less_than_a_tenth_of_a_second() -> None:
    """Masking is part of writing every entry: nobody may stop the journal with a long number."""
    assert min(_seconds_for("7" * 1_000_000) for _ in range(3)) < 0.1


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE.keys())
def test_time_is_proportional_to_the_text(piece: str) -> None:
    """No repeated piece makes the search go back and forth, in a message or in a flood."""
    assert min(_seconds_for((piece * LONGEST_READ)[:LONGEST_READ]) for _ in range(2)) < 0.3
    assert min(_seconds_for((piece * 1_000_000)[:1_000_000]) for _ in range(2)) < 0.6


def test_a_flood_still_hides_its_numbers() -> None:
    """Too long to be read finely is not a way around."""
    flood = "bla " * 5_000 + "1 85 05 78 006 084 91 puis FR76 3000 6000 0112 3456 7890 189 et a@b.fr"

    masked = mask(flood).text

    assert "084" not in masked
    assert "3000" not in masked
    assert "a@b.fr" not in masked
