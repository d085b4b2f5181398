"""Who pays what: every vector of the domain notes, to the cent."""

from __future__ import annotations

import csv
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from kernel.reimbursement.amounts import ZERO
from kernel.reimbursement.counter import DirectBilling, at_the_counter
from kernel.reimbursement.explaining import explain
from kernel.reimbursement.guarantee import REAL_COST, Guarantee
from kernel.reimbursement.shares import Care, share
from kernel.reimbursement.stay import Stay, share_stay
from kernel.reimbursement.steps import Name

ROWS = list(csv.DictReader((Path(__file__).parent / "vectors.csv").open(encoding="utf-8")))
FULL = Guarantee(Decimal(100))


def care_of(row: dict[str, str]) -> Care:
    """Read a vector; the rate inside the pathway is the one applied unless the case says otherwise."""
    rate = Decimal(row["t"])
    named = re.search(r"\(tn (\d+)\)", row["Case"])
    return Care(Decimal(row["D"]), Decimal(row["BR"]), rate, Decimal(named[1]) if named else rate, Decimal(row["ret"]))


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_each_vector_is_met_to_the_cent(row: dict[str, str]) -> None:
    """A wrong cent on a statement is a complaint, and a lie of the assistant that explains it."""
    shares = share(care_of(row), Guarantee.parse(row["Guarantee"]))

    assert {name: Decimal(row[name]) for name in ("AMOt", "AMO", "TM", "MAJ", "DE", "AMC", "RAC")} == {
        "AMOt": shares.theoretical_share, "AMO": shares.paid_by_public_scheme, "TM": shares.copayment,
        "MAJ": shares.pathway_surcharge, "DE": shares.extra_fee, "AMC": shares.paid_by_us, "RAC": shares.out_of_pocket}


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_each_vector_is_explained_with_its_own_amounts(row: dict[str, str]) -> None:
    """What is told step by step is what was computed: every step can be done again by hand."""
    care, guarantee = care_of(row), Guarantee.parse(row["Guarantee"])
    steps = explain(share(care, guarantee), care, guarantee)

    assert [step for step in steps if step.again() != step.amount] == []
    assert {step.name: step.amount for step in steps}[Name.OUT_OF_POCKET] == Decimal(row["RAC"])


def test_all_twenty_vectors_are_there() -> None:
    """A shortened copy of the table would pass in silence."""
    assert [row["id"] for row in ROWS] == [f"V{number:02d}" for number in range(1, 21)]


@pytest.mark.parametrize(("entered_on", "price", "ours"), [
    (date(2026, 3, 1), "892.00", "252.00"), (date(2026, 2, 10), "880.00", "240.00")])
def test_a_hospital_stay_is_the_stay_and_its_daily_charge(entered_on: date, price: str, ours: str) -> None:
    """V21: four days, the day of leaving counts; nothing is left to the member, and all of our share without us."""
    stay = Stay(Decimal(800), entered_on, entered_on.replace(day=entered_on.day + 3))
    whole = share_stay(stay, FULL, REAL_COST).whole
    alone = share_stay(stay, Guarantee(ZERO), Guarantee(ZERO)).whole

    assert (whole.billed, whole.paid_by_public_scheme, whole.paid_by_us, whole.out_of_pocket) == (
        Decimal(price), Decimal("640.00"), Decimal(ours), ZERO)
    assert alone.out_of_pocket == Decimal(ours)


def test_a_stay_across_the_first_of_march_is_charged_day_by_day() -> None:
    """C16: two days of February at 20 €, two of March at 23 €."""
    stay = Stay(Decimal(800), date(2026, 2, 27), date(2026, 3, 2))

    assert share_stay(stay, FULL, REAL_COST).daily_charge.billed == Decimal("86.00")


@pytest.mark.parametrize(("entered_on", "copayment"), [(date(2026, 4, 22), "32.00"), (date(2026, 4, 21), "24.00")])
def test_a_costly_act_replaces_the_copayment_of_a_stay(entered_on: date, copayment: str) -> None:
    """C18, V21: with an act of 120 € or more, 32 € (24 € before) instead of 160 €."""
    stay = Stay(Decimal(800), entered_on, entered_on, dearest_act=Decimal(120))
    shares = share_stay(stay, FULL, REAL_COST).stay

    assert (shares.copayment, shares.paid_by_us) == (Decimal(copayment), Decimal(copayment))
    assert shares.paid_by_public_scheme == Decimal(800) - Decimal(copayment)


def test_a_costly_act_below_its_threshold_or_in_a_long_term_illness_changes_nothing() -> None:
    """C18: 119.99 € is not 120 €; at 100 % there is no copayment to replace."""
    day = date(2026, 11, 23)
    cheap = share_stay(Stay(Decimal(800), day, day, dearest_act=Decimal("119.99")), FULL, REAL_COST)
    ill = share_stay(Stay(Decimal(800), day, day, dearest_act=Decimal(500), is_long_term_illness=True), FULL, REAL_COST)

    assert (cheap.stay.copayment, ill.stay.copayment) == (Decimal("160.00"), ZERO)


def test_psychiatry_has_its_own_daily_charge() -> None:
    """C16: 17 € a day."""
    stay = Stay(Decimal(800), date(2026, 5, 4), date(2026, 5, 5), is_psychiatry=True)

    assert share_stay(stay, FULL, REAL_COST).daily_charge.billed == Decimal("34.00")


def test_a_stay_cannot_end_before_it_begins() -> None:
    """Two dates exchanged would charge a negative number of days."""
    with pytest.raises(ValueError, match="ends after"):
        Stay(Decimal(800), date(2026, 5, 5), date(2026, 5, 4))


def test_direct_billing_does_not_make_glasses_free() -> None:
    """V22: 150.00 € paid at the shop with direct billing of both shares, not 0; the same is left however one pays."""
    row = next(row for row in ROWS if row["id"] == "V18")
    shares = share(care_of(row), Guarantee.parse(row["Guarantee"]))

    assert at_the_counter(shares, DirectBilling.BOTH_SHARES).paid_there == Decimal("150.00")
    assert at_the_counter(shares, DirectBilling.NONE).paid_there == Decimal("450.00")


def test_boxes_with_direct_billing_are_free_at_the_counter_and_their_deduction_comes_later() -> None:
    """D24: « rien à avancer » is not « rien à payer »; V10's 3.00 € are taken from another refund."""
    row = next(row for row in ROWS if row["id"] == "V10")
    counter = at_the_counter(share(care_of(row), Guarantee.parse(row["Guarantee"])), DirectBilling.BOTH_SHARES)

    assert (counter.paid_there, counter.recovered_later) == (ZERO, Decimal("3.00"))


def test_with_the_public_share_alone_billed_directly_ours_is_advanced_then_refunded() -> None:
    """A visit of 30 € (V05): 9 € are paid there, 9 € come back, 2 € are recovered later."""
    row = next(row for row in ROWS if row["id"] == "V05")
    counter = at_the_counter(share(care_of(row), FULL), DirectBilling.PUBLIC_SHARE)

    assert (counter.paid_there, counter.refunded, counter.recovered_later) == (Decimal("9.00"), Decimal("9.00"), Decimal("2.00"))
