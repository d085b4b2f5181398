"""What an act is for the public scheme: the table of kinds, the rates, the exemptions, the contract's promise."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from kernel.figures import figure, figure_names, figure_source
from kernel.reimbursement.amounts import ZERO
from kernel.reimbursement.care import Act, CannotCompute, Missing, care_of, price_of
from kernel.reimbursement.cover import Cover, outside_optam
from kernel.reimbursement.guarantee import REAL_COST, Guarantee
from kernel.reimbursement.kinds import CareKind, care_kind, care_kinds, variants_of
from kernel.reimbursement.settlement import settle
from kernel.reimbursement.shares import Care, share
from kernel.reimbursement.situation import Situation, maternity_period

TODAY = date(2026, 11, 23)
IN_ALSACE = Situation(is_alsace_moselle=True)


def act(kind: str, price: str, care_on: date = TODAY, **told: object) -> Act:
    """Make an act."""
    return Act(care_kind(kind), Decimal(price), care_on, **told)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", care_kinds().values(), ids=list(care_kinds()))
def test_every_kind_names_known_figures_and_says_where_they_come_from(kind: CareKind) -> None:
    """A misspelt figure would be an error in front of a member; a figure without a source, an invention."""
    assert set(kind.figures) <= figure_names()
    assert {figure_source(name) for name in kind.figures} <= set(kind.sources)
    assert bool(kind.sources) == bool(kind.figures or kind.deduction)


@pytest.mark.parametrize(("kind", "price", "base", "rate", "retained"), [
    ("general_practitioner", "30.00", "30.00", "70", "2.00"), ("specialist", "50.00", "31.50", "70", "2.00"),
    ("specialist_without_optam", "50.00", "23.00", "70", "2.00"), ("consultant_opinion", "60.00", "60.00", "70", "2.00"),
    ("teleconsultation", "25.00", "25.00", "70", "2.00"), ("medicines", "25.60", "25.60", "65", "1.00"),
    ("medicines_irreplaceable", "10.00", "10.00", "100", "1.00"), ("medicines_moderate", "10.00", "10.00", "30", "1.00"),
    ("medicines_low", "10.00", "10.00", "15", "1.00"), ("crown", "550.00", "120.00", "60", "0.00"),
    ("glasses", "450.00", "0.15", "60", "0.00"), ("glasses_frame", "150.00", "0.05", "60", "0.00"),
    ("glasses_lenses", "300.00", "0.10", "60", "0.00"), ("hearing_aid_class_one", "950.00", "400.00", "60", "0.00"),
    ("hearing_aid_class_two", "1800.00", "400.00", "60", "0.00"), ("hospital_stay", "800.00", "800.00", "80", "0.00"),
    ("maternity_stay", "1240.00", "1240.00", "100", "0.00"), ("private_room", "75.00", "0.00", "0", "0.00"),
    ("osteopathy", "60.00", "0.00", "0", "0.00"),
])
def test_a_kind_has_its_base_its_rate_and_its_deduction(kind: str, price: str, base: str, rate: str, retained: str) -> None:
    """C01 to C23, for an adult inside the pathway, today."""
    care = care_of(act(kind, price))

    assert (care.base, care.rate, care.retained) == (Decimal(base), Decimal(rate), Decimal(retained))


@pytest.mark.parametrize("kind", ["physiotherapy", "nursing", "speech_therapy", "lab_tests", "imaging", "dental_care", "dental_prosthesis"])
def test_a_base_that_only_the_papers_tell_is_asked_never_guessed(kind: str) -> None:
    """The quote or the prescription has it; an estimate without it would be an invention."""
    with pytest.raises(CannotCompute) as refused:
        care_of(act(kind, "20.00"))

    assert refused.value.missing is Missing.BASE
    assert care_of(act(kind, "20.00", base=Decimal("16.13"))).base == Decimal("16.13")


def test_a_day_before_what_is_known_cannot_be_computed() -> None:
    """Glasses of 2019, a visit of 2016: no figure, no estimate."""
    for kind, day in (("glasses", date(2019, 12, 31)), ("general_practitioner", date(2017, 4, 30))):
        with pytest.raises(CannotCompute) as refused:
            care_of(act(kind, "25.00", day))
        assert refused.value.missing is Missing.FIGURE_OF_THE_DAY


def test_outside_the_pathway_forty_points_are_lost() -> None:
    """V06, C08: 30 % instead of 70; for whoever has another rate, the same points."""
    outside = act("general_practitioner", "30.00", is_outside_pathway=True)
    ill = act("general_practitioner", "30.00", is_outside_pathway=True, is_long_term_illness=True)

    assert [(care.rate, care.rate_in_pathway) for care in (care_of(outside), care_of(outside, IN_ALSACE), care_of(ill))] == [
        (30, 70), (50, 90), (60, 100)]


def test_boxes_of_medicine_have_no_pathway() -> None:
    """C08 is about doctors."""
    assert care_of(act("medicines", "25.60", is_outside_pathway=True)).rate == 65


def test_the_local_scheme_is_known_for_visits_only() -> None:
    """V16, C27: 90 % for a visit; for the rest no source says, so nothing is computed but what is never reimbursed."""
    assert care_of(act("general_practitioner", "30.00"), IN_ALSACE).rate == 90
    assert care_of(act("osteopathy", "60.00"), IN_ALSACE).rate == 0
    with pytest.raises(CannotCompute) as refused:
        care_of(act("medicines", "25.60"), IN_ALSACE)
    assert refused.value.missing is Missing.RATE


def test_medicines_at_15_percent_in_a_long_term_illness_are_not_guessed() -> None:
    """No source says what they become."""
    with pytest.raises(CannotCompute) as refused:
        care_of(act("medicines_low", "10.00", is_long_term_illness=True))

    assert refused.value.missing is Missing.RATE


def test_maternity_runs_from_the_sixth_month_to_the_twelfth_day() -> None:
    """C26, D08: for a birth expected on 10 March 2027, from 10 November to 22 March; nothing kept back, 100 %."""
    first, last = maternity_period(date(2027, 3, 10))
    mother = Situation(date(1994, 5, 30), maternity=(first, last))
    days = [first - timedelta(days=1), first, last, last + timedelta(days=1)]

    assert (first, last) == (date(2026, 11, 10), date(2027, 3, 22))
    assert [care_of(act("general_practitioner", "30.00", day), mother).retained for day in days] == [2, 0, 0, 2]
    assert [care_of(act("general_practitioner", "30.00", day), mother).rate for day in days] == [70, 100, 100, 70]
    assert maternity_period(date(2027, 3, 10), date(2027, 3, 1)) == (first, date(2027, 3, 13))


def test_who_has_free_cover_loses_nothing() -> None:
    """C26: C2S and AME."""
    assert care_of(act("general_practitioner", "30.00"), Situation(has_free_cover=True)).retained == ZERO


def test_a_hearing_aid_above_the_top_price_is_not_of_class_one() -> None:
    """C23: 950 € an ear; two ears, 1 900 €."""
    assert care_of(act("hearing_aid_class_one", "1900.00", units=2)).base == Decimal("800.00")
    with pytest.raises(CannotCompute) as refused:
        care_of(act("hearing_aid_class_one", "950.01"))
    assert refused.value.missing is Missing.PRICE_WITHIN_THE_CAP


@pytest.mark.parametrize(("kind", "price", "ours"), [("hearing_aid_class_two", "2500.00", "1460.00"), ("glasses_frame", "150.00", "99.97")])
def test_a_responsible_contract_stops_at_the_joint_cap(kind: str, price: str, ours: str) -> None:
    """C21, C23: public share and ours together, 100 € for a frame, 1 700 € an ear, even at real cost."""
    assert share(care_of(act(kind, price)), REAL_COST).paid_by_us == Decimal(ours)


def test_variants_of_a_word_are_offered() -> None:
    """« Un appareil auditif » is of class I or II: one must ask."""
    assert [kind.name for kind in variants_of("hearing_aid")] == ["hearing_aid_class_one", "hearing_aid_class_two"]
    assert [kind.name for kind in variants_of("crown")] == ["crown"]
    assert variants_of("plumber") == ()


def test_charges_of_the_hospital_are_prices_of_their_day() -> None:
    """C16, C17."""
    assert price_of(care_kind("hospital_day"), date(2026, 2, 28)) == Decimal("20.00")
    assert price_of(care_kind("emergency_room"), TODAY) == Decimal("23.00")
    assert price_of(care_kind("crown"), TODAY) is None


@pytest.mark.parametrize(("text", "cap"), [
    ("300 % incl", "100"), ("300 % incl, cap 50", "50"), ("130 % incl, cap 100", "100"), ("130 % incl, cap 125", "100"), ("150 % incl", "30"), ("100 % incl", "0"), ("90 % excl", "40"), ("frais réels", "100")])
def test_the_excess_outside_optam_is_capped(text: str, cap: str) -> None:
    """C25, V09: 100 % of the base at most, and 20 points under what is refunded in OPTAM."""
    assert outside_optam(Guarantee.parse(text), Decimal(70), TODAY).excess_cap == Decimal(cap)


def test_a_doctor_outside_optam_is_settled_under_the_cap() -> None:
    """V09 from the kind of care alone: 76.00 € left of 120."""
    settled = settle(act("specialist_without_optam", "120.00"), Cover(Guarantee.parse("300 % incl"), date(2020, 1, 1)))

    assert (settled.shares.paid_by_us, settled.shares.out_of_pocket) == (Decimal("29.90"), Decimal("76.00"))


@pytest.mark.parametrize("text", ["", "100", "100 %", "cent % incl", "100 % incl, cap", "-3 % incl", "100 %/an incl", "frais", "1００ % incl"])
def test_an_unreadable_guarantee_is_refused(text: str) -> None:
    """A guarantee misread in silence would give wrong amounts everywhere."""
    with pytest.raises(ValueError, match="not a guarantee"):
        Guarantee.parse(text)


@pytest.mark.parametrize("told", [
    {"amount": Decimal(-1)}, {"amount": Decimal("NaN")}, {"amount": Decimal(100), "excess_cap": Decimal(-1)},
    {"amount": Decimal(100), "is_yearly": True}, {"amount": Decimal("0.001"), "is_flat": True}])
def test_a_promise_that_makes_no_sense_is_refused(told: dict[str, object]) -> None:
    """It would be paid."""
    with pytest.raises(ValueError, match="guarantee"):
        Guarantee(**told)  # type: ignore[arg-type]


@pytest.mark.parametrize("told", [
    {"billed": Decimal(-1)}, {"billed": Decimal("1.001")}, {"base": Decimal("NaN")}, {"rate": Decimal(101)}, {"rate": Decimal(80)},
    {"retained": Decimal(-2)}, {"rate": Decimal(30), "flat_copayment": Decimal(32)}])
def test_care_that_cannot_be_is_refused(told: dict[str, Decimal]) -> None:
    """A negative price or a rate of 101 % is a fault of data: it stops here."""
    with pytest.raises(ValueError, match="amount|rate|copayment"):
        Care(**({"billed": Decimal(30), "base": Decimal(30), "rate": Decimal(70), "rate_in_pathway": Decimal(70)} | told))


def test_an_act_has_at_least_one_unit() -> None:
    """No box, no deduction: somebody has misread."""
    with pytest.raises(ValueError, match="one unit"):
        act("medicines", "25.60", units=0)


def test_amounts_always_have_their_cents() -> None:
    """« 60 » printed in a table of « 60,00 » looks like another amount."""
    shares = share(Care(Decimal(75), Decimal(0), Decimal(0), Decimal(0)), Guarantee.parse("60 € excl"))

    assert {amount.as_tuple().exponent for amount in vars(shares).values()} == {-2}
    assert figure("rate_full", TODAY) == 100


@pytest.mark.parametrize("text", ["150 % incl", "12.50 € excl", "120 €/an excl", "130 % incl, cap 100", "180 % excl, cap 62.5", "frais réels"])
def test_a_guarantee_is_written_as_it_is_read(text: str) -> None:
    """The insurer's system writes it, the assistant reads it."""
    assert Guarantee.parse(text).text == text
