"""Origins, headers, sizes, nonsense: what meets a hostile caller first."""

from __future__ import annotations

import json

import pytest
from aiohttp import web

from kernel.errors import Unavailable

from .conftest import FOREIGN, OURS
from .pages import Page, opened


async def test_a_foreign_sites_page_is_refused_whatever_it_calls(page: Page, client):
    """Its visitors' browsers would carry out its wishes."""
    for method, path in (("POST", "/api/v1/conversations"), ("GET", "/api/v1/config"), ("GET", f"/api/v1/conversations/{page.id}/entries")):
        answer = await client.request(method, path, headers={"Origin": FOREIGN, "Authorization": f"Bearer {page.secret}"})
        assert (answer.status, (await answer.json())["code"]) == (403, "forbidden")
        assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.parametrize("origin", [
    "null", "", "https://127.0.0.1:8090", "http://127.0.0.1:9999", "http://127.0.0.1", "http://evil.example:8090",
    "http://127.0.0.1.evil.example:8090", "http://127.0.0.1:8090.evil.example", "file://", "chrome-extension://abc", "http://[::", "*",
])
async def test_what_only_looks_like_our_origin_is_foreign(client, origin):
    """Comparisons by prefix or by end are how such checks fail."""
    assert (await client.get("/api/v1/config", headers={"Origin": origin})).status == 403


@pytest.mark.parametrize("origin", ["http://127.0.0.1:8090", "http://localhost:8090", "http://127.0.0.1:8080", "http://LOCALHOST:8080"])
async def test_the_insurers_page_may_read_the_answer(client, origin):
    """The page is on another port, hence another origin, and must work at the first start."""
    answer = await client.get("/api/v1/config", headers={"Origin": origin})

    assert answer.status == 200
    assert answer.headers["Access-Control-Allow-Origin"] == origin
    assert "Origin" in answer.headers["Vary"]
    assert "Access-Control-Allow-Credentials" not in answer.headers


async def test_configured_origins_are_allowed_and_the_sandbox_is_not_in_production(build):
    """The insurer's own site is named by the installation; the demonstration's is not part of it."""
    client = await build(
        allowed_origins=("https://www.insurer.example",), member_api_url="https://api.insurer.example",
        public_url="https://chat.insurer.example")
    tried = {origin: (await client.get("/api/v1/config", headers={"Origin": origin})).status
             for origin in ("https://www.insurer.example", "https://chat.insurer.example", OURS)}

    assert tried == {"https://www.insurer.example": 200, "https://chat.insurer.example": 200, OURS: 403}


async def test_a_native_application_has_no_origin_and_passes(client):
    """Phones' applications send none; the secret is what protects."""
    assert (await client.get("/api/v1/config")).status == 200


async def test_the_browser_may_ask_before_calling(client):
    """Preflight: which methods, which headers."""
    asked = {"Origin": OURS, "Access-Control-Request-Method": "DELETE", "Access-Control-Request-Headers": "authorization"}
    answer = await client.options("/api/v1/conversations/c_1", headers=asked)

    assert answer.status == 204
    assert "DELETE" in answer.headers["Access-Control-Allow-Methods"]
    assert "Authorization" in answer.headers["Access-Control-Allow-Headers"]
    refused = await client.options("/api/v1/conversations/c_1", headers=asked | {"Origin": FOREIGN})
    assert refused.status == 403


async def test_an_error_may_be_read_by_the_page_too(client):
    """Otherwise the member would see « erreur réseau » instead of the sentence."""
    answer = await client.get("/api/v1/conversations", headers={"Origin": OURS})

    assert answer.status == 401
    assert answer.headers["Access-Control-Allow-Origin"] == OURS


async def test_every_answer_is_dressed(client):
    """No sniffing, no framing, no storing, no referrer."""
    for path in ("/api/v1/config", "/nowhere", "/health/live"):
        headers = (await client.get(path)).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["Cache-Control"] == "no-store"


async def test_https_is_remembered_when_there_is_https(build):
    """Only then: a machine at home has none."""
    secured = await build(public_url="https://chat.insurer.example")
    plain = await build()

    assert "Strict-Transport-Security" in (await secured.get("/health/live")).headers
    assert "Strict-Transport-Security" not in (await plain.get("/health/live")).headers


async def test_a_refusal_is_a_problem_with_a_french_title(client):
    """A member may read it; a developer has the code."""
    answer = await client.get("/api/v1/nowhere")
    body = await answer.json()

    assert answer.content_type == "application/problem+json"
    assert set(body) == {"type", "title", "status", "code", "detail"}
    assert (body["status"], body["code"]) == (404, "not_found")
    assert body["title"].endswith("disponible.")


async def test_a_method_that_does_not_exist_says_which_do(client):
    """The framework's own refusals are told our way too."""
    answer = await client.put("/api/v1/config")

    assert (answer.status, answer.content_type) == (405, "application/problem+json")
    assert "GET" in answer.headers["Allow"]


async def test_another_part_mounted_under_the_gateway_keeps_its_own_edge(build):
    """The desk has its own origins, headers and error pages."""
    desk = web.Application()

    async def hello(_: web.Request) -> web.Response:
        return web.Response(text="desk", headers={"Content-Security-Policy": "default-src 'self'"})
    desk.router.add_get("/", hello)
    client = await build(mounted=desk)
    answer = await client.get("/desk/", headers={"Origin": FOREIGN})

    assert (answer.status, answer.headers["Content-Security-Policy"]) == (200, "default-src 'self'")
    assert (await client.get("/desk/nowhere")).content_type == "text/plain"


# -- bodies ------------------------------------------------------------------------------------------------------------


async def post_raw(page: Page, raw: bytes, content_type: str = "application/json"):
    answer = await page.client.post(
        f"/api/v1/conversations/{page.id}/entries", data=raw,
        headers={"Authorization": f"Bearer {page.secret}", "Content-Type": content_type})
    return answer.status, await answer.json()


@pytest.mark.parametrize("raw", [
    b"{", b"[]", b'"text"', b"12", b"null", b'{"client_id": "m", "text": "\xff\xfe"}', b'{"client_id": "m", "text": "\\ud83d"}',
    b'{"client_id": "m", "text": "a", "more": 1}', b'{"client_id": "m"}', b'{"text": "a"}', b'{"client_id": 4, "text": "a"}',
    b'{"client_id": "m", "text": ["a"]}', b'{"client_id": "m", "text": ""}', b'{"client_id": "m", "text": "\\u0000\\u0007 \\n"}',
    b'{"client_id": "m", "entry": -1, "option": "a"}', b'{"client_id": "m", "entry": 1e400, "option": "a"}',
    b'{"client_id": "m", "entry": true, "option": "a"}', b"[" * 60_000, b'{"a":' * 10_000, b"\xef\xbb\xbf{}",
])
async def test_a_body_that_cannot_be_understood_is_malformed(page: Page, raw):
    """Half characters, unknown names, wrong kinds, endless depth: refused, nothing stored, no word quoted."""
    status, answer = await post_raw(page, raw)

    assert (status, answer["code"]) == (400, "malformed")
    assert len(await page.entries()) == 1


async def test_a_form_post_from_a_page_is_refused(page: Page):
    """Such a post needs no preflight: another site could send it."""
    assert (await post_raw(page, b'{"client_id": "m", "text": "a"}', "text/plain"))[0] == 400


async def test_control_characters_are_stripped_and_the_rest_is_kept(page: Page):
    """Text from people is text: lines and emoji stay, terminal tricks and reversed text go."""
    sent = "Bonjour\u0007\u001b[31m\r\nJe suis\u202e l\u2066à\ufeff 👨‍👩‍👧 é e\u0301"
    _, answer = await page.say(sent)

    assert answer["entry"]["body"]["text"] == "Bonjour[31m\nJe suis là 👨‍👩‍👧 é é"


async def test_four_thousand_characters_pass_and_one_more_does_not(page: Page):
    """The limit is in characters as a person counts code points, not in bytes."""
    assert (await page.say("é" * 4000, "a"))[0] == 201
    status, answer = await page.say("é" * 4001, "b")
    assert (status, answer["code"]) == (413, "too_large")


async def test_a_body_of_one_megabyte_is_refused(page: Page):
    """Announced or not."""
    status, answer = await post_raw(page, json.dumps({"client_id": "m", "text": "a" * 1_000_000}).encode())
    assert (status, answer["code"]) == (413, "too_large")

    async def pieces():
        for _ in range(100):
            yield b" " * 10_000
    streamed = await page.client.post(
        f"/api/v1/conversations/{page.id}/entries", data=pieces(),
        headers={"Authorization": f"Bearer {page.secret}", "Content-Type": "application/json"})
    assert streamed.status == 413


@pytest.mark.parametrize("query", ["since=-1", "since=a", "since=1.5", "since=99999999999999999999", "since=", "other=1", "wait=x", "since=١"])
async def test_a_query_that_cannot_be_understood_is_malformed(page: Page, query):
    """Databases dislike numbers that are not."""
    status, answer = await page.call("GET", f"/entries?{query}")
    assert (status, answer["code"]) == (400, "malformed")


@pytest.mark.parametrize("conversation_id", ["%00", "c_1%00", "..%2f..", "a" * 200, "c_%F0%9F%98%80", "'; DROP TABLE entry; --"])
async def test_a_strange_id_is_not_found(client, conversation_id):
    """Never an error of ours."""
    answer = await client.get(f"/api/v1/conversations/{conversation_id}/entries", headers={"Authorization": "Bearer x"})
    assert answer.status == 404


async def test_a_bug_of_ours_tells_nothing(page: Page, journal, monkeypatch, capsys):
    """The member's words are in the exception: neither the answer nor the log has them."""
    async def broken(*_, **__):
        raise RuntimeError("cannot store « Mon secret »")
    monkeypatch.setattr(journal, "append", broken)
    status, answer = await page.say("Mon secret")

    assert (status, answer["code"]) == (500, "internal")
    printed = capsys.readouterr()
    assert "Mon secret" not in str(answer) + printed.out + printed.err


async def test_a_record_that_does_not_answer_is_said_to_be_unavailable(client, journal, monkeypatch):
    """The page tries again later, and the proxy sends others elsewhere."""
    page = await opened(client)

    async def away(*_, **__):
        raise Unavailable
    monkeypatch.setattr(journal, "append", away)
    monkeypatch.setattr(journal, "turns_waiting", away)

    assert (await page.say("Bonjour"))[1]["code"] == "unavailable"
    answer = await client.get("/health/ready")
    assert (answer.status, (await answer.json())["missing"]) == (503, ["record"])
