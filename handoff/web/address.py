"""Where a request comes from, for throttling."""

from __future__ import annotations

from aiohttp import web


def client_address(request: web.Request, trusted_proxies: int) -> str:
    """
    Give the browser's address.

    X-Forwarded-For is believed only for as many steps, from the right, as there are proxies of ours: the rest is
    whatever the visitor wrote.
    """
    steps = [step.strip() for step in request.headers.get("X-Forwarded-For", "").split(",") if step.strip()]
    if trusted_proxies > 0 and len(steps) >= trusted_proxies:
        return steps[-trusted_proxies][:64]
    return request.remote or "-"
