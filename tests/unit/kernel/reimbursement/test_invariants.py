"""What must hold for any price, any contract, any year: ten thousand lines drawn at random."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from types import SimpleNamespace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kernel.reimbursement.amounts import CENT, ZERO
from kernel.reimbursement.care import Act, care_of
from kernel.reimbursement.checking import Agreement, check
from kernel.reimbursement.counter import DirectBilling, at_the_counter
from kernel.reimbursement.cover import Cover
from kernel.reimbursement.deductions import Cap
from kernel.reimbursement.explaining import explain
from kernel.reimbursement.guarantee import Guarantee
from kernel.reimbursement.kinds import GIVEN, care_kinds
from kernel.reimbursement.settlement import Settled, settle_all
from kernel.reimbursement.shares import Care, Shares, share, share_with_other
from kernel.reimbursement.situation import Situation

NEW_YEAR = date(2026, 1, 1)
RATES = [Decimal(rate) for rate in (0, 15, 30, 50, 60, 65, 70, 80, 90, 100)]
KINDS = [kind for kind in care_kinds().values() if GIVEN not in {kind.base, kind.rate} and not kind.price_cap]


def euros(most: int) -> st.SearchStrategy[Decimal]:
    """Draw an amount, in cents, up to *most* euros."""
    return st.integers(0, most * 100).map(lambda cents: cents * CENT)


@st.composite
def cares(draw: st.DrawFn) -> Care:
    """Draw an act: any price, base, rates, deduction, sometimes a joint cap or a flat copayment."""
    rates = sorted((draw(st.sampled_from(RATES)), draw(st.sampled_from(RATES))))
    flat = draw(st.none() | st.just(Decimal(32)))
    return Care(draw(euros(3000)), draw(euros(500)), rates[1] if flat else rates[0], rates[1], draw(euros(8)), flat,
                draw(st.none() | euros(1700)))


@st.composite
def guarantees(draw: st.DrawFn) -> Guarantee:
    """Draw a promise: percent or euros, with or without the public share, capped or not, or without a ceiling."""
    amount = draw(st.none() | st.integers(0, 600).map(Decimal))
    cap = draw(st.none() | st.sampled_from([Decimal(0), Decimal(80), Decimal(100)]))
    return Guarantee(amount, draw(st.booleans()), draw(st.booleans()), cap)


def none_is_negative(shares: Shares) -> bool:
    """Say whether every share is an amount."""
    return min(vars(shares).values()) >= 0


def holds(care: Care, guarantee: Guarantee, more: int) -> None:
    """Check that the shares make the price, and that a better contract never pays less."""
    shares = share(care, guarantee)
    better = guarantee if guarantee.amount is None else replace(guarantee, amount=guarantee.amount + more)

    assert care.billed == shares.paid_by_public_scheme + shares.paid_by_us + shares.out_of_pocket == shares.billed
    assert shares.out_of_pocket == shares.retained + shares.pathway_surcharge + shares.not_covered
    assert shares.out_of_pocket >= shares.retained + shares.pathway_surcharge
    assert shares.paid_by_us <= shares.copayment + shares.extra_fee
    assert none_is_negative(shares)
    for other in (better, replace(guarantee, includes_public_share=False), replace(guarantee, excess_cap=None)):
        assert share(care, other).paid_by_us >= shares.paid_by_us


@settings(max_examples=500, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(care=cares(), guarantee=guarantees(), more=st.integers(0, 200))
def test_the_shares_make_the_price_and_what_may_not_be_refunded_is_not(care: Care, guarantee: Guarantee, more: int) -> None:
    """Whatever the price, the base, the rates, the deduction, the caps and the contract."""
    holds(care, guarantee, more)


def test_ten_thousand_lines_of_real_kinds_keep_the_invariants() -> None:
    """Every kind of care at the figures of its day, for anybody, under any contract; always the same lines."""
    draw = Random("ten thousand lines")
    for _ in range(10_000):
        act = Act(draw.choice(KINDS), draw.randrange(200_000) * CENT, NEW_YEAR - timedelta(days=draw.randrange(1000)),
                  units=draw.randint(1, 4), is_outside_pathway=draw.random() < 0.3)
        person = Situation(date(draw.randrange(1940, 2026), 6, 15), has_free_cover=draw.random() < 0.1)
        cap = draw.choice([None, Decimal(0), Decimal(100)])
        promise = Guarantee(Decimal(draw.randrange(600)), draw.random() < 0.3, draw.random() < 0.7, cap)
        holds(care_of(act, person), promise, draw.randrange(200))


@settings(max_examples=500, deadline=None)
@given(care=cares(), ours=guarantees(), other=guarantees(), is_ours_first=st.booleans())
def test_two_insurers_never_pay_more_than_the_price(care: Care, ours: Guarantee, other: Guarantee, *, is_ours_first: bool) -> None:
    """Whoever pays first, the sum is the price; a second contract never costs, and never refunds what one may not."""
    shares = share_with_other(care, ours, other, is_ours_first=is_ours_first)

    assert care.billed == shares.billed
    assert shares.paid_by_us + shares.paid_by_other <= shares.copayment + shares.extra_fee
    assert shares.retained + shares.pathway_surcharge <= shares.out_of_pocket <= share(care, ours).out_of_pocket
    assert none_is_negative(shares)


@settings(max_examples=500, deadline=None)
@given(care=cares(), ours=guarantees(), other=guarantees(), is_alone=st.booleans())
def test_every_step_can_be_done_again(care: Care, ours: Guarantee, other: Guarantee, *, is_alone: bool) -> None:
    """An explanation is made of the values it names, and each name has one value."""
    shares = share(care, ours) if is_alone else share_with_other(care, ours, other, is_ours_first=False)
    steps = explain(shares, care, ours)
    told: dict[str, Decimal] = {}

    for step in steps:
        assert step.again() == step.amount, step
        for name, value in (*step.of, (step.name, step.amount)):
            assert told.setdefault(name, value) == value, name
    assert told["out_of_pocket"] == shares.out_of_pocket
    assert told["paid_by_us"] == shares.paid_by_us


@settings(max_examples=500, deadline=None)
@given(care=cares(), guarantee=guarantees(), billing=st.sampled_from(DirectBilling))
def test_what_is_advanced_less_what_comes_back_is_what_is_left(care: Care, guarantee: Guarantee, billing: DirectBilling) -> None:
    """Advanced is not left to pay: in the end the same is left, however one paid."""
    shares = share(care, guarantee)
    counter = at_the_counter(shares, billing)

    assert counter.paid_there - counter.refunded + counter.recovered_later == shares.out_of_pocket
    assert min(vars(counter).values()) >= 0


@st.composite
def years(draw: st.DrawFn) -> list[Act]:
    """Draw a person's year: up to sixty acts of any kind."""
    return draw(st.lists(st.builds(
        Act, st.sampled_from(KINDS), euros(200), st.integers(0, 364).map(lambda n: NEW_YEAR + timedelta(days=n)),
        st.sampled_from(["Dr A", "Dr B"]), st.integers(1, 9), is_outside_pathway=st.booleans(),
        is_long_term_illness=st.just(value=False)), max_size=60))


def settled_year(acts: list[Act]) -> tuple[Settled, ...]:
    """Settle a year under a contract whose alternative care is a yearly amount."""
    alternative = Guarantee.parse("120 €/an excl")
    covers = {kind.heading: Cover(Guarantee.parse("150 % incl"), date(2026, 3, 1)) for kind in KINDS}
    return settle_all(acts, covers | {"alternative": Cover(alternative, date(2020, 1, 1))}, Situation(date(1980, 1, 1)))


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(acts=years())
def test_a_year_never_goes_over_its_caps(acts: list[Act]) -> None:
    """C11, C13: 50 € each in a year for one person; and a yearly amount is not paid twice."""
    settled = settled_year(acts)
    kept = {cap: sum((one.shares.retained for one in settled if one.act.kind.deduction and one.act.kind.deduction.cap is cap), ZERO)
            for cap in Cap}

    assert max(kept.values()) <= 50
    assert sum((one.shares.paid_by_us for one in settled if one.act.kind.heading == "alternative"), ZERO) <= 120
    assert all(one.shares.paid_by_us == 0 for one in settled if one.act.care_on < date(2026, 3, 1) and one.act.kind.heading != "alternative")
    if settled:
        assert dict(settled[-1].totals.retained) == {cap: amount for cap, amount in kept.items() if cap in dict(settled[-1].totals.retained)}


def line_of(one: Settled, *, is_before: bool = False) -> SimpleNamespace:
    """Print a settled act as a line of a statement, the public share after its deduction or before."""
    shares = one.shares
    return SimpleNamespace(
        care_on=one.act.care_on, billed=one.care.billed, reimbursement_base=one.care.base, flat_contribution=shares.retained,
        paid_by_public_scheme=shares.theoretical_share if is_before else shares.paid_by_public_scheme,
        pathway_surcharge=shares.pathway_surcharge, paid_by_us=shares.paid_by_us, out_of_pocket=shares.out_of_pocket)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(acts=years(), is_before=st.booleans(), wrong=st.sampled_from(["paid_by_us", "out_of_pocket", "paid_by_public_scheme"]),
       cents=st.integers(1, 5000))
def test_a_right_line_agrees_and_a_wrong_cent_is_seen(acts: list[Act], wrong: str, cents: int, *, is_before: bool) -> None:
    """A line the engine made is never handed over; one cent too many is never explained away."""
    for one in settled_year(acts):
        line = line_of(one, is_before=is_before)
        assert isinstance(check(line, guarantee=one.guarantee, care=one.care), Agreement)
        assert isinstance(check(line), Agreement)
        if cents * CENT == one.shares.retained:
            continue  # the public share plus its deduction is the other way of printing it: nothing is wrong
        setattr(line, wrong, getattr(line, wrong) + cents * CENT)
        assert any(difference.name == wrong for difference in check(line, guarantee=one.guarantee, care=one.care))
