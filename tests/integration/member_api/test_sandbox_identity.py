"""Signing in at the demonstration's website, and the tokens that prove it to the chat."""

from __future__ import annotations

from datetime import timedelta

import pytest
from joserfc import jwt
from joserfc.jwk import KeySet

from kernel.errors import Malformed
from tests.integration.member_api.conftest import Sandbox


async def keys_of(sandbox: Sandbox) -> KeySet:
    """Read the published keys as a verifier does."""
    async with sandbox.session.get(f"{sandbox.url}/.well-known/jwks.json") as response:
        return KeySet.import_key_set(await response.json())


async def sign_in(sandbox: Sandbox, member_id: str = "demo-1", back: str = "/") -> str:
    """Choose a demo member; give where the browser is sent."""
    form, headers = {"member_id": member_id, "retour": back}, {"Origin": sandbox.url}
    async with sandbox.session.post(f"{sandbox.url}/connexion", data=form, headers=headers, allow_redirects=False) as response:
        assert response.status == 303
        return response.headers["Location"]


async def ask_token(sandbox: Sandbox, origin: str | None) -> tuple[int, dict[str, object]]:
    """Ask for a token as a page of *origin*."""
    headers = {"Origin": origin} if origin else {}
    async with sandbox.session.post(f"{sandbox.url}/session/token", headers=headers) as response:
        assert response.headers["Cache-Control"] == "no-store"
        return response.status, await response.json(content_type=None)


async def test_a_signed_in_page_gets_a_short_token(sandbox: Sandbox) -> None:
    """What the chat verifies: issuer, audience, who, when, and a life of minutes."""
    await sign_in(sandbox)
    status, answer = await ask_token(sandbox, sandbox.url)
    token = jwt.decode(str(answer["token"]), await keys_of(sandbox), algorithms=["ES256"])

    now = int(sandbox.clock.now().timestamp())
    assert status == 200
    assert {name: token.claims[name] for name in ("iss", "aud", "sub", "iat", "exp")} == {
        "iss": sandbox.url, "aud": "assistant", "sub": "demo-1", "iat": now, "exp": now + 300}
    assert token.claims["jti"]
    assert token.header["kid"]


async def test_nobody_else_gets_a_token(sandbox: Sandbox) -> None:
    """Not signed out, not from another page, not even from the chat's own gateway, which shares the cookie's host."""
    assert (await ask_token(sandbox, sandbox.url))[0] == 401
    await sign_in(sandbox)

    for origin in ("https://evil.example", "null", sandbox.settings.base_url, None):
        assert (await ask_token(sandbox, origin))[0] == 403


async def test_another_site_cannot_sign_anybody_in_or_out(sandbox: Sandbox) -> None:
    """Being signed in as somebody else without knowing it would show him what you write."""
    await sign_in(sandbox)
    form, headers = {"member_id": "demo-2"}, {"Origin": "https://evil.example"}
    for path in ("/connexion", "/deconnexion"):
        async with sandbox.session.post(f"{sandbox.url}{path}", data=form, headers=headers) as response:
            assert response.status == 403

    assert (await ask_token(sandbox, sandbox.url))[0] == 200


async def test_the_session_cookie_is_closed_to_scripts(sandbox: Sandbox) -> None:
    """HttpOnly, SameSite, and a new secret at each sign-in."""
    form, headers = {"member_id": "demo-1"}, {"Origin": sandbox.url}
    secrets = set()
    for _ in range(2):
        async with sandbox.session.post(f"{sandbox.url}/connexion", data=form, headers=headers, allow_redirects=False) as response:
            cookie = response.cookies["demo_session"]
            assert cookie["httponly"]
            assert cookie["samesite"] == "Lax"
            secrets.add(cookie.value)

    assert len(secrets) == 2


async def test_signing_out_closes_the_session_for_good(sandbox: Sandbox) -> None:
    """On a shared tablet, a cookie kept by the browser must open nothing any more."""
    await sign_in(sandbox)
    kept = {cookie.key: cookie.value for cookie in sandbox.session.cookie_jar}
    await sandbox.session.post(f"{sandbox.url}/deconnexion", headers={"Origin": sandbox.url})
    async with sandbox.session.post(
        f"{sandbox.url}/session/token", headers={"Origin": sandbox.url, "Cookie": f"demo_session={kept['demo_session']}"}
    ) as response:
        assert response.status == 401


async def test_a_session_ends_by_itself(sandbox: Sandbox) -> None:
    """Half a day later somebody else may hold the tablet."""
    await sign_in(sandbox)
    sandbox.clock.advance(timedelta(hours=12))

    assert (await ask_token(sandbox, sandbox.url))[0] == 401


@pytest.mark.parametrize(("back", "sent_to"), [
    ("/mon-espace", "/mon-espace"), ("/#conversation", "/#conversation"), ("https://evil.example", "/"),
    ("//evil.example", "/"), ("/\\evil.example", "/"), ("/a\r\nSet-Cookie: x=1", "/"), ("javascript:alert(1)", "/"),
])
async def test_signing_in_leads_back_to_this_site_only(sandbox: Sandbox, back: str, sent_to: str) -> None:
    """A link to our sign-in page must not end on a look-alike."""
    assert await sign_in(sandbox, back=back) == sent_to


async def test_an_unknown_member_cannot_sign_in(sandbox: Sandbox) -> None:
    """The page is shown again, no session opens."""
    assert await sign_in(sandbox, "demo-7") == "/connexion"
    assert (await ask_token(sandbox, sandbox.url))[0] == 401


async def test_a_token_signed_before_a_change_of_key_stays_good(sandbox: Sandbox) -> None:
    """Keys are changed without signing anybody out: two are published, the new one signs."""
    before = await sandbox.identity.issue_token("demo-1")
    await sandbox.session.post(f"{sandbox.url}/sandbox/keys", allow_redirects=False)
    after = await sandbox.identity.issue_token("demo-1")
    keys = await keys_of(sandbox)

    assert len(keys.keys) == 2
    assert jwt.decode(before, keys, algorithms=["ES256"]).header["kid"] == keys.keys[1].kid
    assert jwt.decode(after, keys, algorithms=["ES256"]).header["kid"] == keys.keys[0].kid


async def test_a_retired_key_is_no_longer_published_once_its_tokens_are_dead(sandbox: Sandbox) -> None:
    """A stolen old key must not sign for ever."""
    await sandbox.identity.issue_token("demo-1")
    await sandbox.identity.rotate_keys()
    sandbox.clock.advance(timedelta(hours=1))

    assert len((await keys_of(sandbox)).keys) == 1


async def test_private_keys_are_never_published(sandbox: Sandbox) -> None:
    """The parameter d is the private half."""
    async with sandbox.session.get(f"{sandbox.url}/.well-known/jwks.json") as response:
        published = await response.json()

    assert all("d" not in key and key["alg"] == "ES256" for key in published["keys"])


async def test_the_discovery_says_what_exists(sandbox: Sandbox) -> None:
    """A verifier is configured from it."""
    async with sandbox.session.get(f"{sandbox.url}/.well-known/openid-configuration") as response:
        known = await response.json()

    assert known["issuer"] == sandbox.url
    assert known["jwks_uri"] == f"{sandbox.url}/.well-known/jwks.json"


async def test_no_token_lives_longer_than_ten_minutes(sandbox: Sandbox) -> None:
    """A token copied from a page is worth little."""
    with pytest.raises(Malformed):
        await sandbox.identity.issue_token("demo-1", life=timedelta(minutes=11))
