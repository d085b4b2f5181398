"""Events leave the insurer signed, again when they were not taken, and not for ever."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from kernel.errors import ServiceError
from member_api.client import event_secrets
from member_api.contract import Address, AddressChange, Proof
from member_api.events import DocumentDecided, Event, EventKind, NotSigned, PaymentDue, RefundPaid, RequestCompleted, read_event
from member_api.sandbox import outbox
from member_api.sandbox.sender import Destination, Sender
from tests.integration.member_api.conftest import Sandbox

SECRET = "whsec_c2VjcmV0IG9mIHRoZSBpbnN1cmVy"


@dataclass
class Receiver:
    """Somebody who is told, keeps each event once, and may be away."""

    sandbox: Sandbox
    url: str = ""
    is_away: bool = False
    calls: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    known: dict[str, Event] = field(default_factory=dict)

    async def take(self, request: web.Request) -> web.Response:
        """Verify, keep under the event's id, answer."""
        body = await request.read()
        self.calls.append((dict(request.headers), body))
        if self.is_away:
            return web.Response(status=503)
        try:
            event = read_event([SECRET], request.headers, body, self.sandbox.clock.now())
        except ServiceError as error:
            return web.Response(status=error.status)
        self.known.setdefault(event.id, event)
        return web.Response(status=204)

    async def round(self) -> list[Event]:
        """Let the insurer send once; give what is known."""
        await Sender(self.sandbox.clock, self.sandbox.database, Destination(self.url, SECRET)).round(self.sandbox.session)
        return list(self.known.values())


@pytest.fixture
async def receiver(sandbox: Sandbox) -> AsyncIterator[Receiver]:
    """Give a receiver on a port of its own."""
    told = Receiver(sandbox)
    app = web.Application()
    app.add_routes([web.post("/events", told.take)])
    server = TestServer(app)
    await server.start_server()
    told.url = str(server.make_url("/events"))
    yield told
    await server.close()


async def operate(sandbox: Sandbox, path: str, **form: str) -> int:
    """Do something on the operator's page."""
    async with sandbox.session.post(f"{sandbox.url}/sandbox/{path}", data=form, allow_redirects=False) as answer:
        return answer.status


async def test_a_transfer_is_told_with_its_amount_and_day(sandbox: Sandbox, receiver: Receiver) -> None:
    """« Votre remboursement a été viré hier » needs no polling; which care it was stays in the file."""
    late = next(line for line in await sandbox.client.reimbursements(sandbox.caller("demo-2")) if line.paid_on is None)
    await operate(sandbox, f"payments/{late.id}")
    (event,) = await receiver.round()

    assert isinstance(event.facts, RefundPaid)
    assert (event.kind, event.member_id) == (EventKind.REFUND_PAID, "demo-2")
    assert (event.facts.amount, event.facts.paid_on) == (late.paid_by_us, sandbox.clock.now().date())
    assert late.care.encode() not in receiver.calls[0][1]


async def test_a_decision_is_told(sandbox: Sandbox, receiver: Receiver) -> None:
    """The document, then the request it was for."""
    change = AddressChange(Address("12 rue Gambetta", None, "86000", "Poitiers"), sandbox.clock.now().date())
    asked = await sandbox.client.change_address(sandbox.caller(), change, key="summary-1-confirm")
    await sandbox.client.send_proof(sandbox.caller(), asked.id, Proof("a.pdf", "application/pdf", b"%PDF-"), key="summary-1-proof")
    await operate(sandbox, f"requests/{asked.id}", decision="refuse")

    assert {type(event.facts): event.facts for event in await receiver.round()} == {
        DocumentDecided: DocumentDecided(asked.id, is_accepted=False), RequestCompleted: RequestCompleted(asked.id, "refused")}


async def test_outages_and_premiums_are_announced(sandbox: Sandbox, receiver: Receiver) -> None:
    """Everybody for an outage, one member for his premium."""
    assert await operate(sandbox, "events/service", service="member_area", state="down") == 303
    assert await operate(sandbox, "events/service", service="member_area", state="up") == 303
    assert await operate(sandbox, "events/payment", contract_id="c-101", amount="48,50", days="7") == 303
    assert await operate(sandbox, "events/payment", contract_id="c-999", amount="48,50", days="7") == 404
    assert await operate(sandbox, "events/payment", contract_id="c-101", amount="gratuit", days="7") == 400
    told = {event.kind: event for event in await receiver.round()}

    assert set(told) == {EventKind.SERVICE_DOWN, EventKind.SERVICE_UP, EventKind.PAYMENT_DUE}
    assert told[EventKind.SERVICE_DOWN].member_id is None
    facts = told[EventKind.PAYMENT_DUE].facts
    assert isinstance(facts, PaymentDue)
    assert facts.amount == Decimal("48.50")


async def test_an_event_not_taken_comes_again_and_is_signed_anew(sandbox: Sandbox, receiver: Receiver) -> None:
    """The receiver was away for an hour: nothing is lost, nothing is too old to be believed, nothing counts twice."""
    await operate(sandbox, "events/service", service="application", state="down")
    receiver.is_away = True
    await receiver.round()
    assert await receiver.round() == []  # not yet: the next attempt waits
    assert len(receiver.calls) == 1
    sandbox.clock.advance(timedelta(minutes=20))
    receiver.is_away = False
    await receiver.round()
    sandbox.clock.advance(timedelta(days=2))

    assert len(await receiver.round()) == 1
    assert len(receiver.calls) == 2


async def test_after_seven_attempts_an_operator_decides(sandbox: Sandbox, receiver: Receiver) -> None:
    """An address that is gone must not be called for ever; the button sends again."""
    await operate(sandbox, "events/service", service="application", state="down")
    receiver.is_away = True
    for _ in range(12):
        await receiver.round()
        sandbox.clock.advance(timedelta(days=1))
    assert len(receiver.calls) == 7
    receiver.is_away = False
    assert await operate(sandbox, "events/again") == 303

    assert len(await receiver.round()) == 1


async def test_an_event_heard_and_played_again_is_known_or_refused(sandbox: Sandbox, receiver: Receiver) -> None:
    """Within five minutes its id tells; later its signature does; with another body, at once."""
    await operate(sandbox, "events/service", service="application", state="down")
    await receiver.round()
    headers, body = receiver.calls[0]
    async with sandbox.session.post(receiver.url, data=body, headers=headers) as answer:
        assert answer.status == 204
    assert len(receiver.known) == 1
    async with sandbox.session.post(receiver.url, data=body.replace(b"application", b"member_area"), headers=headers) as answer:
        assert answer.status == 401
    with pytest.raises(NotSigned):
        read_event([SECRET], headers, body, sandbox.clock.now() + timedelta(minutes=6))


async def test_an_act_undone_by_an_error_tells_nothing(sandbox: Sandbox) -> None:
    """An event is written with what caused it, or not at all."""
    await operate(sandbox, "payments/l-unknown")

    assert await sandbox.database.read(outbox.latest) == []
    assert len(event_secrets(sandbox.settings)[0]) > 20
