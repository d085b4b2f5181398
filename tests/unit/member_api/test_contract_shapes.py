"""Reading what the insurer's system answers: everything promised is there and of its kind, or it is an error."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.errors import Malformed, Unavailable
from member_api import shape
from member_api.contract import Address, AppliedGuarantee, Caller, MemberApiNonsense, Reimbursement, ReimbursementStatus, Request, parse

LINE = {
    "id": "l-1", "beneficiary_id": "b-1", "care_on": "2026-11-06", "practitioner": "Dre Aubrun", "care": "Consultation",
    "billed": "50.00", "reimbursement_base": "31.50", "paid_by_public_scheme": "20.05", "flat_contribution": "2.00",
    "pathway_surcharge": "0.00", "paid_by_us": "9.45", "out_of_pocket": "20.50", "is_direct_billing": False,
    "status": "paid", "received_on": "2026-11-12", "processed_on": "2026-11-13", "paid_on": None,
    "care_kind": "specialist", "covered_as": "consultation", "units": 1, "rate": "70.00", "rate_in_pathway": "70.00",
    "guarantee": {"text": "100 % incl", "amount": "100.00", "is_flat": False, "includes_public_share": True, "excess_cap": None},
    "limited_by": None, "paid_by_other_insurer": "0.00", "late_reason": None, "statement_id": None,
}
AMOUNTS = st.decimals(min_value=0, max_value=99999, places=2)
DAYS = st.dates()


def test_a_line_is_read_to_the_cent_and_the_day() -> None:
    """Amounts are Decimal, days are dates, what has not happened is None."""
    line = parse(Reimbursement, LINE)

    assert (line.billed, line.care_on, line.paid_on) == (Decimal("50.00"), date(2026, 11, 6), None)
    assert line.status is ReimbursementStatus.PAID


def test_what_we_do_not_know_is_ignored() -> None:
    """The insurer may add to his answers without breaking us."""
    assert parse(Reimbursement, {**LINE, "colour": "blue"}) == parse(Reimbursement, LINE)


@pytest.mark.parametrize(("change", "message"), [
    ({"billed": 50.0}, "answer.billed should be Decimal"),
    ({"billed": "50,00"}, "answer.billed should be Decimal"),
    ({"billed": "50.005"}, "answer.billed should be Decimal"),
    ({"billed": "NaN"}, "answer.billed should be Decimal"),
    ({"billed": "1E+99"}, "answer.billed should be Decimal"),
    ({"billed": None}, "answer.billed should be Decimal"),
    ({"care_on": "06/11/2026"}, "answer.care_on should be date"),
    ({"care_on": "20261106"}, "answer.care_on should be date"),
    ({"care_on": "2026-02-30"}, "answer.care_on should be date"),
    ({"is_direct_billing": "false"}, "answer.is_direct_billing should be bool"),
    ({"status": "lost"}, "answer.status should be ReimbursementStatus"),
    ({"practitioner": ["a"]}, "answer.practitioner should be str"),
])
def test_anything_else_is_nonsense_and_says_where(change: dict[str, Any], message: str) -> None:
    """A wrong amount read as zero would be told to a member; the message names the place and never the value."""
    with pytest.raises(MemberApiNonsense) as caught:
        parse(Reimbursement, {**LINE, **change})

    assert str(caught.value) == message
    assert isinstance(caught.value, Unavailable)


@pytest.mark.parametrize("answer", [None, [], "a", 7, {}])
def test_an_answer_that_is_no_object_is_nonsense(answer: object) -> None:
    """An empty answer is not an empty file."""
    with pytest.raises(MemberApiNonsense):
        parse(Reimbursement, answer)


@given(billed=AMOUNTS, day=DAYS, text=st.text(max_size=20), paid_on=st.none() | DAYS, direct=st.booleans())
def test_what_is_written_is_read_again(
    billed: Decimal, day: date, text: str, paid_on: date | None, direct: bool
) -> None:
    """The sandbox writes with the same dataclasses as the client reads."""
    guarantee = AppliedGuarantee("100 % incl", billed, is_flat=direct, includes_public_share=not direct, excess_cap=None)
    line = Reimbursement("l", "b", day, text, text, billed, billed, billed, billed, billed, billed, billed, direct,
                         ReimbursementStatus.PAID, day, paid_on, paid_on, text, text, 1, billed, billed, guarantee, None, billed,
                         None, text)

    assert parse(Reimbursement, shape.write(line)) == line


def test_moments_are_told_in_utc() -> None:
    """Paris at noon is eleven in UTC; a moment without a zone says nothing."""
    paris = datetime(2026, 11, 23, 12, tzinfo=timezone(timedelta(hours=1)))
    asked = shape.write(a_request(paris))

    assert asked["asked_at"] == "2026-11-23T11:00:00Z"
    assert parse(Request, asked).asked_at == datetime(2026, 11, 23, 11, tzinfo=UTC)
    with pytest.raises(MemberApiNonsense, match="asked_at should be datetime"):
        parse(Request, {**asked, "asked_at": "2026-11-23T11:00:00"})
    with pytest.raises(MemberApiNonsense, match=r"new_address\.town should be str"):
        parse(Request, {**asked, "new_address": {**asked["new_address"], "town": 86}})


def a_request(at: datetime) -> Request:
    """Make a request asked at *at*."""
    read: Request = shape.read(Request, {
        "id": "r", "kind": "address_change", "subject": "s", "status": "done", "asked_at": at.isoformat(),
        "updated_at": at.isoformat(), "new_address": shape.write(Address("1 rue", None, "86000", "Poitiers"))})
    return read


@pytest.mark.parametrize("member_id", ["", "..", "demo-1/../demo-2", "demo 1", "demo-1\r\nX-Identity-Level: 3", "é", "x" * 81])
def test_a_caller_is_a_plain_identifier(member_id: str) -> None:
    """The id goes into an address and a header: whatever could change either is refused."""
    with pytest.raises(Malformed):
        Caller(member_id, 1, None)
    with pytest.raises(Malformed):
        Caller("demo-1", 1, None, advisor_id=member_id)
