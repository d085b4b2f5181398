"""Our client against the real sandbox server: what is read, what is changed once, and what is refused."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta
from decimal import Decimal

import pytest

from kernel.errors import Conflict, Forbidden, Malformed, NotFound, SignInNeeded, TooLarge, Unavailable
from member_api.client import MemberApiClient
from member_api.contract import (
    PROOF_LIMIT,
    Address,
    AddressChange,
    Civility,
    ContractKind,
    Proof,
    ReimbursementStatus,
    Relationship,
    RequestKind,
    RequestStatus,
)
from tests.integration.member_api.conftest import Sandbox

MOVE = AddressChange(Address("12 rue Gambetta", "2e étage", "86000", "Poitiers"), date(2026, 12, 1))
BILL = Proof("facture.pdf", "application/pdf", b"%PDF-1.7 une facture")


async def test_a_member_reads_his_file(any_sandbox: Sandbox) -> None:
    """Everything the assistant says of a file comes from this answer, contacts masked."""
    member = await any_sandbox.client.member(any_sandbox.caller())

    assert (member.civility, member.first_name, member.last_name) == (Civility.MADAME, "Camille", "Moreau")
    assert member.address == Address("14 rue des Feuillants", None, "86000", "Poitiers")
    assert member.contacts.email == "c•••••@courriel.example"
    assert member.contacts.phone == "06 •• •• •• 42"
    assert [contract.kind for contract in member.contracts] == [ContractKind.HEALTH]
    assert [known.relationship for known in member.beneficiaries] == [Relationship.SELF]


async def test_a_statement_explains_what_is_left_to_pay(any_sandbox: Sandbox) -> None:
    """Camille's dermatologist: 50 € billed, 20.50 € left to her; the vectors' V03, read through the whole stack."""
    line = (await any_sandbox.client.reimbursements(any_sandbox.caller()))[0]

    assert (line.billed, line.reimbursement_base) == (Decimal("50.00"), Decimal("31.50"))
    assert (line.paid_by_public_scheme, line.flat_contribution) == (Decimal("20.05"), Decimal("2.00"))
    assert (line.paid_by_us, line.out_of_pocket) == (Decimal("9.45"), Decimal("20.50"))
    assert (line.status, line.paid_on) == (ReimbursementStatus.PAID, date(2026, 11, 16))


async def test_statements_can_be_asked_for_one_person_and_since_a_day(sandbox: Sandbox) -> None:
    """A parent asks about one child, lately."""
    caller = sandbox.caller("demo-2")
    louis = await sandbox.client.reimbursements(caller, beneficiary_id="b-203", since=date(2026, 8, 1))
    lately = await sandbox.client.reimbursements(caller, since=date(2026, 9, 1))
    nobody = await sandbox.client.reimbursements(caller, beneficiary_id="b-601")

    assert [line.beneficiary_id for line in louis] == ["b-203"]
    assert [line.care_on >= date(2026, 9, 1) for line in lately] == [True, True]
    assert nobody == ()


async def test_a_change_of_address_waits_for_its_proof(any_sandbox: Sandbox) -> None:
    """Until a person has accepted the document, letters go to the previous address, and the member can see why."""
    caller = any_sandbox.caller()
    asked = await any_sandbox.client.change_address(caller, MOVE, key="summary-1-confirm")
    received = await any_sandbox.client.send_proof(caller, asked.id, BILL, key="summary-1-proof")
    member = await any_sandbox.client.member(caller)

    assert (asked.kind, asked.status, asked.new_address) == (
        RequestKind.ADDRESS_CHANGE, RequestStatus.PROOF_EXPECTED, MOVE.address)
    assert (asked.from_on, asked.notice_on) == (MOVE.from_on, date(2026, 11, 23))
    assert (received.id, received.status) == (asked.id, RequestStatus.PROOF_RECEIVED)
    assert member.address.line1 == "14 rue des Feuillants"
    assert await any_sandbox.client.requests(caller) == (received,)


async def test_an_accepted_address_holds_from_its_day_on(sandbox: Sandbox) -> None:
    """A move on 1 December must not redirect the letters of November."""
    caller = sandbox.caller()
    asked = await sandbox.client.change_address(caller, MOVE, key="summary-1-confirm")
    await sandbox.client.send_proof(caller, asked.id, BILL, key="summary-1-proof")
    form = {"decision": "accept"}
    await sandbox.session.post(f"{sandbox.url}/sandbox/requests/{asked.id}", data=form, allow_redirects=False)
    before = (await sandbox.client.member(caller)).address
    sandbox.clock.advance(timedelta(days=8))
    after = (await sandbox.client.member(sandbox.caller())).address

    assert before.line1 == "14 rue des Feuillants"
    assert after == MOVE.address


async def test_confirming_twice_changes_once(any_sandbox: Sandbox) -> None:
    """Two devices, a double click, a worker that runs again: one request, one answer."""
    caller = any_sandbox.caller()
    answers = await asyncio.gather(*(
        any_sandbox.client.change_address(caller, MOVE, key="summary-1-confirm") for _ in range(5)))

    assert len(set(answers)) == 1
    assert len(await any_sandbox.client.requests(caller)) == 1


async def test_the_first_answer_is_given_again_whatever_happened_since(sandbox: Sandbox) -> None:
    """A late repetition must find what it did, not what has become of it."""
    caller = sandbox.caller()
    first = await sandbox.client.change_address(caller, MOVE, key="summary-1-confirm")
    await sandbox.client.send_proof(caller, first.id, BILL, key="summary-1-proof")

    assert await sandbox.client.change_address(caller, MOVE, key="summary-1-confirm") == first


async def test_a_key_is_good_for_one_request_only(any_sandbox: Sandbox) -> None:
    """A summary changed after it was shown must not act under the old confirmation."""
    caller = any_sandbox.caller()
    asked = await any_sandbox.client.change_address(caller, MOVE, key="summary-1-confirm")
    other = AddressChange(MOVE.address, date(2026, 12, 2))

    with pytest.raises(Conflict, match="key_reused"):
        await any_sandbox.client.change_address(caller, other, key="summary-1-confirm")
    with pytest.raises(Conflict, match="key_reused"):
        await any_sandbox.client.send_proof(caller, asked.id, BILL, key="summary-1-confirm")
    assert len(await any_sandbox.client.requests(caller)) == 1


async def test_two_members_may_use_the_same_key(sandbox: Sandbox) -> None:
    """A key says nothing about anybody else, and blocks nobody else."""
    mine = await sandbox.client.change_address(sandbox.caller("demo-1"), MOVE, key="summary-1-confirm")
    theirs = await sandbox.client.change_address(sandbox.caller("demo-2"), MOVE, key="summary-1-confirm")

    assert mine.id != theirs.id


async def test_a_proof_goes_only_to_a_request_that_waits_for_one(sandbox: Sandbox) -> None:
    """A document for somebody else's request does not exist for us; a complaint waits for none; five are enough."""
    bernard = sandbox.caller("demo-5")
    asked = await sandbox.client.change_address(sandbox.caller(), MOVE, key="summary-1-confirm")
    with pytest.raises(NotFound):
        await sandbox.client.send_proof(bernard, asked.id, BILL, key="proof-of-another")
    with pytest.raises(NotFound):
        await sandbox.client.send_proof(bernard, "../../demo-1", BILL, key="proof-elsewhere")
    with pytest.raises(Conflict, match="no_proof_expected"):
        await sandbox.client.send_proof(bernard, "r-501", BILL, key="proof-of-complaint")
    for number in range(5):
        await sandbox.client.send_proof(sandbox.caller(), asked.id, BILL, key=f"proof-number-{number}")
    with pytest.raises(Conflict, match="no_proof_expected"):
        await sandbox.client.send_proof(sandbox.caller(), asked.id, BILL, key="proof-number-6")


async def test_a_proof_is_what_it_says_and_not_too_large(sandbox: Sandbox) -> None:
    """A program called facture.pdf is not a bill."""
    caller = sandbox.caller()
    asked = await sandbox.client.change_address(caller, MOVE, key="summary-1-confirm")

    with pytest.raises(Malformed):
        await sandbox.client.send_proof(caller, asked.id, Proof("a.pdf", "application/pdf", b"MZ\x90"), key="proof-program")
    with pytest.raises(Malformed):
        await sandbox.client.send_proof(caller, asked.id, Proof("a.svg", "image/svg+xml", b"<svg>"), key="proof-of-svg")
    with pytest.raises(TooLarge):
        await sandbox.client.send_proof(
            caller, asked.id, Proof("a.pdf", "application/pdf", b"%PDF-" + bytes(PROOF_LIMIT)), key="proof-too-large")
    largest = Proof("a.pdf", "application/pdf", b"%PDF-" + bytes(PROOF_LIMIT - 5))
    assert (await sandbox.client.send_proof(caller, asked.id, largest, key="proof-largest")).id == asked.id


async def test_an_address_that_cannot_be_one_is_refused(sandbox: Sandbox) -> None:
    """Our own system is not believed either: the insurer checks what reaches a letter."""
    for line1, postal_code, year in (("", "86000", 2026), ("x" * 39, "86000", 2026), ("1 rue\x00", "86000", 2026),
                                     ("1 rue", "8600", 2026), ("1 rue", "٨٦٠٠٠", 2026), ("1 rue", "86000", 2016)):
        change = AddressChange(Address(line1, None, postal_code, "Poitiers"), date(year, 12, 1))
        with pytest.raises(Malformed):
            await sandbox.client.change_address(sandbox.caller(), change, key="summary-1-confirm")

    assert await sandbox.client.requests(sandbox.caller()) == ()


async def test_an_expired_proof_is_refused_before_any_call(sandbox: Sandbox) -> None:
    """Five minutes after the token ended, the assistant must ask to sign in again."""
    caller = sandbox.caller(minutes=5)
    sandbox.clock.advance(timedelta(minutes=5))
    await sandbox.fail("error")

    with pytest.raises(SignInNeeded):
        await sandbox.client.member(caller)


async def test_too_low_a_level_asks_to_sign_in(sandbox: Sandbox) -> None:
    """Level 0 reads and changes nothing."""
    with pytest.raises(SignInNeeded):
        await sandbox.client.member(sandbox.caller(level=0))
    with pytest.raises(SignInNeeded):
        await sandbox.client.change_address(sandbox.caller(level=0), MOVE, key="summary-1-confirm")


async def test_an_unknown_member_is_forbidden_like_any_other(sandbox: Sandbox) -> None:
    """Nobody can find out who is a member by asking."""
    with pytest.raises(Forbidden):
        await sandbox.client.member(sandbox.caller("demo-7"))
    with pytest.raises(Forbidden):
        await sandbox.client.change_address(sandbox.caller("demo-7"), MOVE, key="summary-1-confirm")


async def test_an_advisor_reads_and_changes_nothing(sandbox: Sandbox) -> None:
    """At the desk the member's own proof has long expired; the advisor's replaces it, for reading only."""
    advisor = sandbox.caller("demo-2", level=0, minutes=-60, advisor="a-12")

    assert (await sandbox.client.member(advisor)).first_name == "Julien"
    with pytest.raises(Forbidden):
        await sandbox.client.change_address(advisor, MOVE, key="summary-1-confirm")


async def test_a_service_the_insurer_does_not_know_gets_nothing(without_service: MemberApiClient, sandbox: Sandbox) -> None:
    """A wrong service token is our fault, not the member's: he is told the service is away, not to sign in."""
    with pytest.raises(Unavailable):
        await without_service.member(sandbox.caller())
