"""The member API as a hostile caller meets it, and as its description promises it."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from tests.integration.member_api.conftest import Sandbox
from tests.integration.member_api.described import OPENAPI, problems

MOVE = {"line1": "12 rue Gambetta", "postal_code": "86000", "town": "Poitiers", "from_on": "2026-12-01"}
KEY = "summary-1-confirm"


async def call(sandbox: Sandbox, path: str, headers: dict[str, str], *, body: object = None) -> tuple[int, Any]:
    """Make one raw call, a POST when there is a body; give status and JSON."""
    content = body if isinstance(body, bytes | None) else json.dumps(body).encode()
    method = "GET" if body is None else "POST"
    async with sandbox.session.request(method, f"{sandbox.url}/v1{path}", headers=headers, data=content) as response:
        assert response.headers["Cache-Control"] == "no-store"
        return response.status, await response.json(content_type=None)


def check_shape(name: str, answer: object) -> None:
    """Compare an answer with the schema *name* of openapi.yml."""
    assert problems({"content": {"": {"schema": {"$ref": f"#/components/schemas/{name}"}}}}, answer) == []


READS = sorted(path for path, operations in OPENAPI["paths"].items() if "get" in operations and "{document_id}" not in path)


@pytest.mark.parametrize("member_id", [f"demo-{number}" for number in range(1, 7)])
async def test_every_answer_has_the_shape_described(sandbox: Sandbox, member_id: str) -> None:
    """Another insurer implements openapi.yml: what we read must be what it says."""
    headers = sandbox.headers(sandbox.caller(member_id))
    for path in READS:
        status, answer = await call(sandbox, path.replace("{member_id}", member_id), headers)
        assert (path, status) == (path, 403 if path.endswith("/access-state") else 200)
        assert problems(OPENAPI["paths"][path]["get"]["responses"][str(status)], answer) == []
    for expected in (201, 200):
        status, answer = await call(sandbox, f"/members/{member_id}/address-changes",
                                    {**headers, "Idempotency-Key": KEY}, body=MOVE)
        assert status == expected
        check_shape("Request", answer)


async def test_every_described_route_is_served(sandbox: Sandbox) -> None:
    """A route described and not served would be found by the next insurer, not by us."""
    for path, operations in OPENAPI["paths"].items():
        address = re.sub(r"\{\w+\}", "x-1", path.replace("{member_id}", "demo-5").replace("{request_id}", "r-501"))
        body = None if "get" in operations else b"{}"
        status, _ = await call(sandbox, address, sandbox.headers(sandbox.caller("demo-5", level=2)), body=body)
        assert status in (200, 400) or (path.endswith("/access-state") and status == 403) or (path.endswith("/content") and status == 404)


REFUSALS: list[tuple[dict[str, str | None], int, str]] = [
    ({"Authorization": None}, 401, "service_unknown"),
    ({"Authorization": "Bearer wrong"}, 401, "service_unknown"),
    ({"Authorization": "Bearer ü"}, 401, "service_unknown"),
    ({"Authorization": "Basic ZGVtbzpkZW1v"}, 401, "service_unknown"),
    ({"X_Member_Id": None}, 400, "malformed"),
    ({"X_Member_Id": "demo-1/../demo-2"}, 400, "malformed"),
    ({"X_Identity_Level": None}, 401, "sign_in_needed"),
    ({"X_Identity_Level": "0"}, 401, "sign_in_needed"),
    ({"X_Identity_Level": "beaucoup"}, 400, "malformed"),
    ({"X_Identity_Expires": None}, 401, "sign_in_needed"),
    ({"X_Identity_Expires": "2026-11-23T12:00:00Z"}, 401, "sign_in_needed"),
    ({"X_Identity_Expires": "2026-11-23T23:00:00"}, 400, "malformed"),
    ({"X_Identity_Expires": "demain"}, 400, "malformed"),
    ({"X_Member_Id": "demo-2"}, 403, "forbidden"),
    ({"X_Member_Id": "demo-2", "X_Advisor_Id": "a-12"}, 403, "forbidden"),
]


PERSONAL_READS = [path.replace("{member_id}", "demo-1") for path in READS if "{member_id}" in path]


@pytest.mark.parametrize("path", [*PERSONAL_READS, "/members/demo-1/address-changes", "/members/demo-1/requests/r-501/proofs"])
async def test_the_access_matrix(sandbox: Sandbox, path: str) -> None:
    """Every route asks the same proofs; a change refused leaves nothing behind."""
    body = MOVE if path.endswith(("changes", "proofs")) else None
    for changes, status, code in REFUSALS:
        headers = {**sandbox.headers(**changes), "Idempotency-Key": KEY}
        found, answer = await call(sandbox, path, headers, body=body)
        assert (changes, found, answer["code"]) == (changes, status, code)
        check_shape("Problem", answer)

    assert await sandbox.client.requests(sandbox.caller()) == ()


@pytest.mark.parametrize("changes", [{"X_Identity_Level": "0"}, {"X_Member_Id": "demo-2"}, {"Authorization": None},
                                     {"X_Identity_Expires": "2020-01-01T00:00:00Z"}])
async def test_no_refusal_tells_who_is_a_member(sandbox: Sandbox, changes: dict[str, str | None]) -> None:
    """The same question about somebody who is a member and somebody who is not gets the very same answer."""
    answers = []
    for member_id in ("demo-3", "demo-33"):
        headers = {**sandbox.headers(**changes), "Idempotency-Key": KEY}
        answers.append([await call(sandbox, f"/members/{member_id}{path}", headers, body=body)
                        for path, body in (("", None), ("/statements", None), ("/address-changes", MOVE))])

    assert answers[0] == answers[1]
    assert all(status in (401, 403) for status, _ in answers[0])


async def test_a_stranger_and_another_member_are_refused_alike(sandbox: Sandbox) -> None:
    """Even a caller who claims to be the person asked about: an unknown one reads like somebody else's file."""
    as_stranger = await call(sandbox, "/members/demo-33", sandbox.headers(X_Member_Id="demo-33"))
    as_another = await call(sandbox, "/members/demo-3", sandbox.headers(X_Member_Id="demo-2"))

    assert as_stranger == as_another == (403, as_another[1])


STRANGE = [b"", b"{", b"[]", b"\xff", b"null", b'"a"', b"[" * 50_000, b'{"line1": NaN}', *(
    json.dumps({**MOVE, **change}).encode() for change in (
        {"status": "done"}, {"line1": ["a"]}, {"from_on": 20261201}, {"from_on": "20261201"}, {"from_on": "2026-W49-2"},
        {"line2": 7}, {"town": None}))]


async def test_a_body_that_cannot_be_understood_is_refused(sandbox: Sandbox) -> None:
    """No body, however strange, is an internal error, and none can set what it should not."""
    headers = {**sandbox.headers(), "Idempotency-Key": KEY}
    for body in STRANGE:
        status, answer = await call(sandbox, "/members/demo-1/address-changes", headers, body=body)
        assert (body[:60], status, answer["code"]) == (body[:60], 400, "malformed")


async def test_a_change_needs_a_key(sandbox: Sandbox) -> None:
    """Without one, a repeated call would act twice."""
    for key in ({}, {"Idempotency-Key": "short"}, {"Idempotency-Key": "x" * 201}, {"Idempotency-Key": "with a space"}):
        status, answer = await call(sandbox, "/members/demo-1/address-changes", sandbox.headers() | key, body=MOVE)
        assert (key, status, answer["code"]) == (key, 400, "malformed")


async def test_a_huge_body_is_refused_without_being_read(sandbox: Sandbox) -> None:
    """Nine megabytes for an address."""
    headers = {**sandbox.headers(), "Idempotency-Key": KEY}
    status, answer = await call(sandbox, "/members/demo-1/address-changes", headers, body=b" " * (9 * 1024 * 1024))

    assert (status, answer["code"]) == (413, "too_large")


async def test_an_unknown_route_still_asks_who_is_calling(sandbox: Sandbox) -> None:
    """The list of routes is nobody's business."""
    assert (await call(sandbox, "/nothing", {}))[0] == 401
    assert (await call(sandbox, "/nothing", sandbox.headers()))[1]["code"] == "not_found"


async def test_a_problem_never_repeats_what_was_sent(sandbox: Sandbox) -> None:
    """Errors are logged by many systems: a member's address must not travel in one."""
    headers = {**sandbox.headers(), "Idempotency-Key": KEY}
    _, answer = await call(sandbox, "/members/demo-1/address-changes", headers,
                           body={**MOVE, "postal_code": "rue des Secrets"})

    assert answer["field"] == "postal_code"
    assert "Secrets" not in json.dumps(answer)
