"""Signing in and out."""

from __future__ import annotations

import secrets

from aiohttp import web

from handoff.core.presence import Said
from handoff.core.roles import Right, has_right
from handoff.service.accounts import SESSION_LASTS, SignInRefused
from handoff.service.ports import Advisor
from handoff.web import sentences
from handoff.web.address import client_address
from handoff.web.guard import FORM_COOKIE, SESSION_COOKIE, form_of, needs, public
from handoff.web.keys import ACCOUNTS, HUB, JOURNAL, LEAVING, PRESENCE, SIGNED_IN, signed_in, site
from handoff.web.render import page
from kernel.errors import TooMany

_TOKEN_BYTES, _TOKEN_LENGTH = 32, 43


@public
async def sign_in_page(request: web.Request) -> web.Response:
    """Show the form; who is signed in goes to the desk."""
    if SIGNED_IN in request:
        raise web.HTTPSeeOther(str(request.app.router["home"].url_for()))
    return await _form(request, next_path=request.query.get("next", ""))


@public
async def sign_in(request: web.Request) -> web.Response:
    """Open a session: always a new one, whatever the browser brought."""
    form = await form_of(request)
    next_path, login = form.get("next", ""), form.get("login", "")
    address = client_address(request, site(request).trusted_proxies)
    try:
        opened = await request.app[ACCOUNTS].sign_in(login, form.get("password", ""), address)
    except SignInRefused:
        return await _form(request, next_path=next_path, login=login, problem=sentences.SIGN_IN_REFUSED, status=401)
    except TooMany as error:
        return await _form(request, next_path=next_path, login=login, wait_s=error.retry_after, status=429)
    await _forget_previous(request)
    await _arrive(request, opened.advisor)
    response = web.HTTPSeeOther(_local(request, next_path))
    _set_session(request, response, opened.secret)
    return response


@needs(Right.ACCOUNT)
async def sign_out(request: web.Request) -> web.Response:
    """End the session; live conversations go back to their queues at once."""
    known = signed_in(request)
    await request.app[LEAVING].release_all(known.advisor)
    await request.app[PRESENCE].say(known.advisor.id, Said.GONE)
    await request.app[ACCOUNTS].sign_out(known.session.digest)
    request.app[HUB].end_session(known.session.digest)
    response = web.HTTPSeeOther(str(request.app.router["sign_in"].url_for()))
    response.del_cookie(SESSION_COOKIE, path=_root(request))
    return response


async def _form(
    request: web.Request, *, next_path: str, login: str = "", problem: str = "", wait_s: float = 0, status: int = 200
) -> web.Response:
    """Show the form with a token of its own, tied to this browser by a cookie (nobody is signed in yet)."""
    known = request.cookies.get(FORM_COOKIE, "")  # kept, so that a second tab does not spoil the first
    token = known if len(known) == _TOKEN_LENGTH else secrets.token_urlsafe(_TOKEN_BYTES)
    response = await page(
        request,
        "sign_in.html",
        status=status,
        token=token,
        next_path=next_path,
        login=login[:80],
        problem=problem,
        wait_s=wait_s,
    )
    response.set_cookie(FORM_COOKIE, token, path=_root(request), httponly=True, samesite="Strict", secure=site(request).is_secure)
    if wait_s:
        response.headers["Retry-After"] = str(round(wait_s + 1))
    return response


async def _forget_previous(request: web.Request) -> None:
    if (previous := request.get(SIGNED_IN)) is not None:
        await request.app[ACCOUNTS].sign_out(previous.session.digest)


async def _arrive(request: web.Request, advisor: Advisor) -> None:
    if has_right(advisor.role, Right.ANSWER):
        await request.app[PRESENCE].say(advisor.id, Said.AVAILABLE, is_new_page=True)
    await request.app[JOURNAL].audit(advisor.id, "signed_in")


def _set_session(request: web.Request, response: web.Response, secret: str) -> None:
    response.set_cookie(
        SESSION_COOKIE,
        secret,
        path=_root(request),
        httponly=True,
        samesite="Lax",
        secure=site(request).is_secure,
        max_age=int(SESSION_LASTS.total_seconds()),
    )


def _root(request: web.Request) -> str:
    """Give the path under which the desk is mounted."""
    return str(request.app.router["home"].url_for()).rstrip("/") or "/"


def _local(request: web.Request, path: str) -> str:
    """Give *path* when it is one of the desk's own, else the first page: never another site."""
    root = _root(request).rstrip("/")
    is_ours = path.startswith(f"{root}/") and not path.startswith("//") and "\\" not in path and path.isprintable()
    return path if is_ours else f"{root}/"
