"""A member's reimbursements in words: every amount from the line, every sum right, nothing explained that does not hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from bot.actions.wanted import Wanted, is_named, wanted
from bot.nlu.entities.reading import entities
from bot.phrasing.reimbursement_steps import agreement_of, line_card, percentage
from bot.phrasing.reimbursements import history_card, progress_card
from member_api.contract import (
    AppliedGuarantee,
    CoveredPerson,
    LateReason,
    Limit,
    Reimbursement,
    ReimbursementStatus,
    Relationship,
    Sight,
)

MONDAY = date(2026, 11, 23)
GUARANTEE = AppliedGuarantee("100 % incl", Decimal(100), is_flat=False, includes_public_share=True, excess_cap=None)
LINE = Reimbursement(
    id="l-1", beneficiary_id="b-1", care_on=date(2026, 11, 7), practitioner="Dre Hélène Aubrun, dermatologue", care="Consultation d'un médecin spécialiste",
    billed=Decimal("50.00"), reimbursement_base=Decimal("31.50"), paid_by_public_scheme=Decimal("20.05"), flat_contribution=Decimal("2.00"),
    pathway_surcharge=Decimal("0.00"), paid_by_us=Decimal("9.45"), out_of_pocket=Decimal("20.50"), is_direct_billing=False, status=ReimbursementStatus.PAID,
    received_on=date(2026, 11, 10), processed_on=date(2026, 11, 11), paid_on=date(2026, 11, 13), care_kind="specialist", covered_as="consultation", units=1,
    rate=Decimal(70), rate_in_pathway=Decimal(70), guarantee=GUARANTEE, limited_by=None, paid_by_other_insurer=Decimal("0.00"), late_reason=None, statement_id="s-1")
ZOE = CoveredPerson("b-2", "Zoé", "Perrin", date(2017, 2, 11), Relationship.CHILD, "c-1", date(2020, 1, 1), None, has_noemie_link=True, has_own_access=False,
                    sight=Sight.PARENT)
JULIEN = replace(ZOE, id="b-1", first_name="Julien", birth_on=date(1985, 9, 3), relationship=Relationship.SELF, sight=Sight.OWN)
ROSE = replace(ZOE, id="b-3", first_name="Rose", relationship=Relationship.SPOUSE, sight=None)
PEOPLE = (JULIEN, ZOE, ROSE)


def plain(text: object) -> str:
    """Write ordinary spaces."""
    return str(text).replace("\u00a0", " ").replace("\u202f", " ")


def asked(text: str) -> Wanted:
    """Read a message as an action does."""
    found = [{"entity": str(one.kind), "value": one.value, "start": one.start, "end": one.end} for one in entities(text, MONDAY)]
    return wanted(text, found, PEOPLE)


def explained(line: Reimbursement) -> str:
    """Explain a line that holds."""
    agreed = agreement_of(line)
    assert agreed is not None
    return plain(line_card(line, agreed, "Camille")["text"])


def test_an_amount_is_explained_by_its_arithmetic() -> None:
    """« Pourquoi je n'ai eu que 29,50 € ? » : each figure can be checked with a pencil."""
    text = explained(LINE)

    assert "Assurance Maladie : 70 % de 31,50 € : 22,05 €" in text
    assert "50,00 € − 20,05 € − 9,45 € = 20,50 €." in text
    assert "18,50 € au-dessus de la base de remboursement" in text
    assert "2,00 € que l'Assurance Maladie retient" in text


@pytest.mark.parametrize("change", [{"out_of_pocket": Decimal("20.49")}, {"paid_by_us": Decimal("9.46"), "out_of_pocket": Decimal("20.49")},
                                    {"rate": Decimal(80)}, {"guarantee": replace(GUARANTEE, text="selon contrat")}])
def test_a_line_that_does_not_hold_is_explained_to_nobody(change: dict[str, object]) -> None:
    """A wrong explanation is worse than none: a person looks (V01 to V20)."""
    assert agreement_of(replace(LINE, **change)) is None  # type: ignore[arg-type]


def test_what_kept_our_share_low_is_said() -> None:
    """« Part mutuelle 0 » has a reason in the file."""
    line = replace(LINE, paid_by_us=Decimal("0.00"), out_of_pocket=Decimal("29.95"), limited_by=Limit.WAITING_PERIOD,
                   guarantee=AppliedGuarantee("0 € excl", Decimal(0), is_flat=True, includes_public_share=False, excess_cap=None))

    assert "délai de carence" in explained(line)


@pytest.mark.parametrize("reason", list(LateReason))
def test_each_reason_of_lateness_is_told_with_what_to_do(reason: LateReason) -> None:
    """Knowing why without knowing what to do is half an answer."""
    line = replace(LINE, status=ReimbursementStatus.RECEIVED, processed_on=None, paid_on=None, late_reason=reason)
    text = plain(progress_card(line, "Louis")["text"])

    assert "Soin de : Louis" in text
    assert "Virement : pas encore" in text
    assert "À faire" in text or "relancer" in text


def test_what_no_statement_has_told_yet_is_an_estimate() -> None:
    """An announced line is not money (D31)."""
    line = replace(LINE, status=ReimbursementStatus.EXPECTED, received_on=None, processed_on=None, paid_on=None)

    assert "(estimation)" in plain(progress_card(line, "vous")["text"])
    assert "seul le décompte fait foi" in explained(line)


def test_a_long_list_says_how_much_it_leaves_out() -> None:
    """Ten lines fit a phone; the others are not hidden."""
    text = plain(history_card([LINE] * 13, {"b-1": "Julien"}, "Remboursements")["text"])

    assert text.count("Julien, 50,00 € payés") == 10
    assert "Et 3 de plus" in text


@pytest.mark.parametrize(("text", "ids"), [
    ("les soins de ma fille", {"b-2"}), ("remboursements de zoé", {"b-2"}), ("Zoé et moi", {"b-2"}), ("pour moi", {"b-1"}), ("mes remboursements", set()),
])
def test_people_are_found_by_name_or_by_what_they_are(text: str, ids: set[str]) -> None:
    """Nobody writes a beneficiary's number."""
    assert {one.id for one in asked(text).people} == ids


def test_a_person_whose_lines_are_his_own_is_named_and_not_read() -> None:
    """A spouse's care is hers, even for the holder (member_api/README.md)."""
    found = asked("les remboursements de ma femme")

    assert found.people == ()
    assert found.unseen == ("Rose",)


def test_somebody_who_is_not_on_the_contract_is_told_apart() -> None:
    """« ma mère » is not « everybody »."""
    assert asked("les remboursements de ma mère").has_stranger is True


@pytest.mark.parametrize(("text", "is_there"), [("Rose a été malade", True), ("pour rose", True), ("une carte rose", False), ("la rosée", False)])
def test_a_first_name_that_is_a_word_is_not_always_a_name(text: str, is_there: bool) -> None:
    """« une carte rose » speaks of no one."""
    assert is_named("Rose", text) is is_there


def test_care_is_found_by_its_kind_then_by_the_practitioner() -> None:
    """« le dermato » is one of the specialists; « le dentiste » made the crown."""
    crown = replace(LINE, id="l-2", care_kind="crown", covered_as="dental", practitioner="Dr Thomas Eyraud, chirurgien-dentiste")
    eyes = replace(LINE, id="l-3", practitioner="Dre Maud Fabre, ophtalmologiste")
    lines = [LINE, crown, eyes]

    assert [one.id for one in asked("mon remboursement du dermatologue").of_care(lines)] == ["l-1"]
    assert [one.id for one in asked("mon remboursement du dentiste").of_care(lines)] == ["l-2"]
    assert asked("mes lunettes").of_care(lines) == []


def test_the_day_of_a_statement_counts_as_well_as_the_day_of_care() -> None:
    """« mon décompte du 13 novembre » bears the day of the transfer."""
    found = asked("expliquez mon décompte du 13 novembre")

    assert found.of_period([LINE], also_paid=True) == [LINE]
    assert found.of_period([LINE]) == []


def test_rates_are_written_the_french_way() -> None:
    """« 66,5 % », « 100 % »: never 1E+2."""
    assert [plain(percentage(Decimal(rate))) for rate in ("66.5", "100", "70.00")] == ["66,5 %", "100 %", "70 %"]
