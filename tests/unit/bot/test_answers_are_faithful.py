"""The assistant's sentences, checked one by one: nothing invented, nothing forbidden, short enough for a worried reader."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.phrasing.phrasebook import Phrasebook, Situation, read_entries, topics
from kernel.organisation import organisation

NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
BOOK = Phrasebook(organisation())
SLOTS = {"login_identifier": "email", "login_locked": "yes", "address_town": "Poitiers", "address_postal_code": "86000"}
EXTRA = {"slots": SLOTS, "titles": ["Ma cotisation", "Horaires"], "street": "14 rue des Lilas", "postal_code": "86000", "town": "Poitiers",
         "from_on": "lundi 23 novembre 2026", "suggestions": "Poitiers", "options": ["Employeur"], "given": {}, "code": None}
VARIANTS = [(level, again, desk) for level in (0, 1) for again in (False, True) for desk in ("open", "closed", "unknown")]
NAMES = sorted(read_entries())


def extra_of(name: str) -> dict[str, Any]:
    """Give what a sentence may quote: what all may, and the entry's own `sample`."""
    return EXTRA | (read_entries()[name].get("sample") or {})


def said(name: str, level: int = 0, *, again: bool = False, desk: str = "unknown") -> str:
    """Render an entry with plain spaces."""
    phrase = BOOK.phrase(name, Situation(NOON, level, "Camille" if level else None, desk, extra_of(name)), again=again)
    return phrase.text.replace("\u00a0", " ").replace("\u202f", " ")


def test_every_topic_of_the_catalogue_has_an_answer() -> None:
    """A topic that is understood and then met with silence would be worse than not understood."""
    assert set(topics()) <= set(read_entries())
    assert len(topics()) == 85


@pytest.mark.parametrize("name", NAMES)
def test_an_answer_is_at_most_ninety_words(name: str) -> None:
    """Worried people on a phone do not read more (docs/voice)."""
    for level, again, desk in VARIANTS:
        words = [word for word in said(name, level, again=again, desk=desk).split() if any(c.isalnum() for c in word)]

        assert len(words) <= 90


FORBIDDEN = ["temps réel", "exactement", "le plus rapide", "malheureusement", "n'hésitez pas", "cliquez ici", "macif",
             "personnellement", "sérénité", "à compléter", "lorem"]
FREE = re.compile(r"\bgratuit\w*", re.IGNORECASE)
MAY_BE_FREE = ("selon votre contrat", "médiat", "application", "3114", "appli ")


@pytest.mark.parametrize("name", NAMES)
def test_an_answer_never_says_what_the_cautions_forbid(name: str) -> None:
    """Superlatives, promises and other insurers' names are legal and trust problems (cautions D10, D11, D21, D26)."""
    for level, again, desk in VARIANTS:
        text = said(name, level, again=again, desk=desk).lower()

        assert not [word for word in FORBIDDEN if word in text]
        assert not FREE.search(text) or any(reason in text for reason in MAY_BE_FREE)


def numbers_allowed() -> set[str]:
    """Gather every number the insurer's file, the dated figures, the facts and the cautions state."""
    from pathlib import Path

    root = Path(__file__).resolve().parents[3]
    sources = [root / "organisation.yml", root / "kernel/tables/public_scheme.yml",
               *(root / "bot/phrasing/knowledge").glob("*.yml")]
    text = " ".join(path.read_text(encoding="utf-8") for path in sources)
    return set(re.findall(r"\d+", text))


ALLOWED = numbers_allowed() | {str(n) for n in range(13)} | {"38", "2026", "23", "24", "25", "2027", "03", "12", "14", "86000", "100"}


@pytest.mark.parametrize("name", NAMES)
def test_every_number_told_comes_from_a_source(name: str) -> None:
    """No invented hour, price, phone or delay: a number in no source is a promise nobody made."""
    told = {n for level, again, desk in VARIANTS for n in re.findall(r"\d+", said(name, level, again=again, desk=desk))}

    assert {n for n in told if n not in ALLOWED and n.lstrip("0") not in ALLOWED} == set()


@pytest.mark.parametrize("name", NAMES)
def test_buttons_are_short_and_lead_somewhere(name: str) -> None:
    """A quick answer that leads nowhere is a broken promise; a long one does not fit a phone."""
    buttons = BOOK.phrase(name, Situation(NOON, extra=extra_of(name))).buttons

    assert len(buttons) <= 4
    for button in buttons:
        assert len(button.title) <= 32
        assert button.topic is None or button.topic in topics() or button.topic in {"affirm", "deny", "cancel", "resume"}
        assert button.act in {None, "handoff", "sign_in", "write", "complaint", "back"}


def test_a_signed_in_member_is_not_asked_to_sign_in() -> None:
    """Being asked again what is already done makes people doubt everything else."""
    for name in read_entries():
        assert all(button.act != "sign_in" for button in BOOK.phrase(name, Situation(NOON, level=1, extra=extra_of(name))).buttons)


def test_a_written_request_is_promised_by_a_date() -> None:
    """« 48 heures ouvrées » means nothing to most people; a date does (caution D15)."""
    assert "au plus tard mercredi 25 novembre 2026" in said("handoff_closed", desk="closed")


def test_the_flat_contribution_follows_the_dated_figures() -> None:
    """The figure changed in 2024 and will change again: no template holds it."""
    assert "2 €" in said("participation_franchise")


def test_safety_answers_give_their_numbers() -> None:
    """These three answers must be right whatever else fails (regulation R17)."""
    assert {"15", "112"} <= set(re.findall(r"\d+", said("urgence_medicale")))
    assert "3114" in said("detresse")
    assert {"17", "3919"} <= set(re.findall(r"\d+", said("violences_danger")))
