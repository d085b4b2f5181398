"""What a plan adds to the computation: yearly amounts, waiting periods, another insurer."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from kernel.reimbursement.guarantee import Guarantee
from kernel.reimbursement.kinds import care_kind
from kernel.reimbursement.shares import Care, share
from member_api.contract import Limit
from member_api.sandbox.world.catalogue import benefits_of, load_world, printed
from member_api.sandbox.world.sharing import Terms, told

EUROS = st.decimals(min_value=0, max_value=2000, places=2)
CROWN = Care(Decimal("550.00"), Decimal("120.00"), Decimal(60), Decimal(60))
TERMS = st.builds(Terms, st.sampled_from([Guarantee.parse(text) for text in ("100 % incl", "300 % incl", "200 % excl", "60 € excl", "300 € incl")]),
                  st.none() | EUROS, st.none() | st.just(Limit.WAITING_PERIOD))


def test_a_second_insurer_never_makes_care_profitable() -> None:
    """V17's crown, 250 € already paid by another: 228 € are open, and not a cent more is paid."""
    share_of = told(CROWN, Terms(Guarantee.parse("300 % incl"), paid_by_other=Decimal("250.00")))

    assert (share_of.shares.paid_by_us, share_of.shares.out_of_pocket) == (Decimal("228.00"), Decimal("0.00"))
    assert share_of.limited_by is Limit.OTHER_INSURER


def test_a_second_insurer_that_leaves_enough_changes_nothing_of_our_share() -> None:
    """100 € paid elsewhere: our 288 € stay 288 €, and the member pays 90 €."""
    share_of = told(CROWN, Terms(Guarantee.parse("300 % incl"), paid_by_other=Decimal("100.00")))

    assert (share_of.shares.paid_by_us, share_of.shares.out_of_pocket) == (Decimal("288.00"), Decimal("90.00"))
    assert share_of.limited_by is None


@given(EUROS, TERMS)
def test_what_is_told_can_be_computed_again(billed: Decimal, terms: Terms) -> None:
    """Whatever limited it, the guarantee told gives the amounts told; nothing is lost and nobody gains."""
    care = Care(billed, Decimal("120.00"), Decimal(60), Decimal(60))
    found = told(care, terms)

    assert share(care, found.applied, terms.paid_by_other) == found.shares
    assert billed == found.shares.paid_by_public_scheme + found.shares.paid_by_us + found.shares.out_of_pocket
    assert terms.yearly_left is None or terms.refused_for or found.shares.paid_by_us <= terms.yearly_left
    assert terms.refused_for is None or found.shares.paid_by_us == 0


def test_guarantees_are_printed_as_contracts_do() -> None:
    """French, with spaces that do not break."""
    assert printed(Guarantee.parse("150 % incl")) == "150\u00a0% de la base, Sécurité sociale comprise"
    assert printed(Guarantee.parse("frais réels")) == "Frais réels"
    assert printed(Guarantee.parse("30 € excl")) == "30\u00a0€, en plus de la Sécurité sociale"
    assert printed(Guarantee.parse("130 % incl, cap 100")).endswith("dépassements dans la limite de 100\u00a0% de la base")


def test_every_plan_reads() -> None:
    """A word mistyped in world.yml would be found by the member who asks about it."""
    world = load_world()
    for plan, written in world["plans"].items():
        assert set(written["benefits"]) <= set(world["benefits"])
        assert set(written.get("waiting", {})) <= set(written["benefits"])
        assert set(written["prevention"]) <= set(world["prevention"])
        assert len(benefits_of(plan)) == len(written["benefits"])
    assert {care_kind(name).heading for name in world["prices"]} == set(world["benefits"])
