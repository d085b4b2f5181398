"""The fictional world: coherent on whatever day it is seeded, and made of people who cannot exist."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from kernel.calendar import is_business_day
from kernel.errors import Forbidden, SignInNeeded
from kernel.reimbursement.checking import Agreement, check
from kernel.reimbursement.situation import is_adult
from kernel.towns import find_town
from member_api.contract import Caller
from member_api.sandbox.access import Action
from member_api.sandbox.access import check as check_access
from member_api.sandbox.masking import masked_email, masked_phone
from member_api.sandbox.world import Seeding, load_world

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
DAYS = [NOON, datetime(2027, 1, 1, 12, tzinfo=UTC), datetime(2028, 2, 29, 23, 30, tzinfo=UTC), datetime(2027, 5, 8, 6, tzinfo=UTC)]


def world_on(now: datetime) -> dict[str, list[dict[str, Any]]]:
    """Give the rows of a world seeded at *now*, by table."""
    tables = defaultdict(list)
    for name, row in Seeding(load_world(), now).rows():
        tables[name.removeprefix("sandbox_")].append(row)
    return tables


def lines_of(member_id: str, now: datetime = NOON) -> list[dict[str, Any]]:
    """Give a member's reimbursements, latest care first."""
    lines = [row for row in world_on(now)["reimbursement"] if row["member_id"] == member_id]
    return sorted(lines, key=lambda row: row["care_on"], reverse=True)


@pytest.mark.parametrize("now", DAYS)
def test_every_line_adds_up_whatever_the_day(now: datetime) -> None:
    """On New Year's Day, on 29 February, on a holiday: nothing is in the future, and the sum is the price."""
    for line in world_on(now)["reimbursement"]:
        assert line["billed"] == line["paid_by_public_scheme"] + line["paid_by_us"] + line["out_of_pocket"]
        assert line["care_on"] <= line["received_on"] <= (line["processed_on"] or line["received_on"])
        assert (line["processed_on"] or line["received_on"]) <= (line["paid_on"] or date.max)
        assert (line["paid_on"] or line["received_on"]) <= now.date() + timedelta(days=1)
        assert line["paid_on"] is None or is_business_day(line["paid_on"])


def test_camille_has_something_left_to_pay_to_her_dermatologist() -> None:
    """The most frequent question of all: why so little?"""
    assert lines_of("demo-1")[0]["out_of_pocket"] == Decimal("20.50")


@pytest.mark.parametrize("now", DAYS)
def test_julien_waits_for_a_transfer_since_three_weeks(now: datetime) -> None:
    """The public scheme has told us, and nothing happened since."""
    late = [line for line in lines_of("demo-2", now) if line["processed_on"] is None]

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
        assert isinstance(check(SimpleNamespace(**row)), Agreement), row["id"]


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
    """Level 1 and not expired; the very moment of expiry is too late."""
    check_access(a_caller(), "demo-1", action, NOON)
    for caller in (a_caller(level=0), a_caller(minutes=0), Caller("demo-1", 1, None)):
        with pytest.raises(SignInNeeded):
            check_access(caller, "demo-1", action, NOON)
    with pytest.raises(Forbidden):
        check_access(a_caller(level=3), "demo-2", action, NOON)


@pytest.mark.parametrize("action", list(Action))
def test_an_advisor_only_reads(action: Action) -> None:
    """Whatever the member's level, an advisor's name opens reading and nothing else."""
    advisor = a_caller(level=3, advisor="a-12")
    if action is Action.READ:
        check_access(advisor, "demo-1", action, NOON)
        return
    with pytest.raises(Forbidden):
        check_access(advisor, "demo-1", action, NOON)
