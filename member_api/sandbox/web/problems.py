"""Errors as ``application/problem+json`` with a stable ``code``; nothing of what the caller sent comes back."""

from __future__ import annotations

import math
from collections.abc import Awaitable, Callable
from http import HTTPStatus

from aiohttp import web

from kernel.errors import Malformed, NotFound, ServiceError, TooLarge, TooMany
from kernel.logs import describe, logger

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
_log = logger("member_api.sandbox")


@web.middleware
async def errors_as_problems(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer every error, ours or aiohttp's, as a problem."""
    try:
        return await handler(request)
    except ServiceError as error:
        return problem(error)
    except web.HTTPException as error:
        if error.status < HTTPStatus.BAD_REQUEST:
            raise
        return problem(_known(error), status=error.status)
    except Exception as error:  # noqa: BLE001 - the last resort: a problem, and a line in the log
        _log.error("sandbox_failed", error=describe(error), path=request.match_info.route.name or "")
        return problem(ServiceError())


def problem(error: ServiceError, *, status: int | None = None) -> web.Response:
    """Make the answer of *error* (RFC 9457), with the field at fault when one is known."""
    code = status or error.status
    body = {"type": "about:blank", "title": HTTPStatus(code).phrase, "status": code, "code": error.code}
    if isinstance(error, Malformed | TooLarge) and error.detail != error.code:
        body["detail"] = error.detail
    if field := getattr(error, "field", None):
        body["field"] = field
    headers = {"Cache-Control": "no-store"}
    if isinstance(error, TooMany):
        headers["Retry-After"] = str(math.ceil(error.retry_after))
    if code == HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = "Bearer"
    return web.json_response(body, status=code, content_type="application/problem+json", headers=headers)


def _known(error: web.HTTPException) -> ServiceError:
    if error.status == HTTPStatus.NOT_FOUND:
        return NotFound()
    return TooLarge("the body is too large") if error.status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE else Malformed()
