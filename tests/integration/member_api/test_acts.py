"""Acting for a member: each act once whatever is repeated, lost or raced, at its level, in nobody else's file."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from kernel.errors import Conflict, Forbidden, Malformed, NotFound, SignInNeeded
from member_api.client import MemberApiClient
from member_api.contract import (
    Address,
    AddressChange,
    Caller,
    CardReason,
    CareSheet,
    CodeNeeded,
    ComplaintRecord,
    Danger,
    DataRight,
    FamilyEvent,
    FamilyEventKind,
    FieldName,
    NewBeneficiary,
    PlanWish,
    Proof,
    QuoteKind,
    QuoteRequest,
    Relationship,
    Request,
    RequestKind,
    RequestStatus,
)
from tests.integration.member_api.conftest import Sandbox
from tests.integration.member_api.mailbox import code_in, messages, proven
from tests.integration.member_api.test_sandbox_identity import ask_token, sign_in

IBAN = "FR76 3000 6000 0112 3456 7890 189"
PHOTO = Proof("feuille.jpg", "image/jpeg", b"\xff\xd8\xff\xe0 une feuille")
BABY = FamilyEvent(FamilyEventKind.BIRTH, date(2026, 11, 11), NewBeneficiary("Nour", "Benali", date(2026, 11, 11)))
COMPLAINT = ComplaintRecord("R-2026-0042", "Délai de remboursement", date(2026, 11, 23), date(2027, 1, 23))
MOVE = AddressChange(Address("12 rue Gambetta", None, "86000", "Poitiers"), date(2026, 12, 1))

Do = Callable[[MemberApiClient, Caller, str], Awaitable[Any]]
SIMPLE: dict[str, tuple[str, Do]] = {
    "family_event": ("demo-4", lambda api, who, key: api.tell_family_event(who, BABY, key=key)),
    "care_sheet": ("demo-1", lambda api, who, key: api.send_care_sheet(
        who, CareSheet("b-demo-1", date(2026, 11, 3)), PHOTO, key=key)),
    "quote": ("demo-5", lambda api, who, key: api.ask_about_quote(
        who, QuoteRequest(QuoteKind.PRIOR_AGREEMENT, "b-demo-5", "Couronne", Decimal("550.00")), key=key)),
    "member_card": ("demo-3", lambda api, who, key: api.reissue_card(who, CardReason.LOST, key=key)),
    "follow_up": ("demo-2", lambda api, who, key: _follow_up(api, who, key)),
    "plan_change": ("demo-6", lambda api, who, key: api.ask_plan_change(who, "c-601", PlanWish.MORE, key=key)),
    "data_copy": ("demo-1", lambda api, who, key: api.ask_data(who, DataRight.COPY, key=key)),
    "data_erasure": ("demo-1", lambda api, who, key: api.ask_data(who, DataRight.ERASURE, key=key)),
    "complaint": ("demo-1", lambda api, who, key: api.mirror_complaint(who, COMPLAINT, key=key)),
    "protection": ("demo-1", lambda api, who, key: api.protect(who, Danger.PHISHING, key=key)),
    "unlock": ("demo-1", lambda api, who, key: api.ask_unlock(who, key=key)),
}
KEY = "summary-1-confirm"


async def _follow_up(api: MemberApiClient, who: Caller, key: str) -> Request:
    late = next(line for line in await api.reimbursements(who) if line.paid_on is None)
    return await api.follow_up(who, late.id, key=key)


async def deposited(sandbox: Sandbox, caller: Caller, name: FieldName, value: str, key: str = "field-of-1") -> str:
    """Deposit a value; give its id."""
    return (await sandbox.client.deposit(caller, name, value, key=key)).id


@pytest.mark.parametrize("name", SIMPLE)
async def test_an_act_is_done_once(any_sandbox: Sandbox, name: str) -> None:
    """Raced, then repeated after the answer was lost twice: one request, one answer, found again among the requests."""
    member_id, do = SIMPLE[name]
    caller = any_sandbox.caller(member_id)
    before = len(await any_sandbox.client.requests(caller))
    answers = list(await asyncio.gather(*(do(any_sandbox.client, caller, KEY) for _ in range(4))))
    await any_sandbox.fail("lost_answer", 1)
    answers.append(await do(any_sandbox.client, caller, KEY))
    after = await any_sandbox.client.requests(caller)

    assert len({one.id for one in answers}) == 1
    assert len(after) == before + 1
    assert answers[0].id in {one.id for one in after}


@pytest.mark.parametrize("name", SIMPLE)
async def test_an_act_whose_answer_was_lost_was_done(sandbox: Sandbox, name: str) -> None:
    """The first attempt acts, the line is cut, the second finds it."""
    member_id, do = SIMPLE[name]
    caller = sandbox.caller(member_id)
    if name != "follow_up":  # which reads first
        await sandbox.fail("lost_answer", 2)
    asked = await do(sandbox.client, caller, KEY)

    assert [one.id for one in await sandbox.client.requests(caller)].count(asked.id) == 1


@pytest.mark.parametrize("name", SIMPLE)
async def test_an_act_needs_its_proof(sandbox: Sandbox, name: str) -> None:
    """Signed out, expired, or in another member's file: refused, and nothing written."""
    member_id, do = SIMPLE[name]
    with pytest.raises(SignInNeeded):
        await do(sandbox.client, sandbox.caller(member_id, level=0), KEY)
    headers = {**sandbox.headers(sandbox.caller("demo-3" if member_id != "demo-3" else "demo-1")), "Idempotency-Key": KEY}
    async with sandbox.session.post(f"{sandbox.url}/v1/members/{member_id}/protection", headers=headers, json={"danger": "phishing"}) as answer:
        assert answer.status == 403


async def test_another_members_ids_do_not_exist(sandbox: Sandbox) -> None:
    """His child, his line, his contract, his request, his deposited value: never « forbidden », always « unknown »."""
    api, who = sandbox.client, sandbox.caller("demo-1")
    theirs = await api.change_address(sandbox.caller("demo-2"), MOVE, key=KEY)
    two, other = await proven(sandbox, "demo-1"), await proven(sandbox, "demo-2")
    their_iban = await deposited(sandbox, other, FieldName.BANK_DETAILS, IBAN)
    removal = FamilyEvent(FamilyEventKind.REMOVAL, date(2026, 11, 1), leaves="b-202")
    attempts: list[tuple[type[Exception], Awaitable[object]]] = [
        (NotFound, api.tell_family_event(who, removal, key=f"{KEY}-1")),
        (NotFound, api.send_care_sheet(who, CareSheet("b-202", date(2026, 11, 3)), PHOTO, key=f"{KEY}-2")),
        (NotFound, api.ask_about_quote(who, QuoteRequest(QuoteKind.QUOTE, "b-202", "Couronne"), key=f"{KEY}-3")),
        (NotFound, api.follow_up(who, "l-201", key=f"{KEY}-4")),
        (NotFound, api.ask_plan_change(who, "c-201", PlanWish.LESS, key=f"{KEY}-5")),
        (NotFound, api.terminate(two, "c-201", key=f"{KEY}-6")),
        (NotFound, api.cancel_request(who, theirs.id, key=f"{KEY}-7")),
        (Conflict, api.change_bank_details(two, their_iban, key=f"{KEY}-8")),
    ]
    for expected, attempt in attempts:
        with pytest.raises(expected):
            await attempt
    assert await api.requests(who) == ()


async def test_bank_details_change_after_a_code_and_a_wait(any_sandbox: Sandbox) -> None:
    """The old contacts know at once, the account counts after 48 business hours, and only its end is ever shown."""
    caller = await proven(any_sandbox)
    deposit = await any_sandbox.client.deposit(caller, FieldName.BANK_DETAILS, IBAN, key="field-of-1")
    asked = await any_sandbox.client.change_bank_details(caller, deposit.id, key=KEY)
    told = [one for one in await messages(any_sandbox) if "0189" in one["text"]]

    assert (asked.kind, asked.status, asked.masked) == (RequestKind.BANK_CHANGE, RequestStatus.IN_PROGRESS, "0189")
    assert asked.effective_at == asked.cancellable_until == any_sandbox.clock.now() + timedelta(hours=48)
    assert {one["channel"] for one in told} == {"sms", "email"}
    assert "300060" not in str(told) + str(asked) + str(deposit)
    any_sandbox.clock.advance(timedelta(hours=48))
    assert (await any_sandbox.client.requests(any_sandbox.caller()))[0].status is RequestStatus.DONE


async def test_a_change_of_contact_or_bank_needs_a_code(sandbox: Sandbox) -> None:
    """Level 1 is told that a code is enough; the value deposited waits meanwhile."""
    caller = sandbox.caller()
    iban = await deposited(sandbox, caller, FieldName.BANK_DETAILS, IBAN)
    email = await deposited(sandbox, caller, FieldName.EMAIL, "camille@nouveau.example", "field-of-2")
    for attempt in (sandbox.client.change_bank_details(caller, iban, key=KEY), sandbox.client.change_contact(caller, email, key=KEY),
                    sandbox.client.terminate(caller, "c-101", key=KEY)):
        with pytest.raises(CodeNeeded):
            await attempt
    changed = await sandbox.client.change_bank_details(await proven(sandbox), iban, key=KEY)

    assert changed.masked == "0189"


async def test_a_deposited_value_is_good_once_and_for_a_quarter_of_an_hour(sandbox: Sandbox) -> None:
    """And only for what it is: an e-mail address is no account."""
    caller = await proven(sandbox)
    email = await deposited(sandbox, caller, FieldName.EMAIL, "camille@nouveau.example")
    iban = await deposited(sandbox, caller, FieldName.BANK_DETAILS, IBAN, "field-of-2")
    with pytest.raises(Conflict, match="field_expired"):
        await sandbox.client.change_bank_details(caller, email, key=f"{KEY}-1")
    await sandbox.client.change_bank_details(caller, iban, key=f"{KEY}-2")
    with pytest.raises(Conflict, match="field_expired"):
        await sandbox.client.change_bank_details(caller, iban, key=f"{KEY}-3")
    sandbox.clock.advance(timedelta(minutes=15))
    with pytest.raises(Conflict, match="field_expired"):
        await sandbox.client.change_contact(Caller("demo-1", 2, sandbox.clock.now() + timedelta(minutes=5)), email, key=f"{KEY}-4")


async def test_a_value_that_cannot_be_right_is_refused_at_once(sandbox: Sandbox) -> None:
    """While the member still has it before his eyes."""
    for name, value, code in ((FieldName.BANK_DETAILS, IBAN[:-1] + "0", "iban_invalid"), (FieldName.EMAIL, "a@b", "email_invalid"),
                              (FieldName.PHONE, "05 49 00 00 00", "phone_invalid")):
        with pytest.raises(Malformed, match=code):
            await sandbox.client.deposit(sandbox.caller(), name, value, key=f"field-{name}")


async def test_a_new_contact_is_told_to_the_old_one_and_proves_nothing_yet(any_sandbox: Sandbox) -> None:
    """Whoever took an account over would put his own telephone, then ask for a code."""
    caller = await proven(any_sandbox)
    phone = await deposited(any_sandbox, caller, FieldName.PHONE, "07 00 00 00 99")
    changed = await any_sandbox.client.change_contact(caller, phone, key=KEY)
    told = {one["sent_to"] for one in await messages(any_sandbox) if "•• 99" in one["text"]}
    any_sandbox.clock.advance(timedelta(minutes=11))
    sent = await any_sandbox.client.send_code(any_sandbox.caller(), key="code-after")

    assert (changed.status, changed.masked) == (RequestStatus.DONE, "07 •• •• •• 99")
    assert told == {"06 39 98 12 42", "camille.moreau@courriel.example", "07 00 00 00 99"}
    assert (await any_sandbox.client.member(any_sandbox.caller())).contacts.phone == "07 •• •• •• 99"
    assert sent.sent_to == "06 •• •• •• 42"
    checked = await any_sandbox.client.check_code(any_sandbox.caller(), sent.id, await code_in(any_sandbox), key="try-after")
    two = Caller("demo-1", 2, checked.level_expires_at)
    iban = await deposited(any_sandbox, two, FieldName.BANK_DETAILS, IBAN, "field-of-2")
    with pytest.raises(Conflict, match="recent_contact_change"):
        await any_sandbox.client.change_bank_details(two, iban, key=f"{KEY}-2")


async def test_a_changed_contact_can_be_put_back_for_a_day(sandbox: Sandbox) -> None:
    """The undo is told with the change, works once, and not the day after."""
    caller = await proven(sandbox)
    email = await deposited(sandbox, caller, FieldName.EMAIL, "faute@frappe.example")
    changed = await sandbox.client.change_contact(caller, email, key=KEY)
    undone = await sandbox.client.cancel_request(sandbox.caller(), changed.id, key=f"{KEY}-undo")

    assert changed.cancellable_until == sandbox.clock.now() + timedelta(days=1)
    assert (undone.status, undone.cancellable_until) == (RequestStatus.CANCELLED, None)
    assert (await sandbox.client.member(sandbox.caller())).contacts.email == "c•••••@courriel.example"


async def test_a_request_is_cancelled_within_its_time_only(sandbox: Sandbox) -> None:
    """Twice is once; after the window, or once decided, it is too late."""
    api, who = sandbox.client, sandbox.caller()
    first = await api.change_address(who, MOVE, key=KEY)
    cancelled = await api.cancel_request(who, first.id, key=f"{KEY}-c1")
    again = await api.cancel_request(who, first.id, key=f"{KEY}-c2")
    second = await api.change_address(who, MOVE, key=f"{KEY}-2")
    sandbox.clock.advance(timedelta(days=7))
    with pytest.raises(Conflict, match="too_late"):
        await api.cancel_request(sandbox.caller(), second.id, key=f"{KEY}-c3")

    assert cancelled.status is again.status is RequestStatus.CANCELLED
    with pytest.raises(Conflict, match="no_proof_expected"):
        await api.send_proof(sandbox.caller(), first.id, Proof("a.pdf", "application/pdf", b"%PDF-"), key=f"{KEY}-p")


async def decide(sandbox: Sandbox, request_id: str, decision: str, words: str = "") -> int:
    """Decide as the operator does."""
    form = {"decision": decision, "words": words}
    async with sandbox.session.post(f"{sandbox.url}/sandbox/requests/{request_id}", data=form, allow_redirects=False) as answer:
        return answer.status


async def test_a_newborn_joins_the_contract_once_the_documents_are_accepted(any_sandbox: Sandbox) -> None:
    """The insurer lists the documents; nothing is promised before a person has seen them."""
    api, who = any_sandbox.client, any_sandbox.caller("demo-4")
    asked = await api.tell_family_event(who, BABY, key=KEY)
    needs = {one.kind: one.documents for one in await api.family_needs(who)}
    await api.send_proof(who, asked.id, Proof("acte.pdf", "application/pdf", b"%PDF-1.7"), key=f"{KEY}-proof")
    before = await api.member(who)
    assert await decide(any_sandbox, asked.id, "accept", "Bienvenue à Nour.") == 303
    after, done = await api.member(who), (await api.requests(who))[0]

    assert asked.status is RequestStatus.PROOF_EXPECTED
    assert asked.needed == needs[FamilyEventKind.BIRTH]
    assert [one.code for one in asked.needed] == ["birth_record", "public_scheme_rights"]
    assert "Nour" not in {one.first_name for one in before.beneficiaries}
    assert ("Nour", Relationship.CHILD) in {(one.first_name, one.relationship) for one in after.beneficiaries}
    assert (done.status, done.decision) == (RequestStatus.DONE, "Bienvenue à Nour.")
    assert await decide(any_sandbox, asked.id, "accept") == 409


async def test_a_beneficiary_leaves_once_a_person_agreed(sandbox: Sandbox) -> None:
    """His past care stays in the statements; the member himself cannot be removed."""
    api, who = sandbox.client, sandbox.caller("demo-3")
    leaving = FamilyEvent(FamilyEventKind.REMOVAL, date(2026, 11, 1), leaves="b-302")
    asked = await api.tell_family_event(who, leaving, key=KEY)
    await decide(sandbox, asked.id, "accept")
    member = await api.member(who)

    assert [one.id for one in member.beneficiaries] == ["b-demo-3"]
    assert "b-302" in {line.beneficiary_id for line in await api.reimbursements(who)}
    with pytest.raises(Malformed):
        await api.tell_family_event(who, FamilyEvent(FamilyEventKind.REMOVAL, date(2026, 11, 1), leaves="b-demo-3"), key=f"{KEY}-2")
    for wrong in (FamilyEvent(FamilyEventKind.BIRTH, date(2026, 11, 1)), FamilyEvent(FamilyEventKind.REMOVAL, date(2026, 11, 1)),
                  FamilyEvent(FamilyEventKind.MARRIAGE, date(2026, 11, 1), leaves="b-302"),
                  FamilyEvent(FamilyEventKind.MARRIAGE, date(2019, 11, 1))):
        with pytest.raises(Malformed):
            await api.tell_family_event(who, wrong, key=f"{KEY}-3")


async def test_a_photo_in_the_format_of_some_telephones_is_refused_with_its_reason(sandbox: Sandbox) -> None:
    """The member must hear « HEIC », not « erreur »."""
    heic = Proof("IMG_0042.HEIC", "image/heic", b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00")
    for proof in (heic, Proof("IMG_0042.jpg", "image/jpeg", heic.content)):
        with pytest.raises(Malformed, match="file_heic"):
            await sandbox.client.send_care_sheet(sandbox.caller(), CareSheet("b-demo-1", date(2026, 11, 3)), proof, key=KEY)


async def test_a_late_line_is_followed_up_once_and_the_payment_ends_it(sandbox: Sandbox) -> None:
    """Impatience does not pile requests up; a line that was paid has nothing to follow up."""
    api, who = sandbox.client, sandbox.caller("demo-2")
    lines = await api.reimbursements(who)
    late, paid = (next(line for line in lines if (line.paid_on is None) is is_late) for is_late in (True, False))
    asked = await api.follow_up(who, late.id, key=KEY)
    with pytest.raises(Conflict, match="already_asked"):
        await api.follow_up(who, late.id, key=f"{KEY}-2")
    with pytest.raises(Conflict, match="already_paid"):
        await api.follow_up(who, paid.id, key=f"{KEY}-3")
    async with sandbox.session.post(f"{sandbox.url}/sandbox/payments/{late.id}", allow_redirects=False) as answer:
        assert answer.status == 303
    followed = next(one for one in await api.requests(who) if one.id == asked.id)

    assert (asked.reimbursement_id, followed.status) == (late.id, RequestStatus.DONE)
    assert next(line for line in await api.reimbursements(who) if line.id == late.id).paid_on == date(2026, 11, 23)


async def test_a_contract_is_ended_without_friction(sandbox: Sandbox) -> None:
    """One month from today, no reason asked, confirmed in writing, and can be taken back for a fortnight."""
    api, two = sandbox.client, await proven(sandbox, "demo-6")
    terms = {one.contract_id: one for one in await api.termination_terms(two)}
    ended = await api.terminate(two, "c-602", key=KEY)
    until = {one.id: one.until_on for one in (await api.member(two)).contracts}
    with pytest.raises(Conflict, match="already_asked"):
        await api.terminate(two, "c-602", key=f"{KEY}-2")
    await api.cancel_request(two, ended.id, key=f"{KEY}-3")

    assert terms["c-602"].ends_on == until["c-602"] == date(2026, 12, 23)
    assert until["c-601"] is None
    assert [one.until_on for one in (await api.member(two)).contracts] == [None, None]
    assert "Résiliation enregistrée" in {one["subject"] for one in await messages(sandbox, "demo-6")}


async def test_a_complaint_is_mirrored_once_under_its_number(sandbox: Sandbox) -> None:
    """The register owns the number; a desk that sends it again, under another key, adds nothing."""
    first = await sandbox.client.mirror_complaint(sandbox.caller(advisor="a-1"), COMPLAINT, key=KEY)
    second = await sandbox.client.mirror_complaint(sandbox.caller(), COMPLAINT, key=f"{KEY}-2")

    assert first.id == second.id
    assert (first.number, first.due_on) == ("R-2026-0042", date(2027, 1, 23))
    with pytest.raises(Forbidden):
        await sandbox.client.ask_data(sandbox.caller(advisor="a-1"), DataRight.COPY, key=f"{KEY}-3")


async def test_a_reported_takeover_protects_at_once(any_sandbox: Sandbox) -> None:
    """Sessions end, the bank change freezes, no code, no way in, every contact told; an advisor opens it again."""
    api, caller = any_sandbox.client, await proven(any_sandbox)
    await sign_in(any_sandbox)
    iban = await deposited(any_sandbox, caller, FieldName.BANK_DETAILS, IBAN)
    later = await deposited(any_sandbox, caller, FieldName.BANK_DETAILS, IBAN, "field-of-2")
    bank = await api.change_bank_details(caller, iban, key=KEY)
    await api.protect(any_sandbox.caller(), Danger.TAKEOVER, key=f"{KEY}-2")

    assert (await ask_token(any_sandbox, any_sandbox.url))[0] == 401
    for attempt in (api.change_bank_details(caller, later, key=f"{KEY}-3"), api.send_code(any_sandbox.caller(), key=f"{KEY}-4")):
        with pytest.raises(Conflict, match="account_protected"):
            await attempt
    with pytest.raises(Conflict, match="too_late"):
        await api.cancel_request(any_sandbox.caller(), bank.id, key=f"{KEY}-5")
    form, headers = {"member_id": "demo-1"}, {"Origin": any_sandbox.url}
    async with any_sandbox.session.post(f"{any_sandbox.url}/connexion", data=form, headers=headers) as refused:
        assert refused.status == 409
    assert {one["channel"] for one in await messages(any_sandbox) if one["subject"] == "Votre compte est protégé"} == {"sms", "email"}
    any_sandbox.clock.advance(timedelta(hours=72))
    statuses = {one.kind: one.status for one in await api.requests(any_sandbox.caller())}
    assert statuses[RequestKind.BANK_CHANGE] is RequestStatus.FROZEN
    waiting = await api.ask_unlock(any_sandbox.caller(), key=f"{KEY}-6")
    opened = await api.ask_unlock(any_sandbox.caller(level=3), key=f"{KEY}-7")
    assert (waiting.status, opened.status, opened.id) == (RequestStatus.IN_PROGRESS, RequestStatus.DONE, waiting.id)
    await sign_in(any_sandbox)
    assert (await ask_token(any_sandbox, any_sandbox.url))[0] == 200
