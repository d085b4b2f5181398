"""Telling a line to the cent: the steps, in order, each with what it was computed from."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from kernel.reimbursement.explaining import explain
from kernel.reimbursement.guarantee import REAL_COST, Guarantee
from kernel.reimbursement.shares import Care, share, share_with_other
from kernel.reimbursement.steps import How, Name, Step

DERMATOLOGIST = Care(Decimal(50), Decimal("31.50"), Decimal(70), Decimal(70), Decimal(2))
FULL = Guarantee.parse("100 % incl")


def told(care: Care, guarantee: Guarantee | None, known: Guarantee | None = None) -> dict[Name, Step]:
    """Explain *care* shared under *guarantee* or *known*, by name."""
    promise = guarantee or known
    assert promise
    return {step.name: step for step in explain(share(care, promise), care, guarantee)}


def test_a_dermatologist_is_told_in_the_order_of_the_money() -> None:
    """V03: what was paid, the base, what the public scheme pays, what we pay, what is left."""
    steps = explain(share(DERMATOLOGIST, FULL), DERMATOLOGIST, FULL)

    assert [(step.name, str(step.amount)) for step in steps] == [
        (Name.BILLED, "50"), (Name.BASE, "31.50"), (Name.COUNTED, "31.50"), (Name.THEORETICAL_SHARE, "22.05"), (Name.RETAINED, "2.00"),
        (Name.PAID_BY_PUBLIC_SCHEME, "20.05"), (Name.COPAYMENT, "9.45"), (Name.EXTRA_FEE, "18.50"), (Name.GUARANTEE, "31.50"),
        (Name.CEILING, "9.45"), (Name.REFUNDABLE, "27.95"), (Name.PAID_BY_US, "9.45"), (Name.NOT_COVERED, "18.50"),
        (Name.OUT_OF_POCKET, "20.50")]


def test_a_step_says_how_it_was_computed() -> None:
    """« 70 % de 31,50 € = 22,05 € » is said from the step alone."""
    step = told(DERMATOLOGIST, FULL)[Name.THEORETICAL_SHARE]

    assert step == Step(Name.THEORETICAL_SHARE, Decimal("22.05"), How.PERCENT, ((Name.COUNTED, Decimal("31.50")), (Name.RATE, Decimal(70))))


def test_outside_the_pathway_the_surcharge_is_a_step() -> None:
    """V06: 12 € less from the public scheme, which nobody refunds."""
    steps = told(Care(Decimal(30), Decimal(30), Decimal(30), Decimal(70), Decimal(2)), FULL)

    assert steps[Name.PATHWAY_SURCHARGE].amount == Decimal("12.00")
    assert Name.PATHWAY_SURCHARGE not in told(DERMATOLOGIST, FULL)


def test_a_capped_excess_is_a_step() -> None:
    """V09: of 97 € of excess, 23 € may be refunded."""
    care = Care(Decimal(120), Decimal(23), Decimal(70), Decimal(70), Decimal(2))
    steps = told(care, Guarantee.parse("300 % incl, cap 100"))

    assert [steps[name].amount for name in (Name.EXTRA_FEE, Name.EXCESS_CAP, Name.REFUNDABLE_EXCESS, Name.PAID_BY_US)] == [
        Decimal("97.00"), Decimal("23.00"), Decimal("23.00"), Decimal("29.90")]


def test_a_flat_copayment_and_a_joint_cap_are_told() -> None:
    """C18, C23: 32 € instead of a rate; 1 700 € together."""
    stay = Care(Decimal(800), Decimal(800), Decimal(80), Decimal(80), flat_copayment=Decimal(32))
    hearing = Care(Decimal(2500), Decimal(400), Decimal(60), Decimal(60), joint_cap=Decimal(1700))

    assert told(stay, REAL_COST)[Name.THEORETICAL_SHARE].of == ((Name.COUNTED, Decimal(800)), (Name.FLAT_COPAYMENT, Decimal(32)))
    assert told(hearing, REAL_COST)[Name.PAID_BY_US].of[0] == (Name.JOINT_CEILING, Decimal("1460.00"))


def test_another_insurer_is_told() -> None:
    """Our share stops at what it left."""
    care = Care(Decimal("70.05"), Decimal("31.50"), Decimal(70), Decimal(70), Decimal(2))
    promise = Guarantee.parse("200 % incl")
    steps = explain(share_with_other(care, promise, promise, is_ours_first=False), care, promise)

    assert {step.name: step.amount for step in steps}[Name.LEFT_BY_OTHER] == Decimal("7.05")


def test_without_the_promise_our_share_is_given_not_explained() -> None:
    """A line whose guarantee we do not know is told without a reason for our share."""
    assert told(DERMATOLOGIST, None, FULL)[Name.PAID_BY_US] == Step(Name.PAID_BY_US, Decimal("9.45"))


def test_what_is_not_so_is_not_explained() -> None:
    """One cent off: an error, not a story."""
    shares = share(DERMATOLOGIST, FULL)

    with pytest.raises(ValueError, match="not those of this care"):
        explain(replace(shares, paid_by_us=Decimal("9.46")), DERMATOLOGIST, FULL)


@pytest.mark.parametrize("changed", ["theoretical_share", "out_of_pocket", "retained"])
def test_what_is_not_so_is_not_explained_even_without_the_promise(changed: str) -> None:
    """Our share may be given, the rest may not."""
    shares = replace(share(DERMATOLOGIST, FULL), **{changed: Decimal("1.23")})

    with pytest.raises(ValueError, match="not those of this care"):
        explain(shares, DERMATOLOGIST, None)
