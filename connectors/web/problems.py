"""Errors as ``application/problem+json``: told once, here, without a word of what was sent."""

from __future__ import annotations

import json
import math
from typing import Any

from aiohttp import web

from connectors.web.sentences import title_of
from kernel.errors import Forbidden, Malformed, NotFound, ServiceError, TooLarge, TooMany
from kernel.logs import describe, logger

log = logger("gateway")
_FOREIGN: dict[int, type[ServiceError]] = {400: Malformed, 403: Forbidden, 404: NotFound, 413: TooLarge}


def problem(error: ServiceError, *, status: int | None = None) -> web.Response:
    """Give the answer that tells *error*."""
    body = {
        "type": f"urn:assistant:problem:{error.code}",
        "title": title_of(error),
        "status": status or error.status,
        "code": error.code,
        "detail": error.detail,
    }
    text = json.dumps(body, ensure_ascii=False)
    response = web.Response(text=text, status=status or error.status, content_type="application/problem+json")
    if isinstance(error, TooMany):
        response.headers["Retry-After"] = str(math.ceil(error.retry_after))
    return response


def problem_frame(error: ServiceError, client_id: str | None = None) -> dict[str, Any]:
    """Give the frame that tells *error* on a WebSocket."""
    frame: dict[str, Any] = {"type": "problem", "code": error.code, "title": title_of(error)}
    if isinstance(error, TooMany):
        frame["retry_after"] = math.ceil(error.retry_after)
    return frame | ({"client_id": client_id} if client_id is not None else {})


def from_http(error: web.HTTPException) -> web.StreamResponse:
    """Tell a refusal of the framework our way; redirections stay what they are."""
    if error.status < web.HTTPBadRequest.status_code:
        return error
    kind = _FOREIGN.get(error.status, Malformed)
    response = problem(kind(error.reason if error.status != web.HTTPNotFound.status_code else ""), status=error.status)
    if "Allow" in error.headers:
        response.headers["Allow"] = error.headers["Allow"]
    return response


def unexpected(error: Exception, where: str) -> ServiceError:
    """Note a bug by its kind only: its message may quote a member."""
    log.error("gateway_bug", error=describe(error), where=where)
    return ServiceError("unexpected")
