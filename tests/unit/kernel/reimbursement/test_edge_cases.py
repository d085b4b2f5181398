"""The cases that are easily wrong: the list of docs/domain/reimbursement.md 3.4, one test each at least."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from kernel.reimbursement.amounts import ZERO
from kernel.reimbursement.care import Act
from kernel.reimbursement.cover import Cover, Standing
from kernel.reimbursement.deductions import Cap
from kernel.reimbursement.guarantee import Guarantee
from kernel.reimbursement.kinds import care_kind
from kernel.reimbursement.settlement import settle, settle_all
from kernel.reimbursement.shares import share, share_with_other
from kernel.reimbursement.situation import Situation
from kernel.reimbursement.totals import YearTotals
from kernel.reimbursement.waiting import WaitingFor, waiting_for

TODAY = date(2026, 11, 23)
FULL = Cover(Guarantee.parse("100 % incl"), date(2020, 1, 1))
CONSULTATIONS = {"consultation": FULL, "medicines": FULL, "paramedical": FULL, "lab": FULL}


def visit(care_on: date = TODAY, price: str = "30.00", practitioner: str = "Dr A", kind: str = "general_practitioner") -> Act:
    """Make a visit to a doctor."""
    return Act(care_kind(kind), Decimal(price), care_on, practitioner)


def session(care_on: date = TODAY, units: int = 1) -> Act:
    """Make sessions of physiotherapy at 20 € each."""
    price = Decimal("20.00") * units
    return Act(care_kind("physiotherapy"), price, care_on, "Laure Bonnin", units, base=price)


def test_a_fee_below_the_base_is_its_own_base() -> None:
    """20 € asked where the tariff is 30: 70 % of 20."""
    shares = settle(visit(price="20.00"), FULL).shares

    assert (shares.theoretical_share, shares.copayment, shares.extra_fee, shares.out_of_pocket) == (
        Decimal("14.00"), Decimal("6.00"), ZERO, Decimal("2.00"))


def test_a_long_term_illness_is_taken_in_charge_at_100_but_its_deduction_is_not() -> None:
    """V12, C26: 28 € paid, 2 € left, nothing for us to add."""
    ill = Act(care_kind("general_practitioner"), Decimal("30.00"), TODAY, is_long_term_illness=True)
    shares = settle(ill, FULL).shares

    assert (shares.paid_by_public_scheme, shares.paid_by_us, shares.out_of_pocket) == (Decimal("28.00"), ZERO, Decimal("2.00"))


def test_the_yearly_cap_of_flat_contributions_is_reached_once_and_for_the_year() -> None:
    """C11, V14: the 25th visit loses its last 2 €, the 26th nothing; the first of January begins again."""
    visits = [visit(date(2026, 1, 5) + timedelta(days=7 * n)) for n in range(27)]
    settled = settle_all([*visits, visit(date(2027, 1, 2))], CONSULTATIONS)

    assert [one.shares.retained for one in settled[23:]] == [Decimal("2.00"), Decimal("2.00"), ZERO, ZERO, Decimal("2.00")]
    assert settled[26].totals.left(Cap.FLAT_CONTRIBUTION, visits[-1].care_on) == 0
    assert settled[27].totals.left(Cap.FLAT_CONTRIBUTION, date(2027, 1, 2)) == Decimal("48.00")


def test_a_cap_nearly_reached_keeps_what_is_left_of_it() -> None:
    """49 € kept already (told by the insurer's system): 1 € more, and V14 afterwards."""
    totals = YearTotals.known(2026, {Cap.FLAT_CONTRIBUTION: Decimal("49.00")}, {})
    settled = settle_all([visit(), visit()], CONSULTATIONS, totals=totals)

    assert [one.shares.retained for one in settled] == [Decimal("1.00"), ZERO]


def test_boxes_and_sessions_share_a_yearly_cap_that_is_not_the_doctors() -> None:
    """C13: 50 € of deductibles, beside the 50 € of flat contributions."""
    boxes = Act(care_kind("medicines"), Decimal("200.00"), TODAY, units=48)
    settled = settle_all([boxes, session(units=4), visit()], CONSULTATIONS)

    assert [one.shares.retained for one in settled] == [Decimal("48.00"), Decimal("2.00"), Decimal("2.00")]


def test_five_acts_of_one_professional_in_a_day_lose_8_euros() -> None:
    """C12: the fifth loses nothing, the same day elsewhere loses again, and so does tomorrow."""
    acts = [visit() for _ in range(5)] + [visit(practitioner="Dr B"), visit(TODAY + timedelta(days=1))]

    assert [one.shares.retained for one in settle_all(acts, CONSULTATIONS)] == [
        Decimal("2.00"), Decimal("2.00"), Decimal("2.00"), Decimal("2.00"), ZERO, Decimal("2.00"), Decimal("2.00")]


def test_paramedical_acts_lose_4_euros_a_day_and_journeys_8() -> None:
    """C13, C14: six sessions lose 4 €, three journeys 8 €."""
    journeys = Act(care_kind("transport"), Decimal("90.00"), TODAY, units=3, base=Decimal("90.00"), rate=Decimal(60))

    assert settle(session(units=6), FULL).shares.retained == Decimal("4.00")
    assert settle(journeys, None).shares.retained == Decimal("8.00")


def test_several_acts_of_one_day_are_separate_lines() -> None:
    """A visit, a blood test and three boxes the same day: each its own deduction."""
    blood_test = Act(care_kind("lab_tests"), Decimal("40.00"), TODAY, "Laboratoire", base=Decimal("40.00"))
    boxes = Act(care_kind("medicines"), Decimal("25.60"), TODAY, units=3)
    settled = settle_all([visit(), blood_test, boxes], CONSULTATIONS)

    assert [one.shares.out_of_pocket for one in settled] == [Decimal("2.00"), Decimal("2.00"), Decimal("3.00")]


def test_what_is_left_of_a_yearly_amount_limits_our_share() -> None:
    """120 € a year for osteopathy: 60, 60, then nothing; the first of January begins again."""
    cover = {"alternative": Cover(Guarantee.parse("120 €/an excl"), date(2020, 1, 1))}
    acts = [Act(care_kind("osteopathy"), Decimal(price), day) for price, day in (
        ("50.00", date(2026, 2, 1)), ("50.00", date(2026, 3, 1)), ("50.00", date(2026, 4, 1)), ("50.00", date(2027, 1, 4)))]
    settled = settle_all(acts, cover)

    assert [one.shares.paid_by_us for one in settled] == [Decimal("50.00"), Decimal("50.00"), Decimal("20.00"), Decimal("50.00")]
    assert [one.guarantee.amount for one in settled] == [Decimal(120), Decimal(70), Decimal(20), Decimal(120)]
    assert settled[2].shares.out_of_pocket == Decimal("30.00")


def test_a_yearly_amount_that_includes_the_public_share_is_used_by_both() -> None:
    """V18 as a yearly amount: 0.09 € and 299.91 € make 300, and nothing is left of it."""
    cover = {"optical": Cover(Guarantee.parse("300 €/an incl"), date(2020, 1, 1))}
    glasses = Act(care_kind("glasses"), Decimal("450.00"), TODAY)
    first, second = settle_all([glasses, glasses], cover)

    assert (first.shares.paid_by_us, second.shares.paid_by_us) == (Decimal("299.91"), ZERO)
    assert dict(first.totals.used) == {"optical": Decimal("300.00")}


@pytest.mark.parametrize(("care_on", "standing", "ours"), [
    (date(2025, 12, 31), Standing.BEFORE_START, "0.00"), (date(2026, 1, 1), Standing.WAITING, "0.00"),
    (date(2026, 3, 31), Standing.WAITING, "0.00"), (date(2026, 4, 1), Standing.COVERED, "9.00"),
    (date(2026, 6, 30), Standing.COVERED, "9.00"), (date(2026, 7, 1), Standing.AFTER_END, "0.00"),
])
def test_the_day_of_care_says_whether_the_contract_covers_it(care_on: date, standing: Standing, ours: str) -> None:
    """Three months of waiting (D30), a contract of six: outside, our share is 0 and the public scheme pays all the same."""
    cover = Cover(Guarantee.parse("100 % incl"), date(2026, 1, 1), date(2026, 6, 30), waiting_months=3)
    settled = settle(visit(care_on), cover)

    assert (settled.standing, settled.shares.paid_by_us) == (standing, Decimal(ours))
    assert settled.shares.paid_by_public_scheme == Decimal("19.00")


def test_care_the_plan_does_not_promise_is_not_refunded() -> None:
    """An osteopath under a plan without alternative care: everything is left, and no date explains it."""
    settled = settle_all([Act(care_kind("osteopathy"), Decimal("60.00"), TODAY)], CONSULTATIONS)[0]

    assert (settled.standing, settled.shares.out_of_pocket) == (None, Decimal("60.00"))


@pytest.mark.parametrize(("is_ours_first", "ours", "theirs"), [(True, "40.95", "7.05"), (False, "7.05", "40.95")])
def test_two_insurers_together_pay_no_more_than_the_cost(*, is_ours_first: bool, ours: str, theirs: str) -> None:
    """V07 twice: the second pays what the first left of the price, never the 2 € of the public scheme."""
    care = settle(visit(price="70.05", kind="specialist"), FULL).care
    promise = Guarantee.parse("200 % incl")
    shares = share_with_other(care, promise, promise, is_ours_first=is_ours_first)

    assert (shares.paid_by_us, shares.paid_by_other, shares.out_of_pocket) == (Decimal(ours), Decimal(theirs), Decimal("2.00"))


def test_another_insurer_that_paid_more_than_what_was_left_is_an_error() -> None:
    """Data that cannot be true is not shared out."""
    care = settle(visit(), FULL).care

    with pytest.raises(ValueError, match="more than what was left"):
        share(care, Guarantee.parse("100 % incl"), Decimal("11.01"))


def test_a_tariff_that_changed_before_the_payment_does_not_count() -> None:
    """V19 and C01: care of 21 December 2024 is paid on 26.50 €, care of the 22nd on 30 €, whenever they are paid."""
    before, after = (settle(visit(day, "30.00"), FULL).care for day in (date(2024, 12, 21), date(2024, 12, 22)))

    assert (before.base, after.base) == (Decimal("26.50"), Decimal("30.00"))
    assert settle(visit(date(2024, 1, 15), "26.50"), FULL).shares.retained == Decimal("1.00")


def test_a_beneficiary_without_a_link_waits_for_his_own_statement() -> None:
    """D37: the amount is the same, the way is not: he must send us the statement of the public scheme."""
    assert waiting_for(received_on=None, has_noemie_link=False) is WaitingFor.STATEMENT_FROM_MEMBER
    assert waiting_for(received_on=None, has_noemie_link=True) is WaitingFor.PUBLIC_SCHEME
    assert waiting_for(received_on=TODAY, has_noemie_link=False) is WaitingFor.NOTHING


@pytest.mark.parametrize(("birth_on", "left"), [(date(2008, 11, 24), "0.00"), (date(2008, 11, 23), "2.00")])
def test_a_minor_loses_nothing_until_his_birthday(birth_on: date, left: str) -> None:
    """C26, V13: to the day."""
    assert settle(visit(), FULL, Situation(birth_on)).shares.out_of_pocket == Decimal(left)


def test_acts_out_of_order_are_refused_by_one_and_sorted_by_all() -> None:
    """Totals threaded backwards would give a cap to the wrong act."""
    late = settle(visit(), FULL)
    with pytest.raises(ValueError, match="order of their dates"):
        settle(visit(TODAY - timedelta(days=1)), FULL, totals=late.totals)
    with pytest.raises(ValueError, match="order of their dates"):
        settle(visit(date(2025, 12, 31)), FULL, totals=YearTotals(2026))

    settled = settle_all([visit(), visit(TODAY - timedelta(days=400))], CONSULTATIONS)
    assert [one.act.care_on.year for one in settled] == [2025, 2026]


def test_totals_are_values() -> None:
    """Settling an act twice from the same totals gives twice the same: nothing is changed behind one's back."""
    start = YearTotals(2026)

    assert settle(visit(), FULL, totals=start) == settle(visit(), FULL, totals=start)
    assert start == YearTotals(2026)
