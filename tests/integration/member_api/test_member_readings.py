"""What each member reads, and whose lines: through our client and the real sandbox server."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest

from kernel.errors import Forbidden, Malformed, NotFound, SignInNeeded
from member_api.contract import (
    Caller,
    CardStatus,
    Frequency,
    InstalmentStatus,
    LateReason,
    Limit,
    PaperKind,
    ReimbursementFilter,
    ReimbursementStatus,
    RepresentationKind,
    Sight,
)
from member_api.sandbox.audit import audited
from tests.integration.member_api.conftest import Sandbox

WHOSE_LINES = [
    # reader, whose file, beneficiaries whose lines he reads
    ("demo-1", None, {"b-demo-1"}),
    ("demo-2", None, {"b-demo-2", "b-202", "b-203"}),
    ("demo-3", None, {"b-demo-3", "b-302"}),
    ("m-12", None, {"b-m-12"}),
    ("m-12", "m-13", {"b-m-13"}),
    ("m-14", None, {"b-m-14", "b-1404"}),
    ("m-15", None, {"b-1402"}),
    ("m-16", None, {"b-1403"}),
    ("m-18", "m-17", {"b-m-17"}),
    ("m-30", None, {"b-m-30", "b-3003", "b-3004"}),
    ("m-31", None, {"b-3002", "b-3003", "b-3004"}),
]


@pytest.mark.parametrize(("reader", "file_id", "people"), WHOSE_LINES)
async def test_whose_lines_are_read(sandbox: Sandbox, reader: str, file_id: str | None, people: set[str]) -> None:
    """One's own, one's minors', those of who agreed; everywhere the same people: lines, statements, cards, amounts, papers."""
    caller, client = replace(sandbox.caller(reader), file_id=file_id), sandbox.client
    statements = (await client.statements(caller, limit=100)).statements
    cards = await client.member_cards(caller)
    papers = (await client.papers(caller, limit=100)).papers

    assert {line.beneficiary_id for line in await client.reimbursements(caller)} == people
    assert {one.beneficiary_id for one in statements} == people
    assert {one for card in cards for one in card.beneficiary_ids} == people
    assert {paper.beneficiary_id for paper in papers} - {None} <= people
    assert {use.beneficiary_id for benefit in (await client.benefits(caller)).benefits for use in benefit.uses} <= people
    assert {one.id for one in await client.beneficiaries(caller) if one.sight is not None} == people


HIDDEN = [("m-14", "b-1402"), ("m-14", "b-1403"), ("m-15", "b-m-14"), ("m-15", "b-1404"), ("m-16", "b-1404"), ("demo-1", "b-203")]


@pytest.mark.parametrize(("reader", "beneficiary_id"), HIDDEN)
async def test_asking_for_somebody_else_by_his_id_gives_nothing(sandbox: Sandbox, reader: str, beneficiary_id: str) -> None:
    """An id found on a paper, or guessed, opens nothing; and looks like one that does not exist."""
    caller, client = sandbox.caller(reader), sandbox.client

    for identifier in (beneficiary_id, "b-0000"):
        assert await client.reimbursements(caller, beneficiary_id=identifier) == ()
        assert (await client.statements(caller, beneficiary_id=identifier)).statements == ()
        assert (await client.overview(caller, beneficiary_id=identifier)).totals == ()


CLOSED = [
    ("m-13", "m-12"),  # the ward does not open his guardian's file
    ("m-17", "m-18"), ("m-14", "m-15"), ("m-15", "m-14"), ("m-16", "m-15"), ("demo-1", "demo-2"), ("m-12", "m-14"),
    ("demo-1", "nobody"),
]


@pytest.mark.parametrize(("reader", "file_id"), CLOSED)
async def test_a_file_that_is_not_ours_to_open_is_closed(sandbox: Sandbox, reader: str, file_id: str) -> None:
    """Not even a husband's, a mother's or a guardian's, without the right."""
    caller, client = replace(sandbox.caller(reader), file_id=file_id), sandbox.client

    for read in (client.member, client.reimbursements, client.statements, client.premiums, client.papers, client.requests):
        with pytest.raises(Forbidden):
            await read(caller)


async def test_a_representation_ends_with_its_day(sandbox: Sandbox) -> None:
    """Nathalie's proxy for her mother lasts three hundred days, and not one more."""
    [known] = await sandbox.client.representations(sandbox.caller("m-18"))
    sandbox.clock.advance(timedelta(days=300))
    assert (await sandbox.client.member(replace(sandbox.caller("m-18"), file_id="m-17"))).first_name == "Odette"
    sandbox.clock.advance(timedelta(days=1))

    assert (known.kind, known.may_act, known.until_on) == (RepresentationKind.PROXY, False, date(2027, 9, 19))
    assert await sandbox.client.representations(sandbox.caller("m-18")) == ()
    with pytest.raises(Forbidden):
        await sandbox.client.member(replace(sandbox.caller("m-18"), file_id="m-17"))


async def test_a_child_who_comes_of_age_is_no_longer_read(sandbox: Sandbox) -> None:
    """Jade is 18 on 17 August 2031: her father reads her lines until the day before."""
    sandbox.clock.advance(date(2031, 8, 16) - sandbox.clock.now().date())
    before = {one.id: one.sight for one in await sandbox.client.beneficiaries(sandbox.caller("m-14"))}
    sandbox.clock.advance(timedelta(days=1))
    after = {one.id: one.sight for one in await sandbox.client.beneficiaries(sandbox.caller("m-14"))}

    assert (before["b-1404"], after["b-1404"]) == (Sight.PARENT, None)
    assert set(before) == set(after)


async def test_the_money_of_a_contract_is_its_holders(sandbox: Sandbox) -> None:
    """Premiums and bank details: the holder and the guardian, not the husband, not the proxy."""
    client = sandbox.client
    for caller in (sandbox.caller("m-14"), replace(sandbox.caller("m-12"), file_id="m-13")):
        assert (await client.premiums(caller))[0].monthly > 0
        assert (await client.member(caller)).bank_account is not None
        assert (await client.overview(caller)).premiums_paid is not None
    for caller in (sandbox.caller("m-15"), replace(sandbox.caller("m-18"), file_id="m-17")):
        assert (await client.member(caller)).bank_account is None
        assert (await client.overview(caller)).premiums_paid is None
        assert all(paper.kind is not PaperKind.PAYMENT_SCHEDULE for paper in (await client.papers(caller, limit=100)).papers)
        for read in (client.premiums, client.payment_schedule):
            with pytest.raises(Forbidden):
                await read(caller)


async def test_the_state_of_an_access_is_told_to_advisors_only(sandbox: Sandbox) -> None:
    """Whoever tries to get into an account must not learn from us how far he is."""
    advisor = sandbox.caller("m-08", level=0, minutes=-60, advisor="a-12")
    state = await sandbox.client.access_state(advisor)

    assert (state.failed_attempts, state.locked_at) == (3, sandbox.clock.now() - timedelta(days=1))
    assert state.last_reset_at == sandbox.clock.now() - timedelta(days=3)
    with pytest.raises(Forbidden):
        await sandbox.client.access_state(sandbox.caller("m-08", level=3))


async def test_every_reading_leaves_a_line(any_sandbox: Sandbox) -> None:
    """Who read which lines of whom, an advisor by name; and who tried in vain."""
    client, advisor = any_sandbox.client, any_sandbox.caller("demo-2", advisor="a-12")
    lines = await client.reimbursements(any_sandbox.caller("demo-2"), since=date(2026, 9, 1))
    await client.member(advisor)
    with pytest.raises(Forbidden):
        await client.premiums(replace(any_sandbox.caller("demo-1"), file_id="demo-2"))
    with pytest.raises(SignInNeeded):
        await client.papers(any_sandbox.caller("demo-2", level=0))

    found = await any_sandbox.database.read(lambda tx: audited(tx, "demo-2"))
    assert [(one.reader_id, one.advisor_id, one.what, one.allowed) for one in found] == [
        ("demo-2", None, "reimbursements", True), ("demo-2", "a-12", "file", True), ("demo-1", None, "premiums", False),
        ("demo-2", None, "papers", False)]
    assert found[0].ids == tuple(line.id for line in lines)
    assert found[2].ids == found[3].ids == ()


async def test_pages_give_every_line_once(any_sandbox: Sandbox) -> None:
    """Seven lines at a time, latest care first, and the same as all at once."""
    client, caller, cursor, found = any_sandbox.client, any_sandbox.caller("demo-6"), None, []
    while True:
        page = await client.reimbursement_page(caller, ReimbursementFilter(), limit=7, cursor=cursor)
        found += page.lines
        if (cursor := page.next_cursor) is None:
            break

    assert tuple(found) == await client.reimbursements(caller)
    assert len(found) > 50
    assert all(newer.care_on >= older.care_on for newer, older in pairwise(found))


async def test_a_cursor_of_somebody_else_is_refused(sandbox: Sandbox) -> None:
    """A cursor names a line: it must be one of those listed."""
    theirs = (await sandbox.client.reimbursement_page(sandbox.caller("demo-6"), ReimbursementFilter(), limit=1)).next_cursor

    with pytest.raises(Malformed):
        await sandbox.client.reimbursement_page(sandbox.caller("demo-1"), ReimbursementFilter(), cursor=theirs)


async def test_lines_can_be_asked_for_by_period_care_and_status(sandbox: Sandbox) -> None:
    """« Mes lunettes de l'année », « les dents en 2026 », « ce qui n'est pas payé »."""
    client, caller = sandbox.client, sandbox.caller("demo-6")
    year = {"since": date(2026, 1, 1), "until": date(2026, 12, 31)}
    [glasses] = await client.reimbursements(caller, care="glasses", **year)
    dental = await client.reimbursements(caller, care="dental", **year)
    one_day = await client.reimbursements(caller, since=glasses.care_on, until=glasses.care_on)

    assert glasses.billed == Decimal("450.00")
    assert {line.care_kind for line in dental} == {"crown", "dental_care"}
    assert glasses in one_day
    assert await client.reimbursements(caller, care="osteopathy") == ()
    assert [line.late_reason for line in await client.reimbursements(
        sandbox.caller("demo-2"), status=ReimbursementStatus.RECEIVED)] == [LateReason.IN_PROGRESS]


LATE = [
    ("demo-2", LateReason.IN_PROGRESS, 1), ("m-19", LateReason.NO_NOEMIE_LINK, 1), ("m-20", LateReason.BANK_DETAILS_MISSING, 2),
    ("m-25", LateReason.WAITING_PUBLIC_SCHEME, 1), ("demo-1", None, 0),
]


@pytest.mark.parametrize(("member_id", "reason", "count"), LATE)
async def test_a_late_reimbursement_says_why(sandbox: Sandbox, member_id: str, reason: LateReason | None, count: int) -> None:
    """Each cause has its own remedy; told wrong, the member waits for nothing."""
    late = [line for line in await sandbox.client.reimbursements(sandbox.caller(member_id)) if line.late_reason is not None]

    assert [line.late_reason for line in late] == [reason] * count


async def test_refused_lines_say_why(sandbox: Sandbox) -> None:
    """Not covered, waiting period, too early, ended, the year's amount used up."""
    found = {}
    for member_id in ("m-07", "m-11", "m-22", "m-32"):
        lines = await sandbox.client.reimbursements(sandbox.caller(member_id), status=ReimbursementStatus.REFUSED)
        found[member_id] = {line.limited_by for line in lines}

    assert found == {"m-07": {Limit.WAITING_PERIOD}, "m-11": {Limit.NOT_COVERED, Limit.RENEWED_TOO_EARLY},
                     "m-22": {Limit.CONTRACT_ENDED}, "m-32": {Limit.YEARLY_LIMIT}}


async def test_benefits_tell_what_is_used_and_what_is_left(sandbox: Sandbox) -> None:
    """Colette's implants: 1 200 € a year, all used, a new year in January."""
    client, caller = sandbox.client, sandbox.caller("m-32")
    benefits = await client.benefits(caller, care="implant")
    [implant] = benefits.benefits

    assert (benefits.contract_id, benefits.plan, benefits.renews_on) == ("c-3201", "Confort", date(2027, 1, 1))
    assert (implant.guarantee.amount, implant.guarantee.is_flat, implant.yearly_limit) == (Decimal(600), True, Decimal(1200))
    assert [(use.used, use.remaining) for use in implant.uses] == [(Decimal(1200), Decimal(0))]
    assert len((await client.benefits(caller)).benefits) == 15
    with pytest.raises(NotFound):
        await client.benefits(caller, contract_id="c-101")


async def test_waiting_periods_end_on_their_day(sandbox: Sandbox) -> None:
    """Claire joined in September: teeth and glasses begin in December, implants a year later."""
    running = await sandbox.client.waiting_periods(sandbox.caller("m-07"))
    sandbox.clock.advance(timedelta(days=8))
    later = await sandbox.client.waiting_periods(sandbox.caller("m-07"))

    assert [(one.covered_as, one.ends_on) for one in running] == [
        ("dental", date(2026, 12, 1)), ("optical", date(2026, 12, 1)), ("hearing", date(2027, 3, 1)), ("implant", date(2027, 9, 1))]
    assert [one.covered_as for one in later] == ["hearing", "implant"]
    assert await sandbox.client.waiting_periods(sandbox.caller("demo-1")) == ()


async def test_premiums_and_their_schedule(sandbox: Sandbox) -> None:
    """What it costs, when it is next paid, and what came back from the bank."""
    client, caller = sandbox.client, sandbox.caller("m-26")
    [premium] = await client.premiums(caller)
    schedule = (await client.payment_schedule(caller)).instalments
    states = [one.status for one in schedule]

    assert (premium.amount, premium.monthly, premium.frequency) == (Decimal("78.90"), Decimal("78.90"), Frequency.MONTHLY)
    assert premium.unpaid == Decimal("78.90")
    assert premium.next_on == next(one.due_on for one in schedule if one.status is InstalmentStatus.COMING)
    assert (schedule[0].due_on.year, schedule[0].due_on.month) == (2026, 1)
    assert states.count(InstalmentStatus.REJECTED) == 1
    assert (await client.premiums(sandbox.caller("m-17")))[0].amount == 3 * Decimal("78.90")
    assert [one.contract_id for one in await client.premiums(sandbox.caller("demo-6"))] == ["c-601", "c-602"]


CARDS = [("demo-1", [CardStatus.VALID, CardStatus.EXPIRED]), ("m-10", [CardStatus.EXPIRED]), ("m-22", [CardStatus.CANCELLED, CardStatus.EXPIRED]),
         ("m-33", [CardStatus.COMING])]


@pytest.mark.parametrize(("member_id", "states"), CARDS)
async def test_a_card_is_valid_or_says_why_not(sandbox: Sandbox, member_id: str, states: list[CardStatus]) -> None:
    """A pharmacy refuses an expired card: better told before."""
    cards = await sandbox.client.member_cards(sandbox.caller(member_id))
    papers = {paper.id for paper in (await sandbox.client.papers(sandbox.caller(member_id), kind=PaperKind.MEMBER_CARD)).papers}

    assert [card.status for card in cards] == states
    assert {card.paper_id for card in cards} == papers


@pytest.mark.parametrize("member_id", [f"demo-{number}" for number in range(1, 7)])
async def test_the_year_adds_up(sandbox: Sandbox, member_id: str) -> None:
    """The picture of the year is the sum of its lines, for every demonstration member."""
    client, caller = sandbox.client, sandbox.caller(member_id)
    overview = await client.overview(caller, year=2026)
    lines = await client.reimbursements(caller, since=date(2026, 1, 1), until=date(2026, 12, 31))

    assert sum(total.count for total in overview.totals) == len(lines)
    for name in ("billed", "paid_by_public_scheme", "paid_by_us", "out_of_pocket"):
        assert sum(getattr(total, name) for total in overview.totals) == sum(getattr(line, name) for line in lines)
    assert [total.billed for total in overview.totals] == sorted((total.billed for total in overview.totals), reverse=True)
    assert overview.premiums_paid is not None
    assert overview.premiums_paid > 0


@pytest.mark.parametrize("member_id", [f"demo-{number}" for number in range(1, 7)])
async def test_every_statement_is_the_sum_of_its_lines(sandbox: Sandbox, member_id: str) -> None:
    """A transfer on the bank account is found again in the lines, to the cent."""
    client, caller = sandbox.client, sandbox.caller(member_id)
    lines = await client.reimbursements(caller)
    statements = (await client.statements(caller, limit=100)).statements
    papers = {paper.id for paper in (await client.papers(caller, kind=PaperKind.STATEMENT, limit=100)).papers}

    assert statements
    for statement in statements:
        own = [line for line in lines if line.statement_id == statement.id]
        assert (len(own), sum(line.paid_by_us for line in own)) == (statement.line_count, statement.paid_by_us)
    assert {statement.paper_id for statement in statements} <= papers


async def test_two_years_are_there_for_who_was_there(sandbox: Sandbox) -> None:
    """« Mes remboursements de l'an dernier » has an answer for each of the six."""
    for number in range(1, 7):
        last_year = await sandbox.client.reimbursements(sandbox.caller(f"demo-{number}"), since=date(2025, 1, 1), until=date(2025, 12, 31))
        assert last_year


async def test_prevention_is_what_the_contract_includes(sandbox: Sandbox) -> None:
    """Each plan its own list, with conditions; nothing once the contract has ended."""
    assert [item.id for item in await sandbox.client.prevention(sandbox.caller("demo-1"))] == ["descaling", "stop_smoking"]
    assert {item.contract_id for item in await sandbox.client.prevention(sandbox.caller("m-16"))} == {"c-1401"}
    assert await sandbox.client.prevention(sandbox.caller("m-22")) == ()


async def test_a_covered_person_finds_the_contract_that_covers_her(sandbox: Sandbox) -> None:
    """Isabelle's own space: the family's contract, herself, and nobody else."""
    member = await sandbox.client.member(sandbox.caller("m-15"))
    holder = await sandbox.client.beneficiaries(sandbox.caller("m-14"))

    assert ([contract.id for contract in member.contracts], [known.first_name for known in member.beneficiaries]) == (["c-1401"], ["Isabelle"])
    assert [(one.first_name, one.has_own_access, one.sight) for one in holder] == [
        ("Philippe", True, Sight.OWN), ("Isabelle", True, None), ("Théo", True, None), ("Jade", False, Sight.PARENT)]


async def test_missing_bank_details_are_seen_in_the_file(sandbox: Sandbox) -> None:
    """Sandrine's refunds wait for them."""
    assert (await sandbox.client.member(sandbox.caller("m-20"))).bank_account is None
    assert (await sandbox.client.member(sandbox.caller("demo-1"))).bank_account is not None


def test_a_file_id_cannot_change_the_address_called() -> None:
    """It goes into the path: whatever could lead elsewhere is refused before any call."""
    with pytest.raises(Malformed):
        Caller("demo-1", 1, None, file_id="demo-2/../demo-3")
