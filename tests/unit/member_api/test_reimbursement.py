"""Who pays what: every vector of the domain notes, to the cent, and what must hold for any price."""

from __future__ import annotations

import csv
import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from member_api.sandbox.reimbursement import Care, Guarantee, Shares, share

ROWS = list(csv.DictReader((Path(__file__).parent / "reimbursement_vectors.csv").open(encoding="utf-8")))
EUROS = st.decimals(min_value=0, max_value=5000, places=2)
RATES = st.sampled_from([Decimal(rate) for rate in ("0", "30", "60", "65", "70", "80", "90", "100")])
GUARANTEES = st.builds(Guarantee, st.decimals(min_value=0, max_value=500, places=0), st.booleans(), st.booleans(),
                       st.none() | st.just(Decimal(100)))


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


def test_all_twenty_vectors_are_there() -> None:
    """A shortened copy of the table would pass in silence."""
    assert [row["id"] for row in ROWS] == [f"V{number:02d}" for number in range(1, 21)]


@given(billed=EUROS, base=EUROS, rates=st.tuples(RATES, RATES), retained=st.sampled_from([Decimal(0), Decimal(2)]),
       guarantee=GUARANTEES)
def test_nobody_pays_more_than_the_price_and_nothing_is_lost(
    billed: Decimal, base: Decimal, rates: tuple[Decimal, Decimal], retained: Decimal, guarantee: Guarantee
) -> None:
    """The three shares always make the price, and what a responsible contract may not refund stays with the member."""
    care = Care(billed, base, min(rates), max(rates), retained)
    shares = share(care, guarantee)

    assert billed == shares.paid_by_public_scheme + shares.paid_by_us + shares.out_of_pocket
    assert shares.out_of_pocket >= shares.retained + shares.pathway_surcharge
    assert Decimal(0) <= shares.paid_by_us <= shares.copayment + shares.extra_fee
    assert shares.paid_by_public_scheme >= 0


def hospital(days: int, daily_charge: str) -> tuple[Shares, Shares]:
    """Vector V21: a stay of 800 € at 80 %, and its daily charge, which the public scheme never pays."""
    stay = Care(Decimal(800), Decimal(800), Decimal(80), Decimal(80))
    charge = days * Decimal(daily_charge)
    daily = Care(charge, Decimal(0), Decimal(0), Decimal(0))
    return share(stay, Guarantee.parse("100 % incl")), share(daily, Guarantee(charge, is_flat=True))


@pytest.mark.parametrize(("daily_charge", "ours"), [("23.00", "252.00"), ("20.00", "240.00")])
def test_a_hospital_stay_is_the_stay_and_its_daily_charge(daily_charge: str, ours: str) -> None:
    """V21: 252.00 € for four days since March 2026, 240.00 € before; nothing left to the member."""
    stay, daily = hospital(4, daily_charge)

    assert stay.paid_by_public_scheme == Decimal("640.00")
    assert stay.paid_by_us + daily.paid_by_us == Decimal(ours)
    assert stay.out_of_pocket + daily.out_of_pocket == 0


@pytest.mark.parametrize("text", ["", "100", "100 %", "cent % incl", "100 % incl, cap", "-3 % incl"])
def test_an_unreadable_guarantee_is_refused(text: str) -> None:
    """A guarantee misread in silence would give wrong amounts everywhere."""
    with pytest.raises(ValueError, match="not a guarantee"):
        Guarantee.parse(text)
