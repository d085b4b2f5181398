"""The rules of acts without a server: values that can be right, undo windows, the agenda, the calendar file."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.errors import Malformed
from member_api.contract import FieldName, RequestKind, RequestStatus, Way
from member_api.sandbox import agenda
from member_api.sandbox.calendar_file import calendar_file
from member_api.sandbox.field_values import EmailInvalid, IbanForeign, IbanInvalid, PhoneInvalid, read_value
from member_api.sandbox.undo import is_cancellable, window_end

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
IBAN = "FR76 3000 6000 0112 3456 7890 189"


@pytest.mark.parametrize("typed", [IBAN, IBAN.lower(), IBAN.replace(" ", ""), f"  {IBAN.replace(' ', '-')} "])
def test_an_iban_is_read_however_it_is_typed(typed: str) -> None:
    """Only its end is ever shown."""
    value = read_value(FieldName.BANK_DETAILS, typed)

    assert (value.text, value.masked) == ("FR7630006000011234567890189", "0189")
    assert "3000" not in repr(value)


@pytest.mark.parametrize("typed", ["", "FR76", IBAN.replace("189", "198"), IBAN[:-1], "FR00" + IBAN[4:], "<script>", "é" * 27])
def test_a_wrong_digit_in_an_iban_is_seen(typed: str) -> None:
    """Two digits exchanged would pay somebody else."""
    with pytest.raises(IbanInvalid):
        read_value(FieldName.BANK_DETAILS, typed)


def test_an_account_where_no_transfer_goes_has_its_own_reason() -> None:
    """« Chiffres erronés » would be untrue."""
    with pytest.raises(IbanForeign):
        read_value(FieldName.BANK_DETAILS, "SA03 8000 0000 6080 1016 7519")


@pytest.mark.parametrize("typed", ["06 39 98 11 22", "0639981122", "+33639981122", "+33 (0)6 39 98 11 22", "06.39.98.11.22"])
def test_a_mobile_number_is_read_however_it_is_typed(typed: str) -> None:
    """And kept one way."""
    value = read_value(FieldName.PHONE, typed)

    assert (value.text, value.masked) == ("06 39 98 11 22", "06 •• •• •• 22")


@pytest.mark.parametrize("typed", ["05 49 00 00 00", "06 39 98 11", "+44 7700 900123", "١٢٣٤٥٦٧٨٩٠", "0639981122\n0639981123"])
def test_what_gets_no_sms_is_refused(typed: str) -> None:
    """Codes would go nowhere."""
    with pytest.raises(PhoneInvalid):
        read_value(FieldName.PHONE, typed)


@pytest.mark.parametrize("typed", ["camille", "a@b", "a b@c.fr", "a@c.fr\nBcc: d@e.fr", "a@c..fr", "@c.fr", "a" * 120 + "@c.fr"])
def test_what_is_no_email_address_is_refused(typed: str) -> None:
    """Nor can a second line be slipped into a letter."""
    with pytest.raises(EmailInvalid):
        read_value(FieldName.EMAIL, typed)


@given(st.sampled_from(FieldName), st.text(max_size=40))
def test_no_value_breaks_the_reader(name: FieldName, typed: str) -> None:
    """A refusal never quotes what was typed."""
    try:
        assert read_value(name, typed).text
    except Malformed as refused:
        assert len(typed) < 4 or typed not in refused.detail


@pytest.mark.parametrize("kind", list(RequestKind))
def test_no_window_goes_beyond_the_effect(kind: RequestKind) -> None:
    """What has taken effect is not cancelled by pretending."""
    until = window_end(kind, NOON, NOON + timedelta(hours=1))

    assert until is None or until <= NOON + timedelta(hours=1)


def test_what_is_closed_cannot_be_cancelled() -> None:
    """But a contact changed at once can be put back, while it lasts."""
    until = NOON + timedelta(hours=1)

    assert is_cancellable(RequestKind.ADDRESS_CHANGE, RequestStatus.PROOF_EXPECTED, until, NOON)
    assert is_cancellable(RequestKind.EMAIL_CHANGE, RequestStatus.DONE, until, NOON)
    assert not is_cancellable(RequestKind.ADDRESS_CHANGE, RequestStatus.DONE, until, NOON)
    assert not is_cancellable(RequestKind.EMAIL_CHANGE, RequestStatus.DONE, until, until)
    assert not is_cancellable(RequestKind.COMPLAINT, RequestStatus.IN_PROGRESS, None, NOON)


def test_the_agenda_offers_business_days_only() -> None:
    """Nobody waits in front of a closed agency on 1 May."""
    offered = list(agenda.offered(datetime(2026, 4, 20, 12, tzinfo=UTC)))

    assert {slot.starts_at.weekday() for slot in offered} == {0, 1, 2, 3, 4}
    assert not [slot for slot in offered if (slot.starts_at.month, slot.starts_at.day) == (5, 1)]
    assert {slot.way for slot in offered} == set(Way)
    assert offered == sorted(offered, key=lambda slot: slot.starts_at)
    assert min(slot.starts_at for slot in offered) >= datetime(2026, 4, 20, 14, tzinfo=UTC)


@given(st.text(max_size=40))
def test_no_invented_slot_is_found(slot_id: str) -> None:
    """Nor breaks the agenda."""
    found = agenda.find(slot_id, NOON)

    assert found is None or found in agenda.offered(NOON)


def test_a_slot_out_of_the_agenda_is_not_found() -> None:
    """A Sunday, a night, a past day, a place that does not exist."""
    for slot_id in ("phone.20261129T0900", "phone.20261124T0300", "phone.20261120T0900", "paris.20261124T0900",
                    "phone.20269924T0900", "phone.20271124T0900"):
        assert agenda.find(slot_id, NOON) is None


def test_a_calendar_file_is_one_that_calendars_read() -> None:
    """Lines end as they must, are short enough in bytes, and say that the appointment was cancelled (RFC 5545)."""
    text = calendar_file("a_1", starts_at=NOON, ends_at=NOON + timedelta(minutes=30), place="Agence de Poitiers",
                         summary="Rendez-vous, devis ; " + "é" * 80, sequence=2, is_cancelled=True, written_at=NOON)
    lines = text.split("\r\n")

    assert (lines[0], lines[-2], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR", "")
    assert max(len(line.encode()) for line in lines) <= 75
    assert {"METHOD:CANCEL", "STATUS:CANCELLED", "SEQUENCE:2", "DTSTART:20261123T120000Z"} <= set(lines)
    assert "SUMMARY:Rendez-vous\\, devis \\; " + "é" * 80 in text.replace("\r\n ", "")
