"""The fictional world: coherent on whatever day it is seeded, and made of people who cannot exist."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

import pytest

from kernel.calendar import PARIS, is_business_day
from kernel.errors import Forbidden, SignInNeeded
from kernel.reimbursement.checking import Agreement, check
from kernel.reimbursement.explaining import explain
from kernel.reimbursement.guarantee import Guarantee
from kernel.reimbursement.kinds import care_kind
from kernel.reimbursement.shares import Care, share
from kernel.reimbursement.situation import is_adult
from kernel.towns import find_town
from member_api.contract import Caller, CodeNeeded
from member_api.sandbox.access import LEVEL_NEEDED, Action
from member_api.sandbox.access import check as check_access
from member_api.sandbox.masking import masked_email, masked_phone
from member_api.sandbox.world import Seeding, load_world
from member_api.sandbox.world.catalogue import benefits_of

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
DAYS = [NOON, datetime(2027, 1, 1, 12, tzinfo=UTC), datetime(2028, 2, 29, 23, 30, tzinfo=UTC), datetime(2027, 5, 8, 6, tzinfo=UTC)]


@lru_cache(maxsize=8)
def world_on(now: datetime) -> dict[str, list[dict[str, Any]]]:
    """Give the rows of a world seeded at *now*, by table."""
    tables = defaultdict(list)
    for name, row in Seeding(load_world(), now).rows():
        tables[name.removeprefix("sandbox_")].append(row)
    return tables


def rows_of(table: str, member_id: str, now: datetime = NOON) -> list[dict[str, Any]]:
    """Give a member's rows of a table."""
    return [row for row in world_on(now)[table] if row["member_id"] == member_id]


def lines_of(member_id: str, now: datetime = NOON) -> list[dict[str, Any]]:
    """Give a member's reimbursements, latest care first."""
    return sorted(rows_of("reimbursement", member_id, now), key=lambda row: row["care_on"], reverse=True)


@pytest.mark.parametrize("now", DAYS)
def test_every_line_adds_up_whatever_the_day(now: datetime) -> None:
    """On New Year's Day, on 29 February, on a holiday: nothing is in the future, and the sum is the price."""
    for line in world_on(now)["reimbursement"]:
        paid = line["paid_by_public_scheme"] + line["paid_by_other_insurer"] + line["paid_by_us"] + line["out_of_pocket"]
        assert (line["id"], line["billed"]) == (line["id"], paid)
        assert min(line["paid_by_us"], line["out_of_pocket"], line["paid_by_public_scheme"]) >= 0
        days = [day for day in (line["care_on"], line["received_on"], line["processed_on"], line["paid_on"]) if day]
        assert days == sorted(days)
        assert days[-1] <= now.astimezone(PARIS).date()
        assert line["paid_on"] is None or is_business_day(line["paid_on"])


@pytest.mark.parametrize("now", DAYS)
def test_every_line_can_be_computed_again_from_what_it_tells(now: datetime) -> None:
    """The assistant explains a line with its base, its rates and its guarantee: they must give its amounts, to the cent."""
    for line in world_on(now)["reimbursement"]:
        guarantee = Guarantee.parse(line["guarantee"]["text"])
        care = Care(line["billed"], line["reimbursement_base"], Decimal(line["rate"]), Decimal(line["rate_in_pathway"]),
                    line["flat_contribution"])
        shares = share(care, guarantee, line["paid_by_other_insurer"])
        assert (line["id"], shares.paid_by_public_scheme, shares.paid_by_us, shares.pathway_surcharge) == (
            line["id"], line["paid_by_public_scheme"], line["paid_by_us"], line["pathway_surcharge"])


@pytest.mark.parametrize("now", DAYS)
def test_statements_tell_what_was_paid_and_nothing_else(now: datetime) -> None:
    """A statement is one person's lines of one day of payment: their sum is the transfer."""
    world = world_on(now)
    by_statement = defaultdict(list)
    for line in world["reimbursement"]:
        assert (line["statement_id"] is None) == (line["paid_on"] is None)
        by_statement[line["statement_id"]].append(line)
    for statement in world["statement"]:
        lines = by_statement[statement["id"]]
        assert statement["line_count"] == len(lines)
        assert statement["paid_by_us"] == sum(line["paid_by_us"] for line in lines)
        assert {(line["beneficiary_id"], line["paid_on"]) for line in lines} == {(statement["beneficiary_id"], statement["issued_on"])}
    papers = {row["id"] for row in world["paper"]}
    assert {row["paper_id"] for row in world["statement"] + world["member_card"]} <= papers


@pytest.mark.parametrize("now", DAYS)
def test_nobody_is_paid_beyond_the_yearly_amounts_or_the_public_caps(now: datetime) -> None:
    """Yearly amounts and the 50 € of flat contributions and deductibles hold for each person and civil year."""
    paid: defaultdict[tuple[str, str, int], Decimal] = defaultdict(Decimal)
    retained: defaultdict[tuple[str, int], Decimal] = defaultdict(Decimal)
    plans = {row["id"]: row["plan"] for row in world_on(now)["contract"]}
    contracts = {row["id"]: plans[row["contract_id"]] for row in world_on(now)["beneficiary"]}
    for line in world_on(now)["reimbursement"]:
        paid[line["beneficiary_id"], line["covered_as"], line["care_on"].year] += line["paid_by_us"]
        retained[line["beneficiary_id"], line["care_on"].year] += line["flat_contribution"]
    for (person, covered_as, _), amount in paid.items():
        benefit = benefits_of(contracts[person]).get(covered_as)
        assert amount <= (Decimal(0) if benefit is None else benefit.yearly or Decimal(10_000))
    assert max(retained.values()) <= 100


@pytest.mark.parametrize("now", DAYS)
def test_no_care_is_before_its_contract_or_its_birth(now: datetime) -> None:
    """Two years of care, for who has been there for two years."""
    since = {row["id"]: row["since_on"] for row in world_on(now)["beneficiary"]}
    for line in world_on(now)["reimbursement"]:
        assert (line["id"], line["care_on"] >= since[line["beneficiary_id"]]) == (line["id"], True)


def test_the_same_day_gives_the_same_world() -> None:
    """A demonstration told in a document, a test, a benchmark: everybody sees the same people and the same cents."""
    assert list(Seeding(load_world(), NOON).rows()) == list(Seeding(load_world(), NOON).rows())


def test_the_world_is_peopled() -> None:
    """At least thirty members who sign in, in families, with two years of care and every way to guarantee."""
    world = world_on(NOON)
    assert len(world["member"]) >= 30
    assert sum(known["relationship"] != "self" for known in world["beneficiary"]) >= 10
    assert min(line["care_on"] for line in world["reimbursement"]) < date(2024, 12, 31)
    told = [line["guarantee"] for line in world["reimbursement"] if line["limited_by"] is None]
    assert {(one["is_flat"], one["includes_public_share"]) for one in told} == {(False, True), (False, False), (True, True), (True, False)}
    assert any(one["excess_cap"] for one in told)


STORIES: list[tuple[str, str, dict[str, Any]]] = [
    ("m-07", "reimbursement", {"limited_by": "waiting_period", "is_refused": True}),
    ("m-07", "waiting_period", {"covered_as": "dental"}),
    ("m-08", "access_state", {"failed_attempts": 3}),
    ("m-09", "reimbursement", {"rate": 100, "care_kind": "general_practitioner"}),
    ("m-11", "reimbursement", {"limited_by": "not_covered", "is_refused": True}),
    ("m-11", "reimbursement", {"limited_by": "renewed_too_early", "is_refused": True}),
    ("m-13", "representation", {"reader_id": "m-12", "kind": "guardian", "may_act": True}),
    ("m-17", "representation", {"reader_id": "m-18", "kind": "proxy", "may_act": False}),
    ("m-19", "beneficiary", {"has_noemie_link": False}),
    ("m-19", "reimbursement", {"received_on": None}),
    ("m-20", "reimbursement", {"paid_on": None, "processed_on": date(2026, 10, 29)}),
    ("m-21", "reimbursement", {"paid_by_other_insurer": Decimal("250.00"), "out_of_pocket": Decimal("0.00")}),
    ("m-22", "reimbursement", {"limited_by": "contract_ended"}),
    ("m-23", "reimbursement", {"rate": 90, "care_kind": "general_practitioner"}),
    ("m-25", "reimbursement", {"received_on": None, "care_kind": "specialist"}),
    ("m-26", "instalment", {"rejected_on": date(2026, 11, 13)}),
    ("m-32", "reimbursement", {"limited_by": "yearly_limit", "care_kind": "implant"}),
    ("m-33", "contract", {"since_on": date(2026, 12, 1)}),
]


@pytest.mark.parametrize(("member_id", "table", "wanted"), STORIES)
def test_each_story_is_in_the_record(member_id: str, table: str, wanted: dict[str, Any]) -> None:
    """What the README says a member is good for."""
    assert any(wanted.items() <= row.items() for row in rows_of(table, member_id))


def test_some_things_are_missing_on_purpose() -> None:
    """No bank details, no card this year: absences are stories too."""
    assert rows_of("bank_account", "m-20") == []
    assert {row["valid_until_on"].year for row in rows_of("member_card", "m-10")} == {2025}


def test_who_sees_whose_lines() -> None:
    """The matrix: each his own, parents their minors, another adult only when he agreed."""
    seen = defaultdict(dict)
    for row in world_on(NOON)["sight"]:
        seen[row["reader_id"]][row["beneficiary_id"]] = row["why"]
    assert seen["demo-3"] == {"b-demo-3": "own", "b-302": "agreed"}
    assert seen["m-14"] == {"b-m-14": "own", "b-1404": "parent"}
    assert seen["m-15"] == {"b-1402": "own"}
    assert seen["m-16"] == {"b-1403": "own"}
    assert seen["m-30"] == {"b-m-30": "own", "b-3003": "parent", "b-3004": "parent"}
    assert seen["m-31"] == {"b-3002": "own", "b-3003": "parent", "b-3004": "parent"}
    louis = next(row for row in world_on(NOON)["sight"] if row["beneficiary_id"] == "b-203")
    assert louis["until_on"] == date(2038, 6, 27)


def test_camille_has_something_left_to_pay_to_her_dermatologist() -> None:
    """The most frequent question of all: why so little?"""
    assert lines_of("demo-1")[0]["out_of_pocket"] == Decimal("20.50")


@pytest.mark.parametrize("now", DAYS)
def test_julien_waits_for_a_transfer_since_three_weeks(now: datetime) -> None:
    """The public scheme has told us, and nothing happened since."""
    late = [line for line in lines_of("demo-2", now) if line["paid_on"] is None and not line["is_refused"]]

    assert len(late) == 1
    assert 17 <= (now.date() - late[0]["received_on"]).days <= 21


def test_the_newborn_is_on_no_contract() -> None:
    """Yasmine's story is that the baby still has to be added."""
    people = [row for row in world_on(NOON)["beneficiary"] if row["member_id"] == "demo-4"]

    assert all(is_adult(row["birth_on"], NOON.date()) for row in people)


def test_bernard_waits_for_an_answer_and_knows_its_day() -> None:
    """A complaint of 14 October, acknowledged on the 20th, is answered by 14 December; the question by tomorrow."""
    complaint, question = world_on(NOON)["request"]

    assert (complaint["status"], complaint["acknowledged_on"], complaint["due_on"]) == (
        "acknowledged", date(2026, 10, 20), date(2026, 12, 14))
    assert (question["status"], question["due_on"]) == ("in_progress", date(2026, 11, 24))


def test_monique_has_large_costs_and_a_home_contract() -> None:
    """Teeth and glasses, more than six hundred euros of her own."""
    left = sum((line["out_of_pocket"] for line in lines_of("demo-6")), Decimal(0))
    kinds = {row["kind"] for row in world_on(NOON)["contract"] if row["member_id"] == "demo-6"}

    assert left > 600
    assert kinds == {"health", "home"}


def test_nobody_can_be_taken_for_somebody_real() -> None:
    """Telephone numbers kept for fiction, mailboxes that cannot exist; towns and postal codes that do."""
    for person in world_on(NOON)["member"]:
        assert re.fullmatch(r"06 39 98 \d\d \d\d", person["phone"])
        assert person["email"] is None or person["email"].endswith("@courriel.example")
        assert find_town(person["town"], person["postal_code"]) is not None


@pytest.mark.parametrize("now", DAYS)
def test_the_assistant_can_explain_every_line(now: datetime) -> None:
    """A demonstration whose own lines do not hold would hand everybody over."""
    for row in world_on(now)["reimbursement"]:
        guarantee = Guarantee.parse(row["guarantee"]["text"])
        found = check(SimpleNamespace(**row), guarantee=guarantee, paid_by_other=row["paid_by_other_insurer"])

        assert isinstance(found, Agreement), row["id"]
        assert explain(found.shares, found.care, guarantee)[-1].amount == row["out_of_pocket"]


@pytest.mark.parametrize("now", DAYS)
def test_every_line_is_of_a_kind_that_the_computation_knows(now: datetime) -> None:
    """The kind gives the name printed and the benefit it counts for; there is one table of kinds."""
    for row in world_on(now)["reimbursement"]:
        kind = care_kind(row["care_kind"])

        assert row["care"].startswith(kind.label)
        assert (row["covered_as"], row["units"] >= 1) == (kind.heading, True)


def test_a_cardiologist_seen_without_a_letter_costs_more() -> None:
    """Nicolas left the pathway: the line says so, in words and in euros."""
    line = next(row for row in world_on(NOON)["reimbursement"] if row["pathway_surcharge"])

    assert line["care"].endswith(", hors parcours de soins")
    assert line["pathway_surcharge"] == Decimal("12.60")


def test_masked_contacts_tell_nothing_more() -> None:
    """Enough for their owner; not the length, not the rest."""
    assert masked_email("camille.moreau@courriel.example") == masked_email("c@courriel.example") == "c•••••@courriel.example"
    assert masked_phone("06 39 98 12 42") == "06 •• •• •• 42"


def a_caller(level: int = 1, minutes: int = 5, advisor: str | None = None) -> Caller:
    """Make a caller for demo-1."""
    return Caller("demo-1", level, NOON + timedelta(minutes=minutes), advisor)


@pytest.mark.parametrize("action", list(Action))
def test_every_action_needs_a_fresh_proof(action: Action) -> None:
    """Its level and not expired; the very moment of expiry is too late; a signed-in member is told that a code is enough."""
    needed = LEVEL_NEEDED[action]
    check_access(a_caller(level=needed), "demo-1", action, NOON)
    for level in range(1, needed):
        with pytest.raises(CodeNeeded):
            check_access(a_caller(level=level), "demo-1", action, NOON)
    for caller in (a_caller(level=0), a_caller(level=needed, minutes=0), Caller("demo-1", needed, None)):
        with pytest.raises(SignInNeeded):
            check_access(caller, "demo-1", action, NOON)
    with pytest.raises(Forbidden):
        check_access(a_caller(level=3), "demo-2", action, NOON)


@pytest.mark.parametrize("action", list(Action))
def test_an_advisor_only_reads(action: Action) -> None:
    """Whatever the member's level, an advisor's name opens reading, and copying a complaint of the register; nothing else."""
    advisor = a_caller(level=3, advisor="a-12")
    if action in (Action.READ, Action.MIRROR_COMPLAINT):
        check_access(advisor, "demo-1", action, NOON)
        return
    with pytest.raises(Forbidden):
        check_access(advisor, "demo-1", action, NOON)
