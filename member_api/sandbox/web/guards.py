"""What every page of the website goes through: where a request comes from, headers, errors in French."""

from __future__ import annotations

from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from aiohttp import hdrs, web

from kernel.errors import Forbidden, Refused, ServiceError
from kernel.logs import describe, logger
from member_api.sandbox.web.pages import Pages
from member_api.sandbox.web.problems import Handler, problem
from member_api.sandbox.web.words import refusal

API, OPERATOR = "/v1/", "/sandbox/"
_FOR_SCRIPTS = ("/session/", "/.well-known/", "/sandbox/faults")
_SAFE = frozenset({hdrs.METH_GET, hdrs.METH_HEAD})
_LOCAL_NAMES = frozenset({"127.0.0.1", "localhost", "::1"})
_log = logger("member_api.sandbox")


class NotFromHere(Forbidden):
    """The request comes from another site, or from another machine where only this one may ask."""


def guarded(pages: Pages) -> Any:
    """Make the middleware of the website; the member API under `API` has its own."""
    @web.middleware
    async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.path.startswith(API):
            return await handler(request)
        response = await _answered(request, handler, pages)
        pages.secure(response)
        return response
    return guard


async def _answered(request: web.Request, handler: Handler, pages: Pages) -> web.StreamResponse:
    try:
        _check_origin(request)
        return await handler(request)
    except web.HTTPRedirection as redirect:
        return web.Response(status=redirect.status, headers={"Location": redirect.headers["Location"]})
    except (ServiceError, web.HTTPException) as error:
        return _refused(request, error, pages)
    except Exception as error:  # noqa: BLE001 - the last resort: a page, and a line in the log
        _log.error("sandbox_failed", error=describe(error), method=request.method)
        return _refused(request, ServiceError(), pages)


def _refused(request: web.Request, error: ServiceError | web.HTTPException, pages: Pages) -> web.Response:
    if request.path.startswith(_FOR_SCRIPTS):
        return problem(error if isinstance(error, ServiceError) else Refused(), status=error.status)
    title, sentence = refusal(error.status)
    return pages.page("refused", status=error.status, title=title, sentence=sentence, person=None)


def _check_origin(request: web.Request) -> None:
    """
    Let only this site's own pages change anything.

    The cookie alone is no proof: the chat's gateway is the same *site* on another port, and other pages may post forms.
    A terminal sends no Origin; it may reach the operator's routes, from this machine.
    """
    if request.path.startswith(OPERATOR):
        _check_local(request)
    if request.method in _SAFE:
        return
    origin = request.headers.get(hdrs.ORIGIN)
    if origin is None and request.path.startswith(OPERATOR):
        return
    if origin is None or urlsplit(origin).netloc != request.host:
        raise NotFromHere


def _check_local(request: web.Request) -> None:
    """Refuse another machine, a proxy that may speak for one, and a foreign name that resolves to this machine."""
    is_near = request.remote is not None and ip_address(request.remote).is_loopback
    is_relayed = "X-Forwarded-For" in request.headers or "Forwarded" in request.headers
    if not is_near or is_relayed or urlsplit(f"//{request.host}").hostname not in _LOCAL_NAMES:
        raise NotFromHere
