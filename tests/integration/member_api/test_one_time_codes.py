"""One-time codes: what raises a proof to level 2, and everything that must not."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from joserfc import jwt

from kernel.errors import Conflict, Forbidden, Malformed, SignInNeeded, TooMany, Unavailable
from member_api.contract import Channel, CodeOutcome
from tests.integration.member_api.conftest import Sandbox
from tests.integration.member_api.mailbox import code_in, messages, proven
from tests.integration.member_api.test_sandbox_identity import keys_of

ASK, TRY = "conversation-1-code", "conversation-1-try"
WRONG = [f"{number:06d}" for number in range(10)]


async def test_a_code_proves_who_is_there_for_five_minutes(any_sandbox: Sandbox) -> None:
    """The token says level 2, for whom, and until when; the code went to a contact on file, shown masked."""
    caller = any_sandbox.caller()
    sent = await any_sandbox.client.send_code(caller, key=ASK)
    checked = await any_sandbox.client.check_code(caller, sent.id, await code_in(any_sandbox), key=TRY)
    claims = jwt.decode(str(checked.token), await keys_of(any_sandbox), algorithms=["ES256"]).claims

    now = any_sandbox.clock.now()
    assert (sent.channel, sent.sent_to, sent.expires_at) == (Channel.SMS, "06 •• •• •• 42", now + timedelta(minutes=5))
    assert (checked.outcome, checked.level_expires_at) == (CodeOutcome.VERIFIED, now + timedelta(minutes=5))
    assert {name: claims[name] for name in ("sub", "acr", "aud", "exp")} == {
        "sub": "demo-1", "acr": "2", "aud": "assistant", "exp": int(now.timestamp()) + 300}


async def test_a_member_without_a_phone_gets_it_by_email(sandbox: Sandbox) -> None:
    """And who asks for the e-mail gets the e-mail; who has none is told so."""
    sent = await sandbox.client.send_code(sandbox.caller(), channel=Channel.EMAIL, key=ASK)

    assert (sent.channel, sent.sent_to) == (Channel.EMAIL, "c•••••@courriel.example")
    with pytest.raises(Conflict, match="no_contact"):
        await sandbox.client.send_code(sandbox.caller("demo-6"), channel=Channel.EMAIL, key=ASK)


async def test_a_code_is_used_once(any_sandbox: Sandbox) -> None:
    """Seen over a shoulder, it is worth nothing; two at once, it proves once."""
    caller = any_sandbox.caller()
    sent = await any_sandbox.client.send_code(caller, key=ASK)
    digits = await code_in(any_sandbox)
    tries = await asyncio.gather(*(
        any_sandbox.client.check_code(caller, sent.id, digits, key=f"{TRY}-{number}") for number in range(4)))

    assert sorted(one.outcome for one in tries) == ["expired"] * 3 + ["verified"]


async def test_a_code_dies_after_five_minutes(sandbox: Sandbox) -> None:
    """To the second."""
    sent = await sandbox.client.send_code(sandbox.caller(), key=ASK)
    sandbox.clock.advance(timedelta(minutes=5))

    checked = await sandbox.client.check_code(sandbox.caller(), sent.id, await code_in(sandbox), key=TRY)
    assert (checked.outcome, checked.token) == (CodeOutcome.EXPIRED, None)


async def test_a_code_dies_after_five_tries(any_sandbox: Sandbox) -> None:
    """Even the right digits come too late; raced tries all count."""
    caller = any_sandbox.caller()
    sent = await any_sandbox.client.send_code(caller, key=ASK)
    right = await code_in(any_sandbox)
    wrong = next(digits for digits in WRONG if digits != right)
    tries = await asyncio.gather(*(
        any_sandbox.client.check_code(caller, sent.id, wrong, key=f"{TRY}-{number}") for number in range(7)))
    last = await any_sandbox.client.check_code(caller, sent.id, right, key=f"{TRY}-right")

    assert sorted(one.tries_left for one in tries) == [0, 0, 0, 1, 2, 3, 4]
    assert last.outcome is CodeOutcome.EXPIRED


async def test_a_try_whose_answer_was_lost_counts_once(sandbox: Sandbox) -> None:
    """A bad network must neither eat the tries nor refuse the right code; nor does asking again make the level longer."""
    caller = sandbox.caller()
    sent = await sandbox.client.send_code(caller, key=ASK)
    right = await code_in(sandbox)
    wrong = next(digits for digits in WRONG if digits != right)
    await sandbox.fail("lost_answer", 2)
    first = await sandbox.client.check_code(caller, sent.id, wrong, key=TRY)
    await sandbox.fail("lost_answer", 2)
    good = await sandbox.client.check_code(caller, sent.id, right, key=f"{TRY}-2")
    sandbox.clock.advance(timedelta(minutes=4))
    again = await sandbox.client.check_code(sandbox.caller(), sent.id, right, key=f"{TRY}-2")
    sandbox.clock.advance(timedelta(minutes=1))
    late = await sandbox.client.check_code(sandbox.caller(), sent.id, right, key=f"{TRY}-2")

    assert (first.outcome, first.tries_left) == (CodeOutcome.WRONG, 4)
    assert good.outcome is again.outcome is CodeOutcome.VERIFIED
    assert again.level_expires_at == good.level_expires_at
    assert (late.outcome, late.token) == (CodeOutcome.EXPIRED, None)


async def test_asking_whose_answer_was_lost_sends_one_code(sandbox: Sandbox) -> None:
    """Three messages for one request would teach members not to read them."""
    await sandbox.fail("lost_answer", 2)
    await sandbox.client.send_code(sandbox.caller(), key=ASK)

    assert len(await messages(sandbox)) == 1


async def test_a_new_code_ends_the_one_before(sandbox: Sandbox) -> None:
    """One at a time."""
    caller = sandbox.caller()
    first = await sandbox.client.send_code(caller, key=ASK)
    digits = await code_in(sandbox)
    sandbox.clock.advance(timedelta(seconds=31))
    await sandbox.client.send_code(sandbox.caller(), key=f"{ASK}-2")

    checked = await sandbox.client.check_code(sandbox.caller(), first.id, digits, key=TRY)
    assert checked.outcome is CodeOutcome.EXPIRED


async def test_codes_are_rationed(sandbox: Sandbox) -> None:
    """Neither a telephone flooded at night nor a hundred codes to guess; the answer says when to come back."""
    await sandbox.client.send_code(sandbox.caller(), key=f"{ASK}-0")
    with pytest.raises(TooMany) as soon:
        await sandbox.client.send_code(sandbox.caller(), key=f"{ASK}-soon")
    for number in (1, 2):
        sandbox.clock.advance(timedelta(seconds=30))
        await sandbox.client.send_code(sandbox.caller(), key=f"{ASK}-{number}")
    sandbox.clock.advance(timedelta(minutes=5))
    with pytest.raises(TooMany) as often:
        await sandbox.client.send_code(sandbox.caller(), key=f"{ASK}-often")
    sandbox.clock.advance(timedelta(minutes=4))
    await sandbox.client.send_code(sandbox.caller(), key=f"{ASK}-later")

    assert (soon.value.retry_after, often.value.retry_after) == (30, 240)


async def test_another_members_code_is_of_no_use(sandbox: Sandbox) -> None:
    """Neither his code in my file, nor mine asked in his name."""
    sent = await sandbox.client.send_code(sandbox.caller("demo-1"), key=ASK)
    digits = await code_in(sandbox, "demo-1")
    stolen = await sandbox.client.check_code(sandbox.caller("demo-2"), sent.id, digits, key=TRY)

    assert stolen.outcome is CodeOutcome.EXPIRED
    headers = {**sandbox.headers(sandbox.caller("demo-2")), "Idempotency-Key": ASK}
    async with sandbox.session.post(f"{sandbox.url}/v1/members/demo-1/codes", headers=headers, json={}) as response:
        assert response.status == 403


async def test_codes_need_a_signed_in_member(sandbox: Sandbox) -> None:
    """A code proves that the one who signed in is there; nobody can have one sent to a stranger, not even an advisor."""
    with pytest.raises(SignInNeeded):
        await sandbox.client.send_code(sandbox.caller(level=0), key=ASK)
    with pytest.raises(Forbidden):
        await sandbox.client.send_code(sandbox.caller(advisor="a-1"), key=ASK)
    assert await messages(sandbox) == []


async def test_only_six_digits_are_a_code(sandbox: Sandbox) -> None:
    """Spaces as the message shows them are fine; anything else costs no try."""
    caller = sandbox.caller()
    sent = await sandbox.client.send_code(caller, key=ASK)
    digits = await code_in(sandbox)
    for nonsense in ("", "12345", "1234567", "١٢٣٤٥٦", "12345a", " "):
        with pytest.raises(Malformed):
            await sandbox.client.check_code(caller, sent.id, nonsense, key=f"{TRY}-{nonsense.encode().hex()}")

    checked = await sandbox.client.check_code(caller, sent.id, f"{digits[:3]} {digits[3:]}", key=TRY)
    assert checked.outcome is CodeOutcome.VERIFIED


async def test_the_code_is_nowhere_but_in_the_mailbox(sandbox: Sandbox) -> None:
    """Not in an answer; and the mailbox page answers this machine only."""
    caller = sandbox.caller()
    sent = await sandbox.client.send_code(caller, key=ASK)
    digits = await code_in(sandbox)
    async with sandbox.session.get(f"{sandbox.url}/sandbox/boite") as response:
        page = await response.text()
    async with sandbox.session.get(f"{sandbox.url}/sandbox/boite", headers={"X-Forwarded-For": "203.0.113.9"}) as refused:
        assert refused.status == 403

    assert digits not in str(sent)
    assert digits in page
    assert "Personne de chez nous ne vous le demandera jamais" in page


async def test_a_code_still_works_after_an_outage(sandbox: Sandbox) -> None:
    """What the member asked for during the outage is told as an outage, and can be asked again under the same key."""
    await sandbox.fail("away", 3)
    with pytest.raises(Unavailable):
        await sandbox.client.send_code(sandbox.caller(), key=ASK)
    await sandbox.client.send_code(sandbox.caller(), key=ASK)

    assert (await proven(sandbox, "demo-2")).level == 2
