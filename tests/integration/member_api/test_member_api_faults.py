"""When the insurer's system is late, away, cut or wrong: nothing acts twice, nothing waits for ever, nothing is made up."""

from __future__ import annotations

from datetime import date
from time import monotonic

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from kernel.errors import Unavailable
from member_api.client import MemberApiClient
from member_api.contract import Address, AddressChange, MemberApiNonsense
from member_api.transport import Patience
from tests.integration.member_api.conftest import QUICK, Sandbox

MOVE = AddressChange(Address("12 rue Gambetta", None, "86000", "Poitiers"), date(2026, 12, 1))


async def test_a_change_whose_answer_was_lost_is_found_again(sandbox: Sandbox) -> None:
    """The insurer acted, the line was cut: the repetition tells the member the truth, and there is one request."""
    await sandbox.fail("lost_answer")
    asked = await sandbox.client.change_address(sandbox.caller(), MOVE, key="summary-1-confirm")

    assert await sandbox.client.requests(sandbox.caller()) == (asked,)


async def test_a_change_whose_answers_were_all_lost_is_unknown_and_can_be_asked_again(sandbox: Sandbox) -> None:
    """The act stays pending in the journal; the sweep repeats it later under the same key."""
    await sandbox.fail("lost_answer", calls=3)
    with pytest.raises(Unavailable):
        await sandbox.client.change_address(sandbox.caller(), MOVE, key="summary-1-confirm")
    asked = await sandbox.client.change_address(sandbox.caller(), MOVE, key="summary-1-confirm")

    assert await sandbox.client.requests(sandbox.caller()) == (asked,)


@pytest.mark.parametrize("kind", ["slow", "away", "lost_answer"])
async def test_a_passing_failure_is_not_noticed(sandbox: Sandbox, kind: str) -> None:
    """Two bad answers, then a good one: the member sees an answer."""
    await sandbox.fail(kind, calls=2)

    assert (await sandbox.client.member(sandbox.caller())).first_name == "Camille"


@pytest.mark.parametrize("kind", ["slow", "away", "lost_answer"])
async def test_a_lasting_failure_ends_in_time(sandbox: Sandbox, kind: str) -> None:
    """A turn lasts ten seconds at most: the call must have ended well before."""
    await sandbox.fail(kind, calls=10)
    began = monotonic()
    with pytest.raises(Unavailable):
        await sandbox.client.member(sandbox.caller())

    assert monotonic() - began < QUICK.total_s + 0.2


async def test_an_internal_error_is_not_asked_again(sandbox: Sandbox) -> None:
    """A system that breaks on a request is not hammered with it: the second fault stays for the next call."""
    await sandbox.fail("error", calls=2)
    with pytest.raises(Unavailable):
        await sandbox.client.member(sandbox.caller())
    with pytest.raises(Unavailable):
        await sandbox.client.member(sandbox.caller())

    assert (await sandbox.client.member(sandbox.caller())).first_name == "Camille"


async def test_nonsense_is_an_error_not_half_a_file(sandbox: Sandbox) -> None:
    """An answer of another shape must never become a sentence to a member, and its values never reach a log."""
    await sandbox.fail("nonsense", calls=4)
    with pytest.raises(MemberApiNonsense, match=r"answer\.civility should be Civility|answer\.id should be str"):
        await sandbox.client.member(sandbox.caller())
    with pytest.raises(MemberApiNonsense, match=r"answer\.lines should be a list") as caught:
        await sandbox.client.reimbursements(sandbox.caller())
    with pytest.raises(MemberApiNonsense):
        await sandbox.client.change_address(sandbox.caller(), MOVE, key="summary-1-confirm")

    assert "demain" not in str(caught.value)


async def answering(response: web.Response) -> TestServer:
    """Start a system that always gives *response*."""
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", lambda _: _copy(response))
    server = TestServer(app)
    await server.start_server()
    return server


async def _copy(response: web.Response) -> web.Response:
    return web.Response(status=response.status, body=response.body, headers={**response.headers})


@pytest.mark.parametrize(("response", "error"), [
    (web.Response(text="<html>maintenance"), MemberApiNonsense),
    (web.Response(body=b"\xff\xfe"), MemberApiNonsense),
    (web.Response(text="[" * 100_000), MemberApiNonsense),
    (web.Response(body=b" " * 3_000_000), MemberApiNonsense),
    (web.Response(status=302, headers={"Location": "http://127.0.0.1:9/elsewhere"}), Unavailable),
    (web.Response(status=429), Unavailable),
    (web.Response(status=401, text="<script>"), Unavailable),
])
async def test_whatever_another_system_answers_is_one_of_our_errors(
    sandbox: Sandbox, response: web.Response, error: type[Exception]
) -> None:
    """A proxy's page, a redirect towards who knows where, an endless answer: the service token goes nowhere else."""
    server = await answering(response)
    client = MemberApiClient(str(server.make_url("/")), "token", sandbox.session, sandbox.clock, patience=QUICK)
    with pytest.raises(error):
        await client.member(sandbox.caller())
    await server.close()


async def test_a_system_that_is_not_there_is_unavailable(sandbox: Sandbox) -> None:
    """Nobody listens on that port."""
    client = MemberApiClient("http://127.0.0.1:9", "token", sandbox.session, sandbox.clock, patience=QUICK)

    with pytest.raises(Unavailable):
        await client.member(sandbox.caller())


def test_pauses_grow_and_stay_within_their_bounds() -> None:
    """Many workers must not all come back at the same instant."""
    patience = Patience(pause_s=0.2)

    assert [patience.pause(attempt, 0.0) for attempt in (1, 2, 3)] == [0.1, 0.2, 0.4]
    assert [patience.pause(attempt, 1.0) for attempt in (1, 2, 3)] == [0.2, 0.4, 0.8]


def test_the_usual_patience_ends_within_eight_seconds() -> None:
    """Three seconds an attempt, eight in all."""
    assert (Patience().attempt_s, Patience().total_s, Patience().attempts) == (3.0, 8.0, 3)
