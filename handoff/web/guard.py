"""At the door of every page: who asks, may he, does the form come from our own page."""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import quote, urlsplit

from aiohttp import web

from handoff.core.roles import Right, has_right
from handoff.service.ports import SignedIn
from handoff.web.keys import ACCOUNTS, PRESENCE, SIGNED_IN, site
from kernel.errors import Forbidden, Malformed, NotFound, SignInNeeded, TooLarge

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
SESSION_COOKIE, FORM_COOKIE = "desk_session", "desk_form"
TOKEN_FIELD, TOKEN_HEADER = "form_token", "X-Form-Token"
LARGEST_FORM = 64 * 1024


class FormExpired(Forbidden):
    """The form's token is not the session's: an old page, or another site posting in the advisor's name."""

    code = "form_expired"


def needs(right: Right, *, by_itself: bool = False) -> Callable[[Handler], Handler]:
    """Let only roles with *right* in; *by_itself*: a request the page makes alone, no sign that somebody is there."""

    def mark(handler: Handler) -> Handler:
        handler.right, handler.by_itself = right, by_itself  # type: ignore[attr-defined]
        return handler

    return mark


def public(handler: Handler) -> Handler:
    """Let anybody in: sign-in and static files only."""
    handler.right, handler.by_itself = None, True  # type: ignore[attr-defined]
    return handler


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Check session, role and form of every request; a route that states no right is closed."""
    route: Any = request.match_info.handler
    if request.match_info.http_exception is not None:
        return await handler(request)
    if not hasattr(route, "right"):
        raise NotFound
    known = await _session(request, is_automatic=route.by_itself)
    if known is not None:
        request[SIGNED_IN] = known
    if request.method not in ("GET", "HEAD"):
        await _check_form(request, known, is_public=route.right is None)
    if route.right is not None:
        if known is None:
            raise _sign_in_first(request)
        if not has_right(known.advisor.role, route.right):
            raise Forbidden
    if known is not None and not route.by_itself:
        await request.app[PRESENCE].active(known.advisor.id)
    return await handler(request)


async def _session(request: web.Request, *, is_automatic: bool) -> SignedIn | None:
    secret = request.cookies.get(SESSION_COOKIE)
    return await request.app[ACCOUNTS].signed_in(secret, touch=not is_automatic) if secret else None


def _sign_in_first(request: web.Request) -> Exception:
    """Send a page to the sign-in form, to come back after; a form is answered in place, so that its text is kept."""
    if request.method not in ("GET", "HEAD"):
        return SignInNeeded()
    where = request.app.router["sign_in"].url_for()
    return web.HTTPSeeOther(f"{where}?next={quote(request.path)}")


async def _check_form(request: web.Request, known: SignedIn | None, *, is_public: bool) -> None:
    _check_size(request)
    if not _is_our_page(request):
        raise FormExpired("another origin")
    if known is None and not is_public:
        raise SignInNeeded
    expected = request.cookies.get(FORM_COOKIE, "") if is_public else known.session.form_token if known else ""
    given = request.headers.get(TOKEN_HEADER) or str((await form_of(request)).get(TOKEN_FIELD, ""))
    if not expected or not hmac.compare_digest(expected.encode(), given.encode()):
        raise FormExpired("token")


def _check_size(request: web.Request) -> None:
    if request.content_length is None or request.content_length > LARGEST_FORM:
        raise TooLarge(f"a form: at most {LARGEST_FORM} bytes")


def _is_our_page(request: web.Request) -> bool:
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc in (request.host, urlsplit(site(request).base_url).netloc)


async def form_of(request: web.Request) -> dict[str, str]:
    """Read a form as plain texts; Malformed when it cannot be."""
    try:
        posted = await request.post()
    except (ValueError, LookupError) as cause:
        raise Malformed("form") from cause
    return {name: value for name, value in posted.items() if isinstance(value, str)}
