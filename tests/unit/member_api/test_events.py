"""Events from the insurer: what is signed is read, what is forged, changed or replayed late is nobody's."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.errors import Malformed
from member_api import events
from member_api.events import Event, EventKind, NotSigned, RefundPaid, read_event, signed_headers, write_event

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
SECRET, OTHER = "whsec_" + "c2VjcmV0IG9mIHRoZSBpbnN1cmVy", "a plain secret of another insurer"
PAID = Event("e_1", EventKind.REFUND_PAID, NOON, "demo-1",
             RefundPaid("l-101", "b-demo-1", Decimal("18.05"), date(2026, 11, 22)))
BODY = write_event(PAID)
HEADERS = signed_headers(SECRET, PAID.id, BODY, NOON)


def test_a_signed_event_is_read_as_it_was_written() -> None:
    """« Votre remboursement de 18,05 € a été viré hier » comes from here."""
    assert read_event([SECRET], HEADERS, BODY, NOON + timedelta(minutes=1)) == PAID


def test_the_signature_is_that_of_the_standard() -> None:
    """Anybody's library can verify ours: the example of the specification, to the letter."""
    secret, event_id = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek"
    headers = signed_headers(secret, event_id, b'{"test": 2432232314}', datetime.fromtimestamp(1614265330, UTC))

    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_secret_can_be_changed_without_losing_an_event() -> None:
    """For a while both hold, on either side."""
    both = HEADERS["webhook-signature"] + " " + signed_headers(OTHER, PAID.id, BODY, NOON)["webhook-signature"]

    assert read_event([OTHER, SECRET], HEADERS, BODY, NOON) == PAID
    assert read_event([OTHER], {**HEADERS, "webhook-signature": both}, BODY, NOON) == PAID


@pytest.mark.parametrize("change", [
    {"webhook-signature": ""}, {"webhook-signature": "v1,"}, {"webhook-signature": "v1,é"}, {"webhook-id": "e_2"},
    {"webhook-timestamp": str(int(NOON.timestamp()) + 1)}, {"webhook-timestamp": "now"}, {"webhook-timestamp": "١٢٣"},
    {"webhook-signature": HEADERS["webhook-signature"].replace("v1,", "v2,")}, {"webhook-timestamp": "9" * 400},
    {"webhook-signature": signed_headers(OTHER, PAID.id, BODY, NOON)["webhook-signature"]},
])
def test_a_forged_event_is_nobodys(change: dict[str, str]) -> None:
    """Whoever finds the address must not be able to announce a transfer."""
    with pytest.raises(NotSigned):
        read_event([SECRET], {**HEADERS, **change}, BODY, NOON)


def test_a_changed_body_is_nobodys() -> None:
    """Not one cent more."""
    with pytest.raises(NotSigned):
        read_event([SECRET], HEADERS, BODY.replace(b"18.05", b"98.05"), NOON)


@pytest.mark.parametrize("late", [timedelta(minutes=5, seconds=1), timedelta(minutes=-6), timedelta(days=30)])
def test_an_event_heard_on_the_way_cannot_be_played_again_later(late: timedelta) -> None:
    """Within five minutes its id tells that it is the same one."""
    with pytest.raises(NotSigned):
        read_event([SECRET], HEADERS, BODY, NOON + late)


@pytest.mark.parametrize("body", [
    b"", b"[]", b"{}", b"[" * 5000, BODY.replace(b"refund_paid", b"refund_made"), BODY.replace(b'"e_1"', b'"e_2"'),
    BODY.replace(b'"demo-1"', b"null"), BODY.replace(b"2026-11-22", b"hier"),
])
def test_what_is_signed_and_makes_no_sense_is_refused(body: bytes) -> None:
    """A half-read event would be told to a member."""
    with pytest.raises(Malformed):
        read_event([SECRET], signed_headers(SECRET, PAID.id, body, NOON), body, NOON)


@given(st.text(max_size=80), st.binary(max_size=200))
def test_no_signature_of_a_stranger_holds(signature: str, body: bytes) -> None:
    """Nor breaks the reader."""
    with pytest.raises(NotSigned):
        read_event([SECRET], {**HEADERS, "webhook-signature": signature}, body, NOON)


def test_nothing_is_signed_without_a_secret() -> None:
    """An installation without its secret must not accept everything."""
    with pytest.raises(ValueError, match="secret"):
        signed_headers("", "e_1", BODY, NOON)
    with pytest.raises(NotSigned):
        read_event([], HEADERS, BODY, NOON)
    assert len(BODY) < events.BODY_LIMIT
