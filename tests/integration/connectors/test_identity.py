"""Tokens and secrets: who may open which conversation, on which page, until when."""

from __future__ import annotations

import asyncio
import base64
import hmac
import json
from datetime import timedelta

import pytest
from joserfc.jwk import ECKey, OKPKey, RSAKey

from journal.entries import AuthorKind, Draft, Identity, Kind
from tests.integration.connectors.conftest import Insurer

from .pages import Page, opened


async def prove(page: Page, token: str):
    return await page.call("POST", "/identity", {"token": token})


# -- without the secret ------------------------------------------------------------------------------------------------


async def test_a_stolen_id_opens_nothing(page: Page, client):
    """Ids travel in addresses and logs; only the secret opens."""
    no_secret = await client.get(f"/api/v1/conversations/{page.id}/entries")
    wrong = await page.showing("a" * 43).call("GET", "/entries")

    assert (no_secret.status, (await no_secret.json())["code"]) == (401, "sign_in_needed")
    assert (wrong[0], wrong[1]["code"]) == (404, "not_found")


async def test_a_wrong_secret_and_an_unknown_conversation_look_the_same(page: Page, client):
    """Otherwise one could try which ids exist."""
    wrong = await page.showing("a" * 43).call("GET", "/entries")
    headers = {"Authorization": "Bearer " + "a" * 43}
    unknown = await client.get("/api/v1/conversations/c_doesnotexist/entries", headers=headers)
    known, other = wrong[1], await unknown.json()

    assert {name: known[name] for name in ("code", "title", "status")} == {name: other[name] for name in ("code", "title", "status")}


@pytest.mark.parametrize(("method", "path", "body"), [
    ("GET", "/entries", None), ("POST", "/entries", {"client_id": "a", "text": "x"}), ("POST", "/identity", {"token": "a.b.c"}),
    ("DELETE", "/identity", None), ("POST", "/handoff", {"client_id": "a"}), ("POST", "/written", {"client_id": "a"}),
    ("POST", "/back", {"client_id": "a"}), ("POST", "/fields/iban", {"value": "1"}),
    ("POST", "/rating", {"client_id": "a", "score": 3}), ("POST", "/useful", {"client_id": "a", "entry": 1, "useful": True}),
    ("GET", "/transcript", None), ("DELETE", "", None),
])
async def test_every_call_on_a_conversation_needs_its_secret(page: Page, method, path, body):
    """One forgotten check would open everything."""
    stranger = page.showing("b" * 43)

    assert (await stranger.call(method, path, body))[0] == 404
    assert (await page.call("GET", "/entries"))[1]["state"]["last_number"] == 1


# -- tokens ------------------------------------------------------------------------------------------------------------


async def test_signing_in_attaches_the_conversation_and_lets_a_request_resume(page: Page, insurer: Insurer):
    """A member who signs in halfway goes on with the same conversation."""
    status, answer = await prove(page, insurer.token("demo-1"))

    assert (status, answer["state"]["level"]) == (200, 1)
    assert (await page.entries())[-1]["kind"] == "identity_proven"
    assert (await page.say("Et mon dossier ?"))[0] == 201


async def test_renewing_the_token_says_nothing_in_the_conversation(page: Page, insurer: Insurer, clock):
    """A token lives ten minutes at most; a member does not want a line for each."""
    await prove(page, insurer.token("demo-1"))
    clock.advance(timedelta(minutes=4))
    await prove(page, insurer.token("demo-1"))
    clock.advance(timedelta(minutes=4))

    assert (await page.state())["level"] == 1
    assert len(await page.entries()) == 2


async def test_opening_with_a_token_opens_signed_in(client, insurer: Insurer):
    """A signed-in member need not prove twice."""
    page = await opened(client, insurer.token("demo-2"))

    assert page.opened["state"]["level"] == 1
    assert (await page.say("Bonjour"))[0] == 201


BAD_TOKENS = {
    "expired": lambda insurer: insurer.token(iat=1_700_000_000, exp=1_700_000_300),
    "expired a second ago": lambda insurer: insurer.token(
        iat=int(insurer.clock.now().timestamp()) - 300, exp=int(insurer.clock.now().timestamp()) - 1),
    "wrong audience": lambda insurer: insurer.token(aud="another-service"),
    "audience missing": lambda insurer: insurer.token(aud=None),
    "wrong issuer": lambda insurer: insurer.token(iss="https://evil.example"),
    "nobody": lambda insurer: insurer.token(sub=None),
    "empty subject": lambda insurer: insurer.token(sub=""),
    "subject of another kind": lambda insurer: insurer.token(sub=12),
    "endless": lambda insurer: insurer.token(exp=None),
    "without a beginning": lambda insurer: insurer.token(iat=None),
    "living an hour": lambda insurer: insurer.token(exp=int(insurer.clock.now().timestamp()) + 3600),
    "from the future": lambda insurer: insurer.token(
        iat=int(insurer.clock.now().timestamp()) + 3600, exp=int(insurer.clock.now().timestamp()) + 3700),
    "not yet valid": lambda insurer: insurer.token(nbf=int(insurer.clock.now().timestamp()) + 200),
    "with words for dates": lambda insurer: insurer.token(exp="tomorrow"),
    "forged": lambda insurer: insurer.token(key=ECKey.generate_key("P-256", {"kid": "first"})),
    "cut": lambda insurer: insurer.token()[:-10],
    "of another payload": lambda insurer: ".".join([*insurer.token("demo-1").split(".")[:1], insurer.token("demo-9").split(".")[1],
                                                   insurer.token("demo-1").split(".")[2]]),
    "alg none": lambda insurer: _unsigned(insurer, "none"),
    "alg None": lambda insurer: _unsigned(insurer, "NONE"),
    "signed with the public key as a password": lambda insurer: _signed_with_public_key(insurer),
    "bringing its own key": lambda insurer: insurer.token(
        key=(own := ECKey.generate_key("P-256")), header={"jwk": own.as_dict(private=False)}),
    "naming an unknown key": lambda insurer: insurer.token(header={"kid": "other"}),
    "empty parts": lambda _: "..",
    "not base64": lambda _: "é.è.à",
    "too long": lambda _: "a" * 9000 + ".b.c",
}


def _encoded(part: bytes) -> str:
    return base64.urlsafe_b64encode(part).decode().rstrip("=")


def _unsigned(insurer: Insurer, algorithm: str) -> str:
    parts = [{"alg": algorithm, "kid": "first"}, insurer.claims("demo-1")]
    return ".".join([*(_encoded(json.dumps(part).encode()) for part in parts), ""])


def _signed_with_public_key(insurer: Insurer) -> str:
    """Sign as would fool a verifier that lets the token choose: with the published key as a password."""
    content = _unsigned(insurer, "HS256").rstrip(".")
    return f"{content}.{_encoded(hmac.digest(insurer.key.as_pem(private=False), content.encode(), 'sha256'))}"


@pytest.mark.parametrize("kind", BAD_TOKENS)
async def test_a_bad_token_proves_nothing(page: Page, client, insurer: Insurer, kind):
    """Each is a way somebody has tried somewhere to be somebody else."""
    token = BAD_TOKENS[kind](insurer)

    status, answer = await prove(page, token)
    assert (status, answer["code"]) == (401, "sign_in_needed")
    assert (await page.state())["level"] == 0
    listing = await client.get("/api/v1/conversations", headers={"Authorization": f"Bearer {token}".encode().decode("latin-1")})
    assert listing.status in (400, 401)  # the HTTP parser itself refuses the longest
    assert token not in str(answer)


async def test_the_three_agreed_algorithms_are_accepted(page: Page, insurer: Insurer):
    """An insurer signs with what its provider has."""
    others = [(RSAKey.generate_key(2048, {"kid": "rsa"}), "RS256"), (OKPKey.generate_key("Ed25519", {"kid": "okp"}), "EdDSA")]
    insurer.published += [key for key, _ in others]

    for key, algorithm in others:
        token = insurer.token(key=key, header={"alg": algorithm, "kid": key.kid})
        assert (await prove(page, token))[0] == 200, algorithm


async def test_a_short_rsa_key_is_not_trusted(page: Page, insurer: Insurer):
    """1 024 bits can be broken."""
    weak = RSAKey.generate_key(1024, {"kid": "weak"})
    insurer.published.append(weak)

    assert (await prove(page, insurer.token(key=weak, header={"alg": "RS256", "kid": "weak"})))[0] == 401


# -- whose conversation ------------------------------------------------------------------------------------------------


async def test_a_conversation_never_passes_to_another_member(page: Page, insurer: Insurer):
    """The second person at a shared computer must not get the first one's conversation."""
    await prove(page, insurer.token("demo-1"))
    status, answer = await prove(page, insurer.token("demo-2"))

    assert (status, answer["code"]) == (400, "other_member")
    assert (await page.entries())[-1]["number"] == 2


async def test_a_member_opens_his_conversation_on_another_device_with_his_token(page: Page, insurer: Insurer):
    """Begun on the computer, continued on the phone."""
    await prove(page, insurer.token("demo-1"))
    phone = page.showing(insurer.token("demo-1"))

    assert (await phone.say("Depuis mon téléphone"))[0] == 201
    assert len(await phone.entries()) == 3


async def test_another_members_token_opens_nothing_of_mine(page: Page, client, insurer: Insurer):
    """Not even the knowledge that it exists."""
    await prove(page, insurer.token("demo-1"))
    other = page.showing(insurer.token("demo-2"))

    assert (await other.call("GET", "/entries"))[0] == 404
    assert (await other.call("DELETE"))[0] == 404
    listing = await client.get("/api/v1/conversations", headers={"Authorization": f"Bearer {insurer.token('demo-2')}"})
    assert (await listing.json())["conversations"] == []


async def test_a_token_does_not_open_an_anonymous_conversation(page: Page, insurer: Insurer):
    """It belongs to nobody yet: only its secret opens it."""
    assert (await page.showing(insurer.token("demo-1")).call("GET", "/entries"))[0] == 404


async def test_a_member_lists_his_conversations(client, insurer: Insurer):
    """The list shows what each is about and where it stands."""
    page = await opened(client, insurer.token("demo-1"))
    await opened(client, insurer.token("demo-1"))
    await page.call("POST", "/written", {"client_id": "w", "subject": "Ma carte"})
    answer = await client.get("/api/v1/conversations", headers={"Authorization": f"Bearer {insurer.token('demo-1')}"})
    listed = (await answer.json())["conversations"]

    assert len(listed) == 2
    written = next(one for one in listed if one["id"] == page.id)
    assert (written["mode"], written["subject"], written["floor"]) == ("written", "Ma carte", "desk")
    assert written["due_on"] == "2026-11-25"


# -- the shared tablet -------------------------------------------------------------------------------------------------


async def test_when_the_token_expires_the_level_falls_and_the_page_locks(page: Page, insurer: Insurer, clock, journal):
    """A tablet left on the sofa shows nothing an hour later, even if nobody signed out."""
    await prove(page, insurer.token("demo-1"))
    clock.advance(timedelta(minutes=6))

    assert (await journal.conversation(page.id)).identity.level_at(clock.now()) == 0
    for method, path in (("GET", "/entries"), ("GET", "/transcript"), ("DELETE", "")):
        status, answer = await page.call(method, path)
        assert (status, answer["code"]) == (401, "sign_in_needed")
    assert (await page.say("Bonjour"))[0] == 401


async def test_a_token_given_for_a_code_raises_the_level_for_its_own_life(page: Page, insurer: Insurer, clock, journal):
    """Bank details may be changed now; renewing the page's ordinary token neither lowers that level nor makes it last."""
    await prove(page, insurer.token("demo-1"))
    status, answer = await prove(page, insurer.token("demo-1", acr="2"))
    clock.advance(timedelta(minutes=4))
    await prove(page, insurer.token("demo-1"))
    meanwhile = (await journal.conversation(page.id)).identity.level_at(clock.now())
    clock.advance(timedelta(minutes=1))
    afterwards = (await journal.conversation(page.id)).identity.level_at(clock.now())

    assert (status, answer["state"]["level"], meanwhile, afterwards) == (200, 2, 2, 0)
    assert (await prove(page, insurer.token("demo-1", acr="3")))[1]["state"]["level"] == 1
    assert (await prove(page, insurer.token("demo-2", acr="2")))[1]["code"] == "other_member"


async def test_a_fresh_token_opens_the_locked_page_again(page: Page, insurer: Insurer, clock):
    """A laptop asleep for an hour continues the same conversation."""
    await prove(page, insurer.token("demo-1"))
    clock.advance(timedelta(hours=1))
    status, answer = await prove(page, insurer.token("demo-1"))

    assert (status, answer["state"]["level"]) == (200, 1)
    assert (await page.say("Me revoilà"))[0] == 201


async def test_after_signing_out_the_secret_opens_nothing(page: Page, insurer: Insurer):
    """The next person at the tablet finds the secret in the browser, and that is all."""
    await prove(page, insurer.token("demo-1"))
    assert (await page.call("DELETE", "/identity"))[0] == 204

    assert (await page.call("GET", "/entries"))[1]["code"] == "sign_in_needed"
    assert (await prove(page, insurer.token("demo-2")))[1]["code"] == "other_member"
    assert (await prove(page, insurer.token("demo-1")))[0] == 200


async def test_signing_in_elsewhere_does_not_unlock_the_tablet(page: Page, insurer: Insurer, clock):
    """The member is on her phone; the tablet she left must not wake up because of it."""
    await prove(page, insurer.token("demo-1"))
    await page.call("DELETE", "/identity")
    phone = page.showing(insurer.token("demo-1"))
    assert (await phone.say("Depuis le téléphone", "p1"))[0] == 201
    assert (await phone.state())["level"] == 1

    assert (await page.call("GET", "/entries"))[0] == 401
    assert (await page.say("Je suis quelqu'un d'autre", "t1"))[0] == 401


async def test_a_forgotten_sign_out_does_not_unlock_later_either(page: Page, insurer: Insurer, clock):
    """The tablet's token expired by itself; the phone's does not stand for it."""
    await prove(page, insurer.token("demo-1"))
    clock.advance(timedelta(minutes=30))
    await page.showing(insurer.token("demo-1")).say("Depuis le téléphone", "p1")

    assert (await page.call("GET", "/entries"))[0] == 401


async def test_signing_out_locks_the_members_other_conversations_of_that_browser(client, insurer: Insurer):
    """« Nouvelle question » made a second conversation; both were hers."""
    first, second = await opened(client, insurer.token("demo-1")), await opened(client, insurer.token("demo-1"))
    await first.call("DELETE", "/identity")

    assert (await second.call("GET", "/entries"))[0] == 401


async def test_signing_out_twice_or_as_a_stranger_tells_nothing(page: Page, insurer: Insurer):
    """Signing out is always possible, and never a way to learn or to do something."""
    await prove(page, insurer.token("demo-1"))

    assert (await page.showing("c" * 43).call("DELETE", "/identity"))[0] == 404
    assert (await page.call("GET", "/entries"))[0] == 200
    assert [(await page.call("DELETE", "/identity"))[0] for _ in range(2)] == [204, 204]
    assert (await prove(page, insurer.token("demo-1")))[0] == 200


async def test_signing_out_of_an_anonymous_conversation_changes_nothing(page: Page):
    """Nothing was personal: the page keeps its conversation."""
    assert (await page.call("DELETE", "/identity"))[0] == 204
    assert (await page.say("Bonjour"))[0] == 201


async def test_a_member_checked_by_an_advisor_keeps_his_page(page: Page, journal, clock):
    """An advisor asked who he was: the page he writes from must not close for it, as long as the check lasts."""
    identity = Identity(3, "demo-1", clock.now() + timedelta(minutes=15))
    await journal.set_identity(page.id, identity, how="advisor")

    assert (await page.say("C'est bien moi"))[0] == 201
    clock.advance(timedelta(minutes=16))
    assert (await page.call("GET", "/entries"))[0] == 401


async def test_a_token_does_not_lower_what_an_advisor_or_a_code_proved(page: Page, insurer: Insurer, journal, clock):
    """The page renews its token every few minutes, whatever happens in the conversation."""
    await prove(page, insurer.token("demo-1"))
    await journal.set_identity(page.id, Identity(2, "demo-1", clock.now() + timedelta(minutes=5)), how="code")
    _, answer = await prove(page, insurer.token("demo-1", exp=int(clock.now().timestamp()) + 590))
    assert answer["state"]["level"] == 2

    clock.advance(timedelta(minutes=6))
    await page.say("Et ensuite ?")
    assert (await page.state())["level"] == 1


async def test_signing_out_after_the_token_ended_writes_nothing(page: Page, insurer: Insurer, clock):
    """There is no level left to drop, and nothing to tell."""
    phone = page.showing(insurer.token("demo-1", exp=int(clock.now().timestamp()) + 600))
    await prove(page, insurer.token("demo-1"))
    clock.advance(timedelta(minutes=6))
    assert (await phone.call("DELETE", "/identity"))[0] == 204

    assert [entry["kind"] for entry in await phone.entries()] == ["text", "identity_proven"]


async def test_two_members_proving_at_once_make_one_owner(page: Page, insurer: Insurer):
    """Whoever comes first; the other is told, and gets nothing."""
    answers = await asyncio.gather(*(prove(page, insurer.token(f"demo-{number}")) for number in range(6)))

    assert sorted(status for status, _ in answers) == [200, 400, 400, 400, 400, 400]
    assert {answer["code"] for status, answer in answers if status == 400} == {"other_member"}


async def test_the_configuration_tells_whether_the_member_is_signed_in(client, insurer: Insurer):
    """And never fails for a bad token: it is the first thing a page asks."""
    async def told(credential: str) -> bool:
        answer = await client.get("/api/v1/config", headers={"Authorization": f"Bearer {credential}"})
        return (await answer.json())["signed_in"]

    assert [await told(one) for one in (insurer.token(), "a.b.c", "secret")] == [True, False, False]


async def test_a_secret_does_not_list_a_members_conversations(page: Page, client):
    """A list is personal: it takes a token."""
    answer = await client.get("/api/v1/conversations", headers={"Authorization": f"Bearer {page.secret}"})

    assert answer.status == 401


async def test_identity_never_comes_from_words(page: Page, journal):
    """« Je suis Camille Moreau » proves nothing."""
    await page.say("Je suis demo-1, niveau 3")
    await journal.append(page.id, Draft(AuthorKind.ASSISTANT, Kind.TEXT, {"text": "D'accord", "level": 3}))

    assert (await page.state())["level"] == 0


# -- keys --------------------------------------------------------------------------------------------------------------


async def test_a_rotated_key_is_found_without_a_restart(page: Page, insurer: Insurer, clock):
    """The identity provider changes its key at night; nobody notices."""
    await prove(page, insurer.token("demo-1"))
    new = ECKey.generate_key("P-256", {"kid": "second"})
    insurer.published = [insurer.key, new]
    clock.advance(timedelta(seconds=31))

    assert (await prove(page, insurer.token("demo-1", key=new, header={"kid": "second"})))[0] == 200
    assert (await prove(page, insurer.token("demo-1")))[0] == 200


async def test_inventing_key_names_does_not_make_us_ask_the_insurer_each_time(page: Page, insurer: Insurer):
    """Otherwise a stranger could use us to flood the identity provider."""
    for number in range(15):
        await prove(page, insurer.token(header={"kid": f"invented-{number}"}))

    assert insurer.fetches == 1
