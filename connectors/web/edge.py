"""The edge of the gateway: origins, security headers, errors. Applied to our own routes only, not to mounted ones."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiohttp import web

from connectors.web.gateway import GATEWAY, Gateway
from connectors.web.problems import from_http, problem, unexpected
from kernel.errors import Forbidden, ServiceError
from kernel.logs import logger

log = logger("gateway")
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

API_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-site",
    "Cache-Control": "no-store",
}
_METHODS = "GET, POST, DELETE, OPTIONS"
_HEADERS = "Authorization, Content-Type"


@web.middleware
async def edge(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Check where a call comes from, answer it, and dress the answer."""
    gateway = request.app[GATEWAY]
    if request.match_info.apps[-1] is not request.app:  # another part is mounted under us: it has its own edge
        return await handler(request)
    origin = request.headers.get("Origin")
    is_public = gateway.files.is_public(request.path)
    if not is_public and not gateway.origins.allow(origin):
        log.warning("origin_refused", path=request.path, method=request.method)
        return _dressed(problem(Forbidden("this origin is not allowed")), gateway)
    response = _preflight() if _is_preflight(request) else await _answer(request, handler)
    if not response.prepared:  # a WebSocket has sent its headers
        _dressed(response, gateway)
        _share(response, origin, is_public=is_public)
    return response


async def _answer(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        return await handler(request)
    except ServiceError as error:
        return problem(error)
    except web.HTTPException as error:
        return from_http(error)
    except Exception as error:  # noqa: BLE001 - told as internal, noted by its kind
        return problem(unexpected(error, _route_of(request)))


def _route_of(request: web.Request) -> str:
    resource = request.match_info.route.resource
    return resource.canonical if resource else ""


def _is_preflight(request: web.Request) -> bool:
    return request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers


def _preflight() -> web.Response:
    return web.Response(status=204, headers={
        "Access-Control-Allow-Methods": _METHODS,
        "Access-Control-Allow-Headers": _HEADERS,
        "Access-Control-Max-Age": "600",
    })


def _share(response: web.StreamResponse, origin: str | None, *, is_public: bool) -> None:
    """Let the page that asked read the answer: by name, without cookies. Files of the widget are anybody's."""
    if is_public:
        response.headers["Access-Control-Allow-Origin"] = "*"
        return
    response.headers["Vary"] = "Origin"
    if origin is not None:
        response.headers["Access-Control-Allow-Origin"] = origin
        response.headers["Access-Control-Expose-Headers"] = "Retry-After"


def _dressed(response: web.StreamResponse, gateway: Gateway) -> web.StreamResponse:
    for name, value in API_HEADERS.items():
        response.headers.setdefault(name, value)
    if gateway.settings.base_url.startswith("https:"):
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    return response
