"""Does a line of a statement hold? What differs is handed over, never explained away."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest

from kernel.reimbursement.checking import Agreement, Difference, Style, check
from kernel.reimbursement.explaining import explain
from kernel.reimbursement.guarantee import NOTHING, Guarantee
from kernel.reimbursement.shares import Care
from kernel.reimbursement.steps import Name

FULL = Guarantee.parse("100 % incl")
NAMES = {"billed": "50.00", "reimbursement_base": "30.00", "paid_by_public_scheme": "19.00", "flat_contribution": "2.00",
         "pathway_surcharge": "0.00", "paid_by_us": "9.00", "out_of_pocket": "22.00"}


def line(care_on: date = date(2026, 11, 3), **amounts: str) -> SimpleNamespace:
    """Print V02 as a line, but for *amounts*."""
    return SimpleNamespace(care_on=care_on, **{name: Decimal(value) for name, value in (NAMES | amounts).items()})


def agreed(shown: SimpleNamespace, guarantee: Guarantee | None = FULL, other: str = "0.00") -> Agreement:
    """Check *shown*, which must hold."""
    found = check(shown, guarantee=guarantee, paid_by_other=Decimal(other))
    assert isinstance(found, Agreement), found
    return found


def differences(shown: SimpleNamespace, guarantee: Guarantee | None = FULL, care: Care | None = None) -> dict[str, Decimal | None]:
    """Check *shown*, which must not hold."""
    found = check(shown, guarantee=guarantee, care=care)
    assert not isinstance(found, Agreement)
    return {difference.name: difference.recomputed for difference in found}


@pytest.mark.parametrize(("shown", "style"), [
    (line(), Style.AFTER_DEDUCTION), (line(paid_by_public_scheme="21.00"), Style.BEFORE_DEDUCTION),
    (line(paid_by_public_scheme="21.00", out_of_pocket="20.00"), Style.BEFORE_DEDUCTION)])
def test_both_ways_of_printing_the_public_share_are_read(shown: SimpleNamespace, style: Style) -> None:
    """D06, D07: RO = 19.00, or 21.00 and PF −2.00 apart, even with a rest that forgets it: 22.00 € are left in truth."""
    found = agreed(shown)

    assert (found.style, found.shares.paid_by_public_scheme, found.shares.out_of_pocket) == (style, Decimal("19.00"), Decimal("22.00"))


def test_a_line_that_holds_can_be_explained_at_once() -> None:
    """The rate is not printed: it was found."""
    found = agreed(line())
    steps = {step.name: step for step in explain(found.shares, found.care, found.guarantee)}

    assert steps[Name.THEORETICAL_SHARE].of == ((Name.COUNTED, Decimal("30.00")), (Name.RATE, Decimal(70)))


def test_a_line_is_explained_without_its_guarantee_too() -> None:
    """The member API does not always tell it: our share is then possible, not proven."""
    found = agreed(line(), guarantee=None)

    assert found.guarantee is None
    assert explain(found.shares, found.care, None)[-1].amount == Decimal("22.00")


@pytest.mark.parametrize("shown", [
    line(billed="30.00", paid_by_public_scheme="7.00", pathway_surcharge="12.00", out_of_pocket="14.00"),
    line(billed="450.00", reimbursement_base="0.15", paid_by_public_scheme="0.09", flat_contribution="0.00", paid_by_us="299.91", out_of_pocket="150.00"),
    line(billed="60.00", reimbursement_base="0.00", paid_by_public_scheme="0.00", flat_contribution="0.00", paid_by_us="30.00", out_of_pocket="30.00"),
    line(billed="800.00", reimbursement_base="800.00", paid_by_public_scheme="768.00", flat_contribution="0.00", paid_by_us="32.00", out_of_pocket="0.00"),
    line(billed="20.00", paid_by_public_scheme="12.00", paid_by_us="6.00", out_of_pocket="2.00"),
], ids=["outside the pathway", "glasses", "osteopath", "costly act", "fee below base"])
def test_lines_of_every_sort_hold_by_themselves(shown: SimpleNamespace) -> None:
    """V06, V18, C18: the rate is found for each."""
    agreed(shown, guarantee=None)


@pytest.mark.parametrize(("wrong", "expected"), [
    ({"paid_by_us": "8.00", "out_of_pocket": "23.00"}, {"paid_by_us": Decimal("9.00"), "out_of_pocket": Decimal("22.00")}),
    ({"out_of_pocket": "21.99"}, {"out_of_pocket": Decimal("22.00")}),
    ({"pathway_surcharge": "12.00"}, {"pathway_surcharge": Decimal("0.00")}),
])
def test_what_differs_is_named_with_both_amounts(wrong: dict[str, str], expected: dict[str, Decimal]) -> None:
    """An advisor starts from there."""
    assert differences(line(**wrong)) == expected


def test_a_wrong_line_is_read_the_way_it_was_printed() -> None:
    """A public share printed before its deduction is not called wrong because ours is."""
    shown = line(paid_by_public_scheme="21.00", paid_by_us="8.00")
    visit = Care(Decimal(50), Decimal(30), Decimal(70), Decimal(70), Decimal(2))

    assert differences(shown) == differences(shown, care=visit) == {"paid_by_us": Decimal("9.00")}


def test_a_public_share_of_no_known_rate_is_not_given_another() -> None:
    """20 € of 30: neither 65 nor 70 %. What it should be is not guessed, unless the act is known."""
    shown = line(paid_by_public_scheme="18.00", out_of_pocket="23.00")
    visit = Care(Decimal(30), Decimal(30), Decimal(70), Decimal(70), Decimal(2))

    assert differences(shown) == {"paid_by_public_scheme": None}
    assert differences(shown, care=visit) == {"paid_by_public_scheme": Decimal("19.00"), "out_of_pocket": Decimal("22.00")}


def test_a_refund_of_what_may_not_be_refunded_is_seen_without_the_guarantee() -> None:
    """V02: 31 € from us where 29 € may be refunded: the public scheme's 2 € are not ours to give back."""
    assert differences(line(paid_by_us="31.00", out_of_pocket="0.00"), guarantee=None) == {
        "paid_by_us": Decimal("29.00"), "out_of_pocket": Decimal("2.00")}


def test_a_share_paid_while_nothing_was_promised_is_seen() -> None:
    """Care inside the waiting period and nine euros paid: somebody must look."""
    assert differences(line(), guarantee=NOTHING) == {"paid_by_us": Decimal("0.00"), "out_of_pocket": Decimal("31.00")}


def test_what_the_act_should_be_is_compared() -> None:
    """C02: a specialist of November 2026 counted on the base of 2023 is not explained with the wrong base."""
    specialist = Care(Decimal(50), Decimal("31.50"), Decimal(70), Decimal(70), Decimal(2))

    assert differences(line(), care=specialist)["reimbursement_base"] == Decimal("31.50")
    assert differences(line(flat_contribution="4.00"), care=specialist)["flat_contribution"] == Decimal("2.00")


def test_a_smaller_deduction_than_expected_is_accepted() -> None:
    """The cap of the year was reached by lines nobody has shown us."""
    visit = Care(Decimal(30), Decimal(30), Decimal(70), Decimal(70), Decimal(2))
    shown = line(billed="30.00", paid_by_public_scheme="21.00", flat_contribution="0.00", out_of_pocket="0.00")

    assert isinstance(check(shown, guarantee=FULL, care=visit), Agreement)


def test_another_insurers_share_is_counted() -> None:
    """Five euros from another contract: the sum is right only with them."""
    agreed(line(out_of_pocket="17.00"), other="5.00")
    assert check(line(), paid_by_other=Decimal("40.00")) == (Difference("out_of_pocket", Decimal("22.00"), None),)


@pytest.mark.parametrize("name", ["billed", "paid_by_us", "flat_contribution"])
@pytest.mark.parametrize("value", ["-1.00", "1.001", "NaN"])
def test_amounts_that_cannot_be_are_differences(name: str, value: str) -> None:
    """A regularisation below zero, a third decimal: handed over, not computed."""
    assert differences(line(**{name: value})) == {name: None}
