"""Secure fields in a service: what a code opens, what is read of a field, what people say of a code."""

from __future__ import annotations

from datetime import date

import pytest

from bot.actions.secure_field import CODE_AGAIN, filled_by, has_lost_contact, proven, wants_code
from bot.actions.services import Heard, services
from bot.phrasing.acronyms import fold
from bot.phrasing.cards import field_card
from bot.worker.outputs import what_was_done
from journal.entries import AuthorKind, Entry, Kind, View
from kernel.clock import SystemClock

BANK = services()["bank"]


def heard(text: str, intent: str = "", chosen: str | None = None) -> Heard:
    """Hear *text*."""
    return Heard(text, fold(text), intent, (), date(2026, 11, 23), chosen=chosen, filled=filled_by(chosen), is_asked=True)


def entry(kind: Kind, **body: object) -> Entry:
    """Make an entry of the member."""
    return Entry("c_1", 5, SystemClock().now(), AuthorKind.MEMBER, None, None, kind, body, None, None, "", "", "")


def test_the_code_is_given_exactly_while_the_proof_lasts() -> None:
    """Nothing said can stand for it, and it is asked for again once the level has ended."""
    assert proven(BANK, {}, 2) == {"code": True}
    assert proven(BANK, {"code": True, "bank_details": {}}, 1) == {"bank_details": {}}
    assert proven(services()["certificate"], {"reason": "school"}, 2) == {"reason": "school"}


def test_a_field_that_was_filled_is_read_by_its_deposit_only() -> None:
    """The worker says it; the value itself is nowhere."""
    said = what_was_done(entry(Kind.FORM, field="bank_details", label="Nouvel IBAN", ending="0189", _deposit="v_1"))
    assert said is not None
    assert said.intent == "choose"
    question = BANK.questions[-1]

    assert question.read(heard(said.text, chosen=said.entities["option"])) == {"field": "bank_details", "deposit": "v_1", "shown": "terminant par 0189"}
    assert services()["contact"].questions[-1].read(heard(said.text, chosen=said.entities["option"])) is None
    assert question.read(heard("FR76 3000 6000 0112 3456 7890 189")) is None


def test_a_code_that_was_filled_is_told_by_the_proof_alone() -> None:
    """Two entries follow a right code: one of them resumes the request."""
    assert what_was_done(entry(Kind.FORM, field="code", label="Code reçu", ending="")) is None


@pytest.mark.parametrize("words", ["j'ai rien reçu", "je ne reçois pas le code", "renvoyez un code", "un autre code svp"])
def test_another_code_is_asked_for_in_words(words: str) -> None:
    """As people say it."""
    assert wants_code({"code": {"id": "o_1"}}, heard(words))


def test_going_on_sends_a_code_only_after_the_proof_has_ended() -> None:
    """« oui » in the middle of anything else sends nothing."""
    assert wants_code({"code": {"is_over": True}}, heard("oui", "affirm"))
    assert not wants_code({"code": {"id": "o_1"}}, heard("oui", "affirm"))
    assert wants_code({}, heard("Recevoir un autre code", chosen=CODE_AGAIN))


@pytest.mark.parametrize(("words", "is_lost"), [
    ("je l'ai plus ce numéro !", True), ("j'ai perdu mon téléphone", True), ("je n'ai plus accès à cette boîte", True),
    ("c'est quoi la télétransmission ?", False), ("oui", False),
])
def test_a_lost_contact_is_understood(words: str, is_lost: bool) -> None:
    """A code to a telephone in a drawer helps nobody: a person checks."""
    assert has_lost_contact(heard(words)) is is_lost


def test_the_id_of_the_code_stays_in_our_record() -> None:
    """The card says where to type; the page cannot name another code."""
    card = field_card("code", "Code reçu par SMS", "Un code part.", code_id="o_secret")
    shown = entry(Kind.CARD, **card).seen_by(View.MEMBER)

    assert "champ sécurisé" in card["text"]
    assert "o_secret" not in repr(shown)
    assert shown["body"]["data"]["kind"] == "code"
