"""What services read and tell of appointments, family, rights and access: the pure parts."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.actions.services import Heard, Option
from bot.actions.services.access import danger_of
from bot.actions.services.appointments import read_day_wish, read_slot
from bot.actions.services.family import child_request, read_event, read_first_name, read_last_name
from bot.actions.services.words import name_words
from bot.phrasing.acronyms import fold
from bot.phrasing.appointments import chosen_slots, short_when
from bot.phrasing.member_requests import can_cancel, mediation_of, pending_rows
from bot.worker.acts import refusal_code
from kernel.errors import Conflict, NotFound
from member_api.contract import Request, RequestKind, RequestStatus, Slot, Way

TODAY = date(2026, 11, 23)
NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
SLOTS = (Option("phone.20261126T0900", "jeudi 26 novembre à 9 h 00"), Option("phone.20261126T1630", "jeudi 26 novembre à 16 h 30"),
         Option("later:2026-11-27", "Plus tard"))


def heard(text: str, *, asked: bool = False, options: tuple[Option, ...] = (), **more: Any) -> Heard:
    """Give *text* as a question hears it."""
    return Heard(text, fold(text), more.pop("intent", ""), more.pop("entities", ()), TODAY, options, asked, **more)


def request(kind: RequestKind, status: RequestStatus, asked_at: datetime, **more: Any) -> Request:
    """Make a request."""
    return Request("r-1", kind, "Couronne", status, asked_at, asked_at, None, more.pop("due_on", None), None, None, None, **more)


@pytest.mark.parametrize(("text", "kind"), [
    ("quelqu'un s'est connecté à mon compte", "takeover"), ("j'ai cliqué sur le lien et j'ai donné mon code", "phishing"),
    ("on m'a volé mon téléphone", "lost_device"), ("j'ai reçu un mail bizarre avec un lien", None),
    ("on m'a appelé pour avoir mon code", None),
])
def test_an_account_is_protected_for_what_happened_not_for_a_doubt(text: str, kind: str | None) -> None:
    """A doubtful message alone ends nobody's sessions."""
    assert danger_of(heard(text)) == kind


@pytest.mark.parametrize(("text", "event"), [
    ("je me marie en juin", "marriage"), ("on se pacse", "pacs"), ("je divorce, je retire mon mari", "separation"),
    ("retirez mon fils du contrat", "removal"), ("je retire mon mari", "removal"), ("mon fils prend sa propre mutuelle", "removal"),
])
def test_a_family_event_is_read_in_its_words(text: str, event: str) -> None:
    """« mon mari » is no marriage, and who leaves in a divorce leaves because of it."""
    assert read_event(heard(text)) == event


def test_a_name_is_read_and_a_sentence_is_not_one() -> None:
    """« le prénom c'est Tim » corrects the first name; it is nobody's last name."""
    assert name_words(heard("Durand", asked=True)) == "Durand"
    assert name_words(heard("le prénom c'est Tim", asked=True)) is None
    assert name_words(heard("3 rue des Lilas", asked=True)) is None
    assert read_first_name(heard("le prénom c'est Tim")) == "Tim"
    assert read_first_name(heard("Louise Perrin", asked=True)) == "Louise"
    assert read_last_name(heard("Louise Perrin")) == "Perrin"


def test_an_older_child_joins_on_the_day_it_is_told() -> None:
    """The insurer takes events of a year; a birth keeps its own day."""
    given = {"kind": "birth", "first_name": "Tom", "last_name": "Perrin", "birth": {"on": "2019-03-03", "told_on": "2026-11-23"}}

    asked = child_request(given)

    assert (asked["happened_on"], asked["joins"]["birth_on"]) == ("2026-11-23", "2019-03-03")
    assert child_request(given | {"birth": {"on": "2026-11-02", "told_on": "2026-11-23"}})["happened_on"] == "2026-11-02"


@pytest.mark.parametrize(("text", "slot"), [
    ("à 16h30", "phone.20261126T1630"), ("la première", "phone.20261126T0900"), ("9h", "phone.20261126T0900"), ("18h", None),
])
def test_a_slot_is_chosen_by_its_time_or_its_place(text: str, slot: str | None) -> None:
    """« 16h30 » is how people choose."""
    found = read_slot(heard(text, asked=True, options=SLOTS))

    assert (found or {}).get("id") == slot


def test_a_wished_day_is_to_come() -> None:
    """« hier » is no day for an appointment; « plus tard » holds the day after the last slot shown."""
    assert read_day_wish(heard("jeudi")) == "2026-11-26"
    assert read_day_wish(heard("hier")) is None
    assert read_day_wish(heard("la semaine prochaine")) == "2026-11-30"
    assert read_day_wish(heard("Plus tard", entities=[{"entity": "option", "value": "later:2026-11-27"}])) == "2026-11-27"


def test_a_few_slots_are_offered_two_a_day() -> None:
    """Sixty moments are no choice."""
    def slot(day: int, hour: int) -> Slot:
        starts = datetime(2026, 11, day, hour, tzinfo=UTC)
        return Slot(f"phone.{day}.{hour}", Way.PHONE, None, starts, starts + timedelta(minutes=30))

    shown = chosen_slots([slot(day, hour) for day in (24, 25, 26, 27) for hour in (8, 9, 10)])

    assert [one.id for one in shown] == [f"phone.{day}.{hour}" for day in (24, 25, 26) for hour in (8, 10)]
    assert short_when(shown[0]).replace("\u00a0", " ") == "mardi 24 novembre à 9 h 00"


def test_the_mediator_waits_for_the_two_months_of_the_answer() -> None:
    """After the promised day without an answer, at once after one; a year in all."""
    sent = datetime(2026, 9, 20, 9, 0, tzinfo=UTC)
    waiting = request(RequestKind.COMPLAINT, RequestStatus.ACKNOWLEDGED, sent, due_on=date(2026, 11, 20))

    assert mediation_of(waiting, TODAY).is_open
    assert not mediation_of(waiting, date(2026, 11, 20)).is_open
    assert mediation_of(waiting, TODAY).until_on == date(2027, 9, 20)
    assert mediation_of(request(RequestKind.COMPLAINT, RequestStatus.DONE, NOON), TODAY).is_open
    assert not mediation_of(waiting, date(2027, 9, 21)).is_open


def test_what_can_be_cancelled_says_until_when() -> None:
    """And what is over is not shown."""
    asked = request(RequestKind.QUOTE, RequestStatus.IN_PROGRESS, NOON, cancellable_until=NOON + timedelta(days=30))
    over = request(RequestKind.QUOTE, RequestStatus.DONE, NOON)

    assert can_cancel(asked, NOON)
    assert not can_cancel(asked, NOON + timedelta(days=31))
    [(_, told)] = pending_rows([asked, over], NOON)
    assert "annulable jusqu'au mercredi 23 décembre 2026" in told


def test_a_conflict_tells_the_code_of_the_insurer() -> None:
    """« already_asked » is what the sentence depends on, not « conflict »."""
    assert refusal_code(Conflict("slot_taken")) == "slot_taken"
    assert refusal_code(Conflict("the world moved")) == "conflict"
    assert refusal_code(NotFound("x")) == "not_found"
