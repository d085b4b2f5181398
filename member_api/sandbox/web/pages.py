"""The website's pages: Jinja2 with everything escaped, no inline script or style, a strict content security policy."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kernel import french
from kernel.calendar import PARIS
from member_api.sandbox.web import words

FOLDER = Path(__file__).parent.parent
_STATIC = {"/site.css": "text/css", "/site.js": "text/javascript"}


class Pages:
    """Renders the templates; *gateway* is where browsers find the chat."""

    def __init__(self, gateway: str) -> None:
        self._policy = content_policy(gateway)
        self._templates = Environment(loader=FileSystemLoader(FOLDER / "templates"), autoescape=True,
                                      undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
        self._templates.globals.update(gateway=gateway, words=words)
        self._templates.filters.update(
            day=lambda day: french.day(day, weekday=False), euros=lambda amount: french.euros(amount, cents=True),
            moment=lambda moment: french.moment(moment, PARIS))

    def page(self, name: str, *, status: int = 200, **values: Any) -> web.Response:
        """Render the template *name*."""
        text = self._templates.get_template(f"{name}.html").render(**values)
        return web.Response(text=text, status=status, content_type="text/html")

    def secure(self, response: web.StreamResponse) -> None:
        """Add the headers every answer of the website carries; pages show personal data: nobody keeps them."""
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.update({
            "Content-Security-Policy": self._policy, "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "same-origin", "X-Frame-Options": "DENY",
        })


def content_policy(gateway: str) -> str:
    """Give the policy: our own files, and the chat's from *gateway*, its WebSocket included."""
    socket = gateway.replace("http", "ws", 1)
    return "; ".join([
        "default-src 'none'", f"script-src 'self' {gateway}", "style-src 'self'", "img-src 'self' data:",
        f"connect-src 'self' {gateway} {socket}", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
    ])


def static_routes() -> list[web.RouteDef]:
    """List the routes of the style sheet and the script."""
    return [web.get(path, _file(FOLDER / "static" / path[1:], media_type)) for path, media_type in _STATIC.items()]


def _file(path: Path, media_type: str) -> Any:
    text = path.read_text(encoding="utf-8")

    async def send(_: web.Request) -> web.Response:
        return web.Response(text=text, content_type=media_type, headers={"Cache-Control": "no-cache"})
    return send
