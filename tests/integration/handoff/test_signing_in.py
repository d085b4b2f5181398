"""The door of the desk."""

from __future__ import annotations

from datetime import timedelta
from http.cookies import SimpleCookie

import pytest

from handoff.core.lockout import PAIR
from handoff.core.roles import Role
from handoff.service.accounts import SESSION_IDLE, SESSION_LASTS, LoginTaken
from kernel.errors import Malformed
from kernel.settings import Settings
from tests.integration.handoff.desk_world import PASSWORD, World, build_world, close_world


def cookie_of(browser) -> str:
    """Give the session's secret in the browser."""
    return next((one.value for one in browser.client.session.cookie_jar if one.key == "desk_session"), "")


def plant(browser, secret: str) -> None:
    """Put a session's secret into the browser."""
    cookie = SimpleCookie({"desk_session": secret})
    cookie["desk_session"]["path"] = "/desk"
    browser.client.session.cookie_jar.update_cookies(cookie, browser.client.make_url("/desk"))


async def test_nothing_of_the_desk_shows_to_somebody_who_is_not_signed_in(world: World):
    """A link sent to an outsider leads to the door and to nothing else."""
    conversation = await world.waiting("secret")
    outsider = await world.advisor(signed_in=False)
    page = await outsider.get(f"/conversations/{conversation.id}")

    assert page.url.path == "/desk/sign-in"
    assert "secret" not in page.text


async def test_after_signing_in_one_arrives_where_one_wanted_to_go(world: World):
    """A bookmark of a conversation works in the morning."""
    camille = await world.advisor(signed_in=False)
    page = await camille.sign_in(next="/desk/help")

    assert page.url.path == "/desk/help"


@pytest.mark.parametrize("where", ["https://evil.example/", "//evil.example/", "/desk/\\evil", "/chat", "javascript:alert(1)", "/desk//x\n"])
async def test_the_door_never_leads_to_another_site(world: World, where: str):
    """A forged link must not send a freshly signed-in advisor elsewhere."""
    camille = await world.advisor(signed_in=False)
    page = await camille.sign_in(next=where)

    assert page.url.host == camille.client.server.host
    assert page.url.path.startswith("/desk/")


async def test_the_wrong_password_and_the_unknown_login_are_answered_alike(world: World):
    """Nobody can learn who works here."""
    camille = await world.advisor(signed_in=False)
    wrong, unknown = await camille.sign_in("pas le bon du tout"), await camille.sign_in(login="inconnue")

    assert wrong.status == unknown.status == 401
    assert "Identifiant ou mot de passe incorrect." in wrong.text
    assert wrong.text.count("incorrect") == unknown.text.count("incorrect")


async def test_guessing_is_slowed_down_more_and_more_even_with_the_right_password(world: World):
    """After a few failures the answer is « plus tard », whatever is tried."""
    camille = await world.advisor(signed_in=False)
    for _ in range(PAIR.free):
        await camille.sign_in("mauvais mot de passe")
    locked = await camille.sign_in(PASSWORD)

    assert locked.status == 429
    assert int(locked.headers["Retry-After"]) <= 31
    assert "Réessayez dans 1\u00a0minute" in locked.text

    world.clock.advance(timedelta(seconds=31))
    await camille.sign_in("encore mauvais")
    again = await camille.sign_in(PASSWORD)
    assert int(again.headers["Retry-After"]) > 31


async def test_a_success_forgives_the_failures_before_it(world: World):
    """Somebody who finds his password again starts afresh."""
    camille = await world.advisor(signed_in=False)
    for _ in range(3):
        for _ in range(PAIR.free - 1):
            await camille.sign_in("mauvais mot de passe")
        assert (await camille.sign_in()).url.path == "/desk/"
        await camille.post("/sign-out")


async def test_failures_from_elsewhere_do_not_lock_an_advisor_out(world: World, sqlite_database, clock):
    """A hostile colleague or visitor cannot keep Camille from working by typing her login wrong."""
    behind_proxy = await build_world(world.journal, sqlite_database, clock, settings=Settings(trusted_proxies=1))
    camille = await behind_proxy.advisor("Camille", signed_in=False)
    camille.headers["X-Forwarded-For"] = "203.0.113.9"
    for _ in range(PAIR.free + 2):
        await camille.sign_in("mauvais mot de passe")
    camille.headers["X-Forwarded-For"] = "203.0.113.9, 198.51.100.7"
    page = await camille.sign_in()
    await close_world(behind_proxy)

    assert page.url.path == "/desk/"


async def test_an_invented_forwarded_address_changes_nothing_without_a_proxy_of_ours(world: World):
    """Otherwise guessing would only need a new header each time."""
    camille = await world.advisor(signed_in=False)
    for number in range(PAIR.free):
        camille.headers["X-Forwarded-For"] = f"203.0.113.{number}"
        await camille.sign_in("mauvais mot de passe")

    assert (await camille.sign_in()).status == 429


async def test_a_session_known_before_signing_in_is_not_the_one_after(world: World):
    """Session fixation: a secret planted in the browser gains nothing."""
    camille = await world.advisor(signed_in=False)
    plant(camille, "planted")
    await camille.sign_in()
    first = cookie_of(camille)
    await camille.post("/sign-out")
    await camille.sign_in()

    assert "planted" != first != cookie_of(camille)


async def test_signing_out_ends_the_session_on_the_server(world: World):
    """A copied cookie is worth nothing afterwards."""
    camille = await world.advisor()
    secret = cookie_of(camille)
    await camille.post("/sign-out")
    plant(camille, secret)

    assert (await camille.get("/")).url.path == "/desk/sign-in"


@pytest.mark.parametrize("after", [SESSION_IDLE + timedelta(seconds=1), SESSION_LASTS + timedelta(seconds=1)])
async def test_a_session_left_alone_ends(world: World, after: timedelta):
    """A desk left open in an office is closed by itself."""
    camille = await world.advisor()
    world.clock.advance(after)

    assert (await camille.get("/")).url.path == "/desk/sign-in"


async def test_a_page_that_refreshes_itself_does_not_keep_the_session_alive(world: World):
    """Otherwise an open tab would never end."""
    camille = await world.advisor()
    for _ in range(5):
        world.clock.advance(timedelta(minutes=30))
        page = await camille.get("/queues")

    assert page.url.path == "/desk/sign-in"


async def test_the_cookie_cannot_be_read_by_scripts_nor_sent_by_other_sites(world: World, sqlite_database, clock):
    """HttpOnly, SameSite, and Secure as soon as the desk is served by HTTPS."""
    secure = await build_world(world.journal, sqlite_database, clock, settings=Settings(public_url="https://desk.example"))
    camille = await secure.advisor("Camille", signed_in=False)
    door = await camille.get("/sign-in")
    token = door.field("form_token")
    response = await camille.client.post("/desk/sign-in", allow_redirects=False, headers={"Cookie": f"desk_form={token}"},
                                         data={"form_token": token, "login": "camille", "password": PASSWORD})
    cookie = next(value for value in response.headers.getall("Set-Cookie") if value.startswith("desk_session="))
    await close_world(secure)

    assert all(flag in cookie for flag in ("HttpOnly", "SameSite=Lax", "Secure", "Path=/desk"))


async def test_accounts_refuse_short_passwords_and_logins_already_taken(world: World):
    """The command line says why, at once."""
    await world.accounts.create_advisor("Hugo", "Hugo", PASSWORD, Role.ADVISOR)

    with pytest.raises(LoginTaken):
        await world.accounts.create_advisor("Hugo", "hugo ", PASSWORD)
    for name, login, password in [("Léa", "lea", "court"), ("Léa", "l ea", PASSWORD), (" ", "lea", PASSWORD), ("Léa", "une-longue-lea", "une-longue-LEA")]:
        with pytest.raises(Malformed):
            await world.accounts.create_advisor(name, login, password)


async def test_no_password_is_stored_as_it_was_typed(world: World):
    """Only an argon2id proof."""
    await world.advisor()
    rows = await world.database.read(lambda tx: tx.exec_driver_sql("SELECT password_hash FROM advisor").scalars().all())

    assert all(row.startswith("$argon2id$") and PASSWORD not in row for row in rows)
